package dev.vidame.bulk;

import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies a plan, or goes on where an earlier application ended. {@link #stop} may be called by any
 * thread, the rest by one, once.
 */
public final class Applying {
  private final Plan plan;
  private final Runner runner;

  /**
   * Prepares.
   *
   * @param nanos the time in nanoseconds from whenever
   * @throws BulkException when the plan is for other accounts
   */
  @SuppressWarnings("TooManyParameters") // what, where, how, and the surroundings, once
  public Applying(
      Plan plan,
      BulkAccounts accounts,
      RunOptions options,
      LongSupplier nanos,
      BulkProgress progress) {
    plan.requireFor(accounts);
    this.plan = plan;
    this.runner = new Runner(accounts, options, nanos, progress, "applying");
  }

  /** Sends nothing new; what is under way ends first. */
  public void stop() {
    runner.stop();
  }

  /**
   * Applies from the first row on.
   *
   * @throws BulkException when the plan was applied before, whole or in part
   */
  public RunResult apply() {
    try (RunLock lock = RunLock.take(plan.files())) {
      return lock.run(
          runner,
          new PlanSteps(plan),
          listener -> RunJournal.begin(plan.files().run(), head(plan), listener));
    }
  }

  /**
   * Goes on with the rows that have not ended.
   *
   * @throws BulkException when nothing of the plan was applied, another run of it is under way, or
   *     its undoing has begun
   */
  public RunResult resume() {
    try (RunLock lock = RunLock.take(plan.files())) {
      if (Files.exists(plan.files().undo())) {
        throw BulkException.file(
            plan.files().undo() + " is there: what was applied is being undone, or has been.");
      }
      return lock.run(
          runner,
          new PlanSteps(plan),
          listener -> RunJournal.resume(plan.files().run(), head(plan), listener));
    }
  }

  static RunLine.Head head(Plan plan) {
    return new RunLine.Head(RunLine.Kind.APPLY, plan.digest());
  }

  /** The plan's rows as they are sent. */
  private static final class PlanSteps implements Step.Steps {
    private final Plan plan;
    private final Plan.Rows rows;
    private final Passwords passwords;

    PlanSteps(Plan plan) {
      this.plan = plan;
      this.rows = plan.rows();
      this.passwords = new Passwords(plan);
    }

    @Override
    public @Nullable Step next(LongPredicate hasEnded) {
      PlanRow row = rows.next();
      if (row == null) {
        return null;
      }
      if (hasEnded.test(row.row())) {
        return new Step.Past(row.row());
      }
      Change change =
          new Change(
              row.operation(),
              row.id(),
              row.requestId(),
              row.version(),
              row.after(),
              passwords.of(row));
      boolean isDeleted = row.operation() == Operation.RESTORE;
      return new Step.Send(row.row(), change, before(row), isDeleted, null);
    }

    private static Map<Field, String> before(PlanRow row) {
      Map<Field, String> before = new EnumMap<>(Field.class);
      row.after().keySet().forEach(field -> before.put(field, ""));
      before.putAll(row.before());
      return before;
    }

    @Override
    public long total() {
      return plan.counts().total();
    }

    @Override
    public void close() {
      rows.close();
      passwords.close();
    }
  }
}
