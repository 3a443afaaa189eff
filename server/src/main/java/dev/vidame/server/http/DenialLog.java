package dev.vidame.server.http;

import dev.vidame.server.access.Operation;
import dev.vidame.server.access.SufficientRoles;
import dev.vidame.server.tokens.Caller;
import java.util.Locale;

/**
 * Says in the log which agent's roles did not suffice for what, on what is its partner's own. Names
 * only ids: what callers chose themselves stays out.
 */
final class DenialLog {
  private static final System.Logger LOG = System.getLogger(DenialLog.class.getName());

  private DenialLog() {}

  static void roleTooWeak(Call call, Operation operation, SufficientRoles roles) {
    Caller caller = call.caller();
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "Request %s: agent %s of partner %s may not %s%s, as its roles do not suffice. Of the partner's would: %s; on the customer: %s; for a part: %s"
                .formatted(
                    call.correlation().requestId(),
                    caller.agent(),
                    caller.partner(),
                    operation.name().toLowerCase(Locale.ROOT),
                    operation.needsCustomer() ? " on customer " + call.customer() : "",
                    roles.ofPartner(),
                    roles.onCustomer(),
                    roles.forPart()));
  }
}
