package dev.vidame.wire;

import static dev.vidame.wire.Bodies.bytes;
import static dev.vidame.wire.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The values of enums: each written in one way, and read in any case with or without underscores.
 */
class WireNamesTest {
  @ParameterizedTest
  @CsvSource({"ACTIVE, active, Active, ACTIVE", "INACTIVE, inactive, InActive, in_active"})
  void statesOfAccounts(UserState state, String wire, String other, String another) {
    for (String text : new String[] {wire, other, another}) {
      byte[] body = bytes("{\"state\":\"" + text + "\"}");

      assertThat(CustomerUser.fromJson(body).state()).isEqualTo(state);
      assertThat(CustomerUserUpdate.fromJson(body).state()).isEqualTo(state);
      assertThat(text(CustomerUser.fromJson(body).toJson()))
          .startsWith("{\"state\":\"" + wire + "\",");
      assertThat(text(CustomerUserUpdate.fromJson(body).toJson()))
          .startsWith("{\"state\":\"" + wire + "\",");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, none, None",
    "MANAGED, managed, Managed",
    "FEDERATED, federated, FEDER_ATED",
    "UNRECOGNIZED, '', unrecognized",
    "UNRECOGNIZED, '', mandated"
  })
  void typesOfDomains(UserDomainType type, String wire, String other) {
    for (String text : new String[] {wire, other}) {
      CustomerUser user = CustomerUser.fromJson(bytes("{\"userDomainType\":\"" + text + "\"}"));

      assertThat(user.userDomainType()).isEqualTo(type);
      assertThat(text(user.toJson())).startsWith("{\"userDomainType\":\"" + wire + "\",");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EQUALS, equals, Equals",
    "NOT_EQUALS, not_equals, NotEquals",
    "GREATER_THAN, greater_than, GreaterThan",
    "GREATER_THAN_OR_EQUALS, greater_than_or_equals, GreaterThanOrEquals",
    "LESS_THAN, less_than, LessThan",
    "LESS_THAN_OR_EQUALS, less_than_or_equals, LessThanOrEquals",
    "SUBSTRING, substring, Sub_String",
    "STARTS_WITH, starts_with, StartsWith",
    "NOT_STARTS_WITH, not_starts_with, NotStartsWith",
    "AND, and, And",
    "OR, or, OR"
  })
  void operatorsOfFilters(FilterOperator operator, String wire, String other) {
    assertThat(operator.wire()).isEqualTo(wire);
    assertThat(FilterOperator.parse(wire)).contains(operator);
    assertThat(FilterOperator.parse(other)).contains(operator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_", "equal", "equals ", "ends_with", "not"})
  void otherTextsNameNoOperator(String text) {
    assertThat(FilterOperator.parse(text)).isEmpty();
  }

  @Test
  void onlyAndAndOrJoinFilters() {
    assertThat(Stream.of(FilterOperator.values()).filter(FilterOperator::joins))
        .containsExactly(FilterOperator.AND, FilterOperator.OR);
  }

  @Test
  void groupsOfLicences() {
    assertThat(Stream.of(LicenseGroup.values()).map(LicenseGroup::wire))
        .containsExactly("group1", "group2");
    assertThat(LicenseGroup.of("group1")).contains(LicenseGroup.GROUP1);
    assertThat(LicenseGroup.of(" Group2 ")).contains(LicenseGroup.GROUP2);
    assertThat(LicenseGroup.of("none")).isEmpty();
    assertThat(LicenseGroup.of("")).isEmpty();
  }
}
