package dev.vidame.server.admin;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators do over HTTP, and what it does to partners at once. */
class AdminTest {
  private static final String PARTNERS = "/admin/v1/partners";
  private static final String OURS = PARTNERS + "/" + Tenancy.PARTNER;
  private static final String AGENTS = OURS + "/agents";
  private static final String APPLICATIONS = OURS + "/applications";
  private static final String RELATIONSHIP = OURS + "/relationships/" + Tenancy.CUSTOMER;
  private static final String NOBODY = UUID.randomUUID().toString();
  private static final String PASSWORD = "A-Good-Password-4";

  @TempDir private Path folder;
  private TestServer server;
  private String secret;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    secret = server.server().directory().operators().createFirst("first").orElseThrow().secret();
  }

  @AfterEach
  void stop() {
    assertThat(server.server().directory().verifyJournal(Tenancy.CUSTOMER).isIntact()).isTrue();
    server.close();
  }

  private RawAnswer send(String method, String path, String body) {
    return server.send(RawRequest.of(method, path).token(secret).body(body));
  }

  private RawAnswer send(String method, String path) {
    return send(method, path, "");
  }

  private String adminAgent() {
    return AGENTS + "/" + server.tenancy().agent(Role.ADMIN_AGENT).id();
  }

  private String application() {
    return APPLICATIONS + "/" + server.tenancy().confidential().id();
  }

  private String asAdmin() {
    return server.sendAsAdmin(RawRequest.get(foundingPath())).outcome();
  }

  private RawAnswer token(String form) {
    return server.send(server.tokens().request(form));
  }

  private String refreshForm(RawAnswer tokens) {
    String refreshToken = tokens.json().get("refresh_token").text();
    return server.tokens().applicationForm().replace("client_credentials", "refresh_token")
        + "&refresh_token="
        + refreshToken;
  }

  @Test
  void onlyAnOperatorsSecretOpensTheRoutes() {
    assertThat(server.send(RawRequest.get(PARTNERS)).outcome()).isEqualTo("401/800001");
    for (String wrong :
        List.of(
            server.tokens().admin(),
            server.tokens().appOnly(),
            "vop_",
            secret + "x",
            secret.substring(0, secret.length() - 1) + (secret.endsWith("A") ? "B" : "A"),
            secret.replace("vop_", "VOP_"))) {
      assertThat(server.send(RawRequest.get(PARTNERS).token(wrong)).outcome())
          .isEqualTo("401/400");
      assertThat(server.send(RawRequest.get(PARTNERS).token(wrong).token(secret)).outcome())
          .isEqualTo("401/400");
    }
    assertThat(send("GET", PARTNERS).status()).isEqualTo(200);
    assertThat(server.send(RawRequest.get(foundingPath()).token(secret)).outcome())
        .isEqualTo("401/400");
  }

  @Test
  void firstOperatorIsCreatedOnceAndShowsItsSecretNowhere() {
    var operators = server.server().directory().operators();

    assertThat(operators.createFirst("second")).isEmpty();
    assertThat(operators.create("third").toString()).doesNotContain("vop_");
    assertThat(operators.authenticate(secret).orElseThrow().name()).isEqualTo("first");
  }

  @Test
  void partnersAreCreatedReadListedAndChanged() {
    String id = UUID.randomUUID().toString();
    String body = "{\"ID\":\"" + id + "\",\"name\":\"Third\",\"unknown\":1}";

    RawAnswer created = send("POST", PARTNERS, body);
    RawAnswer again = send("POST", PARTNERS, body);
    RawAnswer other = send("POST", PARTNERS, body.replace("Third", "Fourth"));
    RawAnswer changed = send("PATCH", PARTNERS + "/" + id, "{\"sandbox\":true}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text())
        .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"Third\",\"sandbox\":false}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(created.text());
    assertThat(other.outcome()).isEqualTo("409/990001");
    assertThat(changed.text())
        .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"Third\",\"sandbox\":true}");
    assertThat(send("GET", PARTNERS + "/" + id).text()).isEqualTo(changed.text());
  }

  @Test
  void listsGoOnWhereTheyEnded() {
    RawAnswer first = send("GET", PARTNERS + "?size=1");
    RawAnswer second = send("GET", first.json().get("next").text());

    assertThat(first.json().get("items").items()).hasSize(1);
    assertThat(second.json().get("items").items()).hasSize(1);
    assertThat(second.json().has("next")).isFalse();
    assertThat(second.text()).isNotEqualTo(first.text());
  }

  @Test
  void agentIsCreatedOnceAndSignsIn() {
    String body =
        "{\"userPrincipalName\":\"new@partner.example\",\"displayName\":\"New\",\"password\":\""
            + PASSWORD
            + "\",\"roles\":[\"AdminAgent\"]}";

    RawAnswer created = send("POST", AGENTS, body);
    RawAnswer again = send("POST", AGENTS, body);
    RawAnswer other = send("POST", AGENTS, body.replace(PASSWORD, PASSWORD + "x"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text()).doesNotContain(PASSWORD).contains("\"roles\":[\"admin_agent\"]");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(created.text());
    assertThat(other.outcome()).isEqualTo("409/990001");
    assertThat(server.server().directory().partners().signIn("new@partner.example", PASSWORD))
        .isPresent();
    assertThat(send("GET", AGENTS).text()).contains("new@partner.example");
  }

  @Test
  void rolesHoldFromTheNextRequestOn() {
    assertThat(asAdmin()).isEqualTo("200");

    assertThat(send("PATCH", adminAgent(), "{\"roles\":[]}").status()).isEqualTo(200);

    assertThat(asAdmin()).isEqualTo("403/900150");
  }

  @Test
  void deletedAgentStopsAtOnce() {
    RawAnswer tokens = token(server.tokens().passwordForm());
    assertThat(asAdmin()).isEqualTo("200");

    assertThat(send("DELETE", adminAgent()).status()).isEqualTo(204);

    assertThat(asAdmin()).isEqualTo("403/2032");
    assertThat(token(refreshForm(tokens)).status()).isEqualTo(400);
    assertThat(token(server.tokens().passwordForm()).status()).isEqualTo(400);
    assertThat(send("DELETE", adminAgent()).outcome()).isEqualTo("404/1000");
  }

  @Test
  void disabledAgentStopsAtOnceAndComesBackWithoutItsSessions() {
    RawAnswer tokens = token(server.tokens().passwordForm());

    send("PATCH", adminAgent(), "{\"disabled\":true}");

    assertThat(asAdmin()).isEqualTo("403/2032");
    assertThat(token(server.tokens().passwordForm()).status()).isEqualTo(400);

    send("PATCH", adminAgent(), "{\"disabled\":false}");

    assertThat(asAdmin()).isEqualTo("200");
    assertThat(token(refreshForm(tokens)).status()).isEqualTo(400);
    assertThat(token(server.tokens().passwordForm()).status()).isEqualTo(200);
  }

  @Test
  void resetPasswordEndsTheOldOneAndItsSessions() {
    RawAnswer tokens = token(server.tokens().passwordForm());

    RawAnswer reset =
        send("POST", adminAgent() + "/resetpassword", "{\"password\":\"" + PASSWORD + "\"}");

    assertThat(reset.status()).isEqualTo(204);
    assertThat(token(refreshForm(tokens)).status()).isEqualTo(400);
    assertThat(token(server.tokens().passwordForm()).status()).isEqualTo(400);
  }

  @Test
  void secretIsShownOnceAndTwoAreGoodWhileTheyAreExchanged() {
    RawAnswer created = send("POST", APPLICATIONS, "{\"name\":\"Tool\"}");
    JsonNode application = created.json();
    String id = application.get("id").text();
    String first = application.get("secret").text();
    String secrets = APPLICATIONS + "/" + id + "/secrets";

    String second = send("POST", secrets).json().get("secret").text();
    assertThat(send("POST", secrets).outcome()).isEqualTo("409/990001");
    assertThat(tokenOf(id, first)).isEqualTo(200);
    assertThat(tokenOf(id, second)).isEqualTo(200);

    assertThat(send("DELETE", secrets + "/" + id).status()).isEqualTo(204);
    assertThat(tokenOf(id, first)).isEqualTo(401);
    assertThat(tokenOf(id, second)).isEqualTo(200);
    for (String path : List.of(APPLICATIONS, APPLICATIONS + "/" + id, secrets)) {
      assertThat(send("GET", path).text()).doesNotContain(first).doesNotContain(second);
    }
  }

  private int tokenOf(String application, String applicationSecret) {
    return token("grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(application, applicationSecret))
        .status();
  }

  @Test
  void publicApplicationHasNoSecret() {
    RawAnswer created = send("POST", APPLICATIONS, "{\"name\":\"Phone\",\"public\":true}");
    String path = APPLICATIONS + "/" + created.json().get("id").text();

    assertThat(created.json().has("secret")).isFalse();
    assertThat(send("POST", path + "/secrets").outcome()).isEqualTo("409/990001");
  }

  @Test
  void deletedApplicationStopsAtOnce() {
    RawAnswer tokens = token(server.tokens().passwordForm());
    assertThat(asAdmin()).isEqualTo("200");
    assertThat(appOnly()).isEqualTo("200");

    assertThat(send("DELETE", application()).status()).isEqualTo(204);

    assertThat(asAdmin()).isEqualTo("403/2032");
    assertThat(appOnly()).isEqualTo("403/2032");
    assertThat(token(refreshForm(tokens)).status()).isEqualTo(401);
    assertThat(
            server
                .send(RawRequest.get(foundingPath()).token(server.tokens().adminThroughPublicClient()))
                .status())
        .isEqualTo(200);
  }

  @Test
  void disabledApplicationStopsAtOnceAndComesBack() {
    send("PATCH", application(), "{\"disabled\":true}");

    assertThat(asAdmin()).isEqualTo("403/2032");
    assertThat(token(server.tokens().applicationForm()).status()).isEqualTo(401);

    send("PATCH", application(), "{\"disabled\":false,\"name\":\"Renamed\"}");

    assertThat(asAdmin()).isEqualTo("200");
    assertThat(send("GET", application()).json().get("name").text()).isEqualTo("Renamed");
  }

  private String appOnly() {
    return server.send(RawRequest.get("/v1/customers").token(server.tokens().appOnly())).outcome();
  }

  @Test
  void relationshipEndsAndBeginsAtOnceWithOneJournalRowEach() {
    long rows = server.tenancy().changes();
    assertThat(asAdmin()).isEqualTo("200");

    assertThat(send("DELETE", RELATIONSHIP).status()).isEqualTo(204);
    assertThat(asAdmin()).isEqualTo("403/20002");
    assertThat(send("DELETE", RELATIONSHIP).outcome()).isEqualTo("404/1000");
    assertThat(send("GET", RELATIONSHIP).outcome()).isEqualTo("404/1000");

    RawAnswer added = send("PUT", RELATIONSHIP);
    RawAnswer again = send("PUT", RELATIONSHIP);

    assertThat(asAdmin()).isEqualTo("200");
    assertThat(added.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(added.text());
    assertThat(send("GET", OURS + "/relationships").text()).contains(Tenancy.CUSTOMER.toString());
    assertThat(send("GET", OURS + "/customers").text()).contains(Tenancy.DOMAIN);
    assertThat(server.tenancy().changes()).isEqualTo(rows + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | partners | {} | 400/3000 | name",
        "POST | partners | {\"name\":\" \"} | 400/3000 | name",
        "POST | partners | {\"name\":7} | 400/3000 | name",
        "POST | partners | {\"name\":\"a\\u0007\"} | 400/3000 | name",
        "POST | partners | {\"name\":\"x\",\"id\":\"7\"} | 400/3000 | id",
        "POST | partners | {\"name\":\"x\",\"sandbox\":\"maybe\"} | 400/3000 | sandbox",
        "POST | partners | [] | 400/800002 | object",
        "POST | partners | `` | 400/800002 | empty",
        "GET | partners?size=0 | `` | 400/3000 | size",
        "GET | partners?size=x | `` | 400/3000 | size",
        "GET | partners?after=x | `` | 400/3000 | after",
        "POST | AGENTS | {\"displayName\":\"x\",\"password\":\"12345678\"} | 400/3000 | userPrincipalName",
        "POST | AGENTS | {\"userPrincipalName\":\"x\",\"displayName\":\"x\",\"password\":\"12345678\"} | 400/3000 | userPrincipalName",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"password\":\"12345678\"} | 400/3000 | displayName",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\"} | 400/3000 | password",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\",\"password\":\"short\"} | 400/3000 | password",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\",\"password\":\"12345678\",\"roles\":\"x\"} | 400/3000 | roles",
        "POST | AGENTS | {\"userPrincipalName\":\"x@y\",\"displayName\":\"x\",\"password\":\"12345678\",\"roles\":[\"king\"]} | 400/900126 | king",
        "POST | APPLICATIONS | {} | 400/3000 | name",
        "POST | APPLICATIONS | {\"name\":\"x\",\"public\":3} | 400/3000 | public",
      })
  void badInputIsNamed(String method, String path, String body, String outcome, String named) {
    String target =
        path.equals("AGENTS")
            ? AGENTS
            : path.equals("APPLICATIONS") ? APPLICATIONS : "/admin/v1/" + path;

    RawAnswer answer = send(method, target, body);

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.text()).contains(named).doesNotContain("short");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,''", "PATCH,''", "GET,/agents", "POST,/agents", "GET,/applications", "POST,/applications",
    "GET,/customers", "GET,/relationships", "GET,/agents/ID", "PATCH,/agents/ID",
    "DELETE,/agents/ID", "POST,/agents/ID/resetpassword", "GET,/applications/ID",
    "PATCH,/applications/ID", "DELETE,/applications/ID", "GET,/applications/ID/secrets",
    "POST,/applications/ID/secrets", "DELETE,/applications/ID/secrets/ID", "GET,/relationships/ID",
    "PUT,/relationships/ID", "DELETE,/relationships/ID"
  })
  void unknownPartnerIsNotFound(String method, String path) {
    String body = "{\"name\":\"x\",\"password\":\"" + PASSWORD + "\"}";
    for (String partner : List.of(NOBODY, "no-guid")) {
      assertThat(
              send(method, PARTNERS + "/" + partner + path.replace("ID", NOBODY), body).outcome())
          .isEqualTo("404/1000");
    }
  }

  @Test
  void anotherPartnersAgentsAndApplicationsAreNotFound() {
    String other = PARTNERS + "/" + Tenancy.OTHER_PARTNER;
    String agent = "/agents/" + server.tenancy().agent(Role.ADMIN_AGENT).id();
    String application = "/applications/" + server.tenancy().confidential().id();

    for (String path : List.of(agent, application)) {
      assertThat(send("GET", other + path).outcome()).isEqualTo("404/1000");
      assertThat(send("PATCH", other + path, "{\"disabled\":true}").outcome())
          .isEqualTo("404/1000");
      assertThat(send("DELETE", other + path).outcome()).isEqualTo("404/1000");
    }
    assertThat(
            send("DELETE", other + application + "/secrets/" + server.tenancy().confidential().id())
                .outcome())
        .isEqualTo("404/1000");
    assertThat(asAdmin()).isEqualTo("200");
  }

  @Test
  void wrongMethodNamesTheRightOnes() {
    RawAnswer answer = send("PUT", PARTNERS, "{}");

    assertThat(answer.outcome()).isEqualTo("405/800002");
    assertThat(answer.header("Allow")).isEqualTo("GET, POST");
    assertThat(send("GET", "/admin/v1/kings").outcome()).isEqualTo("404/1000");
  }
}
