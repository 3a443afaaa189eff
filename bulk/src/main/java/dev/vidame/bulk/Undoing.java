package dev.vidame.bulk;

import dev.vidame.wire.UserId;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what a run changed, latest first, or goes on with that. What others changed since is left
 * alone. {@link #stop} may be called by any thread, the rest by one, once.
 */
public final class Undoing {
  private final Plan plan;
  private final Runner runner;

  /**
   * Prepares.
   *
   * @param nanos the time in nanoseconds from whenever
   * @throws BulkException when the plan is for other accounts
   */
  @SuppressWarnings("TooManyParameters") // what, where, how, and the surroundings, once
  public Undoing(
      Plan plan,
      BulkAccounts accounts,
      RunOptions options,
      LongSupplier nanos,
      BulkProgress progress) {
    plan.requireFor(accounts);
    this.plan = plan;
    this.runner = new Runner(accounts, options, nanos, progress, "undoing");
  }

  /** Sends nothing new; what is under way ends first. */
  public void stop() {
    runner.stop();
  }

  /**
   * Undoes the run of the plan, or goes on with its undoing where that has begun.
   *
   * @throws BulkException when nothing was applied, or a run of the plan is under way
   */
  public RunResult undo() {
    RunFiles files = plan.files();
    RunLine.Head head = new RunLine.Head(RunLine.Kind.UNDO, plan.digest());
    try (RunLock lock = RunLock.take(files)) {
      return lock.run(
          runner,
          new UndoSteps(plan),
          listener ->
              Files.exists(files.undo())
                  ? RunJournal.resume(files.undo(), head, listener)
                  : RunJournal.begin(files.undo(), head, listener));
    }
  }

  /** The run's rows, the one that ended last first. */
  private static final class UndoSteps implements Step.Steps {
    private final UUID plan;
    private final PlanIndex index;
    private final PlanIndex.LineFile run;
    private final LongList offsets = new LongList();
    private int next;

    UndoSteps(Plan plan) {
      this.plan = plan.header().id();
      RunLog.read(
          plan.files().run(),
          Applying.head(plan),
          (offset, line) -> {
            if (line instanceof RunLine.Ended(Entry entry) && concerns(entry)) {
              offsets.add(offset);
            }
          });
      next = offsets.size();
      index = new PlanIndex(plan);
      run = new PlanIndex.LineFile(plan.files().run());
    }

    private static boolean concerns(Entry entry) {
      return entry.result().isChange() || entry.result() == Result.IN_DOUBT;
    }

    @Override
    public @Nullable Step next(LongPredicate hasEnded) {
      if (next == 0) {
        return null;
      }
      next--;
      RunLine line = RunLine.of(run.line(offsets.get(next))).orElseThrow();
      if (!(line instanceof RunLine.Ended(Entry entry))) {
        throw new IllegalStateException("The journal was changed while it was read");
      }
      return hasEnded.test(entry.row())
          ? new Step.Past(entry.row())
          : step(index.row(entry.row()), entry);
    }

    private Step step(PlanRow row, Entry entry) {
      if (entry.result() == Result.IN_DOUBT) {
        return kept(row, "Nobody knows whether the run changed it, so it was left alone.");
      }
      return switch (row.operation()) {
        case UPDATE -> update(row, entry);
        case CREATE -> send(row, entry, Operation.DELETE, Map.of(), null);
        case RESTORE -> send(row, entry, Operation.DELETE, Map.of(), null);
        case DELETE -> send(row, entry, Operation.RESTORE, Map.of(), null);
        case RESET_PASSWORD -> kept(row, "A password that was replaced cannot be brought back.");
      };
    }

    private static Step kept(PlanRow row, String cause) {
      return new Step.Nothing(Entry.failure(row.row(), Result.KEPT, null, cause));
    }

    private Step update(PlanRow row, Entry entry) {
      Map<Field, String> back = new EnumMap<>(Field.class);
      row.after().keySet().forEach(field -> back.put(field, row.before().getOrDefault(field, "")));
      String stays =
          back.entrySet().stream()
              .filter(each -> each.getValue().isEmpty() && !each.getKey().isClearable())
              .map(each -> each.getKey().wireName())
              .collect(Collectors.joining(", "));
      back.entrySet().removeIf(each -> each.getValue().isEmpty() && !each.getKey().isClearable());
      Step.Rest rest = null;
      if (!stays.isEmpty()) {
        rest = new Step.Rest(stays, "It was empty before, and the service does not empty it.");
      } else if (row.password().isThere()) {
        rest = new Step.Rest(null, "A password that was replaced cannot be brought back.");
      }
      return back.isEmpty() && rest != null
          ? new Step.Nothing(Entry.failure(row.row(), Result.KEPT, rest.field(), rest.cause()))
          : send(row, entry, Operation.UPDATE, back, rest);
    }

    private Step send(
        PlanRow row,
        Entry entry,
        Operation operation,
        Map<Field, String> fields,
        Step.@Nullable Rest rest) {
      UserId id = row.id() == null ? entry.id() : row.id();
      Change change =
          new Change(
              operation,
              id,
              Digests.requestId(plan, "undo", row.row()),
              entry.version(),
              fields,
              null);
      return new Step.Send(row.row(), change, row.after(), operation == Operation.RESTORE, rest);
    }

    @Override
    public long total() {
      return offsets.size();
    }

    @Override
    public void close() {
      index.close();
      run.close();
    }
  }
}
