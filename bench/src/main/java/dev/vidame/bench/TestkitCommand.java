package dev.vidame.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run testkit}: what a test suite waits for. */
@Command(
    name = "testkit",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the test kit in JVMs of its own, each time from the start: the first start of a",
      "server, a reset, and 100 tests of one call each with a reset before each, start and stop",
      "included. Prints the median over the JVMs. Exits with 1 where a figure is missed."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run testkit",
      "  bench/run testkit --jvms 3 | tail -n 1 | jq .first_start_ms"
    })
final class TestkitCommand implements Callable<Integer> {
  private static final double MOST_START_MILLIS = 1_000;
  private static final double MOST_RESET_MILLIS = 50;
  private static final double MOST_TESTS_SECONDS = 10;
  private static final double MILLIS_PER_SECOND = 1_000;

  @Option(
      names = "--jvms",
      defaultValue = "9",
      description = "How many JVMs are started; ${DEFAULT-VALUE} by default.")
  private int jvms;

  /** What one JVM measured, in milliseconds. */
  private record Times(double start, double reset, double tests) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Times> all = new ArrayList<>();
    for (int i = 0; i < jvms; i++) {
      Bench.say("JVM " + (i + 1) + " of " + jvms);
      all.add(measured());
    }
    Machine machine = Machine.here(Path.of(System.getProperty("java.io.tmpdir")));
    Findings findings = new Findings();
    findings.title("test kit, medians of " + jvms + " JVMs");
    findings.atMost(
        "first start, ms", "first_start_ms", median(all, Times::start), MOST_START_MILLIS);
    findings.atMost("reset, ms", "reset_ms", median(all, Times::reset), MOST_RESET_MILLIS);
    findings.atMost(
        "100 tests of one call each, s",
        "tests_s",
        median(all, Times::tests) / MILLIS_PER_SECOND,
        MOST_TESTS_SECONDS);
    System.out.println(machine);
    System.out.println();
    System.out.println(findings.table());
    System.out.println(findings.json().machine(machine));
    return findings.areReached() ? 0 : 1;
  }

  private static double median(List<Times> all, ToDoubleFunction<Times> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static Times measured() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                TestkitRunCommand.NAME)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new BenchException("A JVM of the test kit failed; it said: " + said);
    }
    double[] times = Arrays.stream(said.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    return new Times(times[0], times[1], times[2]);
  }
}
