package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.AGENTS;
import static dev.vidame.server.admin.Admin.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.customers.Bodies;
import dev.vidame.server.customers.Bodies.Sandbox;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.LogLines;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why somebody may, or may not: for operators, for callers, and in the log. */
class AccessExplanationTest {
  @TempDir private Path folder;
  private Admin admin;

  @BeforeEach
  void start() {
    admin = Admin.start(folder);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private Agent agent(Role role) {
    return admin.server().tenancy().agent(role);
  }

  private JsonNode explained(Object agent, String operation, Object customer) {
    RawAnswer answer = ask("agent=" + agent + "&operation=" + operation + "&customer=" + customer);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  private RawAnswer ask(String query) {
    return admin.send("GET", "/admin/v1/access?" + query);
  }

  private String sentence(Role role, String operation) {
    return explained(agent(role).id(), operation, Tenancy.CUSTOMER).get("explanation").text();
  }

  @Test
  void wholeAnswerIsForPrograms() {
    Agent seller = agent(Role.SALES_AGENT);

    assertThat(
            ask("agent=" + seller.id() + "&operation=deleteUser&customer=" + Tenancy.CUSTOMER)
                .text())
        .isEqualTo(
            "{\"explanation\":\"None of the agent's roles suffices.\",\"decision\":\"deny\","
                + "\"reason\":\"role_too_weak\",\"agent\":\"%s\",\"userPrincipalName\":\"%s\","
                    .formatted(seller.id(), seller.userPrincipalName())
                + "\"partner\":\"%s\",\"roles\":[\"sales_agent\"],\"operation\":\"delete_user\","
                    .formatted(Tenancy.PARTNER)
                + "\"customer\":\"%s\",\"relationship\":\"current\",\"customerRoles\":{},"
                    .formatted(Tenancy.CUSTOMER)
                + "\"sufficientRoles\":[\"admin_agent\"],"
                + "\"sufficientCustomerRoles\":[\"user_administrator\"],\"rolesForPart\":[]}");
  }

  @Test
  void eachDecisionHasItsSentence() {
    assertThat(sentence(Role.ADMIN_AGENT, "update_user"))
        .isEqualTo("The agent may, by its role admin_agent.");
    assertThat(sentence(Role.HELPDESK_AGENT, "update_user"))
        .isEqualTo(
            "The agent may set the password of an account that has no directory role, and do nothing else.");
    assertThat(sentence(Role.BILLING_ADMIN, "update_user"))
        .isEqualTo("None of the agent's roles suffices.");
    assertThat(
            explained(agent(Role.ADMIN_AGENT).id(), "get_user", Tenancy.OTHER_CUSTOMER)
                .get("reason")
                .text())
        .isEqualTo("no_relationship");

    admin.send("PATCH", admin.adminAgent(), "{\"disabled\":true}");

    JsonNode disabled = explained(agent(Role.ADMIN_AGENT).id(), "get_user", Tenancy.CUSTOMER);
    assertThat(disabled.get("explanation").text())
        .isEqualTo("The agent or its partner is disabled.");
    assertThat(disabled.has("relationship")).isFalse();
  }

  @Test
  void roleThatHasEndedIsNamed() {
    String path =
        AGENTS
            + "/"
            + agent(Role.BILLING_ADMIN).id()
            + "/customers/"
            + Tenancy.CUSTOMER
            + "/roles/user_administrator";
    String end = admin.server().clock().instant().plus(Duration.ofHours(1)).toString();
    admin.send("PUT", path, "{\"endsAt\":\"" + end + "\"}");

    assertThat(sentence(Role.BILLING_ADMIN, "delete_user"))
        .isEqualTo("The agent may, by its role user_administrator.");
    assertThat(sentence(Role.BILLING_ADMIN, "update_user"))
        .isEqualTo(
            "The agent may, but for setting the password of an account that has a directory role.");
    assertThat(sentence(Role.BILLING_ADMIN, "delete_customer"))
        .isEqualTo("None of the agent's roles suffices.");

    admin.server().clock().advance(Duration.ofHours(1));

    JsonNode ended = explained(agent(Role.BILLING_ADMIN).id(), "delete_user", Tenancy.CUSTOMER);
    assertThat(ended.get("explanation").text())
        .isEqualTo("The agent's role user_administrator on the customer has ended.");
    assertThat(ended.get("customerRoles").get("user_administrator").text()).isEqualTo(end);
  }

  @Test
  void deletedCustomerIsTold() {
    admin.send("PATCH", Admin.OURS, "{\"sandbox\":true}");
    RawAnswer gone =
        admin.server().sendAsAdmin(RawRequest.of("DELETE", "/v1/customers/" + Tenancy.CUSTOMER));
    assertThat(gone.status()).isEqualTo(204);

    JsonNode answer = explained(agent(Role.ADMIN_AGENT).id(), "get_user", Tenancy.CUSTOMER);

    assertThat(answer.get("reason").text()).isEqualTo("tenant_gone");
    assertThat(answer.get("relationship").text()).isEqualTo("former");
  }

  @Test
  void agentGoesByItsNameAndNeedsNoCustomerForAll() {
    String name = agent(Role.SALES_AGENT).userPrincipalName().toUpperCase(java.util.Locale.ROOT);

    RawAnswer answer = ask("agent=" + name + "&operation=LIST_CUSTOMERS");

    assertThat(answer.json().get("decision").text()).isEqualTo("allow");
    assertThat(answer.json().has("customer")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "operation=get_user&customer=ID, 400/3000, agent",
    "agent=ID&customer=ID, 400/3000, operation",
    "agent=ID&operation=get_user, 400/3000, customer",
    "agent=ID&operation=get_user&customer=x, 400/3000, customer",
    "agent=ID&operation=become_king&customer=ID, 400/900126, become_king",
    "agent=ID&operation=get_user&customer=ID, 404/1000, Not found",
    "agent=nobody@x.example&operation=get_user&customer=ID, 404/1000, Not found",
    "agent=%20&operation=get_user&customer=ID, 400/3000, agent"
  })
  void badQuestionIsNamed(String query, String outcome, String named) {
    RawAnswer answer = ask(query.replace("ID", NOBODY));

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.text()).contains(named);
  }

  @Test
  void sentenceIsInFrenchForWhoAsksForIt() {
    RawRequest request =
        RawRequest.get(
                "/admin/v1/access?operation=get_user&agent="
                    + agent(Role.BILLING_ADMIN).id()
                    + "&customer="
                    + Tenancy.CUSTOMER)
            .header("X-Locale", "fr-FR");

    assertThat(admin.send(request).json().get("explanation").text())
        .isEqualTo("Aucun des rôles de l’agent ne suffit.");
  }

  /** Keeps what the server logs of refused roles. */
  private static final class Kept extends Handler {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void refusedRoleIsLoggedAndAForeignCustomerIsNot() {
    Logger logger = Logger.getLogger("dev.vidame.server.http.DenialLog");
    Kept kept = new Kept();
    logger.addHandler(kept);
    try {
      String token = admin.server().tokens().of(Role.BILLING_ADMIN);
      admin.read(token);
      admin
          .server()
          .send(
              RawRequest.get(TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER))
                  .token(token));
      admin
          .server()
          .send(
              RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"secret word\"}")
                  .token(admin.server().tokens().of(Role.HELPDESK_AGENT)));
    } finally {
      logger.removeHandler(kept);
    }

    assertThat(kept.lines).hasSize(2);
    assertThat(kept.lines.getFirst())
        .contains(
            "agent " + agent(Role.BILLING_ADMIN).id() + " with application ",
            "may not get_user on customer " + Tenancy.CUSTOMER,
            "admin_agent, helpdesk_agent, sales_agent");
    assertThat(kept.lines.getLast()).contains("may not update_user").doesNotContain("secret word");
  }

  /** By which an operator finds out what a caller does not tell. */
  @Test
  void otherRefusalsAreLoggedWithTheirReasonsAndForeignCustomersAreNot() {
    TestServer server = admin.server();
    Sandbox sandbox = Sandbox.of(server);
    RawAnswer created = server.send(Bodies.create(Bodies.newDomain()).token(sandbox.admin()));
    server.send(RawRequest.of("DELETE", Bodies.path(created)).token(sandbox.admin()));
    String application = server.tenancy().confidential().id().toString();
    String us = "application " + application + " of partner " + Tenancy.PARTNER + " may not ";
    String named = "agent " + agent(Role.ADMIN_AGENT).id() + " with " + us;
    String read = "get_user on customer " + Tenancy.CUSTOMER + ", ";
    RawAnswer withSecret = admin.token(server.tokens().passwordForm());
    String secrets = admin.application() + "/secrets";
    String secret =
        admin.send("GET", secrets).json().get("items").items().getFirst().get("id").text();

    assertThat(logged(RawRequest.get(TestServer.foundingPath()).token(server.tokens().appOnly())))
        .isEqualTo(us + read + "as only a signed-in agent may");
    assertThat(
            logged(
                RawRequest.get("/v1/customers/hidden-words/users/x")
                    .token(server.tokens().appOnly())))
        .isEqualTo(us + "get_user, as only a signed-in agent may");
    assertThat(logged(RawRequest.get(Bodies.path(created)).token(sandbox.admin())))
        .endsWith(
            " of partner %s may not get_customer on customer %s, as the customer has been deleted"
                .formatted(sandbox.id(), created.json().get("id").text()));
    admin.send("PATCH", admin.adminAgent(), "{\"disabled\":true}");
    assertThat(logged(RawRequest.get(TestServer.foundingPath()).token(server.tokens().admin())))
        .isEqualTo(named + read + "as the caller or its partner is unknown or disabled");
    admin.send("PATCH", admin.adminAgent(), "{\"disabled\":false}");
    admin.send("DELETE", secrets + "/" + secret);
    assertThat(logged(RawRequest.get(TestServer.foundingPath()).token(Admin.access(withSecret))))
        .isEqualTo(named + read + "as the secret or key that its token was had with is gone");
    assertThat(logged(RawRequest.get(Bodies.path(created)).token(server.tokens().admin())))
        .isEmpty();
    assertThat(
            logged(
                RawRequest.get("/v1/customers/" + Tenancy.OTHER_CUSTOMER)
                    .token(server.tokens().appOnly())))
        .isEmpty();
  }

  /** What one refused request is said of, behind its name; empty for nothing. */
  private String logged(RawRequest request) {
    try (LogLines lines = LogLines.of("dev.vidame.server.http.DenialLog")) {
      assertThat(admin.server().send(request).status()).isBetween(401, 404);
      List<String> all = lines.startingWith("");
      assertThat(all).hasSizeLessThan(2);
      return all.isEmpty() ? "" : all.getFirst().replaceFirst("INFO Request \\S+: ", "");
    }
  }

  /** Whoever may do a part is told who may do all. */
  @Test
  void refusedPartNamesTheRolesForAllOfIt() {
    RawAnswer answer =
        admin
            .server()
            .send(
                RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"x\"}")
                    .token(admin.server().tokens().of(Role.HELPDESK_AGENT)));

    assertThat(answer.outcome()).isEqualTo("403/900150");
    assertThat(answer.json().get("data").texts())
        .containsExactly("Roles of the partner that suffice: admin_agent.");
  }

  /** Also to those whose roles would not suffice, a foreign customer is as one that never was. */
  @Test
  void foreignCustomerTellsNobodyWhichRolesWouldDo() {
    for (Role role : Role.values()) {
      RawRequest foreign = RawRequest.get("/v1/customers/" + Tenancy.OTHER_CUSTOMER + "/users");
      RawRequest unknown = RawRequest.get("/v1/customers/" + NOBODY + "/users");
      String token = admin.server().tokens().of(role);

      RawAnswer answer = admin.server().send(foreign.token(token));

      assertThat(answer.outcome()).isEqualTo("403/20002");
      assertThat(answer.json().get("data").texts()).isEmpty();
      assertThat(answer.text()).isEqualTo(admin.server().send(unknown.token(token)).text());
    }
  }
}
