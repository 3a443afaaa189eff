package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.wire.CustomerId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The route that explains what is decided, and why. Thread-safe. */
final class AccessRoutes {
  private final Directory directory;

  AccessRoutes(Directory directory) {
    this.directory = directory;
  }

  List<Route> routes() {
    return List.of(
        Route.forOperator("GET", "/admin/v1/access", "admin_explain_access", this::explain));
  }

  private Answer explain(Call call) {
    String named = required(call, "agent");
    String text = required(call, "operation");
    Operation operation = Operation.of(text).orElseThrow(() -> ApiErrors.unknownEnum(text));
    CustomerId customer = customer(call, operation);
    Agent agent = directory.agents().find(named).orElseThrow(ApiErrors::notFound);
    Optional<Standing> standing = directory.standings().of(agent, customer);
    AccessExplanation explanation =
        AccessExplanation.of(
            new AccessExplanation.Question(agent, operation, customer), standing, directory.now());
    return AdminAnswers.json(200, explanation.members(call.language()));
  }

  private static @Nullable CustomerId customer(Call call, Operation operation) {
    Optional<String> text = call.query().first("customer").filter(value -> !value.isBlank());
    if (text.isEmpty() && operation.needsCustomer()) {
      throw AdminBody.empty("customer");
    }
    return text.map(value -> new CustomerId(AdminBody.guid("customer", value))).orElse(null);
  }

  private static String required(Call call, String name) {
    return call.query()
        .first(name)
        .filter(text -> !text.isBlank())
        .map(String::strip)
        .orElseThrow(() -> AdminBody.empty(name));
  }
}
