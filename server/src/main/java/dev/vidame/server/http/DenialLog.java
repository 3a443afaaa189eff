package dev.vidame.server.http;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.access.SufficientRoles;
import dev.vidame.server.tokens.Caller;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in the log who may not do what, and why. Names only ids: what callers chose themselves stays
 * out, also where it stands for a customer. Of customers that are none of the partner's it says
 * nothing.
 */
final class DenialLog {
  private static final System.Logger LOG = System.getLogger(DenialLog.class.getName());

  private DenialLog() {}

  static void roleTooWeak(Call call, Operation operation, SufficientRoles roles) {
    log(
        call,
        operation,
        "as its roles do not suffice. Of the partner's would: %s; on the customer: %s; for a part: %s"
            .formatted(roles.ofPartner(), roles.onCustomer(), roles.forPart()));
  }

  /** Any other reason; roles have a line of their own. */
  static void denied(Call call, Operation operation, AccessDecision.Reason reason) {
    why(reason).ifPresent(why -> log(call, operation, why));
  }

  /** Empty where nothing is logged. */
  private static Optional<String> why(AccessDecision.Reason reason) {
    return switch (reason) {
      case APPLICATION_ONLY -> Optional.of("as only a signed-in agent may");
      case UNKNOWN_CALLER -> Optional.of("as the caller or its partner is unknown or disabled");
      case SECRET_GONE -> Optional.of("as the secret or key that its token was had with is gone");
      case TENANT_GONE -> Optional.of("as the customer has been deleted");
      case NO_RELATIONSHIP, ROLE_TOO_WEAK -> Optional.empty();
    };
  }

  private static void log(Call call, Operation operation, String why) {
    Caller caller = call.caller();
    AgentId agent = caller.agent();
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "Request %s: %sapplication %s of partner %s may not %s%s, %s"
                .formatted(
                    call.correlation().requestId(),
                    agent == null ? "" : "agent " + agent + " with ",
                    caller.application(),
                    caller.partner(),
                    operation.name().toLowerCase(Locale.ROOT),
                    operation.needsCustomer() ? customer(call) : "",
                    why));
  }

  /** Applications are refused before anybody looks whether it is an id. */
  private static String customer(Call call) {
    return Guid.parse(call.parameter(0))
        .map(CustomerId::new)
        .map(customer -> " on customer " + customer)
        .orElse("");
  }
}
