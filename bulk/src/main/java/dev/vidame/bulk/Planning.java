package dev.vidame.bulk;

import dev.vidame.bulk.PlanRow.Password;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Compares a source with the accounts as they are and writes down what would change. Changes
 * nothing. {@link #stop} may be called by any thread, the rest by one.
 */
public final class Planning {
  private final BulkAccounts accounts;
  private final Request request;
  private final Clock clock;
  private final RandomGenerator random;
  private final BulkProgress progress;
  private final Gate gate;
  private final Asking asking;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Operation, Long> changes = new EnumMap<>(Operation.class);
  private final SeenKeys ids = new SeenKeys();
  private final Comparison comparison;
  private final BitSet badRows = new BitSet();
  private @Nullable Map<String, Account> deletedByName;
  private long bad;
  private long unchanged;
  private boolean needsSeed;

  /**
   * What to plan.
   *
   * @param source from what
   * @param files where the plan goes
   * @param mostProblems how many problems are told one by one
   * @param leavesOutBadRows whether a plan is made of the good rows where others are not good
   * @param run how to ask the service
   */
  public record Request(
      SourceOptions source,
      RunFiles files,
      int mostProblems,
      boolean leavesOutBadRows,
      RunOptions run) {}

  /**
   * What came of it.
   *
   * @param counts how much there is in the plan, or would be
   * @param problems the first ones
   * @param isWritten whether there is a plan now
   */
  public record Summary(PlanCounts counts, List<Problem> problems, boolean isWritten) {}

  /**
   * Prepares.
   *
   * @param random must be fit for secrets
   */
  @SuppressWarnings("TooManyParameters") // whom to ask, what for, and the surroundings, once
  public Planning(
      BulkAccounts accounts,
      Request request,
      Clock clock,
      RandomGenerator random,
      BulkProgress progress) {
    this.accounts = accounts;
    this.request = request;
    this.clock = clock;
    this.random = random;
    this.progress = progress;
    this.gate = new Gate(request.run().limits(), System::nanoTime);
    this.asking = new Asking(accounts, gate);
    this.comparison = new Comparison(request.source(), this::problem);
  }

  /** Ends soon, without a plan. */
  public void stop() {
    gate.stop(StopReason.INTERRUPTED, "");
  }

  /**
   * Plans.
   *
   * @param each takes each change, in the order of the source
   * @throws BulkException when the source cannot be read, the service cannot be asked, or the
   *     plan's place is taken by one that was applied
   */
  public Summary plan(Consumer<PlanRow> each) {
    RunFiles files = request.files();
    if (Files.exists(files.run())) {
      throw BulkException.file(
          files.plan()
              + " was applied, and its run lies beside it. Give the new plan another name.");
    }
    Checked checked = check();
    if (bad > 0 && !request.leavesOutBadRows()) {
      return summary(false);
    }
    PlanHeader header =
        new PlanHeader(
            newId(),
            accounts.service(),
            accounts.customer(),
            request.source(),
            checked.digest(),
            clock.instant());
    try (PlanWriter writer = new PlanWriter(files, header)) {
      compareAll(
          header,
          checked.rows(),
          row -> {
            write(writer, row);
            each.accept(row);
          });
      boolean isGood = bad == 0 || request.leavesOutBadRows();
      if (isGood) {
        if (needsSeed) {
          Files.deleteIfExists(files.seed());
          PasswordSeed.create(files, random);
        }
        writer.finish(counts());
      }
      return summary(isGood);
    } catch (IOException e) {
      throw BulkException.unreadable(files.plan(), e);
    }
  }

  private Summary summary(boolean isWritten) {
    return new Summary(counts(), List.copyOf(problems), isWritten);
  }

  private PlanCounts counts() {
    return new PlanCounts(changes, unchanged, bad);
  }

  private UUID newId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes);
  }

  private void problem(Problem problem) {
    if (problems.size() < request.mostProblems()) {
      problems.add(problem);
    }
  }

  /** What is known of a source whose every row was looked at. */
  private record Checked(String digest, long rows) {}

  /** Looks at every row before anybody is asked anything. */
  private Checked check() {
    SeenKeys keys = new SeenKeys();
    SeenKeys names = new SeenKeys();
    try (Source source = Source.open(request.source(), request.files().seal())) {
      for (SourceRow.Item item = source.next(); item != null; item = source.next()) {
        switch (item) {
          case SourceRow.Item.Bad(List<Problem> found) -> {
            bad++;
            badRows.set((int) source.read());
            found.forEach(this::problem);
          }
          case SourceRow.Item.Good(SourceRow row) -> {
            if (isRepeated(row, keys, names)) {
              bad++;
              badRows.set((int) row.number());
            }
          }
        }
      }
      return new Checked(source.sha256(), source.read());
    }
  }

  private boolean isRepeated(SourceRow row, SeenKeys keys, SeenKeys names) {
    int before = keys.put(row.key().canonical(), row.line());
    if (before != 0) {
      problem(comparison.problem(row, null, "The account is in line " + before + " already."));
      return true;
    }
    String name = row.fields().getOrDefault(Field.USER_PRINCIPAL_NAME, "");
    int other = name.isEmpty() ? 0 : names.put(new AccountKey.ByName(name).canonical(), row.line());
    if (other != 0) {
      problem(
          comparison.problem(
              row, Field.USER_PRINCIPAL_NAME, "Line " + other + " gives the same name."));
      return true;
    }
    return false;
  }

  /** A row and what the service says of its account, which may still be on the way. */
  private record Asked(SourceRow row, Future<@Nullable Reading> reading) {}

  private void compareAll(PlanHeader header, long total, Consumer<PlanRow> writer) {
    ArrayDeque<Asked> window = new ArrayDeque<>();
    int widest = request.run().concurrency() * 4;
    long done = 0;
    try (Source source = Source.open(request.source(), request.files().seal());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SourceRow.Item item = source.next();
      while (item != null || !window.isEmpty()) {
        if (item == null || window.size() == widest) {
          add(header, window.removeFirst(), writer);
          progress.at("comparing", ++done, total - badRows.cardinality());
        } else {
          if (item instanceof SourceRow.Item.Good(SourceRow row) && !isBad(row)) {
            window.add(new Asked(row, threads.submit(() -> read(row))));
          }
          item = source.next();
        }
      }
      if (!source.sha256().equals(header.sourceDigest())) {
        throw BulkException.data(request.source().file() + " was changed while it was read.");
      }
    }
  }

  private boolean isBad(SourceRow row) {
    return badRows.get((int) row.number());
  }

  private @Nullable Reading read(SourceRow row) {
    if (row.operation() == Operation.RESTORE && row.key() instanceof AccountKey.ByName name) {
      Account account = deleted().get(name.canonical());
      return account == null ? asking.read(name) : asking.read(new AccountKey.ById(account.id()));
    }
    return asking.read(row.key());
  }

  /** Names find only accounts in use, so the deleted ones are listed, once. */
  private synchronized Map<String, Account> deleted() {
    Map<String, Account> known = deletedByName;
    if (known == null) {
      Map<String, Account> found = new HashMap<>();
      accounts.deleted(
          account -> found.put(new AccountKey.ByName(account.name()).canonical(), account));
      known = found;
      deletedByName = known;
    }
    return known;
  }

  private void write(PlanWriter writer, PlanRow row) {
    try {
      writer.add(row);
    } catch (IOException e) {
      throw BulkException.unreadable(request.files().plan(), e);
    }
  }

  private void add(PlanHeader header, Asked asked, Consumer<PlanRow> writer) {
    SourceRow row = asked.row();
    Reading reading = reading(asked);
    if (reading instanceof Reading.Found(Account account)) {
      UserId id = account.id();
      int before = ids.put(id.toString(), row.line());
      if (before != 0) {
        problem(comparison.problem(row, null, "The account is in line " + before + " already."));
        bad++;
        return;
      }
    }
    switch (comparison.compare(row, reading)) {
      case Comparison.Verdict.Bad _ -> bad++;
      case Comparison.Verdict.Same _ -> unchanged++;
      case Comparison.Verdict.Change change -> {
        PlanRow planned = planned(header, row, change);
        needsSeed |= planned.password().source() == Password.Source.GENERATED;
        changes.merge(row.operation(), 1L, Long::sum);
        writer.accept(planned);
      }
    }
  }

  private static PlanRow planned(
      PlanHeader header, SourceRow row, Comparison.Verdict.Change change) {
    Account account = change.account();
    return new PlanRow(
        row.number(),
        row.line(),
        Digests.requestId(header.id(), "apply", row.number()),
        row.operation(),
        account == null ? row.key().text() : account.name(),
        account == null ? null : account.id(),
        account == null ? null : account.version(),
        change.before(),
        change.after(),
        change.password());
  }

  private Reading reading(Asked asked) {
    try {
      Reading reading = asked.reading().get();
      if (reading != null) {
        return reading;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      gate.stop(StopReason.FILES, "");
      if (e.getCause() instanceof BulkException problem) {
        throw problem;
      }
      throw new IllegalStateException("An account could not be read", e.getCause());
    }
    throw new BulkException(
        gate.stopped() == StopReason.SIGNED_OUT
            ? BulkException.Kind.SIGNED_OUT
            : BulkException.Kind.UNAVAILABLE,
        gate.stopped() == StopReason.INTERRUPTED
            ? "The planning was interrupted; there is no plan."
            : "There is no plan, because the service cannot be asked: " + gate.cause());
  }
}
