package dev.vidame.server.bulk;

import dev.vidame.bulk.Outcome;
import dev.vidame.bulk.Outcome.Why;
import dev.vidame.bulk.Reading;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.users.Problem;
import dev.vidame.server.http.ApiErrors;
import java.time.Duration;
import java.util.List;

/**
 * What the directory's refusals mean for a run. Their causes are English, as journals have them.
 */
final class RunRefusals {
  private static final System.Logger LOG = System.getLogger(RunRefusals.class.getName());
  private static final String NAME = "userPrincipalName";

  private RunRefusals() {}

  static Outcome outcome(DirectoryException e) {
    return switch (e.failure()) {
      case Failure.UserNotFound ignored ->
          new Outcome.Refused(Why.GONE, null, "There is no such account any more.");
      case Failure.VersionMismatch mismatch ->
          new Outcome.Refused(Why.VERSION_MOVED, null, moved(mismatch.changedFields()));
      case Failure.Conflict(String property) ->
          new Outcome.Refused(
              property.equals(NAME) ? Why.NAME_TAKEN : Why.RULE,
              property,
              "Another account has the same value already.");
      case Failure.Invalid invalid -> {
        Problem first = invalid.problems().getFirst();
        yield new Outcome.Refused(Why.RULE, first.property(), ApiErrors.text(first).toString());
      }
      case Failure.RightTooNarrow ignored ->
          new Outcome.Refused(
              Why.RULE, null, "The agent's roles do not suffice for this change of this account.");
      case Failure.NoRelationship ignored -> gone();
      case Failure.TenantGone ignored -> gone();
      case Failure.Overloaded(Duration wait) ->
          new Outcome.Later(ApiErrors.inWords(e.failure()), wait, true, false);
      case Failure.StoreUnavailable ignored -> {
        LOG.log(System.Logger.Level.ERROR, "A row of a run could not be stored", e);
        yield new Outcome.Later(ApiErrors.inWords(e.failure()), null, false, true);
      }
      default -> new Outcome.Refused(Why.RULE, null, ApiErrors.inWords(e.failure()));
    };
  }

  private static Outcome gone() {
    return new Outcome.SignedOut("The customer is none of the partner's any more.");
  }

  private static String moved(List<String> fields) {
    return fields.isEmpty()
        ? "The account was changed since the plan."
        : "The account was changed since the plan: " + String.join(", ", fields) + ".";
  }

  static Reading reading(DirectoryException e) {
    return switch (e.failure()) {
      case Failure.UserNotFound ignored -> new Reading.Absent();
      case Failure.Overloaded(Duration wait) ->
          new Reading.Later(ApiErrors.inWords(e.failure()), wait, true);
      case Failure.StoreUnavailable ignored ->
          new Reading.Later(ApiErrors.inWords(e.failure()), null, false);
      default -> new Reading.Refused(ApiErrors.inWords(e.failure()));
    };
  }
}
