package dev.vidame.sdk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** Time that passes only when somebody sleeps, chance that is decided, ids that count. */
final class TestTime extends Clock {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();

  /** Chance that always brings the shortest wait. */
  static final RandomGenerator LOW = () -> 0L;

  /** Chance that always brings the longest wait. */
  static final RandomGenerator HIGH =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  Surroundings surroundings(RandomGenerator random) {
    return new Surroundings(this, this::sleep, random, this::nextId);
  }

  private UUID nextId() {
    return id(ids.incrementAndGet());
  }

  /** The id that is handed out as number {@code n}, counted from 1. */
  static UUID id(long n) {
    return new UUID(0x1111_2222_3333_4444L, n);
  }

  private void sleep(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(time);
    pass(time);
  }

  void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  List<Duration> sleeps() {
    return sleeps;
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
