package dev.vidame.bench;

import dev.vidame.sdk.UserClient;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.testkit.Vidame;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Uses the test kit once, in a JVM in which nothing ran before, and prints how long that took. */
@Command(name = TestkitRunCommand.NAME, hidden = true)
final class TestkitRunCommand implements Callable<Integer> {
  static final String NAME = "testkit-run";

  private static final int TESTS = 100;
  private static final double NANOS_PER_MILLI = 1_000_000;

  @Override
  public Integer call() {
    long begin = System.nanoTime();
    double start;
    double[] resets = new double[TESTS];
    try (Vidame vidame = Vidame.start()) {
      start = millisSince(begin);
      UserClient user =
          vidame
              .client()
              .customers()
              .byId(FoundingDocument.CUSTOMER)
              .users()
              .byId(FoundingDocument.USER);
      for (int i = 0; i < TESTS; i++) {
        long before = System.nanoTime();
        vidame.reset();
        resets[i] = millisSince(before);
        if (!FoundingDocument.USER.equals(user.get().id())) {
          throw new BenchException("The account is not there after reset " + i);
        }
      }
    }
    double all = millisSince(begin);
    Arrays.sort(resets);
    System.out.println(start + " " + resets[TESTS / 2] + " " + all);
    return 0;
  }

  private static double millisSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / NANOS_PER_MILLI;
  }
}
