package dev.vidame.server.bulk;

import dev.vidame.bulk.BulkAccounts;
import dev.vidame.bulk.BulkException;
import dev.vidame.bulk.PasswordList;
import dev.vidame.bulk.PlanCounts;
import dev.vidame.bulk.PlanRow;
import dev.vidame.bulk.Problem;
import dev.vidame.bulk.RunReport;
import dev.vidame.bulk.RunReport.Failure;
import dev.vidame.bulk.RunResult;
import dev.vidame.bulk.StopReason;
import dev.vidame.server.bulk.BulkRuns.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A run: one upload and all that is done with it. Thread-safe. */
public final class Run {
  private final BulkRuns runs;
  private final RunFolder folder;
  private final RunInfo info;

  Run(BulkRuns runs, RunFolder folder, RunInfo info) {
    this.runs = runs;
    this.folder = folder;
    this.info = info;
  }

  RunFolder folder() {
    return folder;
  }

  /** What was uploaded. */
  public RunInfo info() {
    return info;
  }

  /**
   * How far it is.
   *
   * @param state where
   * @param progress how much of the task under way is done; nothing of it where none is
   * @param stopped why the last task ended before its end; empty where it did not
   * @param cause more about that, in English; may be empty
   */
  public record Now(
      RunState state, Progress progress, Optional<StopReason> stopped, String cause) {}

  /** How far it is. */
  public Now now() {
    Optional<Job> job = runs.job(info.id());
    if (job.isPresent()) {
      return new Now(job.get().task().underWay(), job.get().progress(), Optional.empty(), "");
    }
    Optional<Ended> ended = folder.ended();
    return new Now(
        folder.state(),
        new Progress(false, 0, 0),
        ended.flatMap(last -> Optional.ofNullable(last.stopped())),
        ended.map(Ended::cause).orElse(""));
  }

  /** Begins to plan, or begins anew where that was interrupted. */
  public Optional<Refusal> plan(BulkAccounts accounts) {
    return runs.begin(this, Task.PLAN, accounts);
  }

  /** Begins to apply the plan, or goes on with it. */
  public Optional<Refusal> apply(BulkAccounts accounts) {
    return runs.begin(this, Task.APPLY, accounts);
  }

  /** Begins to take back what was changed, or goes on with that. */
  public Optional<Refusal> undo(BulkAccounts accounts) {
    return runs.begin(this, Task.UNDO, accounts);
  }

  /** Ends what is under way, between two rows. */
  public void stop() {
    runs.job(info.id()).ifPresent(Job::stop);
  }

  /** Removes all its files, unless something is under way. */
  public Optional<Refusal> remove() {
    return runs.remove(this);
  }

  /** How much there is in its plan. */
  public PlanCounts counts() {
    return folder.plan().counts();
  }

  /** The first rows of its plan. */
  public List<PlanRow> rows(int most) {
    return folder.plan().first(most);
  }

  /** The first rows that were left out, with what is wrong with them. */
  public List<Problem> problems(int most) {
    return folder.problems(most);
  }

  /**
   * How its rows ended.
   *
   * @param isUndo whether about taking back
   * @param each takes each row that failed
   */
  public RunResult report(boolean isUndo, Consumer<Failure> each) {
    return new RunReport(folder.plan(), isUndo).read(each);
  }

  /**
   * The rows that failed as they were uploaded, each with its cause. Empty where none has failed
   * and the upload is not kept any more.
   *
   * @throws BulkException when the upload is not what it was
   */
  public Optional<byte[]> failedRows() {
    return folder.hasSource()
        ? Optional.of(new RunReport(folder.plan(), false).failedRows())
        : Optional.empty();
  }

  /** Whether passwords were made that nobody has taken yet, and no further ones will be. */
  public boolean hasPasswords() {
    RunState state = now().state();
    return (state == RunState.APPLIED || state == RunState.UNDONE)
        && new PasswordList(folder.plan()).isWanted();
  }

  /**
   * The passwords that were made, as CSV; nobody can have them again. Empty where there are none.
   */
  public Optional<byte[]> takePasswords() {
    synchronized (runs) {
      if (!hasPasswords()) {
        return Optional.empty();
      }
      return Optional.of(new PasswordList(folder.plan()).take());
    }
  }
}
