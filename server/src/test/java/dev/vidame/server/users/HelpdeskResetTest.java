package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A helpdesk agent sets passwords of accounts without a directory role (wire-spec §0.5). */
class HelpdeskResetTest {
  @RegisterExtension static final Served served = new Served();

  private static final String RESET =
      "{\"passwordProfile\":{\"password\":\"Renew456*\",\"forceChangePassword\":true},"
          + "\"attributes\":{\"objectType\":\"CustomerUser\"}}";

  /** As the .NET client writes it, which cannot leave its enums out. */
  private static final String RESET_OF_ALL_PROPERTIES =
      "{\"UsageLocation\":null,\"Id\":null,\"UserPrincipalName\":null,\"FirstName\":null,"
          + "\"LastName\":null,\"DisplayName\":null,\"PasswordProfile\":{\"ForceChangePassword\":true,"
          + "\"Password\":\"Renew456*\"},\"LastDirectorySyncTime\":null,\"UserDomainType\":\"none\","
          + "\"State\":\"active\",\"SoftDeletionTime\":null,"
          + "\"Attributes\":{\"ObjectType\":\"CustomerUser\"}}";

  private final UserId user = served.server().tenancy().newUser();
  private final String account = TestServer.path(Tenancy.CUSTOMER, user);

  private static RawAnswer asHelpdesk(RawRequest request) {
    return served.server().send(request.token(served.server().tokens().of(Role.HELPDESK_AGENT)));
  }

  private static RawAnswer asAdmin(RawRequest request) {
    return served.server().sendAsAdmin(request);
  }

  private void give(String role) {
    RawAnswer given =
        asAdmin(
            RawRequest.of(
                    "POST",
                    "/v1/customers/"
                        + Tenancy.CUSTOMER
                        + "/directoryroles/"
                        + role
                        + "/usermembers")
                .body("{\"id\":\"" + user + "\"}"));
    assertThat(given.status()).isEqualTo(201);
  }

  private String hash() {
    return served
        .server()
        .tenancy()
        .directory()
        .users()
        .passwordHash(Tenancy.CUSTOMER, user)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/resetpassword"})
  void passwordOfAnOrdinaryAccountIsSetOnBothRoutes(String route) {
    String before = hash();

    RawAnswer answer = asHelpdesk(RawRequest.patch(account + route, RESET));

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json().get("passwordProfile").get("forceChangePassword").value())
        .isEqualTo(true);
    assertThat(hash()).isNotEqualTo(before);
  }

  @Test
  void clientThatWritesAllPropertiesResetsToo() {
    assertThat(asHelpdesk(RawRequest.patch(account, RESET_OF_ALL_PROPERTIES)).outcome())
        .isEqualTo("200");
  }

  @Test
  void addressOfTheDocumentsTableIsNoWayAround() {
    String users = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
    String named = RESET.replaceFirst("\\{", "{\"id\":\"" + user + "\",");
    assertThat(asHelpdesk(RawRequest.patch(users, named)).outcome()).isEqualTo("200");

    give("88d8e3e3-8f55-4a1e-953a-9b9898b8876b");

    assertThat(asHelpdesk(RawRequest.patch(users, named)).outcome()).isEqualTo("403/900150");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/resetpassword"})
  void passwordOfAnAccountWithARoleIsNot(String route) {
    give("88d8e3e3-8f55-4a1e-953a-9b9898b8876b");
    String before = hash();

    assertThat(asHelpdesk(RawRequest.patch(account + route, RESET)).outcome())
        .isEqualTo("403/900150");
    assertThat(hash()).isEqualTo(before);
    assertThat(asAdmin(RawRequest.patch(account + route, RESET)).outcome()).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"displayName\":\"x\"}",
        "{\"state\":\"active\"}",
        "{\"passwordProfile\":{\"password\":\"Renew456*\"},\"displayName\":\"x\"}",
        "{\"passwordProfile\":{\"password\":\"Renew456*\"},\"displayName\":\"\"}",
        "{\"passwordProfile\":{\"password\":\"Renew456*\"},\"state\":\"inactive\"}",
        "{\"passwordProfile\":{\"password\":\"short\"},\"firstName\":\"x\"}"
      })
  void anythingElseIsNot(String body) {
    long before = served.server().tenancy().changes();

    assertThat(asHelpdesk(RawRequest.patch(account, body)).outcome()).isEqualTo("403/900150");
    assertThat(served.server().tenancy().changes()).isEqualTo(before);
  }

  @Test
  void deletedAccountIsNotRestoredThatWay() {
    asAdmin(RawRequest.of("DELETE", account));

    assertThat(asHelpdesk(RawRequest.patch(account, RESET_OF_ALL_PROPERTIES)).outcome())
        .isEqualTo("403/900150");
    assertThat(asAdmin(RawRequest.get(account)).json().get("state").text()).isEqualTo("inactive");
    assertThat(asHelpdesk(RawRequest.patch(account, RESET)).outcome()).isEqualTo("400/3000");
  }

  /** What somebody was told once, they are told again, whatever has happened since. */
  @Test
  void repetitionGetsTheFirstAnswer() {
    RawRequest request = RawRequest.patch(account, RESET).id(UUID.randomUUID());
    RawAnswer first = asHelpdesk(request);
    give("88d8e3e3-8f55-4a1e-953a-9b9898b8876b");

    RawAnswer again = asHelpdesk(request);

    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(asHelpdesk(request.body("{}")).outcome()).isEqualTo("409/990003");
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"SALES_AGENT", "USER_MANAGEMENT_ADMIN", "BILLING_ADMIN"})
  void othersMayNot(Role role) {
    for (String route : new String[] {"", "/resetpassword"}) {
      RawRequest request = RawRequest.patch(account + route, RESET);

      assertThat(served.server().send(request.token(served.server().tokens().of(role))).outcome())
          .isEqualTo("403/900150");
    }
  }
}
