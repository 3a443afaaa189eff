package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {
  @TempDir private Path folder;

  @Test
  void deletedAccountGoesWhenItsTimeIsOverAndNotBefore() {
    try (TestServer server = TestServer.start(folder);
        Purge purge =
            Purge.start(
                server.server().directory().users(),
                server.server().directory().leases(),
                UUID::randomUUID)) {
      assertThat(status(server, "DELETE")).isEqualTo(204);
      server.clock().advance(Duration.ofDays(30).minusMillis(1));

      assertThat(purge.run()).isZero();
      assertThat(status(server, "GET")).isEqualTo(200);

      server.clock().advance(Duration.ofMillis(1));
      assertThat(status(server, "GET")).isEqualTo(404);
      assertThat(purge.run()).isEqualTo(1);
      assertThat(status(server, "GET")).isEqualTo(404);
      assertThat(purge.run()).isZero();
      assertThat(server.server().directory().verifyJournal(Tenancy.CUSTOMER).isIntact()).isTrue();
    }
  }

  /** As two servers over one store: one does it all, and the other when that one has gone. */
  @Test
  void ofTwoOneWorks() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    try (TestServer server = TestServer.start(folder);
        Purge one = counting(server, rounds);
        Purge other = counting(server, rounds)) {
      assertThat(status(server, "DELETE")).isEqualTo(204);
      server.clock().advance(Duration.ofDays(30));

      List<Purge> both = List.of(one, other);
      List<Integer> purged = Together.run(2, id -> () -> both.get(id).run());

      assertThat(purged).containsExactlyInAnyOrder(0, 1);
      assertThat(rounds).hasValue(1);
      Purge working = both.get(purged.indexOf(1));
      Purge idle = both.get(purged.indexOf(0));
      server.clock().advance(Duration.ofMinutes(29));
      working.run();
      assertThat(rounds).hasValue(2);
      server.clock().advance(Duration.ofMinutes(29));
      idle.run();
      assertThat(rounds).hasValue(2);

      server.clock().advance(Duration.ofMinutes(1)); // as long as the lease after it was put off
      idle.run();
      working.run();
      assertThat(rounds).hasValue(3);
    }
  }

  /** Counts how often it gets to work. */
  private static Purge counting(TestServer server, AtomicInteger rounds) {
    return Purge.start(
        server.server().directory().users(),
        server.server().directory().leases(),
        UUID::randomUUID,
        most -> {
          rounds.incrementAndGet();
          return 0;
        });
  }

  private static int status(TestServer server, String method) {
    return server
        .send(
            RawRequest.of(method, TestServer.foundingPath())
                .token(server.tokens().of(Role.ADMIN_AGENT))
                .body(""))
        .status();
  }
}
