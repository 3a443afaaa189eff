package dev.vidame.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.Change;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An account is brought back as it was, all of it or nothing. */
class RevertRoutesTest {
  private static final String ROLES = "/v1/customers/" + Tenancy.CUSTOMER + "/directoryroles/";
  private static final DirectoryRole HELPDESK = DirectoryRole.HELPDESK_ADMINISTRATOR;
  private static final DirectoryRole ADMINISTRATOR = DirectoryRole.COMPANY_ADMINISTRATOR;

  @RegisterExtension static final Served served = new Served();

  @TempDir private Path folder;
  private TestServer server = served.server();
  private UserId user;
  private final List<UserId> accounts = new ArrayList<>();

  @BeforeEach
  void prepare() {
    Seats.define(server);
    user = newAccount();
  }

  private UserId newAccount() {
    UserId id = Seats.located(server, server.tenancy().newUser());
    accounts.add(id);
    return id;
  }

  /** So that the next test finds all units free. */
  @AfterEach
  void freeTheUnits() {
    for (UserId id : accounts) {
      assertThat(send("DELETE", path(id), "").status()).isEqualTo(204);
    }
  }

  private String path() {
    return path(user);
  }

  private static String path(UserId id) {
    return TestServer.path(Tenancy.CUSTOMER, id);
  }

  private RawAnswer send(String method, String path, String body) {
    return server.sendAsAdmin(RawRequest.of(method, path).body(body));
  }

  private void patch(String body) {
    assertThat(send("PATCH", path(), body).status()).isEqualTo(200);
  }

  private void give(DirectoryRole role, UserId id) {
    send("POST", ROLES + role.id() + "/usermembers", "{\"id\":\"" + id + "\"}");
  }

  private RawAnswer take(DirectoryRole role, UserId id) {
    return send("DELETE", ROLES + role.id() + "/usermembers/" + id, "");
  }

  private RawAnswer licenses(UserId id, String body) {
    return send("POST", path(id) + "/licenseupdates", body);
  }

  private static String assign(String sku) {
    return "{\"licensesToAssign\":[{\"skuId\":\"" + sku + "\"}]}";
  }

  private static String remove(String sku) {
    return "{\"licensesToRemove\":[\"" + sku + "\"]}";
  }

  private long now() {
    return server.tenancy().changes();
  }

  private RawRequest revert(String body) {
    return RawRequest.of("POST", "/vidame" + path() + "/revert").body(body);
  }

  private RawAnswer revertTo(long seq) {
    return server.sendAsAdmin(revert("{\"toSeq\":" + seq + "}"));
  }

  private RawAnswer previewTo(long seq) {
    return server.sendAsAdmin(
        RawRequest.of("POST", "/vidame" + path() + "/revert?preview=true")
            .body("{\"toSeq\":" + seq + "}"));
  }

  /** All that the routes show of the account, but its version. */
  private List<String> shown() {
    List<String> shown = new ArrayList<>();
    for (String part : List.of("", "/directoryroles", "/licenses?licenseGroupIds=group1,group2")) {
      shown.add(server.sendAsAdmin(RawRequest.get(path() + part)).text());
    }
    return shown;
  }

  private static List<String> fields(RawAnswer answer) {
    return answer.json().get("changes").items().stream()
        .map(change -> change.get("field").text())
        .toList();
  }

  private long rich() {
    patch("{\"firstName\":\"Grace\",\"phoneNumber\":\"1\",\"immutableId\":\"key" + user + "\"}");
    give(HELPDESK, user);
    licenses(user, assign(Seats.EMS));
    licenses(user, assign(Seats.VISIO));
    return now();
  }

  private void poor() {
    patch("{\"firstName\":\"\",\"displayName\":\"Other\",\"immutableId\":\"other\"}");
    patch("{\"userPrincipalName\":\"other@" + Tenancy.DOMAIN + "\"}");
    take(HELPDESK, user);
    give(DirectoryRole.DIRECTORY_READERS, user);
    licenses(user, remove(Seats.VISIO));
    licenses(
        user,
        "{\"licensesToAssign\":[{\"skuId\":\""
            + Seats.EMS
            + "\",\"excludedPlans\":[\""
            + Seats.INTUNE
            + "\"]}]}");
    licenses(user, assign(Seats.GAME));
  }

  @Test
  void propertiesRolesAndLicencesComeBackTogetherInOneRow() {
    long then = rich();
    List<String> before = shown();
    poor();
    long changes = now();

    RawAnswer answer = revertTo(then);

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(shown()).isEqualTo(before);
    assertThat(now()).isEqualTo(changes + 1);
    assertThat(answer.json().get("toSeq").number()).isEqualTo((int) then);
    assertThat(answer.json().get("isPasswordKept").value()).isEqualTo(true);
    assertThat(answer.header("ETag")).isEqualTo("\"" + now() + "\"");
    Change row = Feed.all(server, "").getLast().change();
    assertThat(row.operation()).isEqualTo("user.revert");
    assertThat(row.fields()).extracting(Change.Field::name).containsAll(fields(answer));
    assertThat(row.fields())
        .contains(new Change.Field("flag:revertedTo", null, Long.toString(then)));
  }

  @Test
  void previewSaysTheSameAndChangesNothing() {
    long then = rich();
    poor();
    List<String> before = shown();
    long changes = now();

    RawAnswer preview = previewTo(then);

    assertThat(preview.outcome()).isEqualTo("200");
    assertThat(preview.first("ETag")).isEmpty();
    assertThat(preview.json().get("isPreview").value()).isEqualTo(true);
    assertThat(shown()).isEqualTo(before);
    assertThat(now()).isEqualTo(changes);
    RawAnswer done = revertTo(then);
    assertThat(done.json().get("changes")).isEqualTo(preview.json().get("changes"));
    assertThat(done.json().get("user")).isEqualTo(preview.json().get("user"));
  }

  @Test
  void revertCanBeRevertedAndEarlierStatesStayRight() {
    long then = rich();
    List<String> rich = shown();
    poor();
    List<String> poor = shown();
    long middle = now();
    revertTo(then);

    assertThat(revertTo(middle).outcome()).isEqualTo("200");
    assertThat(shown()).isEqualTo(poor);
    assertThat(revertTo(then).outcome()).isEqualTo("200");
    assertThat(shown()).isEqualTo(rich);
  }

  @Test
  void deletedAccountIsRestoredAsItWasThen() {
    long then = rich();
    List<String> before = shown();
    poor();
    assertThat(send("DELETE", path(), "").status()).isEqualTo(204);

    assertThat(revertTo(then).outcome()).isEqualTo("200");

    assertThat(shown()).isEqualTo(before);
    assertThat(units(Seats.VISIO)).isZero();
    assertThat(units(Seats.EMS)).isEqualTo(4);
    assertThat(units(Seats.GAME)).isEqualTo(2);
  }

  private int units(String sku) {
    return server
        .sendAsAdmin(
            RawRequest.get(
                "/v1/customers/"
                    + Tenancy.CUSTOMER
                    + "/subscribedskus?licenseGroupIds=group1,group2"))
        .json()
        .get("items")
        .items()
        .stream()
        .filter(item -> item.get("productSku").get("id").text().equals(sku))
        .map(item -> item.get("availableUnits").number())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void timeStandsForTheLastRowBeforeIt() {
    long then = rich();
    String time = server.clock().instant().toString();
    server.clock().advance(Duration.ofMinutes(1));
    poor();

    RawAnswer answer = server.sendAsAdmin(revert("{\"toTime\":\"" + time + "\"}"));

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json().get("toSeq").number()).isEqualTo((int) then);
  }

  @Test
  void whatIsSoAlreadyLeavesNoRow() {
    long then = rich();

    RawAnswer answer = revertTo(then);

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(fields(answer)).isEmpty();
    assertThat(now()).isEqualTo(then);
  }

  @Test
  void passwordAndItsFlagStay() {
    long then = now();
    patch("{\"passwordProfile\":{\"password\":\"Renew456*\",\"forceChangePassword\":false}}");
    String hash =
        String.valueOf(server.tenancy().directory().users().passwordHash(Tenancy.CUSTOMER, user));

    assertThat(fields(revertTo(then))).isEmpty();

    assertThat(
            String.valueOf(
                server.tenancy().directory().users().passwordHash(Tenancy.CUSTOMER, user)))
        .isEqualTo(hash);
  }

  @Test
  void repetitionGetsTheFirstAnswer() {
    long then = rich();
    poor();
    UUID id = UUID.randomUUID();
    RawRequest request = revert("{\"toSeq\":" + then + "}").id(id);
    RawAnswer first = server.sendAsAdmin(request);
    patch("{\"displayName\":\"Later\"}");
    long changes = now();

    RawAnswer again = server.sendAsAdmin(request);

    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(now()).isEqualTo(changes);
    assertThat(server.sendAsAdmin(revert("{\"toSeq\":1}").id(id)).outcome())
        .isEqualTo("409/990003");
  }

  @Test
  void repetitionNamesTheAccountAsItWasCalledBefore() {
    long then = now();
    String name = "meanwhile-" + user + "@" + Tenancy.DOMAIN;
    patch("{\"userPrincipalName\":\"" + name + "\"}");
    RawRequest request =
        RawRequest.of("POST", "/vidame" + path().replace(user.toString(), name) + "/revert")
            .body("{\"toSeq\":" + then + "}")
            .id(UUID.randomUUID());
    RawAnswer first = server.sendAsAdmin(request);

    RawAnswer again = server.sendAsAdmin(request);

    assertThat(first.outcome()).isEqualTo("200");
    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text()).isEqualTo(first.text());
  }

  @Test
  void staleVersionIsRefused() {
    long then = rich();
    poor();

    RawAnswer answer =
        server.sendAsAdmin(revert("{\"toSeq\":" + then + "}").header("If-Match", "\"1\""));

    assertThat(answer.outcome()).isEqualTo("400/2055");
    String tag = server.sendAsAdmin(RawRequest.get(path())).header("ETag");
    assertThat(
            server
                .sendAsAdmin(revert("{\"toSeq\":" + then + "}").header("If-Match", tag))
                .outcome())
        .isEqualTo("200");
  }

  @Test
  void nameThatWasTakenMeanwhileIsNamedAndCanBeReplaced() {
    long then = rich();
    String name = Tenancy.nameOf(user);
    poor();
    UserId thief = newAccount();
    assertThat(send("PATCH", path(thief), "{\"userPrincipalName\":\"" + name + "\"}").status())
        .isEqualTo(200);
    long changes = now();

    RawAnswer refused = revertTo(then);

    assertThat(refused.outcome()).isEqualTo("409/990001");
    assertThat(refused.json().get("data").texts()).containsExactly("userPrincipalName", name);
    assertThat(now()).isEqualTo(changes);
    RawAnswer renamed =
        server.sendAsAdmin(
            revert("{\"toSeq\":" + then + ",\"rename\":\"again@" + Tenancy.DOMAIN + "\"}"));
    assertThat(renamed.json().get("user").get("userPrincipalName").text())
        .isEqualTo("again@" + Tenancy.DOMAIN);
    assertThat(renamed.json().get("user").get("firstName").text()).isEqualTo("Grace");
  }

  @Test
  void licencesOfWhichNoneIsLeftAreNamedAndNothingChanges() {
    long then = rich();
    poor();
    UserId other = newAccount();
    licenses(other, assign(Seats.VISIO));
    List<String> before = shown();
    long changes = now();

    RawAnswer refused = revertTo(then);

    assertThat(refused.outcome()).isEqualTo("409/60012");
    assertThat(refused.json().get("data").texts()).containsExactly(Seats.VISIO);
    assertThat(shown()).isEqualTo(before);
    assertThat(now()).isEqualTo(changes);
    assertThat(units(Seats.EMS)).isEqualTo(4);
  }

  @Test
  void lastCompanyAdministratorStaysOne() {
    try (TestServer own = TestServer.start(folder)) {
      server = own;
      UserId shared = user;
      user = server.tenancy().newUser();
      long then = now();
      give(ADMINISTRATOR, user);

      RawAnswer refused = revertTo(then);

      assertThat(refused.outcome()).isEqualTo("400/3000");
      assertThat(refused.json().get("description").text()).contains("last Company Administrator");
      give(ADMINISTRATOR, server.tenancy().newUser());
      assertThat(revertTo(then).outcome()).isEqualTo("200");
      user = shared;
    } finally {
      server = served.server();
    }
  }

  @Test
  void accountThatWasNotThereOrDeletedThenIsRefused() {
    long deleted;
    send("DELETE", path(), "");
    deleted = now();
    patch("{\"state\":\"active\"}");

    assertThat(revertTo(deleted).json().get("description").text()).contains("deleted at that time");
    assertThat(revertTo(1).json().get("description").text()).contains("did not exist");
    assertThat(revertTo(0).json().get("description").text()).contains("did not exist");
    assertThat(revertTo(now() + 1).json().get("description").text()).contains("does not reach");
    assertThat(revertTo(deleted).outcome()).isEqualTo("400/3000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | 400/800002",
        "[] | 400/800002",
        "x | 400/800002",
        "{'toSeq':1,'toTime':'2026-01-01'} | 400/800002",
        "{'toSeq':-1} | 400/3000",
        "{'toSeq':'x'} | 400/3000",
        "{'toSeq':1.5} | 400/3000",
        "{'toSeq':99999999999999999999} | 400/3000",
        "{'toTime':'yesterday'} | 400/3000",
        "{'toTime':'1970-01-01'} | 400/3000",
        "{'toTime':{}} | 400/3000",
        "{'toSeq':NOW,'rename':'nobody'} | 400/3000",
        "{'toSeq':NOW,'rename':'a@elsewhere.example'} | 400/3000"
      })
  void badBodyIsRefused(String body, String outcome) {
    long changes = now();

    RawAnswer answer =
        server.sendAsAdmin(revert(body.replace('\'', '"').replace("NOW", Long.toString(changes))));

    assertThat(answer.outcome()).as(answer.text()).isEqualTo(outcome);
    assertThat(now()).isEqualTo(changes);
  }

  @Test
  void badPreviewAndUnknownAccountsAreRefused() {
    String body = "{\"toSeq\":1}";

    assertThat(send("POST", "/vidame" + path() + "/revert?preview=maybe", body).outcome())
        .isEqualTo("400/800002");
    assertThat(
            send("POST", "/vidame" + path(new UserId(new UUID(1, 1))) + "/revert", body).outcome())
        .isEqualTo("404/60002");
    assertThat(
            send("POST", "/vidame/v1/customers/" + Tenancy.CUSTOMER + "/users/x/revert", body)
                .outcome())
        .isEqualTo("400/2000");
    assertThat(send("GET", "/vidame" + path() + "/revert", "").status()).isEqualTo(405);
  }

  @Test
  void othersMayNot() {
    RawRequest request = revert("{\"toSeq\":" + now() + "}");

    assertThat(server.send(request.token(server.tokens().of(Role.HELPDESK_AGENT))).outcome())
        .isEqualTo("403/900150");
    assertThat(server.send(request.token(server.tokens().appOnly())).outcome())
        .isEqualTo("403/2032");
    assertThat(server.send(request.token(server.tokens().otherAdmin())).outcome())
        .isEqualTo("403/20002");
  }

  /** A user administrator changes accounts and licences, and no roles. */
  @Test
  void whoMayNotChangeRolesBringsBackOnlyWhatNeedsNone() {
    Agent agent = server.tenancy().agent(Role.SALES_AGENT);
    server
        .tenancy()
        .directory()
        .customerRoles()
        .give(
            new Place(Tenancy.CUSTOMER, agent.partner(), agent.id()),
            GranularRole.USER_ADMINISTRATOR,
            server.clock().instant().plus(Duration.ofDays(1)),
            ChangeRequest.once(Actor.operator(agent.partner()), UUID.randomUUID()));
    String token = server.tokens().of(Role.SALES_AGENT);
    long bare = now();
    licenses(user, assign(Seats.EMS));
    patch("{\"displayName\":\"Licensed\"}");
    long licensed = now();
    give(HELPDESK, user);

    RawAnswer refused = server.send(revert("{\"toSeq\":" + licensed + "}").token(token));
    take(HELPDESK, user);
    RawAnswer done = server.send(revert("{\"toSeq\":" + bare + "}").token(token));

    assertThat(refused.outcome()).isEqualTo("403/900150");
    assertThat(fields(done)).containsExactly("displayName", "license:" + Seats.EMS);
  }

  @Test
  void auditTellsEachThingThatItDid() {
    long then = rich();
    poor();
    send("DELETE", path(), "");
    revertTo(then);

    List<JsonNode> records =
        server
            .sendAsAdmin(RawRequest.get("/v1/auditrecords?size=8"))
            .json()
            .get("items")
            .items()
            .stream()
            .filter(record -> record.get("id").text().matches(".*_" + now() + "(\\.\\d+)?"))
            .toList();

    assertThat(records)
        .extracting(record -> record.get("operationType").text())
        .containsExactlyInAnyOrder(
            "restore_customer_user",
            "update_customer_user",
            "update_customer_user_principal_name",
            "update_customer_user_licenses",
            "add_user_member",
            "remove_user_member");
    assertThat(records).extracting(record -> record.get("id").text()).doesNotHaveDuplicates();
    for (JsonNode record : records) {
      assertThat(
              server
                  .sendAsAdmin(RawRequest.get("/v1/auditrecords/" + record.get("id").text()))
                  .json())
          .isEqualTo(record);
    }
  }
}
