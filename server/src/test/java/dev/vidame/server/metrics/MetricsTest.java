package dev.vidame.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.StoreLock;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
  private static final String WAITING = "vidame_store_queue_changes";
  private static final String CHECKPOINTS = "vidame_store_checkpoint_seconds";

  @TempDir private Path folder;

  @Test
  void answersAreCountedByOperationAndStatus() throws IOException {
    int port = freePort();
    try (TestServer server =
        TestServer.start(folder, Map.of("metrics.port", Integer.toString(port)))) {
      server.sendAsAdmin(RawRequest.get(TestServer.foundingPath()));
      server.sendAsAdmin(RawRequest.get(TestServer.foundingPath()));
      server.sendAsAdmin(RawRequest.patch(TestServer.foundingPath(), "{"));
      server.send(RawRequest.get("/secret/" + TestServer.foundingPath()));

      String text = scrape(port).text();

      assertThat(text)
          .contains("# TYPE vidame_http_requests_total counter")
          .contains("vidame_http_requests_total{operation=\"get_user\",status=\"200\"} 2.0")
          .contains("vidame_http_requests_total{operation=\"update_user\",status=\"400\"} 1.0")
          .contains("vidame_http_requests_total{operation=\"unknown\",status=\"404\"} 1.0")
          .contains("vidame_http_request_seconds_count{operation=\"get_user\",outcome=\"2xx\"} 2")
          .contains(
              "vidame_http_request_seconds_bucket{operation=\"get_user\",outcome=\"2xx\",le=\"+Inf\"} 2")
          .contains(
              "vidame_http_request_seconds_count{operation=\"update_user\",outcome=\"4xx\"} 1");
      assertThat(text).doesNotContain("secret", "eebd1b55", "4b10bf41");
    }
  }

  @Test
  void keyThatSignsGrowsOlder() throws IOException {
    int port = freePort();
    try (TestServer server =
        TestServer.start(folder, Map.of("metrics.port", Integer.toString(port)))) {
      assertThat(scrape(port).text()).contains("\nvidame_signing_key_age_seconds 0.0\n");

      server.clock().advance(Duration.ofDays(2));

      assertThat(scrape(port).text()).contains("\nvidame_signing_key_age_seconds 172800.0\n");
    }
  }

  @Test
  void nothingIsHashedForAnAgentThatIsNotThereOrHasNoSecondFactor() throws IOException {
    int port = freePort();
    try (TestServer server =
        TestServer.start(folder, Map.of("metrics.port", Integer.toString(port)))) {
      String secret = String.valueOf(server.server().createFirstOperator().orElseThrow().secret());
      String agents = "/admin/v1/partners/" + Tenancy.PARTNER + "/agents/";
      String before = hashes(port);

      RawRequest codes =
          RawRequest.of(
              "POST",
              agents
                  + server.tenancy().agent(Role.ADMIN_AGENT).id()
                  + "/second-factor/recovery-codes");
      assertThat(server.send(codes.token(secret)).status()).isEqualTo(404);
      RawRequest factor =
          RawRequest.of("POST", agents + UUID.randomUUID() + "/second-factor").token(secret);
      assertThat(server.send(factor).status()).isEqualTo(404);

      assertThat(hashes(port)).isEqualTo(before);
      assertThat(server.send(server.tokens().request(server.tokens().passwordForm())).status())
          .isEqualTo(200);
      assertThat(hashes(port)).isNotEqualTo(before);
    }
  }

  /**
   * The store is kept from committing, so that what comes meanwhile waits, and then goes as one.
   */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void changesThatWaitAreShownAndCountedByTheirCommits() throws Exception {
    int port = freePort();
    try (TestServer server =
        TestServer.start(folder, Map.of("metrics.port", Integer.toString(port)))) {
      double changes = value(port, "vidame_store_batch_changes_sum");
      double batches = value(port, "vidame_store_batch_changes_count");
      double seconds = value(port, "vidame_store_commit_seconds_sum");
      double commits = value(port, "vidame_store_commit_seconds_count");
      assertThat(value(port, WAITING)).isZero();
      List<RawConnection> callers = new ArrayList<>();

      try (StoreLock _ = StoreLock.take(folder)) {
        while (value(port, WAITING) < 3) { // some may be on their way to the disk already
          RawConnection caller = server.connect();
          callers.add(caller);
          caller.send(
              RawRequest.patch(
                      TestServer.foundingPath(), "{\"displayName\":\"" + callers.size() + "\"}")
                  .token(server.tokens().admin())
                  .bytes());
        }
      }

      for (RawConnection caller : callers) {
        assertThat(caller.read().status()).isEqualTo(200);
        caller.close();
      }
      assertThat(value(port, WAITING)).isZero();
      assertThat(value(port, "vidame_store_batch_changes_sum") - changes).isEqualTo(callers.size());
      double newBatches = value(port, "vidame_store_batch_changes_count") - batches;
      assertThat(newBatches).isPositive().isLessThan(callers.size());
      assertThat(value(port, "vidame_store_commit_seconds_count") - commits).isEqualTo(newBatches);
      assertThat(value(port, "vidame_store_commit_seconds_sum")).isGreaterThan(seconds);
      assertThat(value(port, "vidame_store_queue_capacity_changes")).isGreaterThanOrEqualTo(512);
    }
  }

  @ParameterizedTest
  @CsvSource({"writer, true", "thread, false"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void checkpointIsTimedByWhetherItHeldCommits(String who, boolean held) throws IOException {
    assumeThat(SharedStore.isPostgres()).as("PostgreSQL makes its own").isFalse();
    int port = freePort();
    Map<String, String> settings =
        Map.of(
            "metrics.port",
            Integer.toString(port),
            "store.checkpoints",
            who,
            "store.checkpoint-pages",
            "10");
    String labels = "{held_commits=\"" + held + "\"}";
    try (TestServer server = TestServer.start(folder, settings)) {
      double before = value(port, CHECKPOINTS + "_count" + labels);

      for (int i = 0; value(port, CHECKPOINTS + "_count" + labels) == before; i++) {
        server.sendAsAdmin(
            RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"" + i + "\"}"));
      }

      assertThat(value(port, CHECKPOINTS + "_sum" + labels)).isPositive();
      if (held) { // a thread leaves some of it to the writer
        assertThat(value(port, CHECKPOINTS + "_count{held_commits=\"false\"}")).isZero();
      }
    }
  }

  private static double value(int port, String sample) throws IOException {
    return scrape(port)
        .text()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + sample));
  }

  private static String hashes(int port) throws IOException {
    return scrape(port)
        .text()
        .lines()
        .filter(line -> line.startsWith("vidame_password_hash_seconds_count"))
        .findFirst()
        .orElseThrow();
  }

  private static RawAnswer scrape(int port) throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      RawAnswer answer = connection.exchange(RawRequest.get("/metrics"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
      return answer;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
