package dev.vidame.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Operation;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was acknowledged is lost by a stop, and nobody under way is hung up on. */
@Timeout(60)
class StopTest {
  private static final int WRITERS = 8;
  private static final int BEFORE_STOP = 100;

  @TempDir private Path folder;

  @Test
  void storeHoldsExactlyWhatWasAcknowledged() throws InterruptedException, ExecutionException {
    TestServer server = TestServer.start(folder);
    Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    CountDownLatch underWay = new CountDownLatch(BEFORE_STOP);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            threads.submit(() -> {
              writeUntilStopped(server, acknowledged, underWay);
              return null;
            }));
      }
      underWay.await();

      server.close();

      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    try (TestServer again = server.restart(folder)) {
      List<UUID> stored =
          again.server().directory().journal(Tenancy.CUSTOMER, 2, 1_000_000).stream()
              .filter(entry -> entry.operation() == Operation.UPDATE_USER)
              .map(Entry::request)
              .map(request -> request.requestId())
              .toList();
      assertThat(stored).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  /** Each request is answered whole, or its connection was never served again. */
  private static void writeUntilStopped(
      TestServer server, Set<UUID> acknowledged, CountDownLatch underWay) throws IOException {
    try (RawConnection connection = server.connect()) {
      while (true) {
        UUID id = UUID.randomUUID();
        RawRequest request =
            RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"" + id + "\"}")
                .token(server.tokens().admin())
                .id(id);
        connection.send(request.bytes());
        Optional<RawAnswer> answer = connection.readUnlessClosed();
        if (answer.isEmpty() || answer.get().status() == 503) {
          return;
        }
        assertThat(answer.get().status()).isEqualTo(200);
        acknowledged.add(id);
        underWay.countDown();
        if (answer.get().first("Connection").isPresent()) {
          return;
        }
      }
    } catch (SocketException e) {
      // The connection was closed between two requests.
    }
  }

  @Test
  void requestUnderWayIsAnsweredAndNewOnesAreRefused() throws IOException, InterruptedException {
    TestServer server = TestServer.start(folder);
    RawRequest request =
        RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"Under way\"}")
            .token(server.tokens().admin())
            .header("Expect", "100-continue");
    try (RawConnection connection = server.connect();
        RawConnection idle = server.connect()) {
      RawRequest read =
          RawRequest.get(TestServer.foundingPath())
              .token(server.tokens().admin())
              .header("X-Locale", "fr-FR");
      assertThat(idle.exchange(read).status()).isEqualTo(200);
      connection.send(request.head());
      assertThat(connection.read().status()).isEqualTo(100);
      Thread stopper = Thread.ofVirtual().start(server::close);
      awaitRefusal(idle, read);

      connection.send(request.body());
      RawAnswer answer = connection.read();

      assertThat(answer.outcome()).isEqualTo("200");
      assertThat(answer.header("Connection")).isEqualTo("close");
      stopper.join();
    }
    assertThatThrownBy(server::connect).isInstanceOf(ConnectException.class);
  }

  /** Asks until the stop has begun. */
  private static void awaitRefusal(RawConnection idle, RawRequest read) throws IOException {
    RawAnswer answer = idle.exchange(read);
    while (answer.status() == 200 && answer.first("Connection").isEmpty()) {
      answer = idle.exchange(read);
    }
    if (answer.status() != 200) {
      assertThat(answer.outcome()).isEqualTo("503/800003");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(answer.json().get("description").text())
          .isEqualTo("Le serveur s’arrête. Réessayez.");
    }
  }

  @Test
  void anotherServerOnTheFolderKnowsTokensAndRepetitions() {
    UUID id = UUID.randomUUID();
    TestServer first = TestServer.start(folder);
    String token = first.tokens().admin();
    RawRequest update =
        RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"Once\"}")
            .token(token)
            .id(id);
    RawRequest unchanged =
        RawRequest.patch(TestServer.foundingPath(), "{}").token(token).id(UUID.randomUUID());
    RawAnswer updated = first.send(update);
    RawAnswer same = first.send(unchanged);

    try (TestServer second = first.restart(folder)) {
      RawAnswer replay = second.send(update);

      assertThat(replay.isReplayed()).isTrue();
      assertThat(replay.text()).isEqualTo(updated.text());
      assertThat(second.send(unchanged).isReplayed()).isTrue();
      assertThat(second.send(unchanged).text()).isEqualTo(same.text());
      assertThat(second.send(update.body("{}")).outcome()).isEqualTo("409/990003");
    }
  }

  @Test
  void stoppingTwiceIsStoppingOnce() {
    TestServer server = TestServer.start(folder);
    server.close();

    server.close();

    assertThatThrownBy(server::connect).isInstanceOf(IOException.class);
  }
}
