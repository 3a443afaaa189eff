package dev.vidame.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.harness.Until;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.Change;
import dev.vidame.wire.ChangePage;
import dev.vidame.wire.CustomerUserUpdate;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for changes is told at once, or when the time is over, and holds nobody up. */
@Timeout(120)
class LongPollTest {
  private static final int MANY = 1_000;
  private static final Pattern WAITING = Pattern.compile("(?m)^vidame_change_waiters ([0-9.]+)$");

  @TempDir private Path folder;
  private TestServer server;
  private int metrics;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      metrics = probe.getLocalPort();
    }
    server =
        TestServer.start(
            folder,
            Map.of("metrics.port", Integer.toString(metrics), "listen.most-connections", "8000"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawRequest waiting(int seconds) {
    return RawRequest.get(Feed.PATH + "?wait=" + seconds + "&since=" + Feed.end(server))
        .token(server.tokens().admin());
  }

  /** Sends it and comes back once the server waits with so many. */
  private RawConnection sent(RawRequest request, int waiters) throws IOException {
    RawConnection connection = server.connect();
    connection.send(request.bytes());
    awaitWaiters(waiters);
    return connection;
  }

  private void awaitWaiters(int wanted) throws IOException {
    Until.met(() -> waiters() == wanted);
  }

  private int waiters() throws IOException {
    try (RawConnection connection = new RawConnection(metrics)) {
      Matcher found = WAITING.matcher(connection.exchange(RawRequest.get("/metrics")).text());
      return found.find() ? (int) Double.parseDouble(found.group(1)) : 0;
    }
  }

  @Test
  void commitIsToldAtOnce() throws IOException {
    try (RawConnection connection = sent(waiting(60), 1)) {
      long start = System.nanoTime();
      Feed.change(server, "Awaited");

      ChangePage page = ChangePage.fromJson(connection.read().body());

      assertThat(page.items())
          .singleElement()
          .satisfies(item ->
              assertThat(item.change().fields())
                  .extracting(Change.Field::after)
                  .containsExactly("Awaited"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      awaitWaiters(0);
    }
  }

  @Test
  void anothersCommitWakesNobody() throws IOException {
    String end = Feed.end(server);
    try (RawConnection connection = sent(waiting(2), 1)) {
      server.send(
          RawRequest.patch(
                  TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER),
                  "{\"displayName\":\"Other\"}")
              .token(server.tokens().otherAdmin()));

      assertThat(ChangePage.fromJson(connection.read().body()))
          .isEqualTo(new ChangePage(List.of(), end, false));
    }
  }

  @Test
  void timeThatIsOverIsAnsweredWithTheSameCursor() throws IOException {
    String end = Feed.end(server);
    long start = System.nanoTime();
    try (RawConnection connection = server.connect()) {
      RawAnswer answer = connection.exchange(waiting(1));

      assertThat(ChangePage.fromJson(answer.body()))
          .isEqualTo(new ChangePage(List.of(), end, false));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatIsThereAlreadyIsNotWaitedFor() {
    ChangePage page = Feed.page(server, "?wait=60&size=1");

    assertThat(page.items()).hasSize(1);
  }

  @Test
  void oneMoreThanThereIsRoomForIsRefusedAndOthersAreNot() throws IOException {
    server.close();
    server =
        TestServer.start(
            folder.resolve("small"),
            Map.of("metrics.port", Integer.toString(metrics), "listen.most-connections", "16"));
    RawRequest request = waiting(60);
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 1; i <= 4; i++) {
        connections.add(sent(request, i));
      }

      RawAnswer refused = server.sendWhateverComes(request);

      assertThat(refused.outcome()).isEqualTo("503/990004");
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      Feed.change(server, "Goes on");
      for (RawConnection connection : connections) {
        assertThat(connection.read().status()).isEqualTo(200);
      }
      assertThat(server.sendWhateverComes(request).status()).isEqualTo(200);
    } finally {
      for (RawConnection connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void aThousandAreToldOfOneCommit() throws IOException {
    RawRequest request = waiting(60);
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        RawConnection connection = server.connect();
        connection.send(request.bytes());
        connections.add(connection);
      }
      awaitWaiters(MANY);

      Feed.change(server, "For all");

      for (RawConnection connection : connections) {
        assertThat(ChangePage.fromJson(connection.read().body()).items()).hasSize(1);
      }
    } finally {
      for (RawConnection connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void stopWakesThemAll() throws IOException, InterruptedException {
    String end = Feed.end(server);
    try (RawConnection connection = sent(waiting(60), 1)) {
      Thread stop = Thread.ofVirtual().start(server::close);

      RawAnswer answer = connection.read();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(ChangePage.fromJson(answer.body()))
          .isEqualTo(new ChangePage(List.of(), end, false));
      stop.join();
    }
  }

  @Test
  void rightThatWasTakenMeanwhileIsAskedForAgain() throws IOException {
    try (RawConnection connection = sent(waiting(60), 1)) {
      Agent admin = server.tenancy().agent(Role.ADMIN_AGENT);
      Directory directory = server.tenancy().directory();
      directory.agents().delete(admin.partner(), admin.id(), request());

      directory
          .users()
          .update(
              Tenancy.CUSTOMER,
              new UserRef.ById(Tenancy.USER),
              CustomerUserUpdate.builder().displayName("Not for everybody").build(),
              new EntityTag.Any(),
              request());

      assertThat(connection.read().outcome()).isEqualTo("403/2032");
    }
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }
}
