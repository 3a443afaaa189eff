package dev.vidame.server.http;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Counts the requests under way, so that a stop can wait for them. Thread-safe. */
final class InFlight {
  private final Phaser requests = new Phaser(1);
  private volatile boolean isDraining;

  /** Whether the request may go on; then {@link #leave} must follow. */
  boolean enter() {
    return !isDraining && requests.register() >= 0;
  }

  void leave() {
    requests.arriveAndDeregister();
  }

  /** Whether a stop has begun. */
  boolean isDraining() {
    return isDraining;
  }

  /** Lets nobody in any more and waits, so long at most, until the last one left. */
  void drain(Duration grace) {
    isDraining = true;
    int phase = requests.arriveAndDeregister();
    try {
      requests.awaitAdvanceInterruptibly(phase, grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      System.getLogger(InFlight.class.getName())
          .log(System.Logger.Level.WARNING, "Requests were still under way after " + grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
