package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole product over a seeded store: started by its launcher, with its launcher's settings,
 * metrics on.
 */
public final class Product implements AutoCloseable {
  private static final String FIRST_ANSWER = "/.well-known/jwks.json";
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(10);
  private static final Pattern COUNTER =
      Pattern.compile(
          "vidame_http_requests_total\\{operation=\"(\\w+)\",status=\"(\\d+)\"} ([0-9.E+]+)");

  private final SeededStore store;
  private final ServerProcess server;
  private final URI metrics;
  private final HttpClient client = HttpClient.newHttpClient();

  private Product(SeededStore store, ServerProcess server, int metricsPort) {
    this.store = store;
    this.server = server;
    this.metrics = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
  }

  /** Settings with which no page of accounts is answered from memory. */
  static final List<String> READING_EACH_PAGE = List.of("users.remembered-pages-percent=0");

  /**
   * Starts it.
   *
   * @param jvmOptions beyond what the launcher sets and what the caller of this program has set
   */
  static Product start(RunScope scope, SeededStore store, String jvmOptions) throws IOException {
    return start(scope, store, jvmOptions, List.of());
  }

  /**
   * Starts it.
   *
   * @param settings each as {@code NAME=VALUE}, beyond those that every measurement needs
   */
  public static Product start(
      RunScope scope, SeededStore store, String jvmOptions, List<String> settings)
      throws IOException {
    int port = ServerProcess.freePort();
    int metricsPort = ServerProcess.freePort();
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Bench.root().resolve("vidame").toString(),
            "serve",
            "--data=" + store.folder(),
            "--port=" + port,
            "--set=metrics.port=" + metricsPort,
            "--set=auth.password-grant=true"));
    if (!store.isFile()) {
      command.add("--set=store.url=" + store.url());
    }
    settings.forEach(setting -> command.add("--set=" + setting));
    String inherited = System.getenv().getOrDefault("VIDAME_JAVA_OPTS", "");
    Map<String, String> environment = Map.of("VIDAME_JAVA_OPTS", inherited + " " + jvmOptions);
    return new Product(
        store,
        ServerProcess.launch(
            scope, new ServerProcess.Address(port, FIRST_ANSWER), command, environment),
        metricsPort);
  }

  /** Its process. */
  public ServerProcess server() {
    return server;
  }

  /** What has been answered and what has been written so far. */
  record Ledger(long updated, long read, long refused, long journalRows) {}

  /** The ledger, once every answered update is in the journal and every journal row is answered. */
  Ledger settled(Ledger before) throws IOException {
    long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
    Ledger now = ledger();
    while (now.journalRows() - before.journalRows() != now.updated() - before.updated()) {
      if (System.nanoTime() > end) {
        throw new BenchException(
            "%d updates were answered, but the journal grew by %d"
                .formatted(
                    now.updated() - before.updated(), now.journalRows() - before.journalRows()));
      }
      LockSupport.parkNanos(POLL_NANOS);
      now = ledger();
    }
    if (now.refused() != before.refused()) {
      throw new BenchException(
          "%d requests were refused".formatted(now.refused() - before.refused()));
    }
    return now;
  }

  Ledger ledger() throws IOException {
    long updated = 0;
    long read = 0;
    long refused = 0;
    Matcher line = COUNTER.matcher(get(metrics));
    while (line.find()) {
      long count = (long) Double.parseDouble(line.group(3));
      boolean isOk = line.group(2).equals("200");
      switch (line.group(1)) {
        case "update_user" -> updated += isOk ? count : 0;
        case "get_user" -> read += isOk ? count : 0;
        default -> {}
      }
      refused += isOk ? 0 : count;
    }
    return new Ledger(updated, read, refused, store.journalRows());
  }

  /** A sample of the server's metrics, by its name and labels as they are served. */
  double metric(String sample) throws IOException {
    return get(metrics)
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new BenchException("The server does not serve " + sample));
  }

  private String get(URI uri) throws IOException {
    try {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
