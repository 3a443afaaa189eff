package dev.vidame.server.users;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.upkeep.Leases;
import dev.vidame.directory.users.Users;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Removes deleted accounts whose time is over, by itself, every few minutes, and what else has
 * ended. Whether something is gone does not wait for this; only its space does.
 */
public final class Purge implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Purge.class.getName());

  private static final long EVERY_MINUTES = 10;

  /** Small, so that the writer is never held for long. */
  private static final int AT_ONCE = 100;

  /** The rows of a purge name no partner: the server itself did it. */
  private static final Actor SERVER = Actor.operator(new PartnerId(new UUID(0, 0)));

  /**
   * Longer than the time between two purges, so that the same server goes on as long as it runs.
   */
  private static final Duration LEASE = Duration.ofMinutes(3 * EVERY_MINUTES);

  private final Leases leases;
  private final UUID self;
  private final Users users;
  private final Supplier<UUID> newIds;
  private final IntUnaryOperator others;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("vidame-purge").factory());

  private Purge(Users users, Leases leases, Supplier<UUID> newIds, IntUnaryOperator others) {
    this.users = users;
    this.leases = leases;
    this.self = newIds.get();
    this.newIds = newIds;
    this.others = others;
  }

  /** Starts purging, the first time soon. Of several servers over one store, one purges. */
  public static Purge start(Users users, Leases leases, Supplier<UUID> newIds) {
    return start(users, leases, newIds, most -> 0);
  }

  /**
   * As above, and purges something else each time, too.
   *
   * @param others removes so many at most, and tells how many there were
   */
  public static Purge start(
      Users users, Leases leases, Supplier<UUID> newIds, IntUnaryOperator others) {
    Purge purge = new Purge(users, leases, newIds, others);
    var _ =
        purge.schedule.scheduleWithFixedDelay(purge::runSafely, 1, EVERY_MINUTES, TimeUnit.MINUTES);
    return purge;
  }

  /**
   * Purges all that is due and tells how many accounts that were; none where another server does
   * it.
   */
  int run() {
    if (!leases.take("purge", self, LEASE)) {
      return 0;
    }
    int purged = 0;
    int last;
    do {
      UUID id = newIds.get();
      Fingerprint key = new Fingerprint(id.getMostSignificantBits(), id.getLeastSignificantBits());
      last = users.purge(new ChangeRequest(SERVER, id, id, key, key), AT_ONCE);
      purged += last;
    } while (last == AT_ONCE);
    do {
      last = others.applyAsInt(AT_ONCE);
    } while (last == AT_ONCE);
    return purged;
  }

  /** The top of its thread: a purge that fails is tried again the next time. */
  private void runSafely() {
    try {
      int purged = run();
      if (purged > 0) {
        LOG.log(System.Logger.Level.INFO, "Purged " + purged + " deleted accounts");
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "The purge failed and will be tried again", e);
    }
  }

  /** Stops; a purge under way ends first. */
  @Override
  public void close() {
    schedule.close();
  }
}
