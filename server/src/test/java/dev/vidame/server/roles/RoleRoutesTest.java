package dev.vidame.server.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the routes of directory roles refuse, and to whom (wire-spec §4, §0.5). */
class RoleRoutesTest {
  @RegisterExtension static final Served served = new Served();

  private static final String CUSTOMER = "/v1/customers/" + Tenancy.CUSTOMER;
  private static final String ROLES = CUSTOMER + "/directoryroles";
  private static final String READERS = ROLES + "/88d8e3e3-8f55-4a1e-953a-9b9898b8876b";
  private static final String ADMINISTRATORS = ROLES + "/62e90394-69f5-4237-9190-012177145e10";
  private static final String UNKNOWN = "0e5ad6a3-33b4-4a38-8a5e-4b3a7dcb4a4a";

  private final UserId user = served.server().tenancy().newUser();

  private static RawAnswer send(RawRequest request) {
    return served.server().sendAsAdmin(request);
  }

  private static RawAnswer add(String role, String body) {
    return send(RawRequest.of("POST", role + "/usermembers").body(body));
  }

  private RawAnswer add(String role) {
    return add(role, "{\"id\":\"" + user + "\"}");
  }

  private RawAnswer remove(String role) {
    return send(RawRequest.of("DELETE", role + "/usermembers/" + user));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET    | directoryroles/x/usermembers                 |                    | 400/3000",
        "GET    | directoryroles/UNKNOWN/usermembers           |                    | 404/1000",
        "POST   | directoryroles/x/usermembers                 | {`id`:`USER`}      | 400/3000",
        "POST   | directoryroles/UNKNOWN/usermembers           | {`id`:`USER`}      | 404/1000",
        "DELETE | directoryroles/x/usermembers/USER            |                    | 400/3000",
        "DELETE | directoryroles/UNKNOWN/usermembers/USER      |                    | 404/1000",
        "GET    | directoryroles/READERS                       |                    | 404/1000",
        "PUT    | directoryroles                               |                    | 405/800002",
        "GET    | directoryroles/READERS/usermembers/USER      |                    | 405/800002",
        "POST   | directoryroles/READERS/usermembers           | {`id`:`UNKNOWN`}   | 404/60002",
        "POST   | directoryroles/READERS/usermembers           | {`id`:`FOREIGN`}   | 404/60002",
        "POST   | directoryroles/READERS/usermembers           | {`id`:`x`}         | 400/3000",
        "POST   | directoryroles/READERS/usermembers           | {`id`:1}           | 400/800002",
        "POST   | directoryroles/READERS/usermembers           | {}                 | 400/3000",
        "POST   | directoryroles/READERS/usermembers           | {`id`:` `}         | 400/3000",
        "POST   | directoryroles/READERS/usermembers           | []                 | 400/800002",
        "POST   | directoryroles/READERS/usermembers           |                    | 400/800002",
        "POST   | directoryroles/READERS/usermembers           | {`userPrincipalName`:`nobody@x`} | 404/60002",
        "POST   | directoryroles/READERS/usermembers           | {`id`:`USER`,`roleId`:`UNKNOWN`} | 400/3000",
        "POST   | directoryroles/READERS/usermembers           | {`id`:`USER`,`roleId`:`x`}       | 400/3000",
        "DELETE | directoryroles/READERS/usermembers/x         |                    | 400/2000",
        "DELETE | directoryroles/READERS/usermembers/USER      |                    | 404/60002",
        "DELETE | directoryroles/READERS/usermembers/UNKNOWN   |                    | 404/60002",
        "GET    | users/x/directoryroles                       |                    | 400/2000",
        "GET    | users/UNKNOWN/directoryroles                 |                    | 404/60002",
        "GET    | users/FOREIGN/directoryroles                 |                    | 404/60002",
        "GET    | directoryroles/READERS/usermembers?size=-1   |                    | 400/800002",
        "GET    | directoryroles/READERS/usermembers?seekOperation=Next     |       | 400/3000",
        "GET    | directoryroles/READERS/usermembers?seekOperation=Last     |       | 400/900141"
      })
  void badRequestIsRefused(String method, String path, String body, String outcome) {
    RawRequest request = RawRequest.of(method, CUSTOMER + "/" + filled(path));
    long before = served.server().tenancy().changes();

    RawAnswer answer = send(body == null ? request : request.body(filled(body)));

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(served.server().tenancy().changes()).isEqualTo(before);
  }

  private String filled(String text) {
    return text.replace('`', '"')
        .replace("USER", user.toString())
        .replace("UNKNOWN", UNKNOWN)
        .replace("FOREIGN", Tenancy.OTHER_USER.toString())
        .replace("READERS", "88d8e3e3-8f55-4a1e-953a-9b9898b8876b");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    directoryroles",
    "GET,    directoryroles/88d8e3e3-8f55-4a1e-953a-9b9898b8876b/usermembers",
    "POST,   directoryroles/88d8e3e3-8f55-4a1e-953a-9b9898b8876b/usermembers",
    "DELETE, directoryroles/88d8e3e3-8f55-4a1e-953a-9b9898b8876b/usermembers/x",
    "GET,    users/x/directoryroles"
  })
  void customerMustBeNamedByItsId(String method, String path) {
    RawAnswer answer = send(RawRequest.of(method, "/v1/customers/x/" + path));

    assertThat(answer.outcome()).isEqualTo("400/2000");
    assertThat(answer.json().get("description").text()).isEqualTo("Tenant Id must be a GUID.");
  }

  @Test
  void refusalsNameTheProperty() {
    assertThat(add(READERS, "{\"id\":\"" + user + "\",\"roleId\":\"x\"}").json().get("description"))
        .extracting(JsonNode::text)
        .isEqualTo("Invalid property: roleId. The value differs from the id of the address.");
    assertThat(add(ROLES + "/x", "{}").json().get("data").texts())
        .containsExactly("roleId: The value must be a GUID.");
  }

  @Test
  void deletedAccountIsNoMemberUntilItIsRestored() {
    add(READERS);
    String account = TestServer.path(Tenancy.CUSTOMER, user);

    send(RawRequest.of("DELETE", account));

    assertThat(members(READERS)).doesNotContain(user.toString());
    assertThat(send(RawRequest.get(account + "/directoryroles")).json().get("items").items())
        .isEmpty();
    assertThat(add(READERS).outcome()).isEqualTo("404/60002");
    assertThat(remove(READERS).outcome()).isEqualTo("404/60002");

    send(RawRequest.patch(account, "{\"State\":\"active\"}"));

    assertThat(members(READERS)).contains(user.toString());
    assertThat(remove(READERS).outcome()).isEqualTo("204");
  }

  private static List<String> members(String role) {
    return send(RawRequest.get(role + "/usermembers")).json().get("items").items().stream()
        .map(item -> item.get("id").text())
        .toList();
  }

  @Test
  void lastCompanyAdministratorStays() {
    add(ADMINISTRATORS);
    String account = TestServer.path(Tenancy.CUSTOMER, user);
    List<String> why = List.of("id: The account is the customer's last Company Administrator.");

    RawAnswer removed = remove(ADMINISTRATORS);
    RawAnswer deleted = send(RawRequest.of("DELETE", account));

    assertThat(removed.outcome()).isEqualTo("400/3000");
    assertThat(removed.json().get("data").texts()).isEqualTo(why);
    assertThat(deleted.outcome()).isEqualTo("400/3000");
    assertThat(deleted.json().get("data").texts()).isEqualTo(why);

    UserId second = served.server().tenancy().newUser();
    add(ADMINISTRATORS, "{\"id\":\"" + second + "\"}");
    assertThat(remove(ADMINISTRATORS).outcome()).isEqualTo("204");
    assertThat(send(RawRequest.of("DELETE", account)).outcome()).isEqualTo("204");
  }

  @Test
  void repetitionGetsTheFirstAnswerAndHasNoSecondEffect() {
    UUID giving = UUID.randomUUID();
    UUID taking = UUID.randomUUID();
    String body = "{\"id\":\"" + user + "\"}";
    RawRequest post = RawRequest.of("POST", READERS + "/usermembers").id(giving).body(body);
    RawRequest delete = RawRequest.of("DELETE", READERS + "/usermembers/" + user).id(taking);
    RawAnswer first = send(post);
    send(RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, user), "{\"displayName\":\"Later\"}"));
    assertThat(send(delete).isReplayed()).isFalse();
    long before = served.server().tenancy().changes();

    RawAnswer again = send(post);
    RawAnswer removedAgain = send(delete);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(removedAgain.status()).isEqualTo(204);
    assertThat(removedAgain.isReplayed()).isTrue();
    assertThat(members(READERS)).doesNotContain(user.toString());
    assertThat(served.server().tenancy().changes()).isEqualTo(before);
    assertThat(send(post.body("{\"id\":\"" + Tenancy.USER + "\"}")).outcome())
        .isEqualTo("409/990003");
  }

  @Test
  void membersAreWalkedInPages() {
    List<String> expected = new ArrayList<>();
    String role = ROLES + "/9360feb5-f418-4baa-8175-e2a00bac4301";
    for (int i = 0; i < 5; i++) {
      UserId id = served.server().tenancy().newUser();
      expected.add(id.toString());
      add(role, "{\"id\":\"" + id + "\"}");
    }
    expected.sort(null);

    List<String> walked = new ArrayList<>();
    RawRequest request = RawRequest.get(role + "/usermembers?size=2");
    JsonNode page = send(request).json();
    while (true) {
      page.get("items").items().forEach(item -> walked.add(item.get("id").text()));
      if (!page.has("continuationToken")) {
        break;
      }
      page =
          send(RawRequest.get(role + "/usermembers?seekOperation=Next")
                  .header("MS-ContinuationToken", page.get("continuationToken").text()))
              .json();
    }

    assertThat(walked).isEqualTo(expected);
    assertThat(
            send(RawRequest.get(READERS + "/usermembers?seekOperation=Next")
                    .header(
                        "MS-ContinuationToken",
                        send(request).json().get("continuationToken").text()))
                .outcome())
        .as("the token of another role's list")
        .isEqualTo("400/3000");
  }

  /** Wire-spec §0.5. */
  @ParameterizedTest
  @CsvSource({
    "ADMIN_AGENT,           200,        201",
    "HELPDESK_AGENT,        200,        403/900150",
    "SALES_AGENT,           403/900150, 403/900150",
    "USER_MANAGEMENT_ADMIN, 403/900150, 403/900150",
    "BILLING_ADMIN,         403/900150, 403/900150"
  })
  void roleDecides(Role role, String read, String change) {
    String body = "{\"id\":\"" + user + "\"}";
    assertThat(as(role, RawRequest.get(ROLES))).isEqualTo(read);
    assertThat(as(role, RawRequest.get(READERS + "/usermembers"))).isEqualTo(read);
    assertThat(
            as(role, RawRequest.get(TestServer.path(Tenancy.CUSTOMER, user) + "/directoryroles")))
        .isEqualTo(read);
    assertThat(as(role, RawRequest.of("POST", READERS + "/usermembers").body(body)))
        .isEqualTo(change);
    assertThat(as(role, RawRequest.of("DELETE", READERS + "/usermembers/" + user)))
        .isEqualTo(change.equals("201") ? "204" : change);
  }

  private static String as(Role role, RawRequest request) {
    return served.server().send(request.token(served.server().tokens().of(role))).outcome();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    directoryroles",
    "GET,    directoryroles/88d8e3e3-8f55-4a1e-953a-9b9898b8876b/usermembers",
    "GET,    directoryroles/x/usermembers",
    "POST,   directoryroles/88d8e3e3-8f55-4a1e-953a-9b9898b8876b/usermembers",
    "DELETE, directoryroles/88d8e3e3-8f55-4a1e-953a-9b9898b8876b/usermembers/USER",
    "GET,    users/USER/directoryroles"
  })
  void foreignCustomerLooksLikeOneThatDoesNotExist(String method, String path) {
    String below = "/" + path.replace("USER", Tenancy.OTHER_USER.toString());
    for (String customer : List.of(Tenancy.OTHER_CUSTOMER.toString(), UNKNOWN)) {
      RawRequest request = RawRequest.of(method, "/v1/customers/" + customer + below);

      assertThat(send(request).outcome()).isEqualTo("403/20002");
      assertThat(served.server().send(request.token(served.server().tokens().appOnly())).outcome())
          .isEqualTo("403/2032");
    }
  }
}
