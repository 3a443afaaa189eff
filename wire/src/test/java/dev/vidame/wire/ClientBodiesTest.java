package dev.vidame.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Update bodies as the clients in use write them. */
class ClientBodiesTest {
  private static CustomerUserUpdate read(String body) {
    return CustomerUserUpdate.fromJson(body.getBytes(UTF_8));
  }

  @Test
  void dotNetBodyOfNullsIsAnUpdateOfTheStateAlone() {
    CustomerUserUpdate update =
        read(
            "{\"UsageLocation\":null,\"Id\":null,\"UserPrincipalName\":null,\"FirstName\":null,"
                + "\"LastName\":null,\"DisplayName\":null,\"PasswordProfile\":null,"
                + "\"LastDirectorySyncTime\":null,\"UserDomainType\":\"none\",\"State\":\"active\","
                + "\"SoftDeletionTime\":null,\"Attributes\":{\"ObjectType\":\"CustomerUser\"}}");

    assertThat(update).isEqualTo(CustomerUserUpdate.builder().restore().build());
    assertThat(update.isEmpty()).isFalse();
  }

  @Test
  void dotNetPasswordBodyKeepsAllElse() {
    CustomerUserUpdate update =
        read(
            "{\"UsageLocation\":null,\"Id\":null,\"PasswordProfile\":"
                + "{\"ForceChangePassword\":true,\"Password\":\"Renew456*\"},"
                + "\"Attributes\":{\"ObjectType\":\"CustomerUser\"}}");

    assertThat(update.passwordProfile()).isEqualTo(PasswordProfile.temporary("Renew456*"));
    assertThat(update.isPasswordOnly()).isTrue();
  }

  @Test
  void javaBodyWithEachNameInTwoCasesIsReadOnce() {
    CustomerUserUpdate update =
        read(
            "{\"attributes\":{\"objectType\":\"CustomerUser\"},\"displayName\":\"D\","
                + "\"passwordProfile\":{\"password\":\"Pw@1\",\"forceChangePassword\":true,"
                + "\"ForceChangePassword\":true,\"Password\":\"Pw@1\"},\"state\":\"active\","
                + "\"usageLocation\":\"US\"}");

    assertThat(update)
        .isEqualTo(
            CustomerUserUpdate.builder()
                .displayName("D")
                .passwordProfile(new PasswordProfile("Pw@1", true))
                .usageLocation("US")
                .restore()
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"displayName\":\"a\",\"DisplayName\":\"b\"}|b",
        "{\"displayName\":\"a\",\"DisplayName\":null}|a",
        "{\"displayName\":null,\"DisplayName\":\"b\"}|b",
        "{\"DISPLAYNAME\":\"a\",\"displayName\":\"b\",\"displayname\":\"c\",\"DisplayName\":null}|c"
      })
  void lastValueThatIsNotNullWins(String body, String expected) {
    assertThat(read(body).displayName()).isEqualTo(FieldUpdate.set(expected));
  }

  @Test
  void passwordProfileOfPowerShellBlanksNoPassword() {
    PasswordProfile profile =
        read("{\"PasswordProfile\":{\"Password\":null,\"ForceChangePassword\":true}}")
            .passwordProfile();

    assertThat(profile).isEqualTo(new PasswordProfile(null, true));
  }

  @Test
  void wholeAccountEchoedBackIsAnUpdate() {
    CustomerUserUpdate update =
        read(
            "{\"id\":\"4b10bf41-ab11-40e3-8c53-cd67849b50de\",\"displayName\":\"D\","
                + "\"userDomainType\":\"none\",\"state\":\"active\","
                + "\"lastDirectorySyncTime\":\"2020-01-01T00:00:00Z\","
                + "\"softDeletionTime\":\"2020-01-01T00:00:00Z\",\"unknown\":{\"deep\":[1,{}]},"
                + "\"links\":{\"self\":{\"uri\":\"/customers/c/users/u\",\"method\":\"GET\"}}}");

    assertThat(update.id()).isEqualTo("4b10bf41-ab11-40e3-8c53-cd67849b50de");
    assertThat(update.displayName()).isEqualTo(FieldUpdate.set("D"));
    assertThat(update.state()).isEqualTo(UserState.ACTIVE);
  }

  @Test
  void emptyTextClears() {
    CustomerUserUpdate update = read("{\"firstName\":\"\",\"phoneNumber\":\"\"}");

    assertThat(update)
        .isEqualTo(CustomerUserUpdate.builder().clearFirstName().clearPhoneNumber().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"attributes\":{\"objectType\":\"customeruser\"}}", "{\"a\":1}"})
  void bodyThatNamesNothingIsEmpty(String body) {
    assertThat(read(body).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "true,true",
        "\"true\",true",
        "\"TRUE\",true",
        "false,false",
        "\"false\",false",
        "\"False\",false"
      })
  void booleanMayBeAText(String value, boolean expected) {
    PasswordProfile profile =
        read("{\"passwordProfile\":{\"forceChangePassword\":" + value + "}}").passwordProfile();

    assertThat(profile).isEqualTo(new PasswordProfile(null, expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"displayName\":5}|displayName|UNREADABLE",
        "{\"DisplayName\":{}}|displayName|UNREADABLE",
        "{\"displayName\":[]}|displayName|UNREADABLE",
        "{\"displayName\":true}|displayName|UNREADABLE",
        "{\"passwordProfile\":\"x\"}|passwordProfile|UNREADABLE",
        "{\"passwordProfile\":{\"password\":5}}|password|UNREADABLE",
        "{\"passwordProfile\":{\"forceChangePassword\":\"yes\"}}|forceChangePassword|UNREADABLE",
        "{\"passwordProfile\":{\"forceChangePassword\":1}}|forceChangePassword|UNREADABLE",
        "{\"state\":\"foo\"}|state|UNKNOWN_ENUM",
        "{\"state\":\"\"}|state|UNKNOWN_ENUM",
        "{\"state\":\"unrecognized\"}|state|UNKNOWN_ENUM",
        "{\"attributes\":{\"objectType\":\"Customer\"}}|attributes.objectType|INVALID_PROPERTY",
        "{\"attributes\":[]}|attributes|UNREADABLE"
      })
  void memberThatCannotBeIsNamed(String body, String property, WireFormatException.Kind kind) {
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> read(body))
        .satisfies(e -> assertThat(e.property()).isEqualTo(property))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void nothingShowsAPassword() {
    CustomerUserUpdate update = read("{\"passwordProfile\":{\"password\":\"hunter2\"}}");

    assertThat(update.toString()).contains("password=***").doesNotContain("hunter2");
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> read("{\"passwordProfile\":{\"password\":\"hunter2\" oops}}"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }
}
