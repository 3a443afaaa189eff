package dev.vidame.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.users.UpdateReach;
import dev.vidame.server.access.Asker.Relationship;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Route;
import dev.vidame.server.openapi.OpenApiRoutes;
import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The matrix of rights is the one checked in, and the running server keeps to each of its cells.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
  @RegisterExtension static final Served served = new Served();

  private static final Path CHECKED_IN = Path.of("..", "docs", "rights.md");
  private static final String DENIED_BY_ROLE = "403/900150";
  private static final String PASSWORD = "{\"passwordProfile\":{\"password\":\"Renew456*\"}}";

  private RightsWorld world;
  private RightsWorld lettingWorld;

  @BeforeAll
  void prepare() {
    lettingWorld = RightsWorld.letAlone(served.server());
    world = new RightsWorld(served.server());
  }

  static List<Route> routes() {
    return served.server().server().routes();
  }

  static Stream<Route> ofPartners() {
    return routes().stream().filter(route -> RightsPage.operationOf(route) != null);
  }

  static Stream<Asked> asked() {
    return ofPartners().flatMap(Asked::at);
  }

  /** Accept a change that was meant with {@code -Dvidame.accept-rights=true}. */
  @Test
  void pageIsTheOneCheckedIn() throws IOException {
    String page = RightsPage.of(routes());

    if (Boolean.getBoolean("vidame.accept-rights")) {
      Files.writeString(CHECKED_IN, page);
    }
    assertThat(page)
        .as(
            "docs/rights.md; if the change is meant, accept it with: mvn -Dquick -pl server -am test"
                + " -Dtest=RightsTest -Dsurefire.failIfNoSpecifiedTests=false -Dvidame.accept-rights=true")
        .isEqualTo(Files.readString(CHECKED_IN));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("asked")
  void everyCellIsKept(Asked asked) {
    Operation operation = asked.operation();
    boolean isOnCustomer = asked.route().access() instanceof Route.OnCustomer;
    List<Asker> askers = new ArrayList<>(Asker.all());
    askers.add(Asker.letAlone());
    for (Asker asker : askers) {
      for (Relationship relationship : Relationship.values()) {
        if (isOnCustomer || relationship == Relationship.OWN) {
          AccessDecision decision =
              isOnCustomer
                  ? asker.asks(operation, relationship)
                  : withoutCustomer(asker).asks(operation, relationship);
          for (CustomerId customer : worldOf(asker).customers(relationship)) {
            check(decision, ask(asked, asker, customer), asker + " " + relationship);
          }
        }
      }
    }
  }

  /** Where no customer is named, nobody has a role on it. */
  private static Asker withoutCustomer(Asker asker) {
    return new Asker(asker.name(), asker.isAgent(), asker.roles(), Set.of());
  }

  private RawAnswer ask(Asked asked, Asker asker, CustomerId customer) {
    Route route = asked.route();
    String path =
        route
            .template()
            .replace("{customer}", customer.toString())
            .replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
    boolean hasBody = !route.method().equals("GET") && !route.method().equals("HEAD");
    return served
        .server()
        .sendWhateverComes(
            RawRequest.of(route.method(), path + asked.query())
                .token(worldOf(asker).token(asker))
                .body(hasBody ? "{\"id\":\"" + UUID.randomUUID() + "\"}" : ""));
  }

  private static void check(AccessDecision decision, RawAnswer answer, String who) {
    if (decision instanceof AccessDecision.Deny(AccessDecision.Reason reason)) {
      String outcome = RightsPage.outcome(reason);
      if (answer.body().length == 0) {
        assertThat(outcome).as(who).startsWith(answer.status() + "/");
      } else {
        assertThat(answer.outcome()).as(who).isEqualTo(outcome);
      }
    } else {
      assertThat(answer.status()).as(who + ": " + answer).isNotEqualTo(401);
      assertThat(answer.status() == 403 && !answer.outcome().equals("403/600006"))
          .as(who + ": " + answer)
          .isFalse();
    }
  }

  private RightsWorld worldOf(Asker asker) {
    return asker.equals(Asker.letAlone()) ? lettingWorld : world;
  }

  static Stream<Asker> askers() {
    return Stream.concat(Asker.all().stream(), Stream.of(Asker.letAlone()));
  }

  /** What a part is, on the accounts that make the difference. */
  @ParameterizedTest
  @MethodSource("askers")
  void partEndsAtPasswordsOfAccountsWithARole(Asker asker) {
    for (Operation operation : List.of(Operation.UPDATE_USER, Operation.RESET_PASSWORD)) {
      AccessDecision decision = asker.asks(operation, Relationship.OWN);
      String route = operation == Operation.RESET_PASSWORD ? "/resetpassword" : "";
      boolean maySome = !(decision instanceof AccessDecision.Deny);
      boolean mayAll = decision instanceof AccessDecision.Allow;

      RightsWorld world = worldOf(asker);
      expect(asker, world.ordinary() + route, PASSWORD, maySome);
      expect(asker, world.powerful() + route, PASSWORD, mayAll);
      if (operation == Operation.UPDATE_USER) {
        boolean mayName =
            mayAll
                || decision.equals(new AccessDecision.AllowWithin(UpdateReach.ORDINARY_PASSWORDS));
        expect(asker, world.powerful(), "{\"displayName\":\"" + asker + "\"}", mayName);
      }
    }
  }

  private void expect(Asker asker, String path, String body, boolean may) {
    boolean isLet = asker.isAgent() || asker.equals(Asker.letAlone());
    RawAnswer answer =
        served.server().send(RawRequest.patch(path, body).token(worldOf(asker).token(asker)));

    assertThat(answer.outcome())
        .as(asker + " " + path + body)
        .isEqualTo(may ? "200" : isLet ? DENIED_BY_ROLE : "403/2032");
  }

  @Test
  void everyOperationHasARoute() {
    Set<Operation> served = asked().map(Asked::operation).collect(Collectors.toSet());

    Set<Operation> onPages =
        routes().stream()
            .map(RightsPage::pageOperationOf)
            .filter(operation -> operation != null && operation.isOfPages())
            .collect(Collectors.toSet());

    assertThat(Stream.concat(served.stream(), onPages.stream()))
        .containsExactlyInAnyOrder(Operation.values());
    assertThat(ofPartners()).hasSizeGreaterThan(40);
  }

  @Test
  void everyRouteOfTheApiNamesAnOperation() {
    for (Route route : routes()) {
      String path = route.template().toLowerCase(Locale.ROOT);
      Operation operation = RightsPage.operationOf(route);

      assertThat(operation != null).as(path).isEqualTo(path.matches("(/vidame)?/v1/.*"));
      assertThat(route.access() instanceof Route.ForOperator)
          .as(path)
          .isEqualTo(path.startsWith("/admin/"));
    }
    assertThat(Route.Access.class.getPermittedSubclasses())
        .as("a new kind of access needs a rule of its own")
        .hasSize(5);
  }

  @Test
  void serverWithARouteWithoutARuleDoesNotStart() {
    List<Route> wrong =
        List.of(
            Route.open("GET", "/v1/new", "openapi", call -> Answer.empty()),
            Route.open("GET", "/V1/new", "openapi", call -> Answer.empty()),
            Route.open("GET", "/vidame/v1/new", "openapi", call -> Answer.empty()),
            Route.open("GET", "/admin/v1/new", "openapi", call -> Answer.empty()),
            Route.forOperator(
                "GET", "/v1/customers/{customer}/x", "admin_get_agent", call -> Answer.empty()),
            Route.onPartner("GET", "/v1/x", Operation.GET_USER, call -> Answer.empty()),
            Route.onCustomer(
                "GET",
                "/v1/customers/{customer}/x",
                Operation.CHECK_DOMAIN,
                call -> Answer.empty()),
            Route.onCustomer("GET", "/v1/{user}/x", Operation.GET_USER, call -> Answer.empty()));
    for (Route route : wrong) {
      assertThatThrownBy(() -> OpenApiRoutes.describing(List.of(route)))
          .as(route.method() + " " + route.template())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("rule");
    }
  }

  @Test
  void pageHasEveryOperationInEachTableItBelongsTo() throws IOException {
    List<String> lines = Files.readAllLines(CHECKED_IN);

    for (Operation operation : Operation.values()) {
      String start = "| " + operation.name().toLowerCase(Locale.ROOT) + " |";
      assertThat(lines.stream().filter(line -> line.startsWith(start)).count())
          .as(start)
          .isGreaterThanOrEqualTo(3);
    }
  }
}
