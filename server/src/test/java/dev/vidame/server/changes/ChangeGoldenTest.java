package dev.vidame.server.changes;

import dev.vidame.server.harness.Golden;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges about changes, byte by byte. */
class ChangeGoldenTest {
  @TempDir private Path folder;

  @Test
  void exchangesAreAnsweredAsWritten() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("changes");
    }
  }
}
