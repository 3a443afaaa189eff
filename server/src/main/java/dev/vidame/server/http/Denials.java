package dev.vidame.server.http;

import dev.vidame.server.access.AccessDecision;
import dev.vidame.server.access.Operation;
import dev.vidame.server.access.SufficientRoles;

/** Turns a decision against a caller into what the caller and the log are told. */
final class Denials {
  private Denials() {}

  static ApiException of(Call call, Operation operation, AccessDecision.Reason reason) {
    if (reason == AccessDecision.Reason.ROLE_TOO_WEAK) {
      return roleTooWeak(call, operation, SufficientRoles.of(operation));
    }
    DenialLog.denied(call, operation, reason);
    return ApiErrors.denied(reason);
  }

  /** Who may do a part only and asked for more is told who may do all. */
  static ApiException rightTooNarrow(Call call, Operation operation) {
    return roleTooWeak(call, operation, SufficientRoles.of(operation).withoutParts());
  }

  private static ApiException roleTooWeak(Call call, Operation operation, SufficientRoles roles) {
    DenialLog.roleTooWeak(call, operation, roles);
    return ApiErrors.roleTooWeak(roles);
  }
}
