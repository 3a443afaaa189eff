package dev.vidame.bench;

import dev.vidame.bench.SeededStore.Size;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/run bulk}: changes of many accounts from a file. */
@Command(
    name = "bulk",
    mixinStandardHelpOptions = true,
    description = {
      "Plans, applies and undoes a change of every account of one customer with vidame bulk, as a",
      "process of its own with a heap of 64 MB, against a server on the same machine. Says how long",
      "each took, start of the process included, and the most memory that the process had."
    },
    footer = {
      "",
      "Examples:",
      "  bench/run bulk",
      "  bench/run bulk --rows 1000000     a million rows in the same heap; takes a quarter of an hour"
    })
final class BulkCommand implements Callable<Integer> {
  private static final double LEAST_PER_SECOND = 3_000;
  private static final double MOST_PLAN_SECONDS = 30;
  private static final int PLANNED = 100_000;
  private static final double MICROS = 1e6;
  private static final long POLL_MILLIS = 100;
  private static final String HEAP = "-Xmx64m";

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Accounts, and rows of the file; ${DEFAULT-VALUE} by default.")
  private int rows;

  /** How long a step took, its processor time, and the memory that it had. */
  private record Step(double seconds, double busySeconds, double megabytes) {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Machine machine = Machine.here(Bench.root());
    Findings findings = new Findings();
    try (RunScope scope = RunScope.open()) {
      Bench.say("making " + rows + " accounts");
      SeededStore store = SeededStore.create(scope.folder().resolve("data"), new Size(rows, 1));
      try (Product product = Product.start(scope, store, "")) {
        measure(scope, store, product.server(), findings);
      }
    }
    System.out.println(machine);
    System.out.println();
    System.out.println(findings.table());
    System.out.println(findings.json().machine(machine));
    return findings.areReached() ? 0 : 1;
  }

  private void measure(RunScope scope, SeededStore store, ServerProcess running, Findings findings)
      throws IOException, SQLException, InterruptedException {
    URI server = running.address();
    ProcessHandle process = ProcessHandle.of(running.pid()).orElseThrow();
    Path source = scope.folder().resolve("people.csv");
    UUID customer = writeSource(store, source);
    String plan = source + ".plan";
    List<String> who = List.of(store.accessToken(server), server.toString(), customer.toString());
    findings.title(rows + " rows of one customer");
    Step planned = run(scope, who, "plan", source.toString());
    findings.number("rows planned per s", "plan_per_s", rows / planned.seconds(), 0);
    findings.atMost(
        "plan of 100 000 rows, s", "plan_s", planned.seconds() * PLANNED / rows, MOST_PLAN_SECONDS);
    double servedBefore = busySeconds(process);
    Step applied = run(scope, who, "apply", plan);
    double served = busySeconds(process) - servedBefore;
    findings.atLeast(
        "rows applied per s", "apply_per_s", rows / applied.seconds(), LEAST_PER_SECOND);
    Step undone = run(scope, who, "undo", plan);
    findings.number("rows undone per s", "undo_per_s", rows / undone.seconds(), 0);
    findings.number(
        "processor time of plan, µs a row",
        "plan_busy_us",
        planned.busySeconds() * MICROS / rows,
        0);
    findings.number(
        "processor time of apply, µs a row",
        "apply_busy_us",
        applied.busySeconds() * MICROS / rows,
        0);
    findings.number(
        "the server's meanwhile, µs a row", "apply_server_busy_us", served * MICROS / rows, 0);
    findings.number("memory of plan, MB", "plan_mb", planned.megabytes(), 0);
    findings.number("memory of apply, MB", "apply_mb", applied.megabytes(), 0);
    findings.number("memory of undo, MB", "undo_mb", undone.megabytes(), 0);
  }

  private UUID writeSource(SeededStore store, Path source) throws IOException, SQLException {
    UUID customer = null;
    try (BufferedWriter out = Files.newBufferedWriter(source);
        Connection connection = DriverManager.getConnection(store.url());
        Statement statement = connection.createStatement();
        ResultSet users =
            statement.executeQuery("select customer_id, user_id from users order by upn")) {
      out.write("id,displayName,firstName\n");
      for (int i = 1; users.next(); i++) {
        customer = guid(users.getBytes(1));
        out.write(guid(users.getBytes(2)) + ",Changed name " + i + ",Changed " + i + "\n");
      }
    }
    if (customer == null) {
      throw new BenchException("The store has no accounts");
    }
    return customer;
  }

  private static UUID guid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private Step run(RunScope scope, List<String> who, String command, String file)
      throws IOException, InterruptedException {
    Bench.say(command);
    ProcessBuilder builder =
        new ProcessBuilder(Bench.root().resolve("vidame").toString(), "bulk", command, file);
    builder.environment().put("VIDAME_ACCESS_TOKEN", who.get(0));
    builder.environment().put("VIDAME_ENDPOINT", who.get(1));
    builder.environment().put("VIDAME_CUSTOMER", who.get(2));
    builder.environment().merge("VIDAME_JAVA_OPTS", HEAP, (had, heap) -> had + " " + heap);
    File said = scope.folder().resolve("bulk-" + command + ".out").toFile();
    builder.redirectOutput(said).redirectError(ProcessBuilder.Redirect.INHERIT);
    long begun = System.nanoTime();
    Process process = scope.start(builder);
    double megabytes = 0;
    double busy = 0;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      megabytes = Math.max(megabytes, peak(process.pid()));
      busy = Math.max(busy, busySeconds(process.toHandle()));
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (process.exitValue() != 0) {
      throw new BenchException(
          command + " failed; it said: " + Files.readString(said.toPath(), StandardCharsets.UTF_8));
    }
    return new Step(seconds, busy, megabytes);
  }

  private static double busySeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static double peak(long pid) {
    try {
      return ServerProcess.memory(pid, "VmHWM:");
    } catch (IOException | BenchException e) {
      return 0; // it has just ended
    }
  }
}
