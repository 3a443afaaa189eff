package dev.vidame.server.audit;

import dev.vidame.directory.audit.AuditTrail;
import dev.vidame.directory.audit.RefusedRequest;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.http.Call;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import org.jspecify.annotations.Nullable;

/** Records the requests that wanted to change something and were refused (wire-spec §6.4). */
public final class Refusals implements Api.RefusalListener {
  private static final byte[] ANY_BODY = {};
  private static final int UNKNOWN_ENUM = 900126;
  private static final int USER = 1;
  private static final int MEMBER = 2;

  private final AuditTrail trail;

  /** Records in this trail. */
  public Refusals(AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  public void refused(Call call, Operation operation, ApiException refusal) {
    AuditOperation.wantedBy(operation)
        .ifPresent(wanted ->
            trail.remember(
                new RefusedRequest(
                    call.changeRequest(ANY_BODY),
                    customer(call),
                    wanted.wireName(),
                    subject(call, operation),
                    new RefusedRequest.Reason(refusal.code(), recorded(refusal)))));
  }

  /** This one text quotes the caller, who may have sent a secret in the wrong place. */
  private static String recorded(ApiException refusal) {
    return refusal.code() == UNKNOWN_ENUM ? "Unable to parse enum" : refusal.description();
  }

  private static @Nullable CustomerId customer(Call call) {
    return call.parameters().stream()
        .findFirst()
        .flatMap(Guid::parse)
        .map(CustomerId::new)
        .orElse(null);
  }

  /** What names no account is not kept: it could be anything, a secret too. */
  private static @Nullable String subject(Call call, Operation operation) {
    boolean isBehindRole =
        operation == Operation.REMOVE_ROLE_MEMBER && call.parameters().size() > MEMBER;
    int place = isBehindRole ? MEMBER : USER;
    boolean isOnRole = operation == Operation.ADD_ROLE_MEMBER;
    if (isOnRole || call.parameters().size() <= place) {
      return null;
    }
    String named = call.parameter(place);
    return named.indexOf('@') >= 0 || Guid.parse(named).isPresent() ? named : null;
  }
}
