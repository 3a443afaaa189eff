package dev.vidame.server.roles;

import dev.vidame.server.harness.Golden;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented exchanges about directory roles (wire-spec §4). */
class RoleGoldenTest {
  @TempDir private Path folder;

  @Test
  void documentedExchangesAreAnswered() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("roles");
    }
  }

  @Test
  void bodiesOfTheClientsInUseAreUnderstood() {
    try (TestServer server = TestServer.start(folder)) {
      UserId second =
          Stream.generate(server.tenancy()::newUser)
              .filter(id -> id.toString().compareTo(Tenancy.USER.toString()) > 0)
              .findFirst()
              .orElseThrow();
      new Golden(server)
          .with("second", second.toString())
          .with("second-name", Tenancy.nameOf(second))
          .play("roles-clients");
    }
  }
}
