package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.GranularRole;
import dev.vidame.directory.partners.GranularRoleTable;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.access.Operation;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Route;
import dev.vidame.server.openapi.OpenApiRoutes;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see and do what on pages, beside the matrix of {@link PageMatrixTest}. */
class PageRightsTest {
  @RegisterExtension static final Served served = new Served();

  private static final Map<Role, Visitor> VISITORS = new EnumMap<>(Role.class);

  private static Visitor visitor(Role role) {
    return VISITORS.computeIfAbsent(
        role, any -> Visitor.signedIn(served.server(), served.server().tenancy().agent(any)));
  }

  static Stream<Route> pages() {
    return served.server().server().routes().stream()
        .filter(route -> route.access() instanceof Route.Page);
  }

  private static RawAnswer ask(Visitor visitor, Route route, CustomerId customer, UserId user) {
    String path =
        route
            .template()
            .replace("{customer}", customer.toString())
            .replace("{user}", user.toString())
            .replace("{run}", "7d0e1f3c-6c5b-4c6e-9f43-0b1f9d1f2a11")
            .replaceFirst("\\{(agent|application)}", subject(route).toString());
    if (route.method().equals("GET")) {
      return visitor.get(path);
    }
    String token = tokenOf(visitor);
    return visitor.post(
        path,
        Map.of(
            "form_token",
            token,
            "request",
            UUID.randomUUID().toString(),
            "displayName",
            "Changed",
            "was.displayName",
            "Display name",
            "role",
            "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
            "sku",
            "none"));
  }

  /** Whom or what a page is about that is on no customer. */
  private static UUID subject(Route route) {
    if (route.template().contains("{agent}")) {
      return AdminPagesTest.newAgent(served.server()).id().value();
    }
    return route.template().contains("{application}")
        ? AdminPagesTest.newApplication(served.server()).value()
        : UUID.randomUUID();
  }

  /** Any page has it, also one that says that something may not be done. */
  private static String tokenOf(Visitor visitor) {
    return String.valueOf(
        Visitor.hidden(visitor.get("/dashboard/customers").text()).get("form_token"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void whoIsNotSignedInIsSentToSignIn(Route route) {
    RawAnswer answer =
        ask(new Visitor(served.server(), "en"), route, Tenancy.CUSTOMER, Tenancy.USER);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location"))
        .startsWith(served.server().server().address() + "/dashboard/sign-in?to=%2Fdashboard%2F");
  }

  /** Pages are for people in browsers: whoever brings a token is as one who is not signed in. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void noTokenOpensAPage(Route route) {
    String path =
        route
            .template()
            .replace("{customer}", Tenancy.CUSTOMER.toString())
            .replaceAll("\\{[a-z]+}", Tenancy.USER.toString());
    for (String token :
        List.of(served.server().tokens().appOnly(), served.server().tokens().admin())) {
      RawAnswer answer =
          new Visitor(served.server(), "en")
              .exchange(RawRequest.of(route.method(), path).token(token));

      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.header("Location")).contains("/dashboard/sign-in?to=");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void customersOfOthersAreLikeNone(Route route) {
    if (!((Route.Page) route.access()).isOnCustomer()) {
      return;
    }
    Visitor visitor = visitor(Role.ADMIN_AGENT);

    RawAnswer others = ask(visitor, route, Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER);
    RawAnswer none =
        ask(visitor, route, new CustomerId(UUID.randomUUID()), new UserId(UUID.randomUUID()));

    assertThat(others.status()).isEqualTo(404);
    assertThat(none.status()).isEqualTo(404);
    assertThat(others.text()).isEqualTo(none.text());
    assertThat(
            visitor
                .get(route.template().replace("{customer}", "x").replace("{user}", "y"))
                .status())
        .isIn(404, 405);
  }

  /** The account is there, but with another customer. */
  @Test
  void accountOfAnotherCustomerIsNotFound() {
    RawAnswer answer =
        visitor(Role.ADMIN_AGENT)
            .get("/dashboard/customers/" + Tenancy.CUSTOMER + "/users/" + Tenancy.OTHER_USER);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).doesNotContain("somebody@other.example");
  }

  @Test
  void recordsOfOthersAreNotTold() {
    RawAnswer answer =
        visitor(Role.ADMIN_AGENT).get("/dashboard/records?customer=" + Tenancy.OTHER_CUSTOMER);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("Nothing was done in this time.").doesNotContain("other.");
  }

  @Test
  void helpdeskSeesNothingThatItMayNotDo() {
    UserId user = served.server().tenancy().newUser();
    String path = "/dashboard/customers/" + Tenancy.CUSTOMER + "/users/" + user;

    RawAnswer answer = visitor(Role.HELPDESK_AGENT).get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("Display name", path + "/password")
        .doesNotContain(
            "<form class=\"edit\"",
            path + "/delete",
            path + "/roles",
            path + "/licenses",
            ">Records<");
  }

  /** Wire-spec §0.5: those who sell read which accounts there are, and not which there were. */
  @Test
  void sellersAreNotShownDeletedUsers() {
    String customer = "/dashboard/customers/" + Tenancy.CUSTOMER;
    UserId user = served.server().tenancy().newUser();
    served.server().sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, user)));
    Visitor sales = visitor(Role.SALES_AGENT);
    Visitor helpdesk = visitor(Role.HELPDESK_AGENT);

    for (String page : List.of("", "/users", "/users?q=" + user)) {
      assertThat(sales.get(customer + page).text())
          .contains(customer + "/users")
          .doesNotContain(
              customer + "/deleted", "<option value=\"deleted\"", user.toString() + "\">");
      assertThat(helpdesk.get(customer + page).text()).contains(customer + "/deleted");
    }
    for (String page : List.of("/deleted", "/users?state=deleted", "/users?state=all")) {
      RawAnswer refused = sales.get(customer + page + (page.contains("?") ? "&q=" + user : ""));

      assertThat(refused.status()).as(page).isEqualTo(403);
      assertThat(refused.text())
          .contains("Roles of the partner that suffice: admin_agent, helpdesk_agent.")
          .doesNotContain(Tenancy.nameOf(user));
      assertThat(helpdesk.get(customer + page).text()).contains(Tenancy.nameOf(user));
    }
    assertThat(helpdesk.get(customer + "/users").text()).contains("<option value=\"deleted\"");
  }

  @Test
  void whoHasARoleOnOneCustomerOnlyIsLedThere() {
    Agent agent = served.server().tenancy().agent(Role.BILLING_ADMIN);
    Directory directory = served.server().server().directory();
    var _ =
        directory
            .customerRoles()
            .give(
                new GranularRoleTable.Place(Tenancy.CUSTOMER, agent.partner(), agent.id()),
                GranularRole.DIRECTORY_READERS,
                served.server().clock().instant().plus(Duration.ofDays(1)),
                ChangeRequest.once(Actor.operator(agent.partner()), UUID.randomUUID()));
    Visitor reader = Visitor.signedIn(served.server(), agent);
    String users = "/dashboard/customers/" + Tenancy.CUSTOMER + "/users";

    RawAnswer customers = reader.get("/dashboard/customers");
    RawAnswer list = reader.get(users);

    assertThat(customers.status()).isEqualTo(403);
    assertThat(customers.text()).contains("Customers on which you have a role", users);
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text())
        .contains("emailid@", "<strong>" + Tenancy.CUSTOMER + "</strong>")
        .doesNotContain(">Account<");
    served.server().clock().advance(Duration.ofDays(1));
    assertThat(Visitor.signedIn(served.server(), agent).get(users).status()).isEqualTo(403);
    VISITORS.clear(); // whose time is over, too
  }

  @Test
  void helpdeskThatEditsAnywayHearsWhichRolesSuffice() {
    UserId user = served.server().tenancy().newUser();
    String path = "/dashboard/customers/" + Tenancy.CUSTOMER + "/users/" + user;
    User before = user(user);
    Visitor helpdesk = visitor(Role.HELPDESK_AGENT);

    RawAnswer answer =
        helpdesk.post(
            path,
            Map.of(
                "form_token",
                tokenOf(helpdesk),
                "version",
                Long.toString(before.version()),
                "was.displayName",
                before.displayName(),
                "displayName",
                "By helpdesk"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("Roles of the partner that suffice: admin_agent");
    assertThat(user(user)).isEqualTo(before);
  }

  private static User user(UserId id) {
    return served.server().server().directory().users().get(Tenancy.CUSTOMER, new UserRef.ById(id));
  }

  @Test
  void serverWithAPageWithoutARuleDoesNotStart() {
    List<Route> wrong =
        List.of(
            Route.open("GET", "/dashboard/new", "new", call -> Answer.empty()),
            Route.open("GET", "/Dashboard/customers", "new", call -> Answer.empty()),
            Route.pageOnCustomer(
                "GET", "/dashboard/new", Operation.GET_USER, call -> Answer.empty()),
            Route.pageOnPartner(
                "GET", "/dashboard/new", Operation.GET_USER, call -> Answer.empty()),
            Route.pageOnPartner("GET", "/new", Operation.LIST_CUSTOMERS, call -> Answer.empty()),
            Route.pageOnCustomer(
                "GET",
                "/v1/customers/{customer}/x",
                Operation.GET_CUSTOMER,
                call -> Answer.empty()));

    for (Route route : wrong) {
      assertThatThrownBy(() -> OpenApiRoutes.describing(List.of(), List.of(route)))
          .as(route.template())
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void pagesAreManyAndNotInTheDocumentOfTheApi() {
    assertThat(pages()).hasSizeGreaterThan(14);
    assertThat(served.server().send(RawRequest.get("/openapi.json")).text())
        .doesNotContain("\"/dashboard");
  }
}
