package dev.vidame.bulk;

import dev.vidame.bulk.Outcome.Why;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends a row's change until it is known how that ended. Thread-safe. */
final class RowWork {
  /*
   * Why a row is changed once, however often it is sent:
   *
   * Each row has one request id for ever, and its request is the same to the byte each time. The
   * service keeps the ids of changes for a day and answers a repetition with the first answer, so
   * within the day the second sending changes nothing and tells what the first one did.
   *
   * Later, or at a service that keeps no ids, the version guards: a change that was made has moved
   * the account's version, so the second sending is refused. Then the account is read. If the row
   * may have been sent before and the account is as the row wants it, the row has ended (FOUND). If
   * the row was surely never sent, somebody else changed the account (STALE). What is left is a row
   * that may have been sent and an account that is not as wanted: somebody else changed it, before
   * or after us, and nothing tells which. That is said (IN_DOUBT), and nothing is sent again.
   *
   * A creation has no version but a name, which belongs to one account only: the second one is
   * refused because the name is taken, and the account of that name is compared. A deletion leaves
   * nothing to compare but that the account is deleted or gone, which is what the row wants. A
   * password cannot be read, so a row that sets one is never FOUND, but for a creation.
   *
   * Any other refusal of a row that may have been sent says nothing about the first sending, either:
   * a right may have been taken away in between. It is believed where the account is still in the
   * version of the plan, and settled by reading otherwise.
   */
  private static final int MOST_TRIES = 200;

  private final BulkAccounts accounts;
  private final Gate gate;
  private final Asking asking;

  RowWork(BulkAccounts accounts, Gate gate) {
    this.accounts = accounts;
    this.gate = gate;
    this.asking = new Asking(accounts, gate);
  }

  /**
   * Works on a row.
   *
   * @param maySentBefore whether an earlier run may have sent it
   * @return how it ended, or null where the gate was shut before that was known
   */
  @Nullable Entry work(Step.Send step, boolean maySentBefore) {
    boolean isInDoubt = maySentBefore;
    for (int tries = 0; ; tries++) {
      Change change = step.change();
      if (change.version() == null && change.id() != null) {
        Found found = compare(step, isInDoubt);
        if (found.change() == null) {
          return found.entry();
        }
        change = found.change();
      }
      long since = gate.enter();
      if (since == Gate.SHUT) {
        return null;
      }
      Outcome outcome;
      try {
        outcome = accounts.change(change);
      } finally {
        gate.leave();
      }
      if (tries == MOST_TRIES) {
        gate.stop(StopReason.UNREACHABLE, "A row got no answer that says what is so: " + outcome);
      }
      switch (outcome) {
        case Outcome.Done done -> {
          gate.answered();
          return ended(step, done);
        }
        case Outcome.Refused refused -> {
          gate.answered();
          return isInDoubt ? settle(step, refused) : refused(step, refused);
        }
        case Outcome.Later later -> {
          isInDoubt |= later.isInDoubt();
          Asking.hold(gate, since, tries, later);
        }
        case Outcome.SignedOut out -> gate.stop(StopReason.SIGNED_OUT, out.cause());
      }
    }
  }

  private static Entry ended(Step.Send step, Outcome.Done done) {
    boolean isNew = step.change().operation() == Operation.CREATE;
    Step.Rest rest = step.rest();
    return new Entry(
        step.row(),
        rest == null ? Result.CHANGED : Result.PARTLY,
        isNew ? done.id() : null,
        done.version(),
        rest == null ? null : rest.field(),
        rest == null ? null : rest.cause());
  }

  private static Entry refused(Step.Send step, Outcome.Refused refused) {
    Result result =
        switch (refused.why()) {
          case RULE -> Result.REFUSED;
          case VERSION_MOVED -> Result.STALE;
          case GONE -> Result.GONE;
          case NAME_TAKEN -> Result.NAME_TAKEN;
        };
    return Entry.failure(step.row(), result, refused.field(), refused.cause());
  }

  /**
   * What a reading found.
   *
   * @param change what may be sent, or null
   * @param entry how the row ended otherwise; null where nobody could be asked
   */
  private record Found(@Nullable Change change, @Nullable Entry entry) {}

  /** Stands in for a version where the service told none. */
  private Found compare(Step.Send step, boolean isInDoubt) {
    Reading reading = asking.read(key(step));
    if (reading == null) {
      return new Found(null, null);
    }
    if (!(reading instanceof Reading.Found(Account account))) {
      return new Found(null, withoutAccount(step, reading, isInDoubt));
    }
    if (account.isDeleted() == step.wasDeleted() && account.has(step.before())) {
      return new Found(step.change().in(account.version()), null);
    }
    if (isInDoubt) {
      return new Found(null, settled(step, account));
    }
    return new Found(
        null,
        Entry.failure(
            step.row(),
            Result.STALE,
            null,
            "The account was changed: " + difference(step, account)));
  }

  private static String difference(Step.Send step, Account account) {
    if (account.isDeleted() != step.wasDeleted()) {
      return account.isDeleted() ? "it is deleted." : "it is not deleted any more.";
    }
    return step.before().entrySet().stream()
            .filter(each -> !account.has(Map.ofEntries(each)))
            .map(each -> each.getKey().wireName())
            .collect(Collectors.joining(", "))
        + ".";
  }

  private static Entry withoutAccount(Step.Send step, Reading reading, boolean isInDoubt) {
    if (reading instanceof Reading.Refused(String cause)) {
      Result result = isInDoubt ? Result.IN_DOUBT : Result.REFUSED;
      return Entry.failure(step.row(), result, null, cause);
    }
    return isInDoubt && step.change().operation() == Operation.DELETE
        ? new Entry(step.row(), Result.FOUND, null, null, null, null)
        : Entry.failure(step.row(), Result.GONE, null, "There is no such account any more.");
  }

  private static AccountKey key(Step.Send step) {
    Change change = step.change();
    return change.id() == null
        ? new AccountKey.ByName(change.fields().getOrDefault(Field.USER_PRINCIPAL_NAME, ""))
        : new AccountKey.ById(change.id());
  }

  /** Finds out by reading what became of a sending whose answer was lost. */
  private @Nullable Entry settle(Step.Send step, Outcome.Refused refused) {
    Reading reading = asking.read(key(step));
    return switch (reading) {
      case null -> null;
      case Reading.Found(Account account) ->
          isAsPlanned(step, account) ? refused(step, refused) : settled(step, account);
      case Reading.Absent _ when step.change().operation() == Operation.CREATE ->
          refused.why() == Why.NAME_TAKEN ? doubt(step, null) : refused(step, refused);
      default -> withoutAccount(step, reading, true);
    };
  }

  /** An account that is still in the version of the plan was not changed by anybody. */
  private static boolean isAsPlanned(Step.Send step, Account account) {
    String version = step.change().version();
    return version != null && version.equals(account.version());
  }

  private static Entry settled(Step.Send step, Account account) {
    Change change = step.change();
    boolean isAsWanted =
        switch (change.operation()) {
          case DELETE -> account.isDeleted();
          case RESTORE -> !account.isDeleted();
          case UPDATE ->
              change.password() == null && !account.isDeleted() && account.has(change.fields());
          // Whoever made it, its password may be another one; but a name is given once.
          case CREATE -> !account.isDeleted() && account.has(change.fields());
          case RESET_PASSWORD -> false;
        };
    if (!isAsWanted) {
      return doubt(step, account.version());
    }
    boolean isNew = change.operation() == Operation.CREATE;
    Step.Rest rest = step.rest();
    return new Entry(
        step.row(),
        rest == null ? Result.FOUND : Result.PARTLY,
        isNew ? account.id() : null,
        account.version(),
        rest == null ? null : rest.field(),
        rest == null ? null : rest.cause());
  }

  private static Entry doubt(Step.Send step, @Nullable String version) {
    String now = version == null ? "" : " It is in version " + version + " now.";
    return Entry.failure(
        step.row(),
        Result.IN_DOUBT,
        null,
        "The row may have been sent and its answer lost, and somebody else changed the account before"
            + " or since. Look at the account."
            + now);
  }
}
