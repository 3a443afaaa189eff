package dev.vidame.directory.feed;

import dev.vidame.directory.Failure;
import dev.vidame.directory.MayLag;
import dev.vidame.directory.journal.ChainCheck;
import dev.vidame.directory.journal.CheckedChain;
import dev.vidame.directory.journal.CommitBells;
import dev.vidame.directory.journal.CommitBells.Bell;
import dev.vidame.directory.journal.CommitCounts;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.SealedEntry;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.LockedHeads.Head;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The changes of each customer, in order, without gaps and each once. Thread-safe.
 *
 * <p>A customer's rows are numbered in the order in which they are committed, so whoever has read
 * up to a row has missed nothing before it, and what comes is behind it. Always read from the store
 * itself: a copy that lags would not know the place that the reader has come to.
 */
public final class ChangeFeed implements AutoCloseable {
  private final Transactions transactions;
  private final CommitBells bells;
  private final CommitCounts counts;
  private final @Nullable OthersCommits others;
  private volatile boolean isClosed;

  /**
   * The feed over a store.
   *
   * @param bells ring for what is committed here
   * @param counts count what is committed here
   */
  public ChangeFeed(Transactions transactions, CommitBells bells, CommitCounts counts) {
    this.transactions = transactions;
    this.bells = bells;
    this.counts = counts;
    this.others =
        transactions.dialect() == Dialect.POSTGRESQL
            ? new OthersCommits(transactions, bells)
            : null;
  }

  /**
   * Some rows behind a place.
   *
   * @param rows in order, perhaps none
   * @param end the place behind them
   * @param hasMore whether there are more rows already
   */
  public record Slice(List<Row> rows, Place end, boolean hasMore) {
    /** Copies the rows. */
    public Slice {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A row and the hash before it, which its own hash covers.
   *
   * @param previousHash that of the row before; 32 bytes of zero before the first
   * @param row the row
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  public record Row(byte[] previousHash, SealedEntry row) {
    /** The place behind it. */
    public Place place() {
      return Place.behind(row.entry().seq(), row.hash());
    }

    /** Says which row it is. */
    @Override
    public String toString() {
      return row.toString();
    }
  }

  /**
   * A number that is another one after each change of the customer, before the change's caller
   * hears of it. What was read after the number is still so while the number is the same.
   *
   * @return empty where other processes may change the customer, too
   */
  public OptionalLong count(CustomerId customer) {
    return others == null ? OptionalLong.of(counts.of(customer)) : OptionalLong.empty();
  }

  /** Where a customer's journal ends now. */
  public Place end(CustomerId customer) {
    Head end =
        MayLag.excluding(() -> transactions.query(session -> Journal.end(session, customer)));
    return Place.behind(end.seq(), end.hash());
  }

  /**
   * The rows behind a place.
   *
   * @param limit how many at most
   * @throws dev.vidame.directory.DirectoryException when the journal does not have the place
   */
  public Slice read(CustomerId customer, Place place, int limit) {
    boolean isStart = place.seq() == 0;
    long before = isStart ? 0 : place.seq() - 1;
    int wanted = limit + (isStart ? 1 : 2);
    List<SealedEntry> found =
        MayLag.excluding(() ->
            transactions.query(session -> Journal.sealedPage(session, customer, before, wanted)));
    if (isStart) {
      return slice(place, ChainCheck.fromStart().hash(), found, limit);
    }
    if (found.isEmpty()) {
      throw new Failure.NoSuchPlace(true).asException();
    }
    SealedEntry last = found.getFirst();
    if (last.entry().seq() != place.seq() || !place.isBehind(last.hash())) {
      throw new Failure.NoSuchPlace(false).asException();
    }
    return slice(place, last.hash(), found.subList(1, found.size()), limit);
  }

  /**
   * Checks the chain of the rows behind those that were checked before.
   *
   * @param most how many rows are looked at
   */
  public CheckedChain check(CustomerId customer, CheckedChain before, int most) {
    return MayLag.excluding(
        () -> transactions.query(session -> before.further(session, customer, most)));
  }

  private static Slice slice(Place start, byte[] hash, List<SealedEntry> found, int limit) {
    List<Row> rows = new ArrayList<>();
    byte[] previous = hash;
    Place end = start;
    for (SealedEntry row : found.subList(0, Math.min(limit, found.size()))) {
      rows.add(new Row(previous, row));
      previous = row.hash();
      end = Place.behind(row.entry().seq(), row.hash());
    }
    return new Slice(rows, end, found.size() > limit);
  }

  /**
   * As {@link #read}, but where there are no rows yet it waits until there are, the time is over,
   * this is closed or the thread is interrupted.
   */
  public Slice await(CustomerId customer, Place place, int limit, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (true) {
      Bell bell = bells.take(customer);
      try {
        Slice slice = read(customer, place, limit);
        long left = end - System.nanoTime();
        if (!slice.rows().isEmpty() || left <= 0 || isClosed) {
          return slice;
        }
        bell.isWaitedFor(place.seq());
        if (others != null) {
          others.watch();
        }
        bell.await(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Slice(List.of(), place, false);
      } finally {
        bells.giveBack(customer, bell);
      }
    }
  }

  /** Wakes all who wait; from now on nobody waits. */
  @Override
  public void close() {
    isClosed = true;
    if (others != null) {
      others.close();
    }
    bells.ringAll();
  }
}
