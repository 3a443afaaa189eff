package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.License;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One thing done to several accounts by a form, without any script; and lists by licence. */
class SelectionPagesTest {
  @RegisterExtension static final Served served = new Served();
  @RegisterExtension final OwnServers servers = new OwnServers();

  private static final String CUSTOMER = "/dashboard/customers/" + Tenancy.CUSTOMER;
  private static final String USERS = CUSTOMER + "/users";
  private static final Pattern ROW =
      Pattern.compile(
          "<tr><th scope=\"row\"><a href=\"[^\"]*/users/([^\"]+)\">.*?<span class=\"tag[^>]*>([^<]*)<"
              + "/span></td>\\s*<td>(.*?)</td><td>",
          Pattern.DOTALL);

  private static @Nullable Visitor admin;

  @BeforeAll
  static void subscribe() {
    Seats.define(served.server());
    admin = Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.ADMIN_AGENT));
  }

  private static Visitor admin() {
    if (admin == null) {
      throw new IllegalStateException("Nobody is signed in");
    }
    return admin;
  }

  private static Directory directory() {
    return served.server().server().directory();
  }

  private static List<UserId> newUsers(int count) {
    return IntStream.range(0, count).mapToObj(i -> served.server().tenancy().newUser()).toList();
  }

  private static UserId located() {
    return Seats.located(served.server(), served.server().tenancy().newUser());
  }

  private static User stored(UserId user) {
    return directory().users().get(Tenancy.CUSTOMER, new UserRef.ById(user));
  }

  /** What a form sends in which these are selected of these that were on the page. */
  private static Map<String, String> form(
      Visitor visitor, List<UserId> page, List<UserId> selected) {
    Map<String, String> fields = new HashMap<>(Visitor.hidden(visitor.get(CUSTOMER).text()));
    fields.put("request", UUID.randomUUID().toString());
    fields.put("page", page.stream().map(UserId::toString).collect(Collectors.joining(",")));
    selected.forEach(user -> fields.put("user." + user, "on"));
    return fields;
  }

  private static RawAnswer post(Visitor visitor, String action, Map<String, String> fields) {
    return visitor.post(CUSTOMER + "/selected/" + action, fields);
  }

  private static RawAnswer done(String action, Map<String, String> fields) {
    RawAnswer sent = post(admin(), action, fields);
    assertThat(sent.status()).as(sent.toString()).isEqualTo(303);
    RawAnswer page = admin().follow(sent);
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    return page;
  }

  private static RawAnswer done(String action, List<UserId> users, String... more) {
    Map<String, String> fields = form(admin(), users, users);
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i], more[i + 1]);
    }
    return done(action, fields);
  }

  /** What a page says of an account, and why. */
  private static String told(RawAnswer page, UserId user) {
    return ROW.matcher(page.text())
        .results()
        .filter(row -> row.group(1).equals(user.toString()))
        .map(row -> (row.group(2) + " " + row.group(3).replaceAll("<[^>]*>", "").strip()).strip())
        .findFirst()
        .orElse("not there: " + page.text());
  }

  private static RawAnswer undo(RawAnswer page) {
    var form =
        Pattern.compile(
                "<form method=\"post\" action=\"([^\"]*/selected/[^\"]*)\">(.*?)</form>",
                Pattern.DOTALL)
            .matcher(page.text());
    assertThat(form.find()).as(page.text()).isTrue();
    String action = form.group(1).substring((CUSTOMER + "/selected/").length());
    return done(action, Visitor.hidden(form.group(2)));
  }

  private static List<Entry> changesSince(long seq) {
    return directory().journal(Tenancy.CUSTOMER, seq, 1_000);
  }

  @Test
  void selectedAccountsAreDeletedEachByItselfAndBroughtBack() {
    List<UserId> users = newUsers(4);
    long before = served.server().tenancy().changes();

    RawAnswer page = done("delete", form(admin(), users, users.subList(0, 3)));

    assertThat(users.subList(0, 3)).allMatch(user -> stored(user).isDeleted());
    assertThat(stored(users.get(3)).isDeleted()).isFalse();
    List<Entry> rows = changesSince(before);
    assertThat(rows).hasSize(3).allMatch(row -> row.operation() == Operation.DELETE_USER);
    assertThat(rows.stream().map(Entry::subject))
        .containsExactlyElementsOf(users.subList(0, 3).stream().map(UserId::value).toList());
    assertThat(rows.stream().map(row -> row.request().key())).doesNotHaveDuplicates();
    assertThat(rows.stream().map(row -> row.request().correlationId()).distinct()).hasSize(1);
    assertThat(page.text()).contains("Done: 3", "Refused: 0", "<h1>Delete users</h1>");
    users.subList(0, 3).forEach(user -> assertThat(told(page, user)).isEqualTo("Done"));

    RawAnswer undone = undo(page);

    assertThat(undone.text()).contains("Done: 3", "<h1>Restore users</h1>");
    assertThat(users).noneMatch(user -> stored(user).isDeleted());
    assertThat(changesSince(before)).hasSize(6);
  }

  @Test
  void whatIsSoAlreadyAndWhatIsNotThereIsToldOfEach() {
    List<UserId> users = newUsers(2);
    done("delete", List.of(users.getFirst()));
    UserId nobody = new UserId(UUID.randomUUID());
    List<UserId> all = List.of(users.get(0), nobody, Tenancy.OTHER_USER, users.get(1));

    RawAnswer page = done("delete", all);

    assertThat(told(page, users.get(0))).isEqualTo("Nothing to do");
    assertThat(told(page, nobody)).isEqualTo("Refused User object Id is not found");
    assertThat(told(page, Tenancy.OTHER_USER)).isEqualTo("Refused User object Id is not found");
    assertThat(told(page, users.get(1))).isEqualTo("Done");
    assertThat(page.text())
        .contains("Done: 1", "Nothing to do: 1", "Refused: 2", "role=\"alert\"")
        .doesNotContain("somebody@other.example");
    assertThat(undo(page).text()).contains("Done: 1").doesNotContain(users.get(0).toString());
  }

  @Test
  void lastLicenceGoesToTheFirstAndTheOtherHearsWhy() {
    Seats.define(served.server(), "11111111-2222-4333-8444-555555555555", "ONE", "Only one", 1);
    List<UserId> users = List.of(located(), located(), newUsers(1).getFirst());

    RawAnswer page = done("licenses/assign", users, "sku", "11111111-2222-4333-8444-555555555555");

    assertThat(told(page, users.get(0))).isEqualTo("Done");
    assertThat(told(page, users.get(1)))
        .isEqualTo(
            "Refused No license of the product is left. Free one or buy more, and then try again.");
    assertThat(told(page, users.get(2))).startsWith("Refused Usage location – ");
    assertThat(page.text()).contains("<h1>Assign licences of Only one</h1>");
    assertThat(licenses(users.get(0))).hasSize(1);
    RawAnswer records = admin().get("/dashboard/records?what=refused");
    assertThat(records.text()).contains("/users/" + users.get(1), "/users/" + users.get(2));

    assertThat(undo(page).text()).contains("Done: 1", "Take away licences of Only one");
    assertThat(licenses(users.get(0))).isEmpty();
  }

  private static List<License> licenses(UserId user) {
    return directory()
        .licenses()
        .of(Tenancy.CUSTOMER, new UserRef.ById(user), UserPages.ALL_GROUPS);
  }

  @Test
  void partsThatWereLeftOutStayOutWhenARemovalIsUndone() {
    List<UserId> users = List.of(located(), located());
    var _ =
        directory()
            .licenses()
            .update(
                Tenancy.CUSTOMER,
                new UserRef.ById(users.getFirst()),
                new LicenseUpdate(
                    List.of(new LicenseUpdate.Assignment(Seats.EMS, List.of(Seats.INTUNE))),
                    List.of()),
                ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));

    RawAnswer assigned = done("licenses/assign", users, "sku", Seats.EMS);
    RawAnswer removed = done("licenses/remove", users, "sku", Seats.EMS);

    assertThat(told(assigned, users.get(0))).as("its parts stay").isEqualTo("Nothing to do");
    assertThat(told(assigned, users.get(1))).isEqualTo("Done");
    assertThat(told(removed, users.get(0))).isEqualTo("Done");
    undo(removed);
    assertThat(licenses(users.get(0)).getFirst().excludedPlans())
        .containsExactly(UUID.fromString(Seats.INTUNE));
    assertThat(licenses(users.get(1)).getFirst().excludedPlans()).isEmpty();
    done("licenses/remove", users, "sku", Seats.EMS);
  }

  @Test
  void rolesAreGivenAndTakenButNotTheLastAdministrators() {
    List<UserId> users = newUsers(2);
    DirectoryRole role = DirectoryRole.COMPANY_ADMINISTRATOR;
    String id = role.id().toString();

    RawAnswer given = done("roles/add", users, "role", id);
    RawAnswer again = done("roles/add", users, "role", id);
    RawAnswer taken = done("roles/remove", users, "role", id);

    assertThat(given.text()).contains("Done: 2");
    assertThat(again.text()).contains("Nothing to do: 2").doesNotContain("Undo what was done");
    assertThat(told(taken, users.get(0))).isEqualTo("Done");
    assertThat(told(taken, users.get(1))).startsWith("Refused ");
    assertThat(admin().get("/dashboard/records?what=refused").text())
        .as("the record of a refusal says whose role was not taken")
        .contains("/users/" + users.get(1));
    assertThat(undo(taken).text()).contains("Done: 1");
    assertThat(
            users.stream()
                .map(user ->
                    directory()
                        .roles()
                        .of(Tenancy.CUSTOMER, new UserRef.ById(user))
                        .contains(role)))
        .containsOnly(true);
    done("delete", List.of(users.getFirst()));
    assertThat(told(done("roles/add", users, "role", id), users.getFirst())).startsWith("Refused ");
  }

  @Test
  void formThatIsSentTwiceAtOnceIsCarriedOutOnce() throws Exception {
    List<UserId> users = newUsers(5);
    Map<String, String> fields = form(admin(), users, users);
    long before = served.server().tenancy().changes();
    CountDownLatch gate = new CountDownLatch(1);
    Callable<RawAnswer> sending =
        () -> {
          gate.await();
          return post(admin(), "delete", fields);
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RawAnswer>> sent =
          Stream.generate(() -> threads.submit(sending)).limit(4).toList();
      gate.countDown();
      for (Future<RawAnswer> one : sent) {
        assertThat(admin().follow(one.get()).text()).contains("Done: 5");
      }
    }

    assertThat(changesSince(before)).hasSize(5);
  }

  @Test
  void allOfThePageAreSelectedAndNoOthers() {
    List<UserId> users = newUsers(3);
    Map<String, String> fields = form(admin(), users.subList(0, 2), List.of(users.get(2)));
    RawAnswer none = post(admin(), "delete", fields);
    assertThat(none.header("Location")).isEqualTo(USERS);
    assertThat(admin().follow(none).text()).contains("Nobody is selected; nothing was done.");

    fields.put("all", "on");
    done("delete", fields);

    assertThat(users.stream().map(user -> stored(user).isDeleted()))
        .containsExactly(true, true, false);
  }

  @Test
  void largerSelectionsThanAPageAreRefused() {
    List<UserId> many =
        Stream.generate(() -> new UserId(UUID.randomUUID())).limit(Lists.SIZE + 1).toList();
    Map<String, String> fields = form(admin(), many, many);

    RawAnswer answer = post(admin(), "delete", fields);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("At most 50 users can be changed at once.");
  }

  @Test
  void fieldsThatMakeNoSenseAreRefusedOrLeftOut() {
    List<UserId> users = newUsers(1);
    for (String wrong : List.of("", "x", "<script>", UUID.randomUUID().toString())) {
      Map<String, String> fields = form(admin(), users, users);
      fields.put("sku", wrong);
      fields.put("role", wrong);
      assertThat(post(admin(), "licenses/assign", fields).status()).isEqualTo(404);
      assertThat(post(admin(), "roles/add", fields).status()).isEqualTo(404);
    }
    Map<String, String> fields = form(admin(), users, List.of());
    fields.put("page", ",,x," + users.getFirst() + "," + users.getFirst());
    fields.put("user." + users.getFirst(), "on");
    fields.put("without." + users.getFirst(), "no plan");
    fields.put("sku", Seats.EMS);
    assertThat(told(done("licenses/assign", fields), users.getFirst())).startsWith("Refused ");
    assertThat(admin().get(CUSTOMER + "/selected?result=x").text())
        .contains("is not kept any more");
  }

  @Test
  void readerComesBackToTheListAsItWas() {
    List<UserId> users = newUsers(1);
    Map<String, String> fields = form(admin(), users, users);
    fields.put("list.name", "users");
    fields.put("list.q", "a&b");
    fields.put("list.sort", "name");
    fields.put("list.evil", "//elsewhere.example");

    RawAnswer page = done("delete", fields);

    assertThat(page.text()).contains("href=\"" + USERS + "?q=a%26b&amp;sort=name\"");
    fields.put("list.name", "deleted");
    fields.put("request", UUID.randomUUID().toString());
    assertThat(done("restore", fields).text()).contains("href=\"" + CUSTOMER + "/deleted?q=");
  }

  @Test
  void deletedUsersAreBroughtBackTogether() {
    List<UserId> users = newUsers(2);
    done("delete", users);
    RawAnswer list = admin().get(CUSTOMER + "/deleted");
    assertThat(list.text())
        .contains("name=\"user." + users.getFirst() + "\"", "/selected/restore")
        .doesNotContain("/selected/delete");

    RawAnswer page = done("restore", users);

    assertThat(page.text()).contains("Done: 2").doesNotContain("Undo what was done");
    assertThat(told(done("restore", users), users.getFirst())).isEqualTo("Nothing to do");
  }

  @Test
  void licenceThatIsLostOnTheWayBackIsTold() {
    String sku = "11111111-2222-4333-8444-666666666666";
    Seats.define(served.server(), sku, "LOST", "Lost one", 1);
    List<UserId> users = List.of(located(), located());
    done("licenses/assign", users.subList(0, 1), "sku", sku);
    done("delete", users.subList(0, 1));
    done("licenses/assign", users.subList(1, 2), "sku", sku);

    RawAnswer page = done("restore", users.subList(0, 1));

    assertThat(told(page, users.getFirst()))
        .isEqualTo("Done No unit was left for these licences: Lost one");
  }

  @Test
  void nameThatIsTakenMeanwhileIsToldOfTheAccount() {
    List<UserId> users = newUsers(2);
    done("delete", users);
    served
        .server()
        .sendAsAdmin(
            RawRequest.patch(
                TestServer.foundingPath(),
                "{\"userPrincipalName\":\"" + Tenancy.nameOf(users.get(0)) + "\"}"));

    RawAnswer page = done("restore", users);

    assertThat(told(page, users.get(0)))
        .isEqualTo("Refused User name – Another account has the same value already.");
    assertThat(told(page, users.get(1))).isEqualTo("Done");
    served
        .server()
        .sendAsAdmin(
            RawRequest.patch(
                TestServer.foundingPath(),
                "{\"userPrincipalName\":\"emailid@" + Tenancy.DOMAIN + "\"}"));
  }

  @Test
  void helpdeskIsOfferedNothingAndIsRefusedWhenItAsks() {
    Visitor helpdesk =
        Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.HELPDESK_AGENT));
    List<UserId> users = newUsers(2);
    long before = served.server().tenancy().changes();
    Map<String, String> fields = form(helpdesk, users, users);
    fields.put("sku", Seats.EMS);
    fields.put("role", DirectoryRole.COMPANY_ADMINISTRATOR.id().toString());

    assertThat(helpdesk.get(USERS).text()).doesNotContain("data-one", "/selected/");
    for (SelectedAction action : SelectedAction.values()) {
      RawAnswer answer = post(helpdesk, action.path(), fields);
      assertThat(answer.status()).as(action + " " + answer).isEqualTo(403);
      assertThat(answer.text()).contains("Roles of the partner that suffice: admin_agent");
    }
    assertThat(changesSince(before)).isEmpty();
  }

  @Test
  void whoMayDoAPartIsOfferedThatPart() {
    Agent agent = served.server().tenancy().agent(Role.BILLING_ADMIN);
    var _ =
        directory()
            .customerRoles()
            .give(
                new GranularRoleTable.Place(Tenancy.CUSTOMER, agent.partner(), agent.id()),
                GranularRole.USER_ADMINISTRATOR,
                served.server().clock().instant().plus(Duration.ofDays(1)),
                ChangeRequest.once(Actor.operator(agent.partner()), UUID.randomUUID()));
    Visitor visitor = Visitor.signedIn(served.server(), agent);

    assertThat(visitor.get(USERS).text())
        .contains("/selected/delete", "/selected/licenses/assign")
        .doesNotContain("/selected/roles", "/selected/restore");
  }

  @Test
  void capOfDeletionsHoldsForSelectionsAndIsToldOfEach(@TempDir Path folder) {
    TestServer server = servers.start(folder, Map.of("limits.partner-deletions-per-minute", "2"));
    Visitor visitor = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));
    List<UserId> users = Stream.generate(() -> server.tenancy().newUser()).limit(4).toList();

    RawAnswer page = visitor.follow(post(visitor, "delete", form(visitor, users, users)));

    assertThat(told(page, users.get(1))).isEqualTo("Done");
    assertThat(told(page, users.get(2))).contains("Refused More accounts are changed so than");
    assertThat(page.text()).contains("Done: 2", "Refused: 2");
    assertThat(
            users.stream()
                .map(user ->
                    server
                        .server()
                        .directory()
                        .users()
                        .get(Tenancy.CUSTOMER, new UserRef.ById(user))
                        .isDeleted()))
        .containsExactly(true, true, false, false);
  }

  @Test
  void listsAreFilteredByLicence() {
    List<UserId> users = List.of(located(), located(), located());
    done("licenses/assign", users.subList(0, 2), "sku", Seats.GAME);
    String list = USERS + "?license=" + Visitor.encoded(Seats.GAME);

    assertThat(shown(list)).containsExactlyInAnyOrderElementsOf(users.subList(0, 2));
    assertThat(shown(USERS + "?license=" + Visitor.encoded(Seats.GAME.toLowerCase(Locale.ROOT))))
        .hasSize(2);
    assertThat(shown(list + "&sort=name&order=desc"))
        .containsExactlyInAnyOrderElementsOf(users.subList(0, 2));
    assertThat(shown(list + "&q=" + Tenancy.nameOf(users.get(1)).substring(0, 12)))
        .containsExactly(users.get(1));
    done("delete", users.subList(0, 1));
    assertThat(shown(list)).containsExactly(users.get(1));
    assertThat(shown(list + "&state=deleted")).containsExactly(users.get(0));
    assertThat(shown(list + "&state=all")).containsExactlyInAnyOrderElementsOf(users.subList(0, 2));
    assertThat(admin().get(list).text()).contains("<option value=\"" + Seats.GAME + "\" selected>");
    assertThat(admin().get(USERS + "?license=nothing").text())
        .as("what is no product of the customer filters nothing")
        .contains(users.get(2).toString());
    assertThat(
            Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.SALES_AGENT))
                .get(list)
                .text())
        .as("who may not know who has a licence cannot ask by it")
        .doesNotContain("name=\"license\"")
        .contains(users.get(2).toString());
  }

  private static List<UserId> shown(String list) {
    String page = admin().get(list).text();
    String ids = Visitor.hidden(page).getOrDefault("page", "");
    return ids.isEmpty() ? List.of() : Arrays.stream(ids.split(",")).map(UserId::of).toList();
  }

  @Test
  void formOfThePageItselfIsWhatIsSent() {
    String page = admin().get(USERS + "?q=emailid").text();

    assertThat(page)
        .contains(
            "<form id=\"selection\" class=\"selection\" method=\"post\" action=\""
                + CUSTOMER
                + "/selected\" aria-labelledby=\"selection-name\">",
            "<button type=\"submit\" class=\"unseen\" aria-hidden=\"true\" tabindex=\"-1\"></button>",
            "form=\"selection\" name=\"all\"",
            "form=\"selection\" name=\"user." + Tenancy.USER + "\"",
            "formaction=\"" + CUSTOMER + "/selected/delete\"",
            "aria-label=\"Select Display name\"",
            "<input type=\"hidden\" name=\"list.q\" value=\"emailid\">");
    assertThat(admin().get(USERS + "?q=nobody-like-it").text()).doesNotContain("data-all");
    assertThat(admin().get(USERS + "?state=deleted").text()).doesNotContain("/selected/delete");
  }

  @Test
  void enterOnABoxDoesNothingWithoutAScript() {
    List<UserId> users = newUsers(1);
    Map<String, String> fields = form(admin(), users, users);
    fields.put("list.q", "x");

    RawAnswer answer = admin().post(CUSTOMER + "/selected", fields);

    assertThat(answer.header("Location")).isEqualTo(USERS + "?q=x");
    assertThat(admin().follow(answer).text()).contains("Say below the list what to do");
    assertThat(stored(users.getFirst()).isDeleted()).isFalse();
  }
}
