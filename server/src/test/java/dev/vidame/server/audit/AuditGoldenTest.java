package dev.vidame.server.audit;

import dev.vidame.server.harness.Golden;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges about audit records, as the clients in use send them, byte by byte (wire-spec §6). */
class AuditGoldenTest {
  @TempDir private Path folder;

  @Test
  void exchangesOfTheClientsInUseAreAnsweredAsWritten() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("audit");
    }
  }
}
