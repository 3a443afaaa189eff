package dev.vidame.server.admin;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Standings.Standing;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.AccessExplanation;
import dev.vidame.server.access.Operation;
import dev.vidame.server.access.SufficientRoles;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.texts.Language;
import dev.vidame.wire.CustomerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    return AdminAnswers.json(200, members(explanation, call.language()));
  }

  /** The answer, with its sentence in a language. */
  private static Map<String, Object> members(AccessExplanation explanation, Language language) {
    AccessExplanation.Question question = explanation.question();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("explanation", explanation.text().in(language));
    decide(explanation.decision(), members);
    members.put("agent", question.agent().id());
    members.put("userPrincipalName", question.agent().userPrincipalName());
    members.put("partner", question.agent().partner());
    members.put("roles", AdminBody.codes(question.agent().roles()));
    members.put("operation", code(question.operation()));
    CustomerId customer = question.customer();
    if (customer != null) {
      members.put("customer", customer);
      explanation.relationship().ifPresent(known -> members.put("relationship", known));
    }
    members.put("customerRoles", CustomerRoleRoutes.ends(explanation.granular()));
    SufficientRoles sufficient = explanation.sufficient();
    members.put("sufficientRoles", sufficient.ofPartner());
    members.put("sufficientCustomerRoles", sufficient.onCustomer());
    members.put("rolesForPart", sufficient.forPart());
    return members;
  }

  private static void decide(AccessDecision decision, Map<String, Object> members) {
    switch (decision) {
      case AccessDecision.Allow all -> members.put("decision", "allow");
      case AccessDecision.AllowWithin within -> {
        members.put("decision", "allow_within");
        members.put("reach", code(within.reach()));
      }
      case AccessDecision.Deny deny -> {
        members.put("decision", "deny");
        members.put("reason", code(deny.reason()));
      }
    }
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
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
