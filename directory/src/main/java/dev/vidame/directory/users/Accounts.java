package dev.vidame.directory.users;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.journal.Replays;
import dev.vidame.directory.storage.Asked;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds accounts within a transaction, as they are and as they were, for all that is done to them.
 * Thread-safe; what speaks of requests is for the writing side only.
 */
public final class Accounts {
  private final Journal journal;
  private final Replays replays;
  private final Duration retention;
  private final Clock clock;

  /**
   * Accounts of a store.
   *
   * @param retention how long a deleted account can be restored
   */
  public Accounts(Journal journal, Replays replays, Duration retention, Clock clock) {
    this.journal = journal;
    this.replays = replays;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * The account, also when it is deleted. One whose time to be restored is over is gone, whether
   * the purge has come by or not.
   *
   * @throws dev.vidame.directory.DirectoryException when there is none
   */
  public User existing(Session session, CustomerId customer, UserRef ref) throws SQLException {
    return existing(UserTable.ask(session, customer, ref));
  }

  /** As {@link #existing(Session, CustomerId, UserRef)}, asked before. */
  User existing(Asked<User> asked) throws SQLException {
    return found(asked).orElseThrow(() -> new Failure.UserNotFound().asException());
  }

  /** As {@link #existing(Session, CustomerId, UserRef)}, but empty where there is none. */
  Optional<User> find(Session session, CustomerId customer, UserRef ref) throws SQLException {
    return found(UserTable.ask(session, customer, ref));
  }

  private Optional<User> found(Asked<User> asked) throws SQLException {
    return asked.answer().filter(user -> !isOver(user));
  }

  private boolean isOver(User user) {
    Instant deletedAt = user.deletedAt();
    return deletedAt != null && !clock.instant().isBefore(deletedAt.plus(retention));
  }

  /** What was deleted then or before can no longer be restored. */
  Instant endOfRetention() {
    return clock.instant().minus(retention);
  }

  /** The account as it was right after a point of the customer's journal. */
  static Optional<User> asOf(Session session, CustomerId customer, UserId id, long seq)
      throws SQLException {
    Optional<User> today = UserTable.find(session, customer, new UserRef.ById(id));
    if (today.isEmpty() || today.get().version() <= seq) {
      return today;
    }
    UserDraft draft = new UserDraft(today.get());
    List<Entry> later = Journal.changesSince(session, customer, id.value(), seq);
    if (later.stream().anyMatch(entry -> entry.operation() == Operation.CREATE_USER)) {
      return Optional.empty();
    }
    later.forEach(entry -> draft.takeBack(entry.changes()));
    return Optional.of(draft.toUser(seq));
  }

  /**
   * Whether this very request succeeded before.
   *
   * @throws dev.vidame.directory.DirectoryException when its id was used with another body
   */
  public boolean isReplay(Session session, ChangeRequest request) throws SQLException {
    return replays.find(session, request).isPresent();
  }

  /**
   * The account as it was right after this very request, where that succeeded before.
   *
   * @throws dev.vidame.directory.DirectoryException also when the account has been purged since
   */
  public Optional<User> replayed(Session session, ChangeRequest request) throws SQLException {
    Optional<Replays.Replay> earlier = replays.find(session, request);
    if (earlier.isEmpty()) {
      return Optional.empty();
    }
    Replays.Replay replay = earlier.get();
    User then =
        asOf(session, replay.customer(), new UserId(replay.subject()), replay.seq())
            .orElseThrow(() -> new Failure.UserNotFound().asException());
    return Optional.of(then);
  }

  /** Where the journal ended right after this very request, where that succeeded before. */
  Optional<Long> replayedSeq(Session session, ChangeRequest request) throws SQLException {
    return replays.find(session, request).map(Replays.Replay::seq);
  }

  /** Remembers a request about the account that succeeded without changing anything. */
  public void rememberUnchanged(Session session, User account, ChangeRequest request)
      throws SQLException {
    long seq = journal.lastSeq(session, account.customer());
    replays.rememberUnchanged(
        session, request, new Replays.Replay(account.customer(), account.id().value(), seq));
  }
}
