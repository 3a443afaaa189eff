package dev.vidame.bulk;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of a run, many at once and in constant memory, and keeps how each ended. {@link
 * #stop} may be called by any thread, {@link #run} once.
 */
final class Runner {
  private final RunOptions options;
  private final Gate gate;
  private final RowWork work;
  private final Tally tally = new Tally();
  private final BulkProgress progress;
  private final String name;
  private final AtomicReference<@Nullable RuntimeException> defect = new AtomicReference<>();
  private final AtomicLong failures = new AtomicLong();
  private volatile long total;

  Runner(
      BulkAccounts accounts,
      RunOptions options,
      LongSupplier nanos,
      BulkProgress progress,
      String name) {
    this.options = options;
    this.gate = new Gate(options.limits(), nanos);
    this.work = new RowWork(accounts, gate);
    this.progress = progress;
    this.name = name;
  }

  /** Sends nothing new; what is under way ends first. */
  void stop() {
    gate.stop(StopReason.INTERRUPTED, "");
  }

  /** Opens the run's journal; rows that ended before are counted at once. */
  interface Opening {
    RunJournal open(Consumer<Entry> listener);
  }

  /** Runs. The steps and the journal are closed at the end. */
  RunResult run(Step.Steps steps, Opening opening) {
    total = steps.total();
    try (steps;
        RunJournal journal = opening.open(this::ended)) {
      // More than the gate lets out, so that rows which wait for another try hold up no others.
      Semaphore open = new Semaphore(options.concurrency() * 4);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        dispatch(steps, journal, open, threads);
      }
      IOException failure = journal.failure();
      if (failure != null) {
        gate.stop(StopReason.FILES, String.valueOf(failure.getMessage()));
      }
    }
    RuntimeException problem = defect.get();
    if (problem != null) {
      throw problem;
    }
    progress.at(name, tally.ended(), total);
    boolean isComplete = tally.ended() == total;
    return new RunResult(
        total, tally.counts(), isComplete ? null : gate.stopped(), isComplete ? "" : gate.cause());
  }

  private void dispatch(
      Step.Steps steps, RunJournal journal, Semaphore open, ExecutorService threads) {
    long ordinal = 0;
    for (Step step = steps.next(journal::hasEnded);
        step != null && gate.stopped() == null;
        step = steps.next(journal::hasEnded)) {
      ordinal++;
      switch (step) {
        case Step.Past _ -> {}
        case Step.Nothing(Entry entry) -> end(entry, journal);
        case Step.Send send -> {
          journal.announce(ordinal);
          open.acquireUninterruptibly();
          boolean mayHaveBeenSent = journal.mayHaveBeenSent(ordinal);
          threads.execute(() -> work(send, mayHaveBeenSent, journal, open));
        }
      }
      if (journal.failure() != null) {
        gate.stop(StopReason.FILES, String.valueOf(journal.failure()));
      }
    }
  }

  private void work(Step.Send step, boolean mayHaveBeenSent, RunJournal journal, Semaphore open) {
    try {
      Entry entry = work.work(step, mayHaveBeenSent);
      if (entry != null) {
        end(entry, journal);
      }
    } catch (RuntimeException e) {
      // The top of a thread: the run ends, and its caller gets it.
      defect.compareAndSet(null, e);
      gate.stop(StopReason.FILES, String.valueOf(e));
    } finally {
      open.release();
    }
  }

  /**
   * Counts a failure at once and not when it is kept: the disk may take longer than a thousand
   * rows.
   */
  private void end(Entry entry, RunJournal journal) {
    if (entry.result().isFailure()
        && failures.incrementAndGet() >= options.mostFailures()
        && options.mostFailures() > 0) {
      gate.stop(StopReason.TOO_MANY_FAILURES, "So many rows failed that the rest was left alone.");
    }
    journal.end(entry);
  }

  /** Called by the journal, by one thread at a time. */
  private void ended(Entry entry) {
    tally.add(entry.result());
    progress.at(name, tally.ended(), total);
  }
}
