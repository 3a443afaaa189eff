package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
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

  private static int status(TestServer server, String method) {
    return server
        .send(
            RawRequest.of(method, TestServer.foundingPath())
                .token(server.tokens().of(Role.ADMIN_AGENT))
                .body(""))
        .status();
  }
}
