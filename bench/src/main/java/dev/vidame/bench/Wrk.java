package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Load by wrk: as many requests as the server answers. Every run fails that saw anything but 2xx,
 * except a {@link Flood}.
 */
public final class Wrk {
  private static final int THREADS = 2;
  private static final List<String> LETTING_OTHERS_GO_FIRST = List.of("nice", "-n", "19", "wrk");
  private static final int SECONDS_OVER_TIME = 30;
  private static final int LATE_SECONDS = 10;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;

  /** An account that some requests changed, and to what. */
  private static final Pattern CHANGED =
      Pattern.compile("(?m)^changed (\\d+) (surely|perhaps) (.+)$");

  /** One of the answers that were refusals. */
  private static final Pattern SUCH_AS = Pattern.compile("(?m)^such as (.+)$");

  private static final int SECONDS_TO_TELL = 2;
  private static final Pattern RESULT =
      Pattern.compile(
          "result answers=(\\d+) micros=(\\d+) p50=(\\d+) p99=(\\d+) slowest=(\\d+)"
              + " refused=(\\d+) broken=(\\d+) late=(\\d+)");

  /** No run sends what one before it sent, whoever makes it. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final RunScope scope;
  private final Path accounts;
  private final int connections;

  /**
   * A load of so many connections.
   *
   * @param accounts the list of {@link Accounts}; not needed for a {@link Template}
   */
  public Wrk(RunScope scope, Path accounts, int connections) {
    this.scope = scope;
    this.accounts = accounts;
    this.connections = connections;
  }

  /** A server and what it lets in. */
  record Target(URI server, String method, String token) {}

  /** Pushes for so long. */
  Rate run(Target target, int seconds) throws IOException {
    Path token = Files.writeString(scope.folder().resolve("token"), target.token());
    return wholly(
        push(
            "load.lua",
            target.server(),
            seconds,
            List.of(target.method(), accounts.toString(), token.toString(), nextRun())));
  }

  private static String nextRun() {
    return Integer.toString(RUNS.incrementAndGet());
  }

  /** More than a server lets in, at a pace. */
  record Flood(Target target, int perSecond) {}

  /** What became of a flood: all answers, and how many of them refused something. */
  record Flooded(Rate rate, long refused) {}

  /**
   * Asks at the pace for so long, or as fast as it is answered where that is slower. A flood comes
   * from other machines, and here its maker shares the processors with the server and with who is
   * measured beside it; so it lets both go first.
   */
  Flooded run(Flood flood, int seconds) throws IOException {
    Target target = flood.target();
    Path token = Files.writeString(scope.folder().resolve("flood-token"), target.token());
    double perThread = (double) flood.perSecond() / threads();
    return push(
        LETTING_OTHERS_GO_FIRST,
        "load.lua",
        target.server(),
        seconds,
        List.of(
            target.method(),
            accounts.toString(),
            token.toString(),
            nextRun(),
            Double.toString(perThread)));
  }

  /**
   * Agents who sign in.
   *
   * @param path the token endpoint's
   * @param forms a file with a line for each agent, which is what it sends
   */
  record SignIns(URI server, String path, Path forms) {}

  /** Signs in for so long, and lets others go first as a {@link Flood} does. */
  Rate run(SignIns signIns, int seconds) throws IOException {
    return wholly(
        push(
            LETTING_OTHERS_GO_FIRST,
            "sign-in.lua",
            signIns.server(),
            seconds,
            List.of(signIns.path(), signIns.forms().toString())));
  }

  private int threads() {
    return Math.min(THREADS, connections);
  }

  /**
   * What came of a template.
   *
   * @param rate the answers
   * @param changed by the number of a path, counted from 0, what the last requests to it sent; of
   *     the first paths only, and not where the run ended before they were surely answered
   */
  public record Outcome(Rate rate, Map<Integer, Set<String>> changed) {}

  /**
   * Asks as a template says, for so long.
   *
   * @throws BenchException when an answer was a refusal
   */
  public Outcome run(Template template, int seconds) throws IOException {
    Flooded flooded = push(template, seconds, List.of());
    if (flooded.refused() != 0) {
      push(template, SECONDS_TO_TELL, List.of("tell"));
      Matcher told = SUCH_AS.matcher(Files.readString(log(), StandardCharsets.UTF_8));
      throw new BenchException(
          "%d of %d answers were refusals%s"
              .formatted(
                  flooded.refused(),
                  flooded.rate().answers(),
                  told.find() ? ", such as " + told.group(1) : ""));
    }
    return new Outcome(flooded.rate(), changed(Files.readString(log(), StandardCharsets.UTF_8)));
  }

  private Flooded push(Template template, int seconds, List<String> more) throws IOException {
    Path headers = Files.writeString(scope.folder().resolve("headers"), template.headers());
    Path body = Files.writeString(scope.folder().resolve("body"), template.body());
    String id = template.requestIdHeader();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            template.method(),
            template.paths().toString(),
            headers.toString(),
            body.toString(),
            id.isEmpty() ? "-" : id,
            nextRun()));
    arguments.addAll(more);
    return push("compare.lua", template.server(), seconds, arguments);
  }

  /** What each of wrk's threads said of the same account, together; surely changed by one. */
  static Map<Integer, Set<String>> changed(String output) {
    Map<Integer, Set<String>> values = new TreeMap<>();
    Set<Integer> certain = new TreeSet<>();
    Matcher line = CHANGED.matcher(output);
    while (line.find()) {
      Integer account = Integer.valueOf(line.group(1));
      values
          .computeIfAbsent(account, any -> new TreeSet<>())
          .addAll(List.of(line.group(3).split("\\|", -1)));
      if (line.group(2).equals("surely")) {
        certain.add(account);
      }
    }
    values.keySet().retainAll(certain);
    return values;
  }

  private Path log() {
    return scope.folder().resolve("wrk.log");
  }

  /** One page of a list; the continuation token may be empty. */
  record Page(URI server, String path, String token, String continuationToken) {}

  /** Asks for the same page for so long. */
  Rate run(Page page, int seconds) throws IOException {
    Path token = Files.writeString(scope.folder().resolve("token"), page.token());
    Path continuation =
        Files.writeString(scope.folder().resolve("continuation"), page.continuationToken());
    return wholly(
        push(
            "list.lua",
            page.server(),
            seconds,
            List.of(page.path(), token.toString(), continuation.toString())));
  }

  /** A customer in which to create accounts under one of its domains. */
  record NewAccounts(URI server, String customer, String domain, String token) {}

  /** Creates accounts for so long. */
  Rate run(NewAccounts accounts, int seconds) throws IOException {
    Path token = Files.writeString(scope.folder().resolve("token"), accounts.token());
    return wholly(
        push(
            "create.lua",
            accounts.server(),
            seconds,
            List.of(accounts.customer(), accounts.domain(), token.toString(), nextRun())));
  }

  private Flooded push(String script, URI server, int seconds, List<String> arguments)
      throws IOException {
    return push(List.of("wrk"), script, server, seconds, arguments);
  }

  @SuppressWarnings("TooManyParameters") // all that differs from push to push
  private Flooded push(
      List<String> program, String script, URI server, int seconds, List<String> arguments)
      throws IOException {
    Path output = log();
    List<String> command = new ArrayList<>(program);
    command.add("--threads=" + threads());
    command.add("--connections=" + connections);
    command.add("--duration=" + seconds + "s");
    command.add("--timeout=" + LATE_SECONDS + "s");
    command.add("--script=" + Bench.root().resolve("bench").resolve(script));
    command.add(server.toString());
    command.add("--");
    command.addAll(arguments);
    Process process =
        scope.start(
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()));
    awaitEnd(process, seconds + SECONDS_OVER_TIME);
    return result(Files.readString(output, StandardCharsets.UTF_8));
  }

  private static void awaitEnd(Process process, int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        RunScope.stop(process);
        throw new BenchException("wrk did not end within " + seconds + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  private static Flooded result(String output) {
    Matcher found = RESULT.matcher(output);
    if (!found.find()) {
      throw new BenchException("wrk gave no result but said:" + System.lineSeparator() + output);
    }
    long broken = number(found, 7);
    long late = number(found, 8);
    if (broken + late != 0) {
      throw new BenchException(
          "wrk saw %d broken connections, and %d answers later than %d s"
              .formatted(broken, late, LATE_SECONDS));
    }
    Rate rate =
        new Rate(
            number(found, 1),
            number(found, 1) * MICROS_PER_SECOND / number(found, 2),
            number(found, 3) / MICROS_PER_MILLI,
            number(found, 4) / MICROS_PER_MILLI,
            number(found, 5) / MICROS_PER_MILLI);
    return new Flooded(rate, number(found, 6));
  }

  private static Rate wholly(Flooded flooded) {
    if (flooded.refused() != 0) {
      throw new BenchException(
          "wrk saw %d answers that were refusals".formatted(flooded.refused()));
    }
    return flooded.rate();
  }

  private static long number(Matcher found, int group) {
    return Long.parseLong(found.group(group));
  }
}
