package dev.vidame.directory.storage;

import dev.vidame.directory.Failure;
import dev.vidame.directory.observation.StoreObserver;
import dev.vidame.directory.storage.Transactions.Work;
import dev.vidame.directory.storage.UnsentChanges.UnsentChangeException;
import dev.vidame.wire.CustomerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Changes for everybody, those of one customer in one transaction after the other. Thread-safe.
 *
 * <p>Each transaction locks its customer, so changes of one customer would queue for that lock,
 * with one sync to disk each. Instead, all that waits for a customer when a transaction of it
 * begins goes into that one. Platform threads do the work, one for each connection: on virtual ones
 * each round trip would wait for the poller that all sockets of callers share.
 *
 * <p>There are no savepoints, because they cost as much as a change. A unit that throws before it
 * wrote anything has nothing to take back. Where one throws later, all is taken back and the others
 * run again, which units are made for.
 */
final class CommitLanes implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CommitLanes.class.getName());

  /** Bounds the time between a change and its answer, and how long a customer is locked. */
  private static final int MAX_BATCH = 256;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final ConnectionPool pool;
  private final boolean hasWall;
  private final ConcurrentHashMap<CustomerId, Lane> lanes = new ConcurrentHashMap<>();
  private final StoreObserver observer;
  private final ExecutorService workers;
  private final Semaphore room = new Semaphore(GroupCommitWriter.QUEUE_CAPACITY);
  private volatile boolean isClosing;

  private CommitLanes(ConnectionPool pool, boolean hasWall, StoreObserver observer) {
    this.pool = pool;
    this.hasWall = hasWall;
    this.observer = observer;
    this.workers =
        Executors.newFixedThreadPool(
            pool.writers(), Thread.ofPlatform().daemon().name("vidame-lane-", 0).factory());
  }

  /**
   * Lanes over a pool.
   *
   * @param hasWall whether the store keeps partners apart
   */
  static CommitLanes open(ConnectionPool pool, boolean hasWall, StoreObserver observer) {
    CommitLanes lanes = new CommitLanes(pool, hasWall, observer);
    observer.opened(lanes.new Waiting());
    return lanes;
  }

  /** What waits, for whoever watches. */
  private final class Waiting implements StoreObserver.Queue {
    @Override
    public int waiting() {
      return capacity() - room.availablePermits();
    }

    @Override
    public int capacity() {
      return GroupCommitWriter.QUEUE_CAPACITY;
    }
  }

  /** Who waits for a customer. Only touched inside the map's own locks. */
  private static final class Lane {
    private final Deque<Unit<?>> waiting = new ArrayDeque<>();
  }

  /** Waits until the work is on disk, or throws what the work threw. */
  <R> R submit(CustomerId customer, Work<R> work) {
    if (isClosing || !room.tryAcquire()) {
      observer.refused();
      throw new Failure.Overloaded(RETRY_AFTER).asException();
    }
    try {
      Unit<R> unit = new Unit<>(work);
      if (isFirst(customer, unit)) {
        workers.execute(() -> serveInTurn(customer));
      }
      return unit.await();
    } finally {
      room.release();
    }
  }

  private boolean isFirst(CustomerId customer, Unit<?> unit) {
    boolean[] isFirst = new boolean[1];
    lanes.compute(
        customer,
        (key, lane) -> {
          isFirst[0] = lane == null;
          Lane own = lane == null ? new Lane() : lane;
          own.waiting.add(unit);
          return own;
        });
    return isFirst[0];
  }

  /** Whether somebody came meanwhile; if nobody did, the next one is the first again. */
  private boolean isLeft(CustomerId customer) {
    return lanes.computeIfPresent(customer, (key, lane) -> lane.waiting.isEmpty() ? null : lane)
        != null;
  }

  /** Serves once; if more have come, they have to wait for other customers' turns first. */
  private void serveInTurn(CustomerId customer) {
    serve(customer);
    if (isLeft(customer)) {
      workers.execute(() -> serveInTurn(customer));
    }
  }

  private List<Unit<?>> take(CustomerId customer) {
    List<Unit<?>> batch = new ArrayList<>();
    lanes.computeIfPresent(
        customer,
        (key, lane) -> {
          while (batch.size() < MAX_BATCH && !lane.waiting.isEmpty()) {
            batch.add(lane.waiting.remove());
          }
          return lane;
        });
    return batch;
  }

  /** Never throws: whoever waits has to hear of it. */
  private void serve(CustomerId customer) {
    List<Unit<?>> batch = new ArrayList<>();
    try {
      commit(customer, batch);
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.ERROR, "A commit of " + batch.size() + " changes failed", e);
      fail(customer, batch, PostgresTransactions.unavailable(e));
    } catch (RuntimeException | Error e) {
      fail(customer, batch, e);
    }
  }

  private void fail(CustomerId customer, List<Unit<?>> batch, Throwable why) {
    (batch.isEmpty() ? take(customer) : batch).forEach(unit -> unit.fail(why));
  }

  /** Tries until a fault has passed, or fails for good. */
  private void commit(CustomerId customer, List<Unit<?>> batch) throws SQLException {
    Retries retries = new Retries();
    while (true) {
      try {
        pool.writing(connection -> {
          if (batch.isEmpty()) {
            batch.addAll(take(customer)); // late, so that as many as can share the commit
          }
          StoreObserver.Batch watched = observer.began(batch.size());
          try {
            new Transaction(connection, customer).run(batch);
          } catch (SQLException | RuntimeException | Error e) {
            watched.failed();
            throw e;
          }
          watched.committed();
          return true;
        });
        return;
      } catch (CommitUnknownException e) {
        if (customer.equals(Session.SHARED) || !retries.mayTryAgain()) {
          throw e.fault(); // a customer's change finds by its request id whether it happened
        }
      } catch (SQLException e) {
        if (Retries.isLocked(e)) {
          throw Retries.lockedOut();
        }
        if (!(Retries.passes(e) || Retries.isOvertaken(e)) || !retries.mayTryAgain()) {
          throw e;
        }
      }
    }
  }

  /** Lets nobody in any more, and waits until all who wait are served. */
  @Override
  public void close() {
    isClosing = true;
    room.acquireUninterruptibly(GroupCommitWriter.QUEUE_CAPACITY);
    room.release(GroupCommitWriter.QUEUE_CAPACITY);
    workers.close();
    observer.closed();
  }

  /** Nobody knows whether the commit happened: the connection was lost meanwhile, for one. */
  private static final class CommitUnknownException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final SQLException fault;

    CommitUnknownException(SQLException fault) {
      super(fault);
      this.fault = fault;
    }

    SQLException fault() {
      return fault;
    }
  }

  /** One customer's transaction on one connection. */
  private final class Transaction {
    private final Connection connection;
    private final CustomerId customer;

    Transaction(Connection connection, CustomerId customer) {
      this.connection = connection;
      this.customer = customer;
    }

    /** Runs all, without those that fail for themselves. */
    void run(List<Unit<?>> batch) throws SQLException {
      List<Unit<?>> left = new ArrayList<>(batch);
      boolean isStepByStep = false;
      while (!left.isEmpty()) {
        try {
          Unit<?> spoiled = attempt(left, isStepByStep);
          if (spoiled == null) {
            break;
          }
          left.remove(spoiled);
        } catch (UnsentChangeException e) {
          if (Retries.passes(e)) {
            throw e.fault();
          }
          isStepByStep = true; // to learn whose change it is that fails
        }
      }
      List<Unit<?>> done = List.copyOf(batch);
      Thread.startVirtualThread(() -> done.forEach(Unit::complete)); // as GroupCommitWriter does
    }

    /** Commits all of them, or tells which one must not be among them. */
    private @Nullable Unit<?> attempt(List<Unit<?>> units, boolean isStepByStep)
        throws SQLException {
      Session session = new Session(connection, Dialect.POSTGRESQL, hasWall);
      session.begin();
      if (isStepByStep) {
        session.sendAtOnce();
      }
      try {
        for (Unit<?> unit : units) {
          if (!session.inLane(customer, same -> unit.run(same))) {
            takeBack(session, units);
            return unit;
          }
        }
        session.heads().write();
        session.sendUnsent();
      } catch (SQLException | RuntimeException | Error e) {
        units.reversed().forEach(Unit::rollBack);
        Retries.rollBack(session, e);
        throw e;
      }
      commit(session, units);
      return null;
    }

    private static void takeBack(Session session, List<Unit<?>> units) throws SQLException {
      units.reversed().forEach(Unit::rollBack);
      session.rollback();
    }

    private static void commit(Session session, List<Unit<?>> units) throws SQLException {
      try {
        session.commit();
      } catch (SQLException e) {
        units.reversed().forEach(Unit::rollBack);
        throw Retries.isOutcomeUnknown(e) ? new CommitUnknownException(e) : e;
      }
      units.forEach(Unit::committed);
    }
  }
}
