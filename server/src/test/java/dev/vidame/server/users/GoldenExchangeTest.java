package dev.vidame.server.users;

import dev.vidame.server.harness.Golden;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenExchangeTest {
  @TempDir private Path folder;

  @Test
  void foundingDocumentsExchangeIsAnsweredByTheLetter() {
    try (TestServer server = TestServer.start(folder)) {
      new Golden(server).play("founding-document");
    }
  }
}
