package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.CUSTOMER;
import static dev.vidame.sdk.Bench.PATH;
import static dev.vidame.sdk.Bench.USER;
import static dev.vidame.sdk.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vidame.sdk.ScriptedServer.Received;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.PasswordProfile;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What each operation sends. */
class SurfaceTest {
  private static final String OF_CUSTOMER = "/v1/customers/" + CUSTOMER;
  private static final String USER_ATTRIBUTES = "\"attributes\":{\"objectType\":\"CustomerUser\"}}";

  private final TestTime time = new TestTime();

  private Received sent(Consumer<PartnerClient> call) {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, "{}"))) {
      call.accept(Bench.client(server, time).build());
      assertThat(server.received()).hasSize(1);
      return server.received().get(0);
    }
  }

  private void assertSent(String line, String body, Consumer<PartnerClient> call) {
    Received request = sent(call);
    assertThat(request.method() + " " + request.target()).isEqualTo(line);
    assertThat(request.body()).isEqualTo(body);
  }

  private void assertSent(String line, Consumer<PartnerClient> call) {
    assertSent(line, "", call);
  }

  private static CustomerClient customer(PartnerClient partner) {
    return partner.customers().byId(CUSTOMER);
  }

  @Test
  void customersAreListedReadAndDeleted() {
    assertSent("GET /v1/customers", partner -> partner.customers().list().toList());
    assertSent("GET " + OF_CUSTOMER, partner -> customer(partner).get());
    assertSent("DELETE " + OF_CUSTOMER, partner -> customer(partner).delete());
    assertSent(
        "PATCH " + OF_CUSTOMER,
        "{\"relationshipToPartner\":\"none\",\"attributes\":{\"objectType\":\"Customer\"}}",
        partner -> customer(partner).removeRelationship());
  }

  @Test
  void customerIsCreated() {
    assertSent(
        "POST /v1/customers",
        "{\"companyProfile\":{\"domain\":\"contoso.example\"},\"billingProfile\":{"
            + "\"email\":\"bills@contoso.example\",\"culture\":\"en-US\",\"language\":\"en\","
            + "\"companyName\":\"Contoso\",\"defaultAddress\":{\"country\":\"US\","
            + "\"city\":\"Redmond\",\"state\":\"WA\",\"addressLine1\":\"One Way\","
            + "\"postalCode\":\"98052\",\"firstName\":\"Grace\",\"lastName\":\"Hopper\"}},"
            + "\"attributes\":{\"objectType\":\"Customer\"}}",
        partner -> partner.customers().create(Snippets.newCustomer()));
  }

  @Test
  void profilesAreReadAndReplaced() {
    BillingProfile profile =
        BillingProfile.fromJson(
            ApiCall.json("{\"email\":\"a@b.example\",\"attributes\":{\"etag\":\"-42\"}}"));

    assertSent(
        "GET " + OF_CUSTOMER + "/profiles/company",
        partner -> customer(partner).getCompanyProfile());
    assertSent(
        "GET " + OF_CUSTOMER + "/profiles/billing",
        partner -> customer(partner).getBillingProfile());
    Received put = sent(partner -> customer(partner).updateBillingProfile(profile));
    assertThat(put.method() + " " + put.target())
        .isEqualTo("PUT " + OF_CUSTOMER + "/profiles/billing");
    assertThat(put.header("If-Match")).isEqualTo("\"-42\"");
    assertThat(put.body()).contains("\"email\":\"a@b.example\"").contains("\"etag\":\"-42\"");
    assertThat(
            sent(partner ->
                    customer(partner)
                        .updateBillingProfile(BillingProfile.builder().email("c@d").build()))
                .headers())
        .doesNotContainKey("If-Match");
  }

  @Test
  void domainsAreAskedForAndAdded() {
    assertSent(
        "HEAD /v1/domains/b%C3%BCcher.example",
        partner -> assertThat(partner.domains().isTaken("bücher.example")).isTrue());
    assertSent(
        "POST " + OF_CUSTOMER + "/verifieddomain",
        "{\"verifiedDomainName\":\"c.example\",\"domain\":{\"authenticationType\":\"managed\","
            + "\"capability\":\"email\",\"isDefault\":false,\"isInitial\":false,"
            + "\"name\":\"c.example\",\"status\":\"verified\","
            + "\"verificationMethod\":\"dns_record\"}}",
        partner -> customer(partner).addDomain("c.example"));
  }

  @Test
  void freeDomainIsNoFailure() {
    try (ScriptedServer server = ScriptedServer.playing(answer(404, new byte[0]))) {
      assertThat(Bench.client(server, time).build().domains().isTaken("c.example")).isFalse();
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void accountsAreCreatedDeletedAndRestored() {
    NewUser user =
        NewUser.builder()
            .userPrincipalName("g@c.example")
            .displayName("G")
            .firstName("Grace")
            .temporaryPassword("hunter2-Hunter2")
            .build();
    assertThat(user.toString()).contains("g@c.example").doesNotContain("hunter2");
    assertSent(
        "POST " + OF_CUSTOMER + "/users",
        "{\"userPrincipalName\":\"g@c.example\",\"displayName\":\"G\",\"firstName\":\"Grace\","
            + "\"passwordProfile\":{\"password\":\"hunter2-Hunter2\","
            + "\"forceChangePassword\":true},"
            + USER_ATTRIBUTES,
        partner -> customer(partner).users().create(user));
    assertSent("DELETE " + PATH, partner -> Bench.user(partner).delete());
    assertSent(
        "PATCH " + PATH,
        "{\"state\":\"active\"," + USER_ATTRIBUTES,
        partner -> Bench.user(partner).restore());
    assertSent(
        "PATCH " + PATH,
        "{\"passwordProfile\":{\"password\":\"p\",\"forceChangePassword\":true}," + USER_ATTRIBUTES,
        partner -> Bench.user(partner).resetPassword(PasswordProfile.temporary("p")));
  }

  @Test
  void rolesAreListedGivenAndTaken() {
    String roles = OF_CUSTOMER + "/directoryroles";
    RoleId role = RoleId.HELPDESK_ADMINISTRATOR;
    String members = roles + "/" + role + "/usermembers";

    assertSent("GET " + roles, partner -> customer(partner).directoryRoles().list().toList());
    assertSent(
        "GET " + PATH + "/directoryroles",
        partner -> Bench.user(partner).directoryRoles().toList());
    assertSent(
        "GET " + members,
        partner -> customer(partner).directoryRoles().byId(role).members().toList());
    assertSent(
        "GET " + members + "?size=7",
        partner -> customer(partner).directoryRoles().byId(role).members(7).toList());
    assertSent(
        "POST " + members,
        "{\"id\":\"" + USER + "\",\"attributes\":{\"objectType\":\"UserMember\"}}",
        partner -> customer(partner).directoryRoles().byId(role).addMember(USER));
    assertSent(
        "DELETE " + members + "/" + USER,
        partner -> customer(partner).directoryRoles().byId(role).removeMember(USER));
  }

  @Test
  void licencesAreListedAssignedAndRemoved() {
    UUID part = new UUID(1, 2);
    LicenseChange change =
        LicenseChange.builder()
            .assign(new SkuId("A/1"), List.of(part))
            .assign(new SkuId("B"))
            .remove(new SkuId("C"))
            .build();

    assertSent(
        "GET " + OF_CUSTOMER + "/subscribedskus",
        partner -> customer(partner).subscribedSkus().toList());
    assertSent(
        "GET " + PATH + "/licenses?licenseGroupIds=group1&licenseGroupIds=group2",
        partner -> Bench.user(partner).licenses(LicenseGroup.GROUP1, LicenseGroup.GROUP2).toList());
    assertSent(
        "POST " + PATH + "/licenseupdates",
        "{\"licensesToAssign\":[{\"excludedPlans\":[\""
            + part
            + "\"],\"skuId\":\"A/1\"},{\"skuId\":\"B\"}],\"licensesToRemove\":[\"C\"],"
            + "\"attributes\":{\"objectType\":\"LicenseUpdate\"}}",
        partner -> Bench.user(partner).updateLicenses(change));
    assertThatIllegalStateException().isThrownBy(() -> LicenseChange.builder().build());
    assertThatIllegalStateException()
        .isThrownBy(
            () -> LicenseChange.builder().assign(new SkuId("A")).remove(new SkuId("A")).build());
  }

  @Test
  void auditRecordsAreListedAndRead() {
    assertSent(
        "GET /v1/auditrecords?startDate=2026-11-01",
        partner ->
            partner.auditRecords().list(AuditQuery.since(LocalDate.of(2026, 11, 1))).toList());
    assertSent("GET /v1/auditrecords/a_b%2Fc", partner -> partner.auditRecords().get("a_b/c"));
  }

  @Test
  void credentialsOfANewCustomerAreReadAndNotShown() {
    try (ScriptedServer server =
        ScriptedServer.playing(
            answer(
                201,
                "{\"userCredentials\":{\"userName\":\"admin\",\"password\":\"=;;n.=s9Z\"}}"))) {
      PartnerResponse<Customer> created =
          Bench.client(server, time)
              .build()
              .customers()
              .createWithResponse(Snippets.newCustomer(), RequestOptions.none());

      assertThat(created.value().userCredentials())
          .isEqualTo(new Customer.UserCredentials("admin", "=;;n.=s9Z"));
      assertThat(created.toString()).doesNotContain("=;;n.=s9Z");
    }
  }

  @Test
  void missingPropertiesAreNamedBeforeAnythingIsSent() {
    assertThatIllegalStateException()
        .isThrownBy(() -> NewUser.builder().displayName("G").build())
        .withMessageContaining("userPrincipalName");
    assertThatIllegalStateException()
        .isThrownBy(() -> NewUser.builder().displayName("G").userPrincipalName("g@c").build())
        .withMessageContaining("password");
    assertThatIllegalStateException()
        .isThrownBy(() -> NewCustomer.builder().domain("c").build())
        .withMessageContaining("billingProfile");
  }

  @Test
  void secondDeletionThatFindsNothingMayHaveFoundItsOwnWork() {
    try (ScriptedServer server =
        ScriptedServer.playing(ScriptedServer.drop(), answer(404, "{\"code\":60002}"))) {
      assertThatExceptionOfType(OutcomeUnknownException.class)
          .isThrownBy(() -> Bench.user(server, time).delete());
    }
  }

  @Test
  void secondCreationWhoseNameIsTakenMayHaveFoundItsOwnWork() {
    try (ScriptedServer server =
        ScriptedServer.playing(ScriptedServer.drop(), answer(409, "{\"code\":990001}"))) {
      NewUser user =
          NewUser.builder()
              .userPrincipalName("g@c.example")
              .displayName("G")
              .temporaryPassword("p")
              .build();
      assertThatExceptionOfType(OutcomeUnknownException.class)
          .isThrownBy(() ->
              Bench.client(server, time).build().customers().byId(CUSTOMER).users().create(user));
    }
  }
}
