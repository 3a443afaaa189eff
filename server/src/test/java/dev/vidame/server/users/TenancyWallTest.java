package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and what one partner learns of another: nothing. */
class TenancyWallTest {
  @RegisterExtension static final Served served = new Served();

  private static final UUID ID = UUID.fromString("b1317092-f087-471e-a637-f66523b2b94c");
  private static final String UNKNOWN = "0e5ad6a3-33b4-4a38-8a5e-4b3a7dcb4a4a";

  /** Everything in an answer but its time. */
  private static String seen(RawAnswer answer) {
    return answer.toString().replaceAll("(?m)^Date: .*$", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET users/OTHER",
        "GET users/somebody@other.example",
        "GET users/not-a-guid",
        "GET users",
        "PATCH users/OTHER {\"displayName\":\"Stolen\"}",
        "PATCH users/OTHER {\"displayName\":\"\"}",
        "PATCH users/OTHER {\"state\":\"foo\"}",
        "PATCH users/OTHER {",
        "PATCH users/OTHER []",
        "PATCH users/not-a-guid {}",
        "PATCH users {\"id\":\"OTHER\"}",
        "PATCH users {}",
        "POST users {\"userPrincipalName\":\"somebody@other.example\"}",
        "POST users {"
      })
  void foreignCustomerLooksLikeOneThatDoesNotExist(String line) {
    String[] parts = line.replace("OTHER", Tenancy.OTHER_USER.toString()).split(" ", 3);

    RawAnswer foreign = send(parts, Tenancy.OTHER_CUSTOMER.toString());
    RawAnswer unknown = send(parts, UNKNOWN);

    assertThat(foreign.outcome()).isEqualTo("403/20002");
    assertThat(seen(foreign)).isEqualTo(seen(unknown));
  }

  private static RawAnswer send(String[] parts, String customer) {
    RawRequest request =
        RawRequest.of(parts[0], "/v1/customers/" + customer + "/" + parts[1])
            .id(ID)
            .header("MS-CorrelationId", ID.toString())
            .body(parts.length > 2 ? parts[2] : "");
    return served.server().sendAsAdmin(request);
  }

  @Test
  void customersOfOthersAreNotTouched() {
    RawAnswer own =
        served
            .server()
            .send(
                RawRequest.get(TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER))
                    .token(served.server().tokens().otherAdmin()));

    assertThat(own.json().get("displayName").text()).isEqualTo("Display name");
  }

  /** An account is found under its own customer only, even by who may act on both ids. */
  @Test
  void accountOfAnotherCustomerIsUnknown() {
    for (String user : List.of(Tenancy.OTHER_USER.toString(), "somebody@other.example")) {
      RawAnswer answer =
          served
              .server()
              .sendAsAdmin(RawRequest.get("/v1/customers/" + Tenancy.CUSTOMER + "/users/" + user));

      assertThat(answer.outcome()).isEqualTo("404/60002");
    }
  }

  /** Wire-spec §0.5. */
  @ParameterizedTest
  @CsvSource({
    "ADMIN_AGENT,           200,        200,        201,        200",
    "HELPDESK_AGENT,        200,        403/900150, 403/900150, 200",
    "SALES_AGENT,           200,        403/900150, 403/900150, 200",
    "USER_MANAGEMENT_ADMIN, 403/900150, 403/900150, 403/900150, 403/900150",
    "BILLING_ADMIN,         403/900150, 403/900150, 403/900150, 403/900150"
  })
  void roleDecides(Role role, String get, String update, String create, String list) {
    String users = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
    String account = TestServer.foundingPath();
    String body =
        "{\"userPrincipalName\":\"%s@%s\",\"displayName\":\"x\",\"passwordProfile\":{\"password\":\"abCD123*\"}}"
            .formatted(UUID.randomUUID(), Tenancy.DOMAIN);

    assertThat(as(role, RawRequest.get(account))).isEqualTo(get);
    assertThat(as(role, RawRequest.patch(account, "{}"))).isEqualTo(update);
    assertThat(as(role, RawRequest.patch(users, "{\"id\":\"" + Tenancy.USER + "\"}")))
        .isEqualTo(update);
    assertThat(as(role, RawRequest.of("POST", users).body(body))).isEqualTo(create);
    assertThat(as(role, RawRequest.get(users))).isEqualTo(list);
  }

  private static String as(Role role, RawRequest request) {
    String token = served.server().tokens().of(role);
    return served.server().sendWhateverComes(request.token(token)).outcome();
  }

  /** The relationship is looked at before the role: who has neither learns of neither. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void foreignCustomerIsForeignToEveryRole(Role role) {
    RawRequest read = RawRequest.get(TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER));

    assertThat(as(role, read)).isEqualTo("403/20002");
  }

  /** Rights are looked up at every use, so an old token does not keep them. */
  @Test
  void tokenOfAnAgentThatIsUnknownIsRefused() {
    TestServer server = served.server();
    Map<String, Object> claims = TestTokens.claims(server.tokens().admin());
    claims.put("oid", UNKNOWN);

    RawAnswer answer =
        server.send(
            RawRequest.get(TestServer.foundingPath())
                .token(server.tokens().signed(claims, server.tokens().signingKey())));

    assertThat(answer.outcome()).isEqualTo("403/2032");
  }
}
