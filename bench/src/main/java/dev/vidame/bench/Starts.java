package dev.vidame.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long the product takes to start on a store that is there.
 *
 * @param withCache starts with the launcher's AOT cache
 * @param withoutCache starts that leave the cache alone
 */
record Starts(List<Start> withCache, List<Start> withoutCache) {
  private static final double LONGEST_MILLIS = 500;
  private static final double LONGEST_COLD_MILLIS = 1_200;
  private static final String LEAVE_CACHE_ALONE = "-XX:AOTMode=off";
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * One start.
   *
   * @param millis from the launch to the first 200
   * @param launcherMillis how many of them were the launcher's, before it became Java
   */
  record Start(double millis, double launcherMillis) {
    double javaMillis() {
      return millis - launcherMillis;
    }
  }

  /** Starts and stops the product, with the cache and without it in turns. */
  static Starts measure(RunScope scope, SeededStore store, int rounds) throws IOException {
    Product.start(scope, store, "").close(); // the launcher may have to prepare a cache
    Starts starts = new Starts(new ArrayList<>(), new ArrayList<>());
    Turns.take(
        rounds,
        () -> starts.withCache.add(start(scope, store, "")),
        () -> starts.withoutCache.add(start(scope, store, LEAVE_CACHE_ALONE)));
    return starts;
  }

  private static Start start(RunScope scope, SeededStore store, String jvmOptions)
      throws IOException {
    try (Product product = Product.start(scope, store, jvmOptions)) {
      ServerProcess server = product.server();
      return new Start(millis(server.start()), millis(server.untilJava()));
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / NANOS_PER_MILLI;
  }

  /** Tells the medians, and whether they are as they are to be. */
  void judge(Findings findings) {
    findings.atMost(
        "first 200, AOT cache, ms", "start_ms", median(withCache, Start::millis), LONGEST_MILLIS);
    findings.atMost(
        "first 200, without, ms",
        "start_cold_ms",
        median(withoutCache, Start::millis),
        LONGEST_COLD_MILLIS);
  }

  /** Tells how much the starts differ, and what they consist of. */
  void tellMore(Findings findings) {
    tellMore(findings, "with the AOT cache", "start", withCache);
    tellMore(findings, "without", "start_cold", withoutCache);
  }

  private static void tellMore(Findings findings, String title, String name, List<Start> starts) {
    findings.title(title);
    findings.number(
        "fastest, ms",
        name + "_fastest_ms",
        starts.stream().mapToDouble(Start::millis).min().orElseThrow(),
        1);
    findings.number(
        "slowest, ms",
        name + "_slowest_ms",
        starts.stream().mapToDouble(Start::millis).max().orElseThrow(),
        1);
    findings.number(
        "launcher, median, ms", name + "_launcher_ms", median(starts, Start::launcherMillis), 1);
    findings.number("Java, median, ms", name + "_java_ms", median(starts, Start::javaMillis), 1);
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
    return Rate.median(starts.stream().mapToDouble(figure).toArray());
  }
}
