package dev.vidame.server.health;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.FullQueue;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.StoreLock;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HealthTest {
  private static final String RENAME = "{\"displayName\":\"Renamed\"}";
  private static final int MOST_POLLS = 200;

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawAnswer ask(String path) {
    try (RawConnection connection = server.connect()) {
      return connection.exchange(RawRequest.get(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String ready() {
    RawAnswer answer = ask("/readyz");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.first("Retry-After").isPresent()).isEqualTo(answer.status() == 503);
    return answer.status() + " " + answer.text();
  }

  private RawRequest rename() {
    return RawRequest.patch(foundingPath(), RENAME).token(server.tokens().admin());
  }

  /** Moves the clock until a commit that has begun by then has taken too long. */
  private void awaitNotReady() {
    for (int i = 0; i < MOST_POLLS && ask("/readyz").status() == 200; i++) {
      server.clock().advance(Readiness.PATIENCE.plusMillis(1));
    }
  }

  @Test
  void anybodyIsToldInAWord() {
    assertThat(ask("/livez").text()).isEqualTo("{\"status\":\"live\"}");
    assertThat(ready()).isEqualTo("200 {\"status\":\"ready\"}");
    assertThat(server.send(RawRequest.get("/READYZ/")).status()).isEqualTo(200);
    assertThat(server.send(RawRequest.get("/livez").token("nobody's")).status()).isEqualTo(200);
    assertThat(server.send(RawRequest.of("POST", "/livez")).status()).isEqualTo(405);
  }

  @Test
  void storeThatDoesNotAnswerIsNotReadyUntilItDoes() throws Exception {
    try (RawConnection writing = server.connect()) {
      try (StoreLock _ = StoreLock.take(folder)) {
        writing.send(rename().bytes());
        awaitNotReady();

        assertThat(ready()).isEqualTo("503 {\"status\":\"stuck\"}");
        assertThat(ask("/livez").status()).isEqualTo(200);
        assertThat(server.sendAsAdmin(RawRequest.get(foundingPath())).status()).isEqualTo(200);
      }
      assertThat(late(writing).status()).isEqualTo(200);
    }
    assertThat(ready()).isEqualTo("200 {\"status\":\"ready\"}");
  }

  @Test
  void failedCommitKeepsWorkAwayForAWhile() throws Exception {
    try (StoreLock _ = StoreLock.take(folder);
        RawConnection writing = server.connect()) {
      writing.send(rename().bytes());
      RawAnswer answer = late(writing);

      assertThat(answer.outcome()).isEqualTo("503/800003");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(ready()).isEqualTo("503 {\"status\":\"failing\"}");
    }
    server.clock().advance(Readiness.PENANCE);
    assertThat(ready()).isEqualTo("200 {\"status\":\"ready\"}");
    assertThat(server.send(rename()).status()).isEqualTo(200);
  }

  /**
   * SQLite gives up after as long as a connection of these tests waits, PostgreSQL after twice
   * that.
   */
  private static RawAnswer late(RawConnection connection) throws IOException {
    int waits = SharedStore.isPostgres() ? 2 : 1;
    while (true) {
      try {
        return connection.read();
      } catch (SocketTimeoutException e) {
        if (waits-- == 0) {
          throw e;
        }
      }
    }
  }

  @Test
  void closedStoreIsNotReady() {
    server.server().directory().close();

    assertThat(ready()).isEqualTo("503 {\"status\":\"stopped\"}");
    assertThat(ask("/livez").status()).isEqualTo(200);
  }

  @Test
  void fullQueueRefusesChangesAtOnceAndNothingElse() throws Exception {
    FullQueue filled;
    try (FullQueue queue = FullQueue.of(server, folder)) {
      filled = queue;
      RawAnswer answer = server.sendWhateverComes(rename());

      assertThat(answer.outcome()).isEqualTo("503/800003");
      assertThat(answer.json().get("description").text())
          .isEqualTo("Too much waits already. Try again.");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(server.sendAsAdmin(RawRequest.get(foundingPath())).status()).isEqualTo(200);
      assertThat(ready()).isEqualTo("200 {\"status\":\"ready\"}");
      server.clock().advance(Readiness.PATIENCE.plus(Duration.ofSeconds(1)));
      assertThat(ready()).isEqualTo("503 {\"status\":\"stuck\"}");
    }

    assertThat(filled.done()).isGreaterThan(2_000);
    assertThat(server.send(rename()).status()).isEqualTo(200);
    assertThat(ready()).isEqualTo("200 {\"status\":\"ready\"}");
  }
}
