package dev.vidame.server.http;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers hear when the store does not answer. */
class StoreUnavailableTest {
  @TempDir private Path folder;

  @Test
  void callersAreToldWhenToTryAgain() {
    try (TestServer server = TestServer.start(folder)) {
      server.server().directory().close();

      for (RawRequest request :
          new RawRequest[] {
            RawRequest.get(foundingPath()), RawRequest.patch(foundingPath(), "{}")
          }) {
        RawAnswer answer = server.sendWhateverComes(request.token(server.tokens().admin()));

        assertThat(answer.outcome()).isEqualTo("503/800003");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
      }
    }
  }
}
