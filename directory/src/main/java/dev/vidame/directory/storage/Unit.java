package dev.vidame.directory.storage;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.OnBehalf;
import dev.vidame.directory.storage.Transactions.Work;
import dev.vidame.directory.storage.UnsentChanges.UnsentChangeException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One caller's work among others in a transaction, and the answer that it waits for. Only waiting
 * is for another thread than the one that runs it.
 */
final class Unit<R> {
  /** How often others may be faster before it is a fault. */
  private static final int MOST_OVERTAKEN = 3;

  private final Work<R> work;
  private final Optional<UUID> onBehalfOf = OnBehalf.partner();
  private final CompletableFuture<R> answer = new CompletableFuture<>();
  private Session.@Nullable Hooks hooks;
  private @Nullable R result;
  private @Nullable Throwable refusal;
  private int overtaken;

  Unit(Work<R> work) {
    this.work = work;
  }

  /** Runs so that a refusal takes back only what this unit wrote. */
  void runInSavepoint(Session session) throws SQLException {
    session.execute("savepoint unit");
    try {
      result = work.run(session);
      session.execute("release unit");
      hooks = session.takeHooks();
    } catch (SQLException e) {
      session.forgetStatements(e);
      takeBack(session, new DirectoryException(new Failure.StoreUnavailable(), e));
    } catch (RuntimeException | Error e) {
      takeBack(session, e);
    }
  }

  private void takeBack(Session session, Throwable why) throws SQLException {
    refusal = why;
    session.takeHooks().rolledBack();
    session.execute("rollback to unit");
    session.execute("release unit");
  }

  /**
   * Runs, also again in another transaction.
   *
   * @return whether the transaction can go on; if not, it has to be taken back, and this unit has
   *     had its answer
   * @throws SQLException when all in the transaction have to be tried again
   */
  boolean run(Session session) throws SQLException {
    refusal = null;
    result = null;
    session.takeHasWritten();
    session.isOnBehalfOf(onBehalfOf);
    try {
      result = work.run(session);
      hooks = session.takeHooks();
      return true;
    } catch (SQLException e) {
      session.takeHooks().rolledBack();
      if (e instanceof UnsentChangeException // perhaps another unit's
          || Retries.passes(e)
          || Retries.isLocked(e)
          || (Retries.isOvertaken(e) && ++overtaken < MOST_OVERTAKEN)) {
        throw e;
      }
      refusal = new DirectoryException(new Failure.StoreUnavailable(), e);
      return false;
    } catch (RuntimeException | Error e) {
      session.takeHooks().rolledBack();
      refusal = e;
      return !session.takeHasWritten();
    }
  }

  /** To be called when the work is on disk. */
  void committed() {
    if (hooks != null) {
      hooks.committed();
    }
  }

  /** To be called when the work turns out not to have happened. */
  void rollBack() {
    if (hooks != null) {
      hooks.rolledBack();
      hooks = null;
    }
  }

  /** Wakes the caller with what came of it. */
  @SuppressWarnings("NullAway") // the work ran, so the result is what it returned
  void complete() {
    if (refusal != null) {
      answer.completeExceptionally(refusal);
    } else {
      answer.complete(result);
    }
  }

  /** Wakes the caller with its own refusal, if it has one, or else with what failed for all. */
  void fail(Throwable cause) {
    answer.completeExceptionally(refusal != null ? refusal : cause);
  }

  /** Waits for the result, or throws what the work threw. */
  R await() {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new DirectoryException(new Failure.StoreUnavailable(), e.getCause());
    }
  }
}
