package dev.vidame.server.limits;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import java.time.Clock;
import java.util.UUID;

/** Prints what one decision costs; not a test. */
final class RequestLimitsSpeed {
  private static final int ROUNDS = 5;
  private static final int DECISIONS = 5_000_000;
  private static final int CUSTOMERS = 20;

  private RequestLimitsSpeed() {}

  public static void main(String[] args) {
    for (int round = 0; round < ROUNDS; round++) {
      print("let in", 1_000_000);
      print("refused", 1);
    }
  }

  private static void print(String what, int perMinute) {
    RequestLimits limits = RequestLimits.of(perMinute, perMinute, Clock.systemUTC());
    PartnerId[] partners = new PartnerId[1_000];
    CustomerId[] customers = new CustomerId[CUSTOMERS];
    for (int i = 0; i < partners.length; i++) {
      partners[i] = new PartnerId(new UUID(1, i));
    }
    for (int i = 0; i < customers.length; i++) {
      customers[i] = new CustomerId(new UUID(2, i));
    }
    long letIn = 0;
    long start = System.nanoTime();
    for (int i = 0; i < DECISIONS; i++) {
      if (limits.take(partners[i % partners.length], customers[i % CUSTOMERS]).isEmpty()) {
        letIn++;
      }
    }
    long nanos = (System.nanoTime() - start) / DECISIONS;
    System.out.println(what + ": " + nanos + " ns for each of " + DECISIONS + ", in " + letIn);
  }
}
