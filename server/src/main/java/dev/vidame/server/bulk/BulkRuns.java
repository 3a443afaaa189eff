package dev.vidame.server.bulk;

import dev.vidame.bulk.Applying;
import dev.vidame.bulk.BulkAccounts;
import dev.vidame.bulk.BulkException;
import dev.vidame.bulk.Planning;
import dev.vidame.bulk.Problem;
import dev.vidame.bulk.RunOptions;
import dev.vidame.bulk.RunResult;
import dev.vidame.bulk.StopReason;
import dev.vidame.bulk.Undoing;
import dev.vidame.server.bulk.RunInfo.Owner;
import dev.vidame.server.secrets.ContentSeal;
import dev.vidame.server.secrets.KeySealException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The runs of this server: files that agents have uploaded, what is planned from them, made, and
 * taken back. Tasks go on in threads of their own, whoever looks. A stop of the server, or a crash,
 * ends them between rows, and they can be gone on with. Thread-safe.
 */
public final class BulkRuns implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BulkRuns.class.getName());

  /** How many problems are told one by one. */
  private static final int MOST_PROBLEMS = 10_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PURGE_MINUTES = 60;
  private static final int STOP_SECONDS = 60;

  private final Options options;
  private final RunSeal seal;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<UUID, Job> jobs = new HashMap<>();
  private final ExecutorService threads;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("vidame-bulk-purge").factory());

  private boolean isClosed;

  /**
   * What can differ.
   *
   * @param folder where the files are; made when the first is uploaded
   * @param mostBytes how large an upload may be
   * @param ofAgent how many runs an agent may have at once, ended ones too
   * @param inAll how many there may be in all
   * @param kept for how long after the upload
   * @param concurrency how many rows of a run are under way at once
   */
  @SuppressWarnings("TooManyParameters") // one for each setting
  public record Options(
      Path folder, int mostBytes, int ofAgent, int inAll, Duration kept, int concurrency) {
    /** How many tasks go on at once; others wait for their turn. */
    static final int AT_ONCE = 2;
  }

  /** Why something is not done. */
  public enum Refusal {
    /** The agent has as many runs as an agent may have. */
    TOO_MANY_OF_AGENT,
    /** The server has as many as it may have. */
    TOO_MANY,
    /** Something is under way with the run. */
    UNDER_WAY,
    /** The run is not where this could be done. */
    NOT_NOW,
    /** The server stops. */
    STOPPING
  }

  private BulkRuns(Options options, ContentSeal seal, Clock clock) {
    this.options = options;
    this.seal = new RunSeal(seal);
    this.clock = clock;
    this.threads =
        Executors.newFixedThreadPool(
            Options.AT_ONCE, Thread.ofVirtual().name("bulk-run-", 0).factory());
  }

  /**
   * The runs in a folder.
   *
   * @param seal encrypts what may hold passwords
   */
  public static BulkRuns open(Options options, ContentSeal seal, Clock clock) {
    BulkRuns runs = new BulkRuns(options, seal, clock);
    runs.sealPlain();
    var _ =
        runs.schedule.scheduleWithFixedDelay(runs::purgeSafely, 1, PURGE_MINUTES, TimeUnit.MINUTES);
    return runs;
  }

  /** Encrypts what an earlier version has left as it was, before anybody can go on with it. */
  private void sealPlain() {
    try {
      for (RunFolder folder : RunFolder.all(options.folder(), seal)) {
        folder.sealPlain();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "Files of bulk runs could not be encrypted", e);
    }
  }

  /** How large an upload may be, in bytes. */
  public int mostBytes() {
    return options.mostBytes();
  }

  /** For how long runs are kept. */
  public Duration kept() {
    return options.kept();
  }

  /** The runs of an owner, the newest first. */
  public List<Run> of(Owner owner) {
    return all().stream()
        .filter(run -> run.info().owner().equals(owner))
        .sorted(Comparator.comparing((Run run) -> run.info().createdAt()).reversed())
        .toList();
  }

  /** A run; empty where the owner has none of this id. */
  public Optional<Run> find(Owner owner, UUID id) {
    RunFolder folder = new RunFolder(options.folder().resolve(id.toString()), seal);
    return folder
        .info()
        .filter(info -> info.owner().equals(owner) && info.id().equals(id))
        .map(info -> new Run(this, folder, info));
  }

  private List<Run> all() {
    try {
      List<Run> all = new ArrayList<>();
      for (RunFolder folder : RunFolder.all(options.folder(), seal)) {
        folder.info().ifPresent(info -> all.add(new Run(this, folder, info)));
      }
      return all;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private BulkException unusable(IOException e) {
    return new BulkException(
        BulkException.Kind.FILE, "The folder " + options.folder() + " cannot be used: " + e, e);
  }

  /**
   * Takes an upload. One that was taken before, under the same id by the same owner, is as it was.
   *
   * @return why not; empty where it was taken
   * @throws BulkException when it cannot be kept
   */
  public synchronized Optional<Refusal> take(RunInfo info, byte[] source) {
    purge();
    if (find(info.owner(), info.id()).isPresent()) {
      return Optional.empty();
    }
    List<Run> all = all();
    long ofAgent =
        all.stream().filter(run -> run.info().owner().agent().equals(info.owner().agent())).count();
    if (ofAgent >= options.ofAgent()) {
      return Optional.of(Refusal.TOO_MANY_OF_AGENT);
    }
    if (all.size() >= options.inAll()) {
      return Optional.of(Refusal.TOO_MANY);
    }
    try {
      var _ = RunFolder.create(options.folder(), seal, info, source);
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Removes what is older than runs are kept; what is under way stays. */
  synchronized void purge() {
    Instant end = clock.instant().minus(options.kept());
    try {
      RunFolder.deleteParts(options.folder());
      for (RunFolder folder : RunFolder.all(options.folder(), seal)) {
        Optional<RunInfo> info = folder.info();
        if (info.isEmpty() && folder.restingSince().isBefore(end)) {
          folder.delete(); // damaged, so that nobody can say what it was
        } else if (info.isPresent() && !info.get().createdAt().isAfter(end)) {
          var _ = remove(new Run(this, folder, info.get()));
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void purgeSafely() {
    try {
      purge();
    } catch (BulkException e) {
      LOG.log(System.Logger.Level.ERROR, "Old bulk runs could not be removed", e);
    }
  }

  synchronized Optional<Refusal> remove(Run run) {
    if (jobs.containsKey(run.info().id())) {
      return Optional.of(Refusal.UNDER_WAY);
    }
    try {
      run.folder().delete();
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  synchronized Optional<Job> job(UUID run) {
    return Optional.ofNullable(jobs.get(run));
  }

  /** Begins a task where the run is in a state for it; of two who ask at once, one begins it. */
  synchronized Optional<Refusal> begin(Run run, Task task, BulkAccounts accounts) {
    UUID id = run.info().id();
    if (isClosed) {
      return Optional.of(Refusal.STOPPING);
    }
    if (jobs.containsKey(id)) {
      return Optional.of(Refusal.UNDER_WAY);
    }
    if (!fits(run.folder().state(), task)) {
      return Optional.of(Refusal.NOT_NOW);
    }
    Job job = new Job(task);
    jobs.put(id, job);
    threads.execute(() -> runSafely(run, job, accounts));
    return Optional.empty();
  }

  private static boolean fits(RunState state, Task task) {
    return switch (task) {
      case PLAN -> state == RunState.PLAN_STOPPED;
      case APPLY -> state == RunState.PLANNED || state == RunState.APPLY_STOPPED;
      case UNDO ->
          state == RunState.APPLIED
              || state == RunState.APPLY_STOPPED
              || state == RunState.UNDO_STOPPED;
    };
  }

  /** The top of a thread. */
  private void runSafely(Run run, Job job, BulkAccounts accounts) {
    try {
      run.folder().end(outcome(run, job, accounts));
    } catch (BulkException e) {
      endSafely(run, failed(run, job, e));
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The bulk run " + run.info().id() + " failed", e);
      endSafely(run, new Ended(job.task(), false, StopReason.FILES, ""));
    } finally {
      removeSpentSource(run);
      synchronized (this) {
        jobs.remove(run.info().id());
      }
    }
  }

  private static void removeSpentSource(Run run) {
    try {
      run.folder().removeSpentSource();
    } catch (BulkException | IOException e) {
      LOG.log(System.Logger.Level.WARNING, "An upload stays until its run is removed", e);
    }
  }

  private static void endSafely(Run run, Ended ended) {
    try {
      run.folder().end(ended);
    } catch (BulkException e) {
      LOG.log(System.Logger.Level.ERROR, "The end of a bulk run could not be kept", e);
    }
  }

  private static Ended failed(Run run, Job job, BulkException e) {
    if (e.kind() == BulkException.Kind.DATA && e.getCause() instanceof KeySealException) {
      LOG.log(System.Logger.Level.ERROR, "A file of the bulk run " + run.info().id(), e);
    }
    if (e.kind() == BulkException.Kind.FILE) {
      LOG.log(System.Logger.Level.ERROR, "The bulk run " + run.info().id() + " failed", e);
      return new Ended(job.task(), false, StopReason.FILES, "");
    }
    StopReason stopped =
        switch (e.kind()) {
          case DATA -> job.task() == Task.PLAN ? null : StopReason.FILES;
          case FILE -> StopReason.FILES;
          case UNAVAILABLE -> StopReason.INTERRUPTED;
          case SIGNED_OUT -> StopReason.SIGNED_OUT;
        };
    return new Ended(
        job.task(), false, stopped, run.folder().withoutPlaces(String.valueOf(e.getMessage())));
  }

  private Ended outcome(Run run, Job job, BulkAccounts accounts) throws IOException {
    RunOptions how = new RunOptions(options.concurrency(), 0, 0, PATIENCE);
    return switch (job.task()) {
      case PLAN -> plan(run, job, accounts, how);
      case APPLY -> {
        Applying applying =
            new Applying(
                run.folder().plan(),
                accounts,
                how,
                System::nanoTime,
                (step, done, total) -> job.at(done, total));
        boolean isNew = run.folder().state() == RunState.PLANNED;
        yield !job.begin(applying::stop)
            ? run.folder().ended().orElseThrow()
            : ended(run, job, () -> isNew ? applying.apply() : applying.resume());
      }
      case UNDO -> {
        Undoing undoing =
            new Undoing(
                run.folder().plan(),
                accounts,
                how,
                System::nanoTime,
                (step, done, total) -> job.at(done, total));
        yield !job.begin(undoing::stop)
            ? run.folder().ended().orElseThrow()
            : ended(run, job, undoing::undo);
      }
    };
  }

  /** What changes accounts. */
  @FunctionalInterface
  private interface Changing {
    RunResult run();
  }

  private static Ended ended(Run run, Job job, Changing changing) {
    run.folder().end(Ended.notYet(job.task()));
    RunResult result = changing.run();
    return result.isComplete()
        ? Ended.completely(job.task())
        : new Ended(job.task(), false, result.stopped(), result.cause());
  }

  private Ended plan(Run run, Job job, BulkAccounts accounts, RunOptions how) throws IOException {
    Planning planning =
        new Planning(
            accounts,
            new Planning.Request(
                run.folder().options(run.info()), run.folder().files(), MOST_PROBLEMS, true, how),
            clock,
            random,
            (step, done, total) -> job.at(done, total));
    if (!job.begin(planning::stop)) {
      return Ended.notYet(Task.PLAN);
    }
    Planning.Summary summary = planning.plan(row -> {});
    run.folder()
        .keep(summary.problems().stream().sorted(Comparator.comparingLong(Problem::line)).toList());
    return Ended.completely(Task.PLAN);
  }

  /** Ends what is under way between two rows, and begins nothing any more. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      jobs.values().forEach(Job::stop);
    }
    schedule.shutdown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "A bulk run has not ended within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
