package dev.vidame.server.changes;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.http.ConnectionLimit;
import dev.vidame.server.http.OwnErrors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Room for requests that wait for changes, so that those of one partner leave some to others.
 * Thread-safe. A waiting request costs a connection, a virtual thread and some kilobytes.
 */
public final class Waiters {
  private final int most;
  private final int mostOfPartner;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<PartnerId, Integer> ofPartners = new ConcurrentHashMap<>();

  /**
   * Room for so many.
   *
   * @param most in all
   * @param mostOfPartner of one partner
   */
  public Waiters(int most, int mostOfPartner) {
    this.most = most;
    this.mostOfPartner = mostOfPartner;
  }

  /** Half of the connections that there can be, and half of that for one partner. */
  public static Waiters among(ConnectionLimit connections) {
    return new Waiters(connections.connections() / 2, connections.connections() / 4);
  }

  /** A place in it, to be closed when the wait is over. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place.
   *
   * @throws dev.vidame.server.http.ApiException when there is none
   */
  Slot enter(PartnerId partner) {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      throw OwnErrors.tooManyWaiters();
    }
    if (ofPartners.merge(partner, 1, Integer::sum) > mostOfPartner) {
      leave(partner);
      throw OwnErrors.tooManyWaiters();
    }
    return () -> leave(partner);
  }

  private void leave(PartnerId partner) {
    ofPartners.computeIfPresent(partner, (key, count) -> count == 1 ? null : count - 1);
    waiting.decrementAndGet();
  }

  /** How many wait now. */
  public int waiting() {
    return waiting.get();
  }
}
