package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable.OnCustomer;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What admin agents do to their partner's people on pages, without any script. */
class AdminPagesTest {
  @RegisterExtension static final Served served = new Served();

  private static final String AGENTS = "/dashboard/agents";
  private static final String NEW = AGENTS + "/new";
  private static final Pattern SHOWN_ONCE =
      Pattern.compile("<code id=\"shown-once\">([^<]+)</code>");
  private static final CustomerId JOURNAL = new CustomerId(Tenancy.PARTNER.value());

  /** One more agent of the first partner, without a role. */
  static Agent newAgent(TestServer server, Role... roles) {
    AgentId id = new AgentId(UUID.randomUUID());
    return server
        .server()
        .directory()
        .partners()
        .createAgent(
            new Agent(id, Tenancy.PARTNER, id + "@first.example", "Somebody " + id, Set.of(roles)),
            Tenancy.AGENT_PASSWORD);
  }

  /** One more application of the first partner, with a secret. */
  static ApplicationId newApplication(TestServer server) {
    ApplicationId id = new ApplicationId(UUID.randomUUID());
    var _ =
        server
            .server()
            .directory()
            .partners()
            .createApplication(
                new Application(id, Tenancy.PARTNER, "App " + id, true),
                Tenancy.APPLICATION_SECRET);
    return id;
  }

  /** What a page shows once. */
  static Optional<String> shownOnce(RawAnswer page) {
    Matcher found = SHOWN_ONCE.matcher(page.text());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** The rows of the first partner's own journal behind a number of them. */
  static List<Entry> rows(TestServer server, long behind) {
    return server.server().directory().journal(JOURNAL, behind, 100);
  }

  static long rows(TestServer server) {
    return server.server().directory().verifyJournal(JOURNAL).verifiedUpTo();
  }

  private static Agent newAgent(Role... roles) {
    return newAgent(served.server(), roles);
  }

  private static Directory directory() {
    return served.server().server().directory();
  }

  private static Visitor admin() {
    return Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.ADMIN_AGENT));
  }

  private static String path(Agent agent) {
    return AGENTS + "/" + agent.id();
  }

  private static Agent stored(Agent agent) {
    return directory().agents().get(agent.partner(), agent.id()).orElseThrow();
  }

  private static RawAnswer followed(Visitor visitor, RawAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
    return visitor.get(answer.header("Location"));
  }

  @Test
  void agentIsCreatedAndSignsInWithWhatIsShownOnce() {
    Visitor admin = admin();
    long before = rows(served.server());
    String name = "grace-" + UUID.randomUUID() + "@first.example";

    RawAnswer created =
        admin.submit(
            NEW,
            NEW,
            Map.of("userPrincipalName", name, "displayName", "Grace", "role.helpdesk_agent", "on"));
    RawAnswer shown = followed(admin, created);

    String password = shownOnce(shown).orElseThrow();
    assertThat(shown.text()).contains("Grace was created.", name);
    assertThat(admin.get(created.header("Location")).text()).doesNotContain(password);
    Agent agent = directory().partners().signIn(name, password).orElseThrow();
    assertThat(agent.roles()).containsExactly(Role.HELPDESK_AGENT);
    List<Entry> rows = rows(served.server(), before);
    assertThat(rows).extracting(Entry::operation).containsExactly(Operation.CREATE_AGENT);
    assertThat(rows.getFirst().subject()).isEqualTo(agent.id().value());
    assertThat(rows.getFirst().request().actor().agent())
        .contains(served.server().tenancy().agent(Role.ADMIN_AGENT).id());
    assertThat(rows.toString()).doesNotContain(password);
    assertThat(admin.get("/dashboard/records").text())
        .contains("Agent created", created.header("Location"))
        .doesNotContain(password);
  }

  @Test
  void formThatIsSentAgainCreatesNobodyElse() {
    Visitor admin = admin();
    RawAnswer form = admin.get(NEW);
    Map<String, String> fields =
        Map.of("userPrincipalName", "twice@first.example", "displayName", "Twice");

    RawAnswer first = admin.submit(form, NEW, fields);
    String password = shownOnce(followed(admin, first)).orElseThrow();
    long rows = rows(served.server());
    RawAnswer second = admin.submit(form, NEW, fields);

    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    RawAnswer shown = followed(admin, second);
    assertThat(shown.text()).contains("This form was sent before.");
    assertThat(shownOnce(shown)).isEmpty();
    assertThat(rows(served.server())).isEqualTo(rows);
    assertThat(directory().partners().signIn("twice@first.example", password)).isPresent();
  }

  @Test
  void wrongAgentIsSaidToBeAndNotCreated() {
    Visitor admin = admin();
    long rows = rows(served.server());

    RawAnswer wrong =
        admin.submit(NEW, NEW, Map.of("userPrincipalName", "no domain", "displayName", " "));
    RawAnswer taken =
        admin.submit(
            NEW,
            NEW,
            Map.of(
                "userPrincipalName",
                served.server().tenancy().otherAdmin().userPrincipalName(),
                "displayName",
                "Somebody else's"));

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text())
        .contains(
            "id=\"userPrincipalName-fault\"",
            "The value must be name@domain.",
            "id=\"displayName-fault\"",
            "value=\"no domain\"");
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.text()).contains("Somebody else has this name already.");
    assertThat(rows(served.server())).isEqualTo(rows);
  }

  @Test
  void nameAndRolesChangeAndWhatOthersChangedMeanwhileStays() {
    Visitor admin = admin();
    Agent agent = newAgent(Role.HELPDESK_AGENT);
    RawAnswer form = admin.get(path(agent));
    Agents.Update others =
        new Agents.Update("Theirs", Set.of(Role.HELPDESK_AGENT, Role.BILLING_ADMIN), null);
    var _ = directory().agents().update(agent.partner(), agent.id(), others, request());
    long before = rows(served.server());
    Map<String, String> fields = Visitor.fieldsOf(form, path(agent));
    fields.put("role.sales_agent", "on");

    RawAnswer saved = admin.post(path(agent), fields);
    RawAnswer again = admin.post(path(agent), fields);

    assertThat(followed(admin, saved).text()).contains("Theirs was saved.");
    assertThat(again.status()).isEqualTo(303);
    // The box that was ticked is not sent by this visitor, so that role is taken away.
    assertThat(stored(agent).roles())
        .containsExactlyInAnyOrder(Role.BILLING_ADMIN, Role.SALES_AGENT);
    assertThat(stored(agent).displayName()).isEqualTo("Theirs");
    assertThat(rows(served.server(), before))
        .extracting(Entry::operation)
        .containsExactly(Operation.UPDATE_AGENT);
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }

  @Test
  void disabledAgentIsOutAtOnceAndComesBack() {
    Visitor admin = admin();
    Agent agent = newAgent(Role.HELPDESK_AGENT);
    Visitor visitor = Visitor.signedIn(served.server(), agent);

    RawAnswer disabled = admin.submit(path(agent), path(agent) + "/state", Map.of());

    assertThat(followed(admin, disabled).text()).contains("may not sign in any more.");
    assertThat(visitor.get("/dashboard/customers").status()).isEqualTo(303);
    assertThat(stored(agent).isDisabled()).isTrue();
    assertThat(admin.get(AGENTS + "?state=disabled").text()).contains(path(agent));
    assertThat(admin.get(AGENTS + "?state=active").text()).doesNotContain(path(agent));

    RawAnswer enabled = admin.submit(path(agent), path(agent) + "/state", Map.of());

    assertThat(followed(admin, enabled).text()).contains("may sign in again.");
    assertThat(stored(agent).isDisabled()).isFalse();
  }

  @Test
  void passwordIsResetAndShownOnce() {
    Visitor admin = admin();
    Agent agent = newAgent(Role.HELPDESK_AGENT);
    RawAnswer form = admin.get(path(agent));

    RawAnswer reset = admin.submit(form, path(agent) + "/password", Map.of());
    String password = shownOnce(followed(admin, reset)).orElseThrow();
    RawAnswer again = admin.submit(form, path(agent) + "/password", Map.of());

    assertThat(followed(admin, again).text())
        .contains("This form was sent before.")
        .doesNotContain(password, "shown-once");
    assertThat(directory().partners().signIn(agent.userPrincipalName(), password)).isPresent();
    assertThat(directory().partners().signIn(agent.userPrincipalName(), Tenancy.AGENT_PASSWORD))
        .isEmpty();
  }

  @Test
  void passwordOfOneIsNotShownWithAnother() {
    Visitor admin = admin();
    Agent agent = newAgent();
    Agent other = newAgent();

    RawAnswer reset = admin.submit(path(agent), path(agent) + "/password", Map.of());

    assertThat(reset.status()).isEqualTo(303);
    assertThat(shownOnce(admin.get(path(other)))).isEmpty();
  }

  @Test
  void secondFactorIsShownAndRemovedAfterALoss() {
    Visitor admin = admin();
    Agent agent = newAgent(Role.HELPDESK_AGENT);
    var _ = Authenticator.enrol(directory(), served.server().clock(), agent);
    assertThat(admin.get(path(agent)).text()).contains("Remove the second factor");

    RawAnswer removed = admin.submit(path(agent), path(agent) + "/second-factor/remove", Map.of());

    assertThat(followed(admin, removed).text())
        .contains("The second factor was removed.")
        .doesNotContain("Remove the second factor");
    assertThat(
            directory().agentFactors().get(agent.partner(), agent.id()).orElseThrow().enrolledAt())
        .isNull();
  }

  /** Whoever has got hold of a session must not be able to keep it. */
  @Test
  void nobodyResetsTheirOwnSignIn() {
    Agent agent = newAgent(Role.ADMIN_AGENT);
    Visitor visitor = Visitor.signedIn(served.server(), agent);
    RawAnswer page = visitor.get(path(agent));
    Map<String, String> fields = Visitor.fieldsOf(page, path(agent) + "/state");

    RawAnswer password = visitor.post(path(agent) + "/password", fields);
    RawAnswer factor = visitor.post(path(agent) + "/second-factor/remove", fields);

    assertThat(page.text())
        .contains("reset by another admin agent")
        .doesNotContain(path(agent) + "/password");
    for (RawAnswer answer : List.of(password, factor)) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("Nobody does this to their own sign-in.");
    }
    assertThat(directory().partners().signIn(agent.userPrincipalName(), Tenancy.AGENT_PASSWORD))
        .isPresent();
  }

  private static Optional<OnCustomer> onCustomer(Agent agent) {
    return directory()
        .customerRoles()
        .get(new Place(Tenancy.CUSTOMER, agent.partner(), agent.id()));
  }

  @Test
  void roleOnACustomerIsGivenUntilTheEndOfADayAndTakenAway() {
    Visitor admin = admin();
    Agent agent = newAgent();
    String day = served.server().clock().instant().toString().substring(0, 10);
    long before = served.server().tenancy().changes();

    RawAnswer given =
        admin.submit(
            path(agent),
            path(agent) + "/roles/give",
            Map.of("customer", Tenancy.DOMAIN, "role", "directory_readers", "endsAt", day));

    assertThat(followed(admin, given).text())
        .contains("The role directory_readers was given.", ">Customer</a>");
    OnCustomer held = onCustomer(agent).orElseThrow();
    assertThat(held.roles().held().getFirst().role()).isEqualTo(GranularRole.DIRECTORY_READERS);
    assertThat(held.roles().held().getFirst().endsAt())
        .isEqualTo(Instant.parse(day + "T00:00:00Z").plusSeconds(86_400));
    assertThat(
            Visitor.signedIn(served.server(), agent)
                .get("/dashboard/customers/" + Tenancy.CUSTOMER + "/users")
                .status())
        .isEqualTo(200);
    assertThat(served.server().tenancy().changes()).isEqualTo(before + 1);
    assertThat(admin.get("/dashboard/records").text())
        .contains("Role on a customer given to an agent", path(agent));

    RawAnswer taken = admin.submit(path(agent), path(agent) + "/roles/take", Map.of());

    assertThat(followed(admin, taken).text())
        .contains("The role directory_readers was taken away.");
    assertThat(onCustomer(agent)).isEmpty();
    assertThat(served.server().tenancy().changes()).isEqualTo(before + 2);
  }

  @Test
  void roleOnNobodysCustomerOrWithoutAnEndIsNotGiven() {
    Visitor admin = admin();
    Agent agent = newAgent();
    String give = path(agent) + "/roles/give";
    String day = served.server().clock().instant().toString().substring(0, 10);

    for (String customer :
        List.of(
            "nobody.example", Tenancy.OTHER_CUSTOMER.toString(), UUID.randomUUID().toString())) {
      RawAnswer answer =
          admin.submit(
              path(agent),
              give,
              Map.of("customer", customer, "role", "global_reader", "endsAt", day));

      assertThat(answer.status()).as(customer).isEqualTo(400);
      assertThat(answer.text()).contains("No customer matches.");
    }
    for (String end : List.of("", "soon", "2020-01-01", "2999-01-01")) {
      RawAnswer answer =
          admin.submit(
              path(agent),
              give,
              Map.of("customer", Tenancy.DOMAIN, "role", "global_reader", "endsAt", end));

      assertThat(answer.status()).as(end).isEqualTo(400);
      assertThat(answer.text()).contains("id=\"endsAt-fault\"");
    }
    assertThat(
            admin
                .submit(
                    path(agent),
                    give,
                    Map.of("customer", Tenancy.DOMAIN, "role", "king", "endsAt", day))
                .status())
        .isEqualTo(404);
    assertThat(onCustomer(agent)).isEmpty();
  }

  @Test
  void agentOfAnotherPartnerIsNotThere() {
    Visitor admin = admin();
    Agent other = served.server().tenancy().otherAdmin();
    Map<String, String> fields = Visitor.fieldsOf(admin.get(NEW), NEW);
    fields.put("role", "global_reader");

    RawAnswer none = admin.get(AGENTS + "/" + UUID.randomUUID());

    assertThat(none.status()).isEqualTo(404);
    assertThat(admin.get(path(other)).text()).isEqualTo(none.text());
    assertThat(admin.get(AGENTS).text()).doesNotContain(other.userPrincipalName());
    for (String action :
        List.of("", "/state", "/password", "/second-factor/remove", "/roles/give", "/roles/take")) {
      RawAnswer answer = admin.post(path(other) + action, fields);
      assertThat(answer.status()).as(action).isEqualTo(404);
    }
    assertThat(directory().partners().signIn(other.userPrincipalName(), Tenancy.AGENT_PASSWORD))
        .isPresent();
  }

  @Test
  void listIsSearchedAndGoesOnFromPageToPage() {
    for (int i = 0; i < Lists.SIZE + 5; i++) {
      AgentId id = new AgentId(UUID.randomUUID());
      var _ =
          directory()
              .partners()
              .createAgent(
                  new Agent(
                      id,
                      Tenancy.PARTNER,
                      id + "@many.example",
                      "Many %02d".formatted(i),
                      Set.of()),
                  Tenancy.AGENT_PASSWORD);
    }
    Visitor admin = admin();

    RawAnswer first = admin.get(AGENTS + "?q=MANY.example");
    String next = link(first, "next-page");
    RawAnswer second = admin.get(next);
    RawAnswer back = admin.get(link(second, "previous-page"));

    assertThat(first.text()).contains("Many 00", "Many 49").doesNotContain("Many 50");
    assertThat(second.text()).contains("Many 50", "Many 54").doesNotContain("Many 49", "next-page");
    assertThat(back.text()).contains("Many 00", "Many 49").doesNotContain("previous-page");
    assertThat(admin.get(AGENTS + "?q=nobody-at-all").text()).contains("No agent matches.");
  }

  private static String link(RawAnswer page, String id) {
    Matcher found = Pattern.compile("id=\"" + id + "\"[^>]*href=\"([^\"]+)\"").matcher(page.text());
    assertThat(found.find()).as(id + " in " + page.text()).isTrue();
    return Visitor.unescaped(found.group(1));
  }

  @Test
  void whatOperatorsDoToAgentsIsNotTold() {
    Agent agent = newAgent();
    Agents.Update update = new Agents.Update("By an operator", null, null);
    var _ = directory().agents().update(agent.partner(), agent.id(), update, request());

    assertThat(admin().get("/dashboard/records").text()).doesNotContain("By an operator");
  }

  @Test
  void helpdeskNeitherSeesNorReachesThem() {
    Visitor helpdesk =
        Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.HELPDESK_AGENT));

    assertThat(helpdesk.get("/dashboard/customers").text())
        .contains("/dashboard/why")
        .doesNotContain(AGENTS, "/dashboard/applications");
    RawAnswer refused = helpdesk.get(AGENTS);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("admin_agent", "/dashboard/why?operation=list_agents");
  }

  @Test
  void ofTwoWhoTakeTheRoleFromEachOtherOneKeepsIt() throws Exception {
    OwnPartner partner = new OwnPartner(served.server());
    Agent one = partner.admin("one");
    Agent two = partner.admin("two");
    Visitor ofOne = Visitor.signedIn(served.server(), one);
    Visitor ofTwo = Visitor.signedIn(served.server(), two);
    Map<String, String> byOne = Visitor.fieldsOf(ofOne.get(path(two)), path(two));
    Map<String, String> byTwo = Visitor.fieldsOf(ofTwo.get(path(one)), path(one));

    List<RawAnswer> answers =
        Together.run(
            2, i -> () -> i == 0 ? ofOne.post(path(two), byOne) : ofTwo.post(path(one), byTwo));

    assertThat(answers).extracting(RawAnswer::status).contains(303);
    assertThat(List.of(stored(one), stored(two)))
        .filteredOn(agent -> agent.roles().contains(Role.ADMIN_AGENT))
        .hasSize(1);
  }

  @Test
  void lastAdminAgentStaysOne() {
    OwnPartner partner = new OwnPartner(served.server());
    Agent only = partner.admin("only");
    Visitor visitor = Visitor.signedIn(served.server(), only);
    Agent disabled = partner.admin("disabled");
    Agents.Update off = new Agents.Update(null, null, true);
    var _ = directory().agents().update(disabled.partner(), disabled.id(), off, request());

    RawAnswer without = visitor.submit(path(only), path(only), Map.of());
    RawAnswer out = visitor.submit(path(only), path(only) + "/state", Map.of());

    for (RawAnswer answer : List.of(without, out)) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("The partner needs at least one admin agent");
    }
    assertThat(stored(only)).isEqualTo(only);

    RawAnswer helped = visitor.submit(path(disabled), path(disabled) + "/state", Map.of());
    RawAnswer now = visitor.submit(path(only), path(only), Map.of());

    assertThat(helped.status()).isEqualTo(303);
    assertThat(now.status()).isEqualTo(303);
    assertThat(stored(only).roles()).isEmpty();
    assertThat(visitor.get(AGENTS).status()).as("from the next request on").isEqualTo(403);
  }

  /** Operators mend what nobody else can. */
  @Test
  void operatorMayTakeTheLastOne() {
    OwnPartner partner = new OwnPartner(served.server());
    Agent only = partner.admin("mended");
    Agents.Update update = new Agents.Update(null, Set.of(), null);

    assertThat(directory().agents().update(only.partner(), only.id(), update, request()))
        .isPresent();
    assertThat(stored(only).roles()).isEmpty();
  }
}
