package dev.vidame.server.access;

import dev.vidame.directory.users.UpdateReach;
import dev.vidame.server.access.Asker.Relationship;
import dev.vidame.server.http.Route;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the matrix of rights as a page, from the decision itself and the route table. */
final class RightsPage {
  private static final String HEAD =
      """
      # Who may do what

      <!-- Generated. docs/decisions/0034 says how to accept a change of it. -->

      Every route under `/v1` and `/vidame/v1` names an operation, as every page of the dashboard does, and one function decides on it: from the kind of token, the caller's roles, what the caller's partner is to the
      customer, and the time. This page is made of that function, and tests ask each of its cells of a running server: at each route of the API by each column, and at each page of the dashboard by
      each column that is an agent, as no token opens a page. Both are asked on a customer of the partner's own, on another partner's, on one that never was and on one that was
      deleted, the pages also with roles that have all ended, and parts on an account with a directory role and on one without.

      | in a cell | means |
      | --- | --- |
      | yes | it may |
      | ordinary resets | it may set the password of an account that has no directory role, and do nothing else |
      | ordinary passwords | it may, but for setting the password of an account that has a directory role |
      | – | its role does not suffice: 403, code 900150; `data` names the roles that would |
      | 403/2032 | the operation wants a signed-in agent: 403, code 2032 |
      | 403/20002 | no relationship, or no such customer: 403, code 20002 |
      | 404/60003 | the customer was its own and has been deleted: 404, code 60003 |

      *App* is a token that an application got for itself; all others are tokens of an agent who is signed in (App+User). Agents with several roles may do what any of them
      lets them do. Callers, secrets or partners that are gone or disabled get 403, code 2032, or 401, whatever they ask for.
      """;

  private static final String ON_CUSTOMER =
      """
      Roles that operators give an agent on one customer until they end (`vidame admin roles`). The agents of this table have no role of the partner, and the role
      has not ended; once it has, they are agents without a role.
      """;

  private static final String LET_ALONE =
      """
      `vidame admin partners change PARTNER --allow-app-only-users true` lets all applications of a partner do on their own, without a signed-in agent, what a user
      administrator may do on the partner's customers. What is open to applications anyway stays so.
      """;

  private static final String OTHERS =
      """
      Roles make no difference here: without a relationship nobody may do anything, and with one that ended no role is left.
      """;

  private RightsPage() {}

  static String of(List<Route> routes) {
    return HEAD
        + section("Operations and their routes")
        + table(List.of("routes"), operation -> List.of(routesOf(operation, routes)))
        + section("On a customer of the partner's own, and where no customer is named")
        + cells(Asker.ofPartner())
        + section("With roles on the customer alone")
        + ON_CUSTOMER
        + "\n"
        + cells(Asker.onCustomer())
        + section("For applications on their own, where the partner lets them")
        + LET_ALONE
        + "\n"
        + table(
            List.of("own customer", "no relationship", "deleted customer"), RightsPage::letAlone)
        + section("On other customers")
        + OTHERS
        + "\n"
        + table(
            List.of("App, no relationship", "agents", "App, deleted customer", "agents"),
            RightsPage::onOthers);
  }

  private static List<String> letAlone(Operation operation) {
    return operation.isOpenToApplications()
        ? List.of()
        : Stream.of(Relationship.OWN, Relationship.NONE, Relationship.DELETED)
            .map(to -> cell(Asker.letAlone().asks(operation, to)))
            .toList();
  }

  private static String section(String title) {
    return "\n## " + title + "\n\n";
  }

  private static String cells(List<Asker> askers) {
    return table(
        askers.stream().map(Asker::name).toList(),
        operation ->
            askers.stream().map(asker -> cell(asker.asks(operation, Relationship.OWN))).toList());
  }

  private static List<String> onOthers(Operation operation) {
    return operation.needsCustomer() || operation == Operation.ASK_FOR_OTHER_SERVICES
        ? Stream.of(Relationship.NONE, Relationship.DELETED)
            .flatMap(to -> Stream.of(same(false, operation, to), same(true, operation, to)))
            .toList()
        : List.of();
  }

  /** What all of a kind get; the page would be wrong where that is not one answer. */
  private static String same(boolean isAgent, Operation operation, Relationship relationship) {
    Set<String> cells = new HashSet<>();
    Asker.all().stream()
        .filter(asker -> asker.isAgent() == isAgent)
        .forEach(asker -> cells.add(cell(asker.asks(operation, relationship))));
    if (cells.size() != 1) {
      throw new IllegalStateException("Roles make a difference: " + operation + " " + cells);
    }
    return cells.iterator().next();
  }

  private static String routesOf(Operation operation, List<Route> routes) {
    return routes.stream()
        .filter(route ->
            operation.isOfPages() ? pageOperationOf(route) != null : operationOf(route) != null)
        .flatMap(route -> askingFor(operation, route))
        .collect(Collectors.joining("<br>"));
  }

  private static Stream<String> askingFor(Operation operation, Route route) {
    String line = route.method() + " " + route.template();
    boolean isItsOwn = operationOf(route) == operation || pageOperationOf(route) == operation;
    return Stream.concat(
        isItsOwn ? Stream.of("`" + line + "`") : Stream.empty(),
        route.parts().stream()
            .filter(part -> part.operation() == operation)
            .map(part ->
                "`%s` with a `%s` as `%s`".formatted(line, part.parameter(), part.value())));
  }

  /** The operation of a route under {@code /v1}; null of another. */
  static @Nullable Operation operationOf(Route route) {
    return switch (route.access()) {
      case Route.OnCustomer on -> on.operation();
      case Route.OnPartner on -> on.operation();
      case Route.Open open -> null;
      case Route.ForOperator ours -> null;
      case Route.Page page -> null;
    };
  }

  /** The operation of a page; null of another route. */
  static @Nullable Operation pageOperationOf(Route route) {
    return route.access() instanceof Route.Page page ? page.operation() : null;
  }

  /** A line for each operation that has cells. */
  private static String table(List<String> columns, Function<Operation, List<String>> row) {
    StringBuilder table = new StringBuilder();
    line(table, "operation", columns);
    line(table, "---", columns.stream().map(column -> "---").toList());
    Arrays.stream(Operation.values())
        .forEach(operation -> {
          List<String> cells = row.apply(operation);
          if (!cells.isEmpty()) {
            line(table, operation.name().toLowerCase(Locale.ROOT), cells);
          }
        });
    return table.toString();
  }

  private static void line(StringBuilder table, String first, List<String> cells) {
    table.append("| ").append(first).append(" | ");
    table.append(String.join(" | ", cells)).append(" |\n");
  }

  private static String cell(AccessDecision decision) {
    return switch (decision) {
      case AccessDecision.Allow all -> "yes";
      case AccessDecision.AllowWithin(UpdateReach reach) ->
          reach.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case AccessDecision.Deny(AccessDecision.Reason reason) ->
          reason == AccessDecision.Reason.ROLE_TOO_WEAK ? "–" : outcome(reason);
    };
  }

  /** What a caller is answered (wire-spec §1.8, §2.11, §0.5). */
  static String outcome(AccessDecision.Reason reason) {
    return switch (reason) {
      case APPLICATION_ONLY, UNKNOWN_CALLER -> "403/2032";
      case SECRET_GONE -> "401/400";
      case NO_RELATIONSHIP -> "403/20002";
      case TENANT_GONE -> "404/60003";
      case ROLE_TOO_WEAK -> "403/900150";
    };
  }
}
