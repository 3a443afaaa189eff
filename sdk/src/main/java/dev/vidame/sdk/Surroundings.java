package dev.vidame.sdk;

import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Time and chance, which tests replace. */
record Surroundings(
    Clock clock, Sleeper sleeper, RandomGenerator random, Supplier<UUID> requestIds) {

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  static Surroundings real() {
    return new Surroundings(
        Clock.systemUTC(),
        time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
        new Random(),
        UUID::randomUUID);
  }
}
