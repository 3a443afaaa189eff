package dev.vidame.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Filter;
import dev.vidame.wire.FilterOperator;
import dev.vidame.wire.UserState;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The documented request lines, to the letter (wire-spec §2.1, §3.5, §6.3). */
class FiltersTest {
  @Test
  void deletedAccountsAreAskedForAsDocumented() {
    assertThat(UserQuery.all().withPageSize(500).withFilter(UserFilter.deleted()))
        .hasToString(
            "?size=500&filter=%7B%22Field%22%3A%22UserState%22%2C%22Value%22%3A%22Inactive%22%2C"
                + "%22Operator%22%3A%22equals%22%7D");
  }

  @Test
  void customersAreSearchedAsDocumented() {
    assertThat(CustomerQuery.all().withFilter(CustomerFilter.companyNameStartsWith("cont")))
        .hasToString(
            "?filter=%7B%22Field%22%3A%22CompanyName%22%2C%22Value%22%3A%22cont%22%2C"
                + "%22Operator%22%3A%22starts_with%22%7D");
  }

  @Test
  void auditRecordsAreSearchedAsDocumented() {
    AuditQuery query =
        AuditQuery.since(LocalDate.of(2017, 6, 1))
            .withEnd(LocalDate.of(2017, 6, 30))
            .withPageSize(500)
            .withFilter(
                AuditFilter.customer(CustomerId.of("0C39D6D5-C70D-4C55-BC02-F620844F3FD1")));

    assertThat(query)
        .hasToString(
            "?startDate=2017-06-01&endDate=2017-06-30&size=500&filter=%7B%22Field%22%3A%22CustomerId"
                + "%22%2C%22Value%22%3A%220c39d6d5-c70d-4c55-bc02-f620844f3fd1%22%2C"
                + "%22Operator%22%3A%22equals%22%7D");
  }

  @Test
  void filtersAreJoinedAndReadAsTheyWereMeant() {
    UserFilter filter =
        UserFilter.startsWith(UserField.DISPLAY_NAME, "Gr\"a\\ce é")
            .and(UserFilter.state(UserState.ACTIVE))
            .or(UserFilter.notEqual(UserField.USAGE_LOCATION, "FR"));

    assertThat(Filter.fromJson(filter.toString()))
        .isEqualTo(
            new Filter.Compound(
                new Filter.Compound(
                    new Filter.Simple("DisplayName", "Gr\"a\\ce é", FilterOperator.STARTS_WITH),
                    new Filter.Simple("UserState", "Active", FilterOperator.EQUALS),
                    FilterOperator.AND),
                new Filter.Simple("UsageLocation", "FR", FilterOperator.NOT_EQUALS),
                FilterOperator.OR));
  }

  @Test
  void timesOfDeletionAreCompared() {
    Instant time = Instant.parse("2026-03-01T12:00:00Z");

    assertThat(UserFilter.deletedSince(time).toString())
        .contains("\"Field\":\"SoftDeletionTime\",\"Value\":\"2026-03-01T12:00:00Z\"")
        .contains("greater_than_or_equals");
    assertThat(UserFilter.deletedBefore(time).toString()).contains("\"less_than\"");
  }

  @Test
  void sortingIsWrittenAsClientsDo() {
    assertThat(UserQuery.all().withSort(UserField.DISPLAY_NAME, SortDirection.DESCENDING))
        .hasToString("?sortField=DisplayName&sortDirection=descending");
    assertThat(CustomerQuery.all().withSort(CustomerQuery.Field.DOMAIN, SortDirection.ASCENDING))
        .hasToString("?sortField=Domain&sortDirection=ascending");
    assertThat(UserQuery.all()).hasToString("");
  }

  @Test
  void whatNobodyTakesIsRefusedHere() {
    assertThatIllegalArgumentException().isThrownBy(() -> UserQuery.all().withPageSize(0));
    assertThatIllegalArgumentException().isThrownBy(() -> UserQuery.all().withPageSize(501));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> UserQuery.all().withSort(UserField.IMMUTABLE_ID, SortDirection.ASCENDING));
    assertThatIllegalArgumentException().isThrownBy(() -> UserFilter.state(UserState.UNRECOGNIZED));
    assertThatIllegalArgumentException().isThrownBy(() -> new SkuId(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> RoleId.of("x"));
  }

  @Test
  void enumerationsKeepWhatTheyDoNotKnowInOneSpelling() {
    assertThat(new AuditEntry.OperationType("UpdateCustomerUser"))
        .isEqualTo(AuditEntry.OperationType.UPDATE_CUSTOMER_USER);
    assertThat(new AuditEntry.ResourceType("some_thing_new").value()).isEqualTo("some_thing_new");
    assertThat(new Customer.Relationship("microsoftSupport")).hasToString("microsoft_support");
    assertThat(new AuditEntry.OperationStatus("Succeeded"))
        .isEqualTo(AuditEntry.OperationStatus.SUCCEEDED);
  }
}
