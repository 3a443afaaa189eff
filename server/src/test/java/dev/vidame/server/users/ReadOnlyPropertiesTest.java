package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What callers may not set of an account, sent all the same (wire-spec §3.1 and §3.6): it is
 * ignored or refused, and never does anything. Passwords are in no answer.
 */
class ReadOnlyPropertiesTest {
  @RegisterExtension static final Served served = new Served();

  @RegisterExtension
  static final Served echoing = new Served(Map.of("compat.echo-password", "true"));

  private static final String LIST = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  private static final String PASSWORD = "Planted-Secret-7";
  private static final String PROFILE = "\"passwordProfile\":{\"password\":\"" + PASSWORD + "\"}";

  private static UserId user;
  private static String path = "";
  private static String plainAnswer = "";

  @BeforeAll
  static void prepare() {
    user = served.server().tenancy().newUser();
    path = TestServer.path(Tenancy.CUSTOMER, user);
    String name = name();
    plainAnswer = neutral(create(name, ""), name);
  }

  /** What is ignored wherever it comes. */
  static Stream<String> ignored() {
    return Stream.of(
        "\"softDeletionTime\":\"2020-01-01T00:00:00Z\"",
        "\"SoftDeletionTime\":null",
        "\"lastDirectorySyncTime\":\"2020-01-01T00:00:00Z\"",
        "\"userDomainType\":\"federated\"",
        "\"links\":{\"self\":{\"uri\":\"/customers/%s/users/%s\",\"method\":\"DELETE\"}}"
            .formatted(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER),
        "\"attributes\":{\"objectType\":\"CUSTOMERUSER\",\"etag\":\"7\",\"state\":\"inactive\"}",
        "\"state\":\"active\"",
        "\"tenantId\":\"" + Tenancy.OTHER_CUSTOMER + "\"",
        "\"customerId\":\"" + Tenancy.OTHER_CUSTOMER + "\"",
        "\"companyProfile\":{\"tenantId\":\"" + Tenancy.OTHER_CUSTOMER + "\"}",
        "\"partnerId\":\"" + Tenancy.OTHER_PARTNER + "\"",
        "\"version\":1,\"etag\":\"1\"",
        "\"roles\":[\"Company Administrator\"],\"directoryRoles\":[{\"name\":\"x\"}]",
        "\"licenses\":[{\"skuId\":\"efccb6f7-5641-4e0e-bd10-b4976e1bf68e\"}]");
  }

  /** What is ignored besides in what creates an account. */
  static Stream<String> ignoredInCreations() {
    return Stream.concat(
        ignored(),
        Stream.of(
            "\"id\":\"" + Tenancy.OTHER_USER + "\"",
            "\"Id\":\"" + Tenancy.USER + "\"",
            "\"id\":\"not-a-guid\"",
            "\"State\":\"inactive\""));
  }

  /** What is refused besides in what changes one, and with which code. */
  static List<String[]> refusedInChanges() {
    return List.of(
        new String[] {"\"id\":\"" + Tenancy.OTHER_USER + "\"", "400/3000"},
        new String[] {"\"ID\":\"" + Tenancy.USER + "\"", "400/3000"},
        new String[] {"\"state\":\"inactive\"", "400/3000"},
        new String[] {"\"state\":\"gone\"", "400/900126"},
        new String[] {"\"attributes\":{\"objectType\":\"Customer\"}", "400/3000"});
  }

  private static String name() {
    return "r" + UUID.randomUUID() + "@" + Tenancy.DOMAIN;
  }

  private static RawAnswer create(String name, String more) {
    return served
        .server()
        .sendAsAdmin(
            RawRequest.of("POST", LIST)
                .body(
                    "{%s\"userPrincipalName\":\"%s\",\"displayName\":\"New\",%s}"
                        .formatted(more.isEmpty() ? "" : more + ",", name, PROFILE)));
  }

  private static RawAnswer get(String target) {
    return served.server().sendAsAdmin(RawRequest.get(target));
  }

  private static RawAnswer change(String body) {
    return served.server().sendAsAdmin(RawRequest.patch(path, body));
  }

  /** The answer without what differs from account to account. */
  private static String neutral(RawAnswer answer, String name) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    String id = answer.json().get("id").text();
    return answer.text().replace(id, "ID").replace(name, "NAME");
  }

  private static String others() {
    return served
        .server()
        .send(
            RawRequest.get(TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER))
                .token(served.server().tokens().otherAdmin()))
        .toString()
        .replaceAll("(?m)^(Date|MS-[A-Za-z]+): .*$", "");
  }

  @ParameterizedTest
  @MethodSource("ignoredInCreations")
  void creationIsAsIfItWereNotThere(String property) {
    String name = name();
    String founding = get(TestServer.foundingPath()).text();
    String others = others();

    RawAnswer created = create(name, property);

    assertThat(neutral(created, name)).isEqualTo(plainAnswer);
    UserId id = UserId.of(created.json().get("id").text());
    assertThat(id).isNotIn(Tenancy.OTHER_USER, Tenancy.USER);
    String own = TestServer.path(Tenancy.CUSTOMER, id);
    assertThat(get(own).json().get("state").text()).isEqualTo("active");
    assertThat(get(own + "/directoryroles").json().get("totalCount").number()).isZero();
    assertThat(get(own + "/licenses").json().get("totalCount").number()).isZero();
    assertThat(get(TestServer.foundingPath()).text()).isEqualTo(founding);
    assertThat(others()).isEqualTo(others);
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void changeIsAsIfItWereNotThere(String property) {
    String before = get(path).text();
    String others = others();
    long changes = served.server().tenancy().changes();
    String firstName = "F" + UUID.randomUUID();

    RawAnswer alone = change("{" + property + "}");

    assertThat(alone.outcome()).isEqualTo("200");
    assertThat(alone.text()).isEqualTo(before);
    assertThat(served.server().tenancy().changes()).isEqualTo(changes);

    RawAnswer beside = change("{" + property + ",\"firstName\":\"" + firstName + "\"}");

    assertThat(beside.text())
        .isEqualTo(
            before.replaceFirst("\"firstName\":\"[^\"]*\"", "\"firstName\":\"" + firstName + "\""))
        .isNotEqualTo(before);
    assertThat(get(path).text()).isEqualTo(beside.text());
    assertThat(served.server().tenancy().changes()).isEqualTo(changes + 1);
    assertThat(get(path + "/directoryroles").json().get("totalCount").number()).isZero();
    assertThat(get(path + "/licenses").json().get("totalCount").number()).isZero();
    assertThat(others()).isEqualTo(others);
  }

  @ParameterizedTest
  @MethodSource("refusedInChanges")
  void changeIsRefusedWithAllThatIsInIt(String property, String outcome) {
    String before = get(path).text();
    String founding = get(TestServer.foundingPath()).text();
    String others = others();
    long changes = served.server().tenancy().changes();

    RawAnswer answer = change("{\"firstName\":\"Never\"," + property + "}");

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(get(path).text()).isEqualTo(before);
    assertThat(get(TestServer.foundingPath()).text()).isEqualTo(founding);
    assertThat(others()).isEqualTo(others);
    assertThat(served.server().tenancy().changes()).isEqualTo(changes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"attributes\":{\"objectType\":\"Customer\"}",
        "\"attributes\":{\"ObjectType\":\"\"}"
      })
  void creationOfSomethingElseIsRefused(String property) {
    String name = name();
    long changes = served.server().tenancy().changes();

    assertThat(create(name, property).outcome()).isEqualTo("400/3000");

    assertThat(get(LIST + "/" + name).outcome()).isEqualTo("404/60002");
    assertThat(served.server().tenancy().changes()).isEqualTo(changes);
  }

  /** PowerShell reads an account, changes it and sends all of it back. */
  @Test
  void ownIdIsTakenInAnyCase() {
    String before = get(path).text();

    assertThat(change("{\"Id\":\"" + user.toString().toUpperCase(Locale.ROOT) + "\"}").text())
        .isEqualTo(before);
    assertThat(change(before).text()).isEqualTo(before);
  }

  /** On its own route a password comes alone, whatever else the body has. */
  @Test
  void resetTakesNothingButThePassword() {
    String before = get(path).text();
    String body =
        "{%s,\"displayName\":\"Never\",\"id\":\"%s\",\"state\":\"inactive\"}"
            .formatted(PROFILE, Tenancy.OTHER_USER);

    RawAnswer answer = served.server().sendAsAdmin(RawRequest.patch(path + "/resetpassword", body));

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(get(path).text()).isEqualTo(before);
  }

  @Test
  void passwordIsInNoAnswer() {
    for (String answer : answersToPasswords(served.server())) {
      assertThat(answer).doesNotContain(PASSWORD);
    }
  }

  /** Of the documents' letter only those answers are that are to a password and nothing else. */
  @Test
  void passwordIsInAnswersToPasswordsWhereTheOperatorWantsTheDocumentsLetter() {
    assertThat(answersToPasswords(echoing.server()))
        .extracting(text -> text.contains(PASSWORD))
        .containsExactly(true, true, true, false, false, false, false, false);
  }

  /** To a creation, both spellings of a reset, another change with one, a refusal, and reads. */
  private static List<String> answersToPasswords(TestServer server) {
    RawAnswer created =
        server.sendAsAdmin(
            RawRequest.of("POST", LIST)
                .body(
                    "{\"userPrincipalName\":\"%s\",\"displayName\":\"New\",%s}"
                        .formatted(name(), PROFILE)));
    String own = LIST + "/" + created.json().get("id").text();
    String mixed = "{\"firstName\":\"Changed\"," + PROFILE + "}";
    String refused = "{\"usageLocation\":\"nowhere\"," + PROFILE + "}";
    return Stream.concat(
            Stream.of(created),
            Stream.of(
                    RawRequest.patch(own, "{" + PROFILE + "}"),
                    RawRequest.patch(own + "/resetpassword", "{" + PROFILE + "}"),
                    RawRequest.patch(own, mixed),
                    RawRequest.patch(own, refused),
                    RawRequest.get(own),
                    RawRequest.get(LIST),
                    RawRequest.get("/v1/auditrecords"))
                .map(server::sendAsAdmin))
        .map(RawAnswer::toString)
        .toList();
  }
}
