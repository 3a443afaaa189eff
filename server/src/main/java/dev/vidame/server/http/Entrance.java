package dev.vidame.server.http;

import java.time.Duration;

/** Where requests come in: a listener, or something before one. Thread-safe. */
public interface Entrance {
  /**
   * Lets requests in.
   *
   * @param answering answers them, until the stop
   */
  void start(Answering answering);

  /** The port that callers use. */
  int port();

  /**
   * Takes no more requests, and waits until those under way are answered.
   *
   * @param grace how long to wait at most
   */
  void stop(Duration grace);
}
