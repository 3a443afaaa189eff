package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists: searched, sorted, page by page; and what is told of who did what. */
class ListPagesTest {
  @RegisterExtension static final Served served = new Served();

  private static final String CUSTOMERS = "/dashboard/customers";
  private static final String USERS = CUSTOMERS + "/" + Tenancy.CUSTOMER + "/users";
  private static final Pattern NEXT =
      Pattern.compile("<a id=\"next-page\" rel=\"next\" href=\"([^\"]+)\"");
  private static final Pattern PREVIOUS =
      Pattern.compile("<a id=\"previous-page\" rel=\"prev\" href=\"([^\"]+)\"");
  private static final Pattern NAME =
      Pattern.compile("<th scope=\"row\"><a href=\"[^\"]*\">([^<]*)<");

  private static @Nullable Visitor admin;

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }

  @BeforeAll
  static void fill() {
    Directory directory = served.server().server().directory();
    for (int i = 0; i < 120; i++) {
      directory
          .customers()
          .create(
              new NewCustomer(
                  new CustomerId(UUID.randomUUID()),
                  "Société %03d".formatted(i),
                  "company%03d.example".formatted(119 - i)),
              request());
      var _ = served.server().tenancy().newUser();
    }
    admin = Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.ADMIN_AGENT));
  }

  private static RawAnswer get(String address) {
    if (admin == null) {
      throw new IllegalStateException("Nobody is signed in");
    }
    RawAnswer answer = admin.get(address);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private static List<String> names(RawAnswer page) {
    return NAME.matcher(page.text()).results().map(found -> found.group(1)).toList();
  }

  private static Optional<String> link(Pattern pattern, RawAnswer page) {
    Matcher found = pattern.matcher(page.text());
    return found.find() ? Optional.of(Visitor.unescaped(found.group(1))) : Optional.empty();
  }

  @Test
  void customersComeByNamePageByPage() {
    List<String> all = new ArrayList<>();
    RawAnswer page = get(CUSTOMERS);
    assertThat(link(PREVIOUS, page)).isEmpty();
    all.addAll(names(page));
    while (link(NEXT, page).isPresent()) {
      page = get(link(NEXT, page).get());
      all.addAll(names(page));
    }

    assertThat(all).hasSize(121).isSorted().doesNotHaveDuplicates();
    RawAnswer back = get(link(PREVIOUS, page).orElseThrow());
    assertThat(names(back)).hasSize(Lists.SIZE).isEqualTo(all.subList(50, 100));
  }

  @Test
  void customersAreFoundByNameDomainAndId() {
    assertThat(names(get(CUSTOMERS + "?q=soci%C3%89T%C3%89+01"))).hasSize(10);
    assertThat(names(get(CUSTOMERS + "?q=COMPANY007"))).containsExactly("Société 112");
    assertThat(names(get(CUSTOMERS + "?q=" + Tenancy.CUSTOMER))).containsExactly("Customer");
    RawAnswer none = get(CUSTOMERS + "?q=nothing-like-it");
    assertThat(none.text()).contains("No customer matches.", "value=\"nothing-like-it\"");
  }

  @Test
  void customersCanBeSortedByDomain() {
    assertThat(names(get(CUSTOMERS + "?sort=domain")).get(1)).isEqualTo("Société 119");
  }

  @Test
  void accountShowsTheMicrosoftIdAndRolesWithTheirEnds() {
    Directory directory = served.server().server().directory();
    Agent agent = served.server().tenancy().agent(Role.ADMIN_AGENT);
    var _ =
        directory
            .customerRoles()
            .give(
                new GranularRoleTable.Place(Tenancy.CUSTOMER, agent.partner(), agent.id()),
                GranularRole.GLOBAL_READER,
                served.server().clock().instant().plus(Duration.ofDays(10)),
                request());

    RawAnswer page = get(CUSTOMERS + "/" + Tenancy.CUSTOMER);

    assertThat(page.text())
        .contains(
            "<code id=\"microsoft-id\">" + Tenancy.CUSTOMER + "</code>",
            "data-copy=\"microsoft-id\"",
            Tenancy.DOMAIN,
            "Reseller",
            "global_reader",
            "2026-12-02 10:");
  }

  @Test
  void timesAreShownAtTheReadersClockWithUtcBeside() {
    if (admin == null) {
      throw new IllegalStateException("Nobody is signed in");
    }
    admin.cookies().put("vidame-zone", "Asia/Tokyo");
    RawAnswer tokyo = get(CUSTOMERS + "/" + Tenancy.CUSTOMER);
    admin.cookies().put("vidame-zone", "No/Where");
    RawAnswer nowhere = get(CUSTOMERS + "/" + Tenancy.CUSTOMER);
    admin.cookies().remove("vidame-zone");

    String machine = "<time datetime=\"2026-11-22T10:00:00Z\" title=\"2026-11-22 10:00:00 UTC\">";
    assertThat(tokyo.text()).contains(machine + "Nov 22, 2026, 7:00");
    assertThat(nowhere.text()).contains(machine + "Nov 22, 2026, 10:00");
  }

  @Test
  void usersComeByUserNamePageByPage() {
    Set<String> all = new HashSet<>();
    RawAnswer page = get(USERS);
    int pages = 1;
    Pattern userName = Pattern.compile("<td>(\\S+@\\S+)</td>");
    userName.matcher(page.text()).results().forEach(found -> all.add(found.group(1)));
    while (link(NEXT, page).isPresent()) {
      page = get(link(NEXT, page).get());
      pages++;
      userName.matcher(page.text()).results().forEach(found -> all.add(found.group(1)));
    }

    assertThat(pages).isEqualTo(3);
    assertThat(all).hasSizeGreaterThanOrEqualTo(121);
  }

  @Test
  void usersAreSearchedFilteredAndSorted() {
    UserId user = served.server().tenancy().newUser();
    served
        .server()
        .sendAsAdmin(
            RawRequest.patch(
                TestServer.path(Tenancy.CUSTOMER, user),
                "{\"displayName\":\"Élodie Zzz\",\"usageLocation\":\"ZW\"}"));

    assertThat(names(get(USERS + "?q=%C3%89LODIE"))).containsExactly("Élodie Zzz");
    assertThat(names(get(USERS + "?q=" + user))).containsExactly("Élodie Zzz");
    assertThat(names(get(USERS + "?sort=location&order=desc")).getFirst()).isEqualTo("Élodie Zzz");
    assertThat(get(USERS + "?q=nobody-like-it").text()).contains("No user matches.");
    assertThat(get(USERS + "?state=deleted&q=nobody").text())
        .contains("<option value=\"deleted\" selected>");
    assertThat(get(USERS + "?sort=wrong&state=wrong&role=wrong&order=wrong&after=wrong").text())
        .contains("Users on this page: 50");
  }

  @Test
  void placeOfAnotherListLeadsToTheFirstPage() {
    String next = link(NEXT, get(USERS)).orElseThrow();
    String token = next.substring(next.indexOf("after=") + 6);

    assertThat(link(PREVIOUS, get(USERS + "?sort=name&after=" + token))).isEmpty();
    assertThat(link(PREVIOUS, get(CUSTOMERS + "?after=" + token))).isEmpty();
    assertThat(link(PREVIOUS, get(USERS + "?after=" + token))).isPresent();
  }

  @Test
  void recordsTellWhoDidWhatWithBeforeAndAfter() {
    UserId user = served.server().tenancy().newUser();
    served
        .server()
        .sendAsAdmin(
            RawRequest.patch(
                TestServer.path(Tenancy.CUSTOMER, user),
                "{\"displayName\":\"Told in the records\",\"phoneNumber\":\"12\"}"));

    RawAnswer page = get("/dashboard/records?customer=" + Tenancy.CUSTOMER + "&what=user.update");

    String agent = served.server().tenancy().agent(Role.ADMIN_AGENT).userPrincipalName();
    assertThat(page.text())
        .contains(
            "User changed",
            agent,
            "<del>Display name</del> <ins>Told in the records</ins>",
            "<del>empty</del> <ins>12</ins>",
            USERS + "/" + user,
            "Only about Customer")
        .doesNotContain("User created</strong>");
    assertThat(get("/dashboard/records?who=nobody-like-it").text())
        .contains("Nothing was done in this time.");
    assertThat(get("/dashboard/records?from=2026-11-23").text())
        .contains("Nothing was done in this time.", "value=\"2026-11-23\"");
    assertThat(get("/dashboard/records?to=2026-11-22&what=user.update").text())
        .contains("Told in the records");
    assertThat(get("/dashboard/records?from=yesterday&to=%3C&customer=x").status()).isEqualTo(200);
  }

  @Test
  void recordsComePageByPage() {
    served.server().tenancy().directory();
    for (int i = 0; i < Lists.SIZE + 5; i++) {
      served
          .server()
          .sendAsAdmin(
              RawRequest.patch(
                  TestServer.foundingPath(), "{\"phoneNumber\":\"%d\"}".formatted(1000 + i)));
    }

    RawAnswer first = get("/dashboard/records?what=user.update");
    RawAnswer second = get(link(NEXT, first).orElseThrow());

    assertThat(first.text()).contains("Records on this page: 50");
    assertThat(link(PREVIOUS, second)).isPresent();
  }
}
