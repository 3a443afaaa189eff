package dev.vidame.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.AuditRecord.Customer;
import dev.vidame.wire.AuditRecord.Item;
import dev.vidame.wire.AuditRecord.Operation;
import dev.vidame.wire.AuditRecord.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records as documents show them (wire-spec §6.2). */
class AuditRecordTest {
  private static final UUID PARTNER = UUID.fromString("3b33e682-00c3-41ee-9dd2-a548adf56438");
  private static final String EMS = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";

  private static String json(AuditRecord record) {
    return new String(record.toJson(), UTF_8);
  }

  private static String licenses() {
    Map<String, @Nullable Object> assignment = new LinkedHashMap<>();
    assignment.put("excludedPlans", null);
    assignment.put("skuId", EMS);
    List<Object> assignments = new ArrayList<>();
    assignments.add(assignment);
    return new AuditValue("LicenseUpdate")
        .putList("licensesToAssign", assignments)
        .putList("licensesToRemove", null)
        .putList("licenseWarnings", List.of())
        .toJson();
  }

  @Test
  void recordHasTheDocumentedMembersInTheirOrder() {
    AuditRecord record =
        new AuditRecord(
            PARTNER + "_1",
            PARTNER,
            new Customer(CustomerId.of("0c39d6d5-c70d-4c55-bc02-f620844f3fd1"), "Relecloud"),
            "admin@domain.onmicrosoft.com",
            "Partner Center Native App",
            new UUID(0, 1),
            new Operation("license", null, licenses(), "update_customer_user_licenses"),
            Instant.parse("2017-06-01T20:09:07.0450483Z"),
            Status.SUCCEEDED,
            List.of(
                new Item("CustomerUserId", "482e2152-4b49-48ec-b715-823365ce3d4c"),
                new Item("AddedLicenseSkuId", EMS)));

    assertThat(json(record))
        .isEqualTo(
            """
            {"id":"3b33e682-00c3-41ee-9dd2-a548adf56438_1",\
            "partnerId":"3b33e682-00c3-41ee-9dd2-a548adf56438",\
            "customerId":"0c39d6d5-c70d-4c55-bc02-f620844f3fd1","customerName":"Relecloud",\
            "userPrincipalName":"admin@domain.onmicrosoft.com",\
            "applicationId":"Partner Center Native App",\
            "originalCorrelationId":"00000000-0000-0000-0000-000000000001",\
            "resourceType":"license",\
            "resourceNewValue":"{\\"LicensesToAssign\\":[{\\"ExcludedPlans\\":null,\
            \\"SkuId\\":\\"efccb6f7-5641-4e0e-bd10-b4976e1bf68e\\"}],\\"LicensesToRemove\\":null,\
            \\"LicenseWarnings\\":[],\\"Attributes\\":{\\"ObjectType\\":\\"LicenseUpdate\\"}}",\
            "operationType":"update_customer_user_licenses",\
            "operationDate":"2017-06-01T20:09:07.0450483Z","operationStatus":"succeeded",\
            "customizedData":[{"key":"CustomerUserId","value":"482e2152-4b49-48ec-b715-823365ce3d4c"},\
            {"key":"AddedLicenseSkuId","value":"efccb6f7-5641-4e0e-bd10-b4976e1bf68e"}],\
            "attributes":{"objectType":"AuditRecord"}}\
            """);
  }

  /** The one place of the API where a null is shown. */
  @Test
  void whatIsNotKnownIsLeftOutButForTheValueOfAFurtherFact() {
    AuditRecord record =
        new AuditRecord(
            "x",
            PARTNER,
            new Customer(null, null),
            null,
            "App",
            new UUID(0, 1),
            new Operation("customer", null, null, "add_customer"),
            Instant.parse("2017-06-01T20:09:07Z"),
            Status.FAILED,
            List.of(new Item("Relationship", null)));

    assertThat(json(record))
        .isEqualTo(
            """
            {"id":"x","partnerId":"3b33e682-00c3-41ee-9dd2-a548adf56438","applicationId":"App",\
            "originalCorrelationId":"00000000-0000-0000-0000-000000000001",\
            "resourceType":"customer","operationType":"add_customer",\
            "operationDate":"2017-06-01T20:09:07.0000000Z","operationStatus":"failed",\
            "customizedData":[{"key":"Relationship","value":null}],\
            "attributes":{"objectType":"AuditRecord"}}\
            """);
  }

  @Test
  void valueIsInPascalCaseWithNullsAndNestedByItsPaths() {
    String value =
        new AuditValue("CustomerUser")
            .put("id", "1")
            .put("passwordProfile.password", "")
            .put("passwordProfile.forceChangePassword", true)
            .put("a.b.c", null)
            .toJson();

    assertThat(value)
        .isEqualTo(
            """
            {"Id":"1","PasswordProfile":{"Password":"","ForceChangePassword":true},\
            "A":{"B":{"C":null}},"Attributes":{"ObjectType":"CustomerUser"}}\
            """);
  }

  @Test
  void otherWordsForWhatWasDoneChangeNothingElse() {
    AuditRecord record =
        new AuditRecord(
            "x",
            PARTNER,
            new Customer(CustomerId.of("0c39d6d5-c70d-4c55-bc02-f620844f3fd1"), "Relecloud"),
            "admin@domain.onmicrosoft.com",
            "App",
            new UUID(0, 1),
            new Operation("customer_directory_role", "{}", null, "add_user_member"),
            Instant.parse("2017-06-01T20:09:07Z"),
            Status.SUCCEEDED,
            List.of());
    Operation undefined = new Operation("undefined", "{}", null, "undefined");
    List<Item> facts = List.of(new Item("OperationType", "add_user_member"));

    assertThat(json(record.with(undefined, facts)))
        .isEqualTo(
            json(record)
                .replace("\"customer_directory_role\"", "\"undefined\"")
                .replace("\"add_user_member\"", "\"undefined\"")
                .replace(
                    "\"customizedData\":[]",
                    "\"customizedData\":[{\"key\":\"OperationType\",\"value\":\"add_user_member\"}]"))
        .contains("\"resourceOldValue\":\"{}\"");
  }
}
