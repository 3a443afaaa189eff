package dev.vidame.cli.bulk;

import dev.vidame.bulk.Outcome;
import dev.vidame.bulk.Outcome.Why;
import dev.vidame.bulk.Reading;
import dev.vidame.sdk.AccessDeniedException;
import dev.vidame.sdk.AuthenticationException;
import dev.vidame.sdk.ConflictException;
import dev.vidame.sdk.NameTakenException;
import dev.vidame.sdk.NotFoundException;
import dev.vidame.sdk.OutcomeUnknownException;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.ThrottledException;
import dev.vidame.sdk.VersionMismatchException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the SDK's exceptions mean for a run. */
final class Refusals {
  /** 409: this very request is still being worked on (wire-spec §7.3). */
  private static final int IN_FLIGHT = 990_003;

  /**
   * 403: a person must be signed in, or the customer is somebody else's: no row will fare better.
   */
  private static final List<Integer> FOR_ALL = List.of(2032, 20002);

  private static final int REQUEST_TIMEOUT = 408;
  private static final int UNAVAILABLE = 503;

  private Refusals() {}

  static Outcome outcome(PartnerException e) {
    if (isForAll(e)) {
      return new Outcome.SignedOut(cause(e));
    }
    return switch (e) {
      case OutcomeUnknownException _ -> later(e, true);
      case ThrottledException _ -> later(e, false);
      case VersionMismatchException _ ->
          new Outcome.Refused(
              Why.VERSION_MOVED, null, "The account was changed since the plan: " + cause(e));
      case NameTakenException _ -> new Outcome.Refused(Why.NAME_TAKEN, field(e), cause(e));
      case ConflictException _ when e.code() == IN_FLIGHT -> later(e, true);
      case NotFoundException _ -> new Outcome.Refused(Why.GONE, null, cause(e));
      default ->
          e.status() == 0 || e.status() == REQUEST_TIMEOUT
              ? later(e, false)
              : new Outcome.Refused(Why.RULE, field(e), cause(e));
    };
  }

  private static Outcome later(PartnerException e, boolean isInDoubt) {
    return new Outcome.Later(cause(e), e.retryAfter(), isThrottled(e), isInDoubt);
  }

  /** Where there is a time to come back, the service lives. */
  private static boolean isThrottled(PartnerException e) {
    return e instanceof ThrottledException || (e.status() == UNAVAILABLE && e.retryAfter() != null);
  }

  static Reading reading(PartnerException e) {
    if (isForAll(e)) {
      return new Reading.SignedOut(cause(e));
    }
    boolean isTransient =
        e instanceof ThrottledException
            || e.status() == 0
            || e.status() == REQUEST_TIMEOUT
            || e.status() >= 500;
    return isTransient
        ? new Reading.Later(cause(e), e.retryAfter(), isThrottled(e))
        : new Reading.Refused(cause(e));
  }

  private static boolean isForAll(PartnerException e) {
    return e instanceof AuthenticationException
        || (e instanceof AccessDeniedException && FOR_ALL.contains(e.code()));
  }

  private static String cause(PartnerException e) {
    List<String> more = e.data().stream().filter(text -> !e.description().contains(text)).toList();
    return more.isEmpty() ? e.description() : e.description() + " " + String.join("; ", more);
  }

  /** Details begin with the property that they are about. */
  private static @Nullable String field(PartnerException e) {
    if (e.data().isEmpty()) {
      return null;
    }
    String first = e.data().getFirst();
    int colon = first.indexOf(':');
    return colon > 0 && first.substring(0, colon).matches("[A-Za-z.]+")
        ? first.substring(0, colon)
        : null;
  }
}
