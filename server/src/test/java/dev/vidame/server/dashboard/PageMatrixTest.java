package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable.Place;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.AccessDecision.Allow;
import dev.vidame.server.access.AccessDecision.AllowWithin;
import dev.vidame.server.access.AccessDecision.Deny;
import dev.vidame.server.access.AccessDecision.Reason;
import dev.vidame.server.access.Asked;
import dev.vidame.server.access.Asker;
import dev.vidame.server.access.Asker.Relationship;
import dev.vidame.server.access.Operation;
import dev.vidame.server.access.SufficientRoles;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.http.Route;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.FieldUpdate;
import dev.vidame.wire.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The matrix of rights at the pages: whoever can have one, on customers of every relationship. One
 * agent in one browser asks for all of it and is given other roles meanwhile, since roles are
 * looked up anew for each page.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageMatrixTest {
  @RegisterExtension static final Served served = new Served();

  private static final String CUSTOMER = "/dashboard/customers/" + Tenancy.CUSTOMER;
  private static final String RUN = "7d0e1f3c-6c5b-4c6e-9f43-0b1f9d1f2a11";
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofDays(700);

  private final CustomerId deleted = new CustomerId(UUID.randomUUID());
  private Agent agent;
  private Visitor visitor;
  private String formToken = "";
  private UserId ordinary;
  private UserId powerful;

  @BeforeAll
  void prepare() {
    agent = AdminPagesTest.newAgent(served.server());
    visitor = Visitor.signedIn(served.server(), agent);
    formToken =
        String.valueOf(
            Visitor.hidden(visitor.get("/dashboard/customers").text()).get("form_token"));
    ordinary = served.server().tenancy().newUser();
    powerful = served.server().tenancy().newUser();
    directory()
        .roles()
        .add(
            Tenancy.CUSTOMER,
            DirectoryRole.DIRECTORY_READERS,
            new UserRef.ById(powerful),
            request());
    sandbox(true);
    directory()
        .customers()
        .create(new NewCustomer(deleted, "Deleted", "deleted.example"), request());
    directory().customers().delete(deleted, request());
    sandbox(false);
  }

  private static Directory directory() {
    return served.server().server().directory();
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }

  private static void sandbox(boolean isOne) {
    var _ =
        directory()
            .partnerRegistry()
            .update(
                Tenancy.PARTNER,
                new PartnerRegistry.Update(null, isOne, null, FieldUpdate.keep(), null),
                request());
  }

  /** Everybody who can sign in at a page. */
  static Stream<Asker> visitors() {
    return Stream.concat(Asker.all().stream().filter(Asker::isAgent), Stream.of(Asker.ended()));
  }

  static List<Asked> asked() {
    return served.server().server().routes().stream()
        .filter(route -> route.access() instanceof Route.Page)
        .flatMap(Asked::at)
        .toList();
  }

  /** Gives the agent these roles and takes all others. */
  private void become(Asker asker) {
    var _ =
        directory()
            .agents()
            .update(
                agent.partner(),
                agent.id(),
                new Agents.Update(null, asker.roles(), null),
                request());
    boolean hasEnded = asker.equals(Asker.ended());
    Place place = new Place(Tenancy.CUSTOMER, agent.partner(), agent.id());
    for (GranularRole role : GranularRole.values()) {
      if (hasEnded || asker.granular().contains(role)) {
        Instant end = directory().now().plus(hasEnded ? SOON : LATE);
        var _ = directory().customerRoles().give(place, role, end, request());
      } else {
        var _ = directory().customerRoles().take(place, role, request());
      }
    }
    if (hasEnded) {
      served.server().clock().advance(SOON);
    }
  }

  private List<CustomerId> customers(Relationship relationship) {
    return switch (relationship) {
      case OWN -> List.of(Tenancy.CUSTOMER);
      case NONE -> List.of(Tenancy.OTHER_CUSTOMER, new CustomerId(UUID.randomUUID()));
      case DELETED -> List.of(deleted);
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("visitors")
  void everyPageKeepsToTheDecision(Asker asker) {
    become(asker);

    for (Asked asked : asked()) {
      boolean isOnCustomer = ((Route.Page) asked.route().access()).isOnCustomer();
      for (Relationship relationship : Relationship.values()) {
        if (isOnCustomer || relationship == Relationship.OWN) {
          AccessDecision decision = asker.asks(asked.operation(), relationship);
          for (CustomerId customer : customers(relationship)) {
            check(decision, asked, ask(asked, customer, decision), asker, relationship);
          }
        }
      }
    }
  }

  private RawAnswer ask(Asked asked, CustomerId customer, AccessDecision decision) {
    Route route = asked.route();
    String path =
        route
                .template()
                .replace("{customer}", customer.toString())
                .replace("{user}", user(route, decision).toString())
                .replace("{run}", RUN)
                .replaceFirst("\\{(agent|application)}", subject(route, decision).toString())
            + asked.query();
    if (route.method().equals("GET")) {
      return visitor.get(path);
    }
    return visitor.post(
        path,
        form(
            Map.of(
                "displayName",
                "Changed",
                "was.displayName",
                "Display name",
                "role",
                DirectoryRole.DIRECTORY_READERS.id().toString(),
                "sku",
                "none")));
  }

  private Map<String, String> form(Map<String, String> fields) {
    Map<String, String> form = new LinkedHashMap<>(fields);
    form.put("form_token", formToken);
    form.put("request", UUID.randomUUID().toString());
    return form;
  }

  /** One of its own where the account is gone afterwards. */
  private UserId user(Route route, AccessDecision decision) {
    return decision instanceof Allow && route.template().endsWith("{user}/delete")
        ? served.server().tenancy().newUser()
        : ordinary;
  }

  /** Whom or what a page is about that is on no customer. */
  private static UUID subject(Route route, AccessDecision decision) {
    if (decision instanceof Allow && route.template().contains("{agent}")) {
      return AdminPagesTest.newAgent(served.server()).id().value();
    }
    return decision instanceof Allow && route.template().contains("{application}")
        ? AdminPagesTest.newApplication(served.server()).value()
        : UUID.randomUUID();
  }

  @SuppressWarnings("TooManyParameters") // all that the answer depends on
  private static void check(
      AccessDecision decision,
      Asked asked,
      RawAnswer answer,
      Asker asker,
      Relationship relationship) {
    String what = asker + " " + relationship + " " + asked + " " + answer;
    switch (decision) {
      case Allow all -> assertThat(answer.status()).as(what).isNotIn(401, 403, 405, 500, 503);
      case AllowWithin(UpdateReach reach) ->
          assertThat(answer.status())
              .as(what)
              .isNotIn(401, 405, 500, 503)
              .matches(status -> (status == 403) != isWithin(reach, asked));
      case Deny(Reason reason) when reason == Reason.ROLE_TOO_WEAK -> {
        assertThat(answer.status()).as(what).isEqualTo(403);
        assertThat(answer.text())
            .as(what)
            .contains(
                "Roles of the partner that suffice: "
                    + String.join(", ", SufficientRoles.of(first(asker, asked)).ofPartner())
                    + ".");
      }
      case Deny hidden -> {
        assertThat(answer.status()).as(what).isEqualTo(404);
        assertThat(answer.text()).as(what).doesNotContain("suffice");
      }
    }
  }

  /** Of what is refused first: the page, before what the query asks of it. */
  private static Operation first(Asker asker, Asked asked) {
    Operation ofPage = ((Route.Page) asked.route().access()).operation();
    return asker.asks(ofPage, Relationship.OWN) instanceof Deny ? ofPage : asked.operation();
  }

  /** Whether a reach has in it what the page does, to an account without a directory role. */
  private static boolean isWithin(UpdateReach reach, Asked asked) {
    return asked.route().method().equals("GET")
        || asked.operation() == Operation.RESET_PASSWORD
        || asked.route().template().contains("/bulk") // each row is decided on by itself
        || reach == UpdateReach.ORDINARY_PASSWORDS;
  }

  /** What a part is, on the accounts that make the difference. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("visitors")
  void partEndsAtPasswordsOfAccountsWithARole(Asker asker) {
    become(asker);
    AccessDecision resets = asker.asks(Operation.RESET_PASSWORD, Relationship.OWN);
    AccessDecision updates = asker.asks(Operation.UPDATE_USER, Relationship.OWN);
    boolean mayEdit =
        updates.equals(new Allow())
            || updates.equals(new AllowWithin(UpdateReach.ORDINARY_PASSWORDS));

    assertThat(isDone(reset(ordinary))).isEqualTo(!(resets instanceof Deny));
    assertThat(isDone(reset(powerful))).isEqualTo(resets instanceof Allow);
    for (UserId user : List.of(ordinary, powerful)) {
      String name = asker + " " + user;
      assertThat(isDone(edit(user, name))).isEqualTo(mayEdit);
      assertThat(user(user).displayName().equals(name)).isEqualTo(mayEdit);
    }
  }

  private RawAnswer reset(UserId user) {
    return visitor.post(CUSTOMER + "/users/" + user + "/password", form(Map.of()));
  }

  private RawAnswer edit(UserId user, String name) {
    User before = user(user);
    return visitor.post(
        CUSTOMER + "/users/" + user,
        form(
            Map.of(
                "version",
                Long.toString(before.version()),
                "was.displayName",
                before.displayName(),
                "displayName",
                name)));
  }

  private static boolean isDone(RawAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isIn(303, 403);
    return answer.status() == 303;
  }

  private static User user(UserId id) {
    return directory().users().get(Tenancy.CUSTOMER, new UserRef.ById(id));
  }

  @Test
  void everybodyAndEveryPageIsAskedFor() {
    assertThat(visitors()).hasSize(1 + 5 + 7 + 1);
    assertThat(asked()).hasSizeGreaterThan(50).anyMatch(asked -> !asked.query().isEmpty());
  }
}
