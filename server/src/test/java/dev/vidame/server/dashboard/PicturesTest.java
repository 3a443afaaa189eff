package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.journal.Tally;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pictures show the numbers of what was done, and the text beside them says the same. */
class PicturesTest {
  private static final String CUSTOMERS = "/dashboard/customers";
  private static final String CUSTOMER = CUSTOMERS + "/" + Tenancy.CUSTOMER;
  private static final String RECORDS = "/dashboard/records";
  private static final String CHANGED = "User changed";

  @RegisterExtension private final OwnServers servers = new OwnServers();

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = servers.start(folder);
  }

  private Visitor admin(String language) {
    return Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT), language);
  }

  private String page(String address) {
    RawAnswer answer = admin("en").get(address);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.text();
  }

  private void renamed(int times) {
    UserId user = Tenancy.USER;
    for (int i = 0; i < times; i++) {
      String body = "{\"displayName\":\"%s\"}".formatted(UUID.randomUUID());
      assertThat(
              server
                  .send(
                      RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, user), body)
                          .token(server.tokens().of(Role.ADMIN_AGENT)))
                  .status())
          .isEqualTo(200);
    }
  }

  /** One of the small pictures of changes, from its name to its end. */
  private static String chart(String page, String name) {
    Matcher found =
        Pattern.compile("<li><p class=\"kind\">" + name + "</p>.*?</li>", Pattern.DOTALL)
            .matcher(page);
    assertThat(found.find()).as(name + " in " + page).isTrue();
    return found.group();
  }

  private static List<String> columns(String chart) {
    return Pattern.compile("<rect class=\"part\"[^>]*><title>([^<]*)</title>")
        .matcher(chart)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void licencesAreDrawnAsTheyAreUsed() {
    Seats.define(server);
    UserId user = Seats.located(server, server.tenancy().newUser());
    Visitor admin = admin("en");
    String account = CUSTOMER + "/users/" + user;
    for (String sku : List.of(Seats.VISIO, Seats.EMS)) {
      assertThat(
              admin
                  .submit(account, account + "/licenses", Map.of("sku", sku, "do", "assign"))
                  .status())
          .isEqualTo(303);
    }

    String page = admin.get(CUSTOMER + "/licenses").text();

    assertThat(page)
        .contains(
            "role=\"img\"><title>Visio Online Plan 2</title><desc>1 of 1</desc>"
                + "<rect class=\"part\" width=\"1000\"",
            "<title>Enterprise Mobility + Security E3</title><desc>1 of 5</desc>"
                + "<rect class=\"part\" width=\"200\"",
            "<title>Minecraft Education Faculty</title><desc>0 of 2</desc>"
                + "<rect class=\"part\" width=\"0\"",
            "Used: 1 of 1",
            "Used: 1 of 5",
            "Used: 0 of 2")
        .containsOnlyOnce("None left")
        .doesNotContain("style=");
    assertThat(admin("fr").get(CUSTOMER + "/licenses").text())
        .contains("<desc>1 sur 5</desc>", "Utilisées\u202f: 1 sur 5", "Plus aucune");
  }

  @Test
  void customerWithoutLicencesHasNoPictureOfThem() {
    assertThat(page(CUSTOMER + "/licenses"))
        .contains("This customer subscribes to nothing yet.")
        .doesNotContain("<svg");
  }

  @Test
  void accountsAreCountedByState() {
    UserId deleted = server.tenancy().newUser();
    var _ = server.tenancy().newUser();
    var _ = server.tenancy().newUser();
    server.sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, deleted)));

    String page = page(CUSTOMER);

    assertThat(page)
        .contains(
            "Users by state",
            "<a href=\"" + CUSTOMER + "/users\">In use</a></th><td>3</td>",
            "<title>In use</title><desc>3 of 4</desc><rect class=\"part\" width=\"750\"",
            "Deleted, can be restored</a></th><td>1</td>",
            "<title>Deleted, can be restored</title><desc>1 of 4</desc>"
                + "<rect class=\"part\" width=\"250\"")
        .doesNotContain("style=");
    assertThat(admin("fr").get(CUSTOMER).text())
        .contains("Utilisateurs par état", "<desc>1 sur 4</desc>");
  }

  @Test
  void customerWithoutUsersHasNoPictureOfThem() {
    CustomerId empty = new CustomerId(UUID.randomUUID());
    server
        .server()
        .directory()
        .customers()
        .create(
            new NewCustomer(empty, "Empty", "empty.example"),
            ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));

    assertThat(page(CUSTOMERS + "/" + empty))
        .contains("Users by state", "This customer has no users yet.")
        .doesNotContain("<svg");
  }

  @Test
  void changesAreDrawnByKindAndDay() {
    renamed(3);
    server.clock().advance(Duration.ofDays(2));
    renamed(1);
    server.send(
        RawRequest.of("DELETE", TestServer.foundingPath())
            .token(server.tokens().of(Role.ADMIN_AGENT)));

    String page = page(RECORDS);

    String changed = chart(page, CHANGED);
    assertThat(columns(changed)).containsExactly("Nov 22, 2026 – 3", "Nov 24, 2026 – 1");
    assertThat(changed)
        .contains(
            "role=\"img\"><title>User changed</title><desc>Total: 4, on one day at most 3</desc>",
            "<p>Total: 4, on one day at most 3</p>",
            "y=\"0\" width=\"8\" height=\"40\"",
            "y=\"27\" width=\"8\" height=\"13\"",
            "<span>Oct 26, 2026</span> <span>Nov 24, 2026</span>");
    assertThat(columns(chart(page, "User deleted"))).containsExactly("Nov 24, 2026 – 1");
    assertThat(columns(chart(page, "User created"))).containsExactly("Nov 22, 2026 – 1");
    assertThat(page)
        .contains(
            "Changes of the last 30 days: 7",
            "Days are those of UTC.",
            "<th scope=\"col\">Day</th><th scope=\"col\">Customer created</th>"
                + "<th scope=\"col\">User created</th><th scope=\"col\">User changed</th>"
                + "<th scope=\"col\">User deleted</th>",
            "<th scope=\"row\">Nov 24, 2026</th><td>0</td><td>0</td><td>1</td><td>1</td>",
            "<th scope=\"row\">Nov 22, 2026</th><td>1</td><td>1</td><td>3</td><td>0</td>")
        .doesNotContain("style=", "There are too many");
  }

  @Test
  void picturesSpeakFrench() {
    renamed(2);

    String page = admin("fr").get(RECORDS).text();

    assertThat(page)
        .contains(
            "Modifications des 30 derniers jours\u202f: 4",
            "<title>Utilisateur modifié</title><desc>Total\u202f: 2, au plus 2 en un jour</desc>",
            "<title>22 nov. 2026 – 2</title>",
            "Les jours suivent l’heure UTC.",
            ">Jour<");
  }

  /** What happens at noon in Greenwich is of the next day in Auckland. */
  @Test
  void daysAreThoseOfTheReader() {
    server.clock().advance(Duration.ofHours(2));
    renamed(2);
    Visitor admin = admin("en");

    assertThat(columns(chart(admin.get(RECORDS).text(), CHANGED)))
        .containsExactly("Nov 22, 2026 – 2");
    admin.cookies().put("vidame-zone", "Pacific/Auckland");
    String there = admin.get(RECORDS).text();
    assertThat(columns(chart(there, CHANGED))).containsExactly("Nov 23, 2026 – 2");
    assertThat(there).contains("Days are those of Pacific/Auckland.");
    admin.cookies().put("vidame-zone", "Nowhere/<b>");
    assertThat(admin.get(RECORDS).text()).contains("Days are those of UTC.");
  }

  @Test
  void oldChangesAreNotDrawn() {
    renamed(1);
    server.clock().advance(Duration.ofDays(29));
    assertThat(page(RECORDS)).contains("Changes of the last 30 days: 3");
    server.clock().advance(Duration.ofDays(1));

    assertThat(page(RECORDS))
        .contains("Changes of the last 30 days: 0", "Nothing was changed in these days.")
        .doesNotContain("<svg");
  }

  @Test
  void picturesOfOneCustomerShowThatCustomer() {
    CustomerId second = new CustomerId(UUID.randomUUID());
    server
        .server()
        .directory()
        .customers()
        .create(
            new NewCustomer(second, "Second", "second.example"),
            ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));
    renamed(2);

    assertThat(page(RECORDS)).contains("Changes of the last 30 days: 5");
    assertThat(page(RECORDS + "?customer=" + second)).contains("Changes of the last 30 days: 1");
    assertThat(page(RECORDS + "?customer=" + Tenancy.CUSTOMER))
        .contains("Changes of the last 30 days: 4");
    assertThat(page(RECORDS + "?customer=" + Tenancy.OTHER_CUSTOMER))
        .as("another partner's")
        .contains("Changes of the last 30 days: 0");
  }

  @Test
  void scriptThatFollowsTypingGetsNoPicture() {
    RawAnswer answer =
        admin("en").exchange(RawRequest.get(RECORDS + "?who=a").header("HX-Request", "true"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("id=\"results\"").doesNotContain("<svg", "of the last 30");
  }

  @Test
  void whoMayNotReadRecordsSeesNoPictureOfThem() {
    renamed(1);
    for (Role role : Role.values()) {
      if (role != Role.ADMIN_AGENT) {
        Visitor visitor = Visitor.signedIn(server, server.tenancy().agent(role));

        RawAnswer answer = visitor.get(RECORDS);

        assertThat(answer.status()).as(role.toString()).isEqualTo(403);
        assertThat(answer.text()).doesNotContain("<svg", "of the last 30 days");
      }
    }
  }

  /** Who has a role on one customer that reads its accounts may not read the customer itself. */
  @Test
  void whoMayNotReadTheCustomerIsNotToldHowManyUsersItHas() {
    var agent = server.tenancy().agent(Role.BILLING_ADMIN);
    var _ =
        server
            .server()
            .directory()
            .customerRoles()
            .give(
                new GranularRoleTable.Place(Tenancy.CUSTOMER, agent.partner(), agent.id()),
                GranularRole.DIRECTORY_READERS,
                server.clock().instant().plus(Duration.ofDays(1)),
                ChangeRequest.once(Actor.operator(agent.partner()), UUID.randomUUID()));

    RawAnswer answer = Visitor.signedIn(server, agent).get(CUSTOMER);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).doesNotContain("<svg");
  }

  @Test
  void picturesOfVeryManyChangesSayFromWhenOnTheyAreWhole() {
    Instant now = Instant.parse("2026-11-22T10:00:00Z");
    ChangesByDay days =
        ChangesByDay.of(
            new Tally.Counted(
                List.of(
                    new Tally.Count(
                        Instant.parse("2026-11-22T08:00:00Z"), Operation.UPDATE_USER, 19_999),
                    new Tally.Count(
                        Instant.parse("2026-11-21T23:45:00Z"), Operation.UPDATE_USER, 1),
                    new Tally.Count(
                        Instant.parse("2026-11-21T23:45:00Z"), Operation.ROTATE_SIGNING_KEY, 7)),
                Instant.parse("2026-11-21T23:50:00Z")),
            ZoneId.of("Europe/London"),
            now);
    Frame frame =
        new Frame(
            Language.ENGLISH,
            ZoneOffset.UTC,
            Text.of("Records"),
            new Files(),
            new Frame.Reader(null, null, operation -> true, UUID::randomUUID));
    RecordPages.Listing listing =
        new RecordPages.Listing(
            frame,
            new RecordPages.Wish(null, "", "", null, null),
            "",
            "",
            List.of(),
            List.of(),
            new Lists.Neighbours(null, null),
            days);

    String page =
        new String(
            new Templates(new Files(), UUID::randomUUID).page(200, "records", listing).body(),
            StandardCharsets.UTF_8);

    assertThat(page)
        .contains(
            "Changes of the last 30 days: 20,000",
            "There are too many to count all of them. Counted are those since",
            "datetime=\"2026-11-21T23:50:00Z\"",
            "<td>19,999</td>");
    assertThat(columns(chart(page, CHANGED)))
        .containsExactly("Nov 21, 2026 – 1", "Nov 22, 2026 – 19,999");
    assertThat(days.kinds()).as("what operators do is not told").hasSize(1);
  }

  @Test
  void partsAreDrawnAsNothingOrAllOnlyWhereTheyAre() {
    assertThat(new Share(0, 5).width()).isZero();
    assertThat(new Share(0, 0).width()).isZero();
    assertThat(new Share(1, 200_000).width()).isPositive();
    assertThat(new Share(199_999, 200_000).width()).isLessThan(Share.WIDTH);
    assertThat(new Share(5, 5).width()).isEqualTo(Share.WIDTH);
    assertThat(new Share(7, 5).width()).isEqualTo(Share.WIDTH);
    assertThat(new Share(0, 0).isUsedUp()).isFalse();
    assertThat(new Share(5, 5).isUsedUp()).isTrue();
  }
}
