package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.LogLines;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.SecretSearch;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bulk changes without a script: upload, plan, apply, report, undo. */
class BulkPagesTest {
  /** More sessions than tests, which sign in anew each. */
  @RegisterExtension
  static final Served served = new Served(Map.of("dashboard.sessions-per-agent", "100"));

  private static final String NEW = "created-by-file@" + Tenancy.DOMAIN;
  private static final String GIVEN = "Given-Secret-4711";

  private static TestServer server() {
    return served.server();
  }

  private static Agent agent(Role role) {
    return server().tenancy().agent(role);
  }

  private static Visitor admin() {
    return Visitor.signedIn(server(), agent(Role.ADMIN_AGENT));
  }

  private static String changing(UserId user, String displayName) {
    return "id,displayName\n" + user + "," + displayName + "\n";
  }

  /** The way that the page is for: 500 rows, of which three are bad. */
  @Test
  void fiveHundredRowsAreChangedAndTakenBack() throws Exception {
    List<UserId> users = Runs.users(server(), 496);
    Map<UserId, String> before = Runs.inUse(server());
    StringBuilder csv =
        new StringBuilder("id,userPrincipalName,displayName,phoneNumber,operation,password\n");
    for (int i = 0; i < 486; i++) {
      csv.append(users.get(i)).append(",,Changed ").append(i).append(",+33 1 ").append(i);
      csv.append(",,\n");
    }
    for (int i = 486; i < 496; i++) {
      csv.append(users.get(i)).append(",,,,delete,\n");
    }
    csv.append(",").append(NEW).append(",New,,create,").append(GIVEN).append("\n");
    csv.append("not-a-guid,,Name,,,\n");
    csv.append(UUID.randomUUID()).append(",,Nobody,,,\n");
    csv.append("too,few\n");
    Visitor admin = admin();

    String run = Runs.planned(admin, csv.toString());
    RawAnswer plan = admin.get(run);

    assertThat(Runs.state(plan)).isEqualTo("PLANNED");
    assertThat(plan.text())
        .contains(
            "<dt>Users to change</dt><dd>486</dd>",
            "<dt>Users to delete</dt><dd>10</dd>",
            "<dt>Users to create</dt><dd>1</dd>",
            "<dt>Rows that are left out</dt><dd>3</dd>",
            "<th scope=\"row\">499</th>",
            "<code>id</code></td><td>The value must be a GUID.",
            "<th scope=\"row\">500</th>",
            "There is no such account.",
            "<th scope=\"row\">501</th>",
            "The line is broken: it has 2 cells, and the header 6.",
            "<ins>Changed 0</ins>",
            "Apply: 497")
        .doesNotContain(GIVEN);
    assertThat(admin.get(run + "/problems").text().lines().map(line -> line.split(",", 2)[0]))
        .containsExactly("Line", "499", "500", "501");
    assertThat(Runs.inUse(server())).isEqualTo(before);

    RawAnswer report = Runs.pressed(admin, run, "apply");

    assertThat(Runs.state(report)).isEqualTo("APPLIED");
    assertThat(report.text())
        .contains("<dt>Rows in all</dt><dd>497</dd>", "<dt>Done</dt><dd>497</dd>");
    assertThat(Runs.user(server(), users.get(7)).displayName()).isEqualTo("Changed 7");
    assertThat(Runs.user(server(), users.get(490)).isDeleted()).isTrue();
    requireByAgent(users.get(7), run);

    RawAnswer undone = Runs.pressed(admin, run, "undo");

    assertThat(Runs.state(undone)).isEqualTo("UNDONE");
    assertThat(undone.text()).contains("<dt>Done</dt><dd>497</dd>");
    assertThat(Runs.inUse(server())).isEqualTo(before);
  }

  /** The rows are in the journal as the agent's changes, under the run's id. */
  private static void requireByAgent(UserId user, String run) {
    Entry last = Runs.journal(server(), user).getLast();
    assertThat(last.request().actor())
        .isEqualTo(
            new Actor(
                Tenancy.PARTNER,
                agent(Role.ADMIN_AGENT).id(),
                OwnApplications.of(Tenancy.PARTNER)));
    assertThat(last.request().correlationId()).hasToString(Runs.id(run));
  }

  @Test
  void failedRowsAreListedAndCanBeKept() {
    UserId user = server().tenancy().newUser();
    UserId stale = server().tenancy().newUser();
    Visitor admin = admin();
    String run =
        Runs.planned(
            admin, "id,displayName\n" + user + ",By file\n" + stale + ",\"=1+1, by file\"\n");
    Runs.pressed(admin, Runs.planned(admin, changing(stale, "Meanwhile")), "apply");

    RawAnswer report = Runs.pressed(admin, run, "apply");

    assertThat(report.text())
        .contains(
            "<dt>Changed by others, and left alone</dt><dd>1</dd>",
            "The account was changed since the plan: displayName.",
            Tenancy.nameOf(stale));
    assertThat(Runs.user(server(), stale).displayName()).isEqualTo("Meanwhile");
    RawAnswer kept = admin.get(run + "/report");
    assertThat(kept.header("Content-Disposition")).isEqualTo("attachment; filename=\"report.csv\"");
    assertThat(kept.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(kept.text())
        .startsWith("Line,User,Result,Column,Why\r\n3," + Tenancy.nameOf(stale) + ",")
        .contains("displayName.");
    assertThat(admin.get(run + "/failed").text())
        .contains(stale.toString(), "=1+1, by file", "The account was changed since the plan")
        .doesNotContain(user.toString());
  }

  @Test
  void cellsThatSpreadsheetsWouldComputeAreGuarded() {
    Visitor admin = admin();

    String run = Runs.planned(admin, "userPrincipalName,displayName\n=HYPERLINK(1),x\n");

    assertThat(admin.get(run + "/problems").text()).contains(",'=HYPERLINK(1),");
  }

  @Test
  void frenchIsSpokenOfRunsToo() {
    UserId user = server().tenancy().newUser();
    Visitor french = Visitor.signedIn(server(), agent(Role.ADMIN_AGENT), "fr");

    String run =
        Runs.planned(
            french,
            "id,displayName,usageLocation\n" + user + ",Nom,XX\n" + user + ",Nom,FR\nx,y,FR\n");
    RawAnswer plan = french.get(run);
    RawAnswer report = Runs.pressed(french, run, "apply");

    assertThat(plan.text())
        .contains(
            "Le plan est prêt. Rien n’a encore été modifié.",
            "La valeur doit être un pays ou une région en deux lettres.",
            "La valeur doit être un GUID.")
        .doesNotContain("The value", "Users to");
    assertThat(french.get(run + "/problems").text()).startsWith("Ligne,Utilisateur,Colonne,");
    assertThat(report.text()).contains("Toutes les lignes sont terminées.");
    assertThat(french.get(Runs.LIST).text())
        .contains("Modifications en masse", "people.csv", "Vos exécutions")
        .doesNotContain(">Your runs<", ">Remove<");
  }

  @Test
  void uploadThatIsSentTwiceIsOneRun() {
    UserId user = server().tenancy().newUser();
    Visitor admin = admin();
    byte[] csv = changing(user, "Once").getBytes(StandardCharsets.UTF_8);
    Map<String, String> form = Visitor.fieldsOf(admin.get(Runs.LIST), Runs.LIST);

    RawAnswer first = admin.upload(Runs.LIST, form, "people.csv", csv);
    RawAnswer second = admin.upload(Runs.LIST, form, "people.csv", csv);

    assertThat(first.header("Location")).isEqualTo(second.header("Location"));
  }

  @Test
  void twoBrowsersThatApplyAtOnceMakeOneRun() throws Exception {
    List<UserId> users = Runs.users(server(), 20);
    StringBuilder csv = new StringBuilder("id,displayName\n");
    users.forEach(user -> csv.append(user).append(",Together\n"));
    Visitor admin = admin();
    String run = Runs.planned(admin, csv.toString());
    Visitor other = admin();
    List<RawAnswer> pages = List.of(admin.get(run), other.get(run));
    List<Visitor> visitors = List.of(admin, other);

    List<RawAnswer> answers =
        Together.run(2, i -> () -> visitors.get(i).submit(pages.get(i), run + "/apply", Map.of()));
    RawAnswer report = Runs.ended(admin, run);

    assertThat(answers).allMatch(answer -> answer.status() == 303);
    assertThat(report.text()).contains("<dt>Done</dt><dd>20</dd>");
    for (UserId user : users) {
      assertThat(Runs.journal(server(), user)).hasSize(2);
    }
  }

  @Test
  void planThatWasAppliedIsNotAppliedAgain() {
    UserId user = server().tenancy().newUser();
    Visitor admin = admin();
    String run = Runs.planned(admin, changing(user, "First"));
    RawAnswer plan = admin.get(run);
    Runs.pressed(admin, run, "apply");
    Runs.pressed(admin, Runs.planned(admin, changing(user, "Second")), "apply");

    RawAnswer again = admin.submit(plan, run + "/apply", Map.of());

    assertThat(again.status()).isEqualTo(303);
    assertThat(admin.get(run).text())
        .contains("This was done before, or cannot be done any more.", "<dt>Done</dt><dd>1</dd>");
    assertThat(Runs.user(server(), user).displayName()).isEqualTo("Second");
  }

  @Test
  void undoingLeavesAloneWhatOthersChangedSince() {
    UserId user = server().tenancy().newUser();
    Visitor admin = admin();
    String run = Runs.planned(admin, changing(user, "First"));
    Runs.pressed(admin, run, "apply");
    Runs.pressed(admin, Runs.planned(admin, changing(user, "Theirs")), "apply");

    RawAnswer undone = Runs.pressed(admin, run, "undo");

    assertThat(undone.text()).contains("<dt>Changed by others, and left alone</dt><dd>1</dd>");
    assertThat(Runs.user(server(), user).displayName()).isEqualTo("Theirs");
  }

  @Test
  void passwordsAreHadOnceAndAreNowhereElse() {
    Visitor admin = admin();
    String name = "with-password@" + Tenancy.DOMAIN;
    String run =
        Runs.planned(
            admin,
            "userPrincipalName,displayName,operation,password\n"
                + name
                + ",New,create,\ngiven@"
                + Tenancy.DOMAIN
                + ",New,create,"
                + GIVEN
                + "\n",
            Map.of("passwords", "on"));
    SecretSearch given = SecretSearch.of(List.of(GIVEN));
    assertThat(given.inFiles(served.folder())).isEmpty();
    try (LogLines log = LogLines.of("")) {
      RawAnswer report = Runs.pressed(admin, run, "apply");
      RawAnswer passwords = admin.submit(report, run + "/passwords", Map.of());
      RawAnswer again = admin.submit(report, run + "/passwords", Map.of());

      assertThat(report.text()).contains("Passwords were made.");
      assertThat(passwords.header("Content-Disposition"))
          .isEqualTo("attachment; filename=\"passwords.csv\"");
      Matcher made =
          Pattern.compile(Pattern.quote(name) + ",(\\S{20})\\R").matcher(passwords.text());
      assertThat(made.find()).as(passwords.text()).isTrue();
      assertThat(passwords.text()).doesNotContain(GIVEN);
      assertThat(again.status()).isEqualTo(303);
      String pages = admin.get(run).text() + admin.get(Runs.LIST).text();
      assertThat(pages)
          .contains("There are no passwords to take.")
          .doesNotContain(made.group(1), GIVEN, "Passwords were made.");
      assertThat(Runs.journal(server(), Tenancy.CUSTOMER).toString())
          .contains(name)
          .doesNotContain(made.group(1), GIVEN);
      assertThat(log.startingWith("").toString()).doesNotContain(made.group(1), GIVEN);
      assertThat(SecretSearch.of(List.of(made.group(1), GIVEN)).inFiles(served.folder())).isEmpty();
    }
  }

  @Test
  void rowThatNeedsAPasswordAndHasNoneIsBad() {
    Visitor admin = admin();

    String run =
        Runs.planned(
            admin, "userPrincipalName,displayName,operation\nn@" + Tenancy.DOMAIN + ",N,create\n");

    assertThat(admin.get(run).text())
        .contains(
            "There is no password, and none is to be generated.", "There is nothing to apply.");
  }

  @Test
  void nobodyElseHearsOfARun() {
    UserId user = server().tenancy().newUser();
    Visitor admin = admin();
    String run = Runs.planned(admin, changing(user, "Mine"));
    CustomerId second = new CustomerId(UUID.randomUUID());
    server()
        .server()
        .directory()
        .customers()
        .create(
            new NewCustomer(
                second, "Second", "second-" + second.toString().substring(0, 8) + ".example"),
            ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));
    Visitor helpdesk = Visitor.signedIn(server(), agent(Role.HELPDESK_AGENT));
    Visitor stranger = Visitor.signedIn(server(), server().tenancy().otherAdmin());
    String elsewhere = run.replace(Tenancy.CUSTOMER.toString(), second.toString());

    Set<String> pages = new HashSet<>();
    for (RawAnswer answer :
        List.of(
            helpdesk.get(run),
            helpdesk.get(run + "/problems"),
            helpdesk.get(run + "/report"),
            stranger.get(run),
            admin.get(elsewhere),
            admin.get(Runs.LIST + "/" + UUID.randomUUID()),
            admin.get(Runs.LIST + "/nothing"))) {
      assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
      pages.add(answer.text().replaceAll("(?s)<header>.*</header>", ""));
    }

    assertThat(pages).hasSize(1);
    for (String button : List.of("plan", "apply", "undo", "stop", "remove", "passwords")) {
      Map<String, String> form = Visitor.fieldsOf(helpdesk.get(Runs.LIST), Runs.LIST);
      assertThat(helpdesk.post(run + "/" + button, form).status()).as(button).isEqualTo(404);
    }
    assertThat(helpdesk.get(Runs.LIST).text()).contains("You have none on this customer.");
    assertThat(Runs.state(admin.get(run))).isEqualTo("PLANNED");
  }

  @Test
  void helpdeskAppliesNothingThatItMayNotDo() {
    UserId user = server().tenancy().newUser();
    Visitor helpdesk = Visitor.signedIn(server(), agent(Role.HELPDESK_AGENT));
    String run = Runs.planned(helpdesk, "id,operation\n" + user + ",delete\n");
    RawAnswer plan = helpdesk.get(run);
    Map<String, String> form = Visitor.hidden(plan.text());

    RawAnswer answer = helpdesk.post(run + "/apply", form);

    assertThat(plan.text())
        .contains("The plan asks for what you may not do.", "Users to delete")
        .doesNotContain(run + "/apply");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(Runs.state(helpdesk.get(run))).isEqualTo("PLANNED");
    assertThat(Runs.user(server(), user).isDeleted()).isFalse();
  }

  @Test
  void helpdeskResetsPasswordsAndNothingElse() {
    UserId reset = server().tenancy().newUser();
    UserId changed = server().tenancy().newUser();
    Visitor helpdesk = Visitor.signedIn(server(), agent(Role.HELPDESK_AGENT));
    String run =
        Runs.planned(
            helpdesk,
            "id,displayName,operation,password\n"
                + reset
                + ",,resetPassword,"
                + GIVEN
                + "\n"
                + changed
                + ",Changed,,\n");

    RawAnswer report = Runs.pressed(helpdesk, run, "apply");

    assertThat(report.text())
        .contains(
            "<dt>Done</dt><dd>1</dd>",
            "<dt>Not allowed</dt><dd>1</dd>",
            "roles do not suffice for this change of this account.");
    assertThat(Runs.user(server(), changed).displayName()).isEqualTo("Display name");
  }

  @Test
  void whoMayNotChangeAccountsIsNotShownTheWay() {
    Visitor sales = Visitor.signedIn(server(), agent(Role.SALES_AGENT));
    String account = "/dashboard/customers/" + Tenancy.CUSTOMER;

    assertThat(sales.get(account).text()).doesNotContain(">Bulk changes<");
    assertThat(admin().get(account).text()).contains(">Bulk changes<");
    assertThat(sales.get(Runs.LIST).status()).isEqualTo(403);
  }

  @Test
  void removedRunIsGone() {
    UserId user = server().tenancy().newUser();
    Visitor admin = admin();
    String run = Runs.planned(admin, changing(user, "Never"));

    RawAnswer answer = admin.submit(run, run + "/remove", Map.of());

    assertThat(admin.follow(answer).text()).contains("people.csv was removed.");
    assertThat(admin.get(run).status()).isEqualTo(404);
  }

  @Test
  void markupInAFileIsText() {
    UserId user = server().tenancy().newUser();
    Visitor admin = admin();

    String run =
        Runs.planned(
            admin,
            "id,displayName\n" + user + ",<script>alert(1)</script>\n<b>x</b>,\"<img src=x>\"\n");

    assertThat(admin.get(run).text())
        .contains("&lt;script&gt;", "&lt;b&gt;")
        .doesNotContain("<script>alert", "<b>x", "<img");
  }
}
