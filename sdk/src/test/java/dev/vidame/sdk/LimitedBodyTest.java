package dev.vidame.sdk;

import static dev.vidame.sdk.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimitedBodyTest {
  private static byte[] fetch(ScriptedServer server, int maxBytes)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(server.uri()).build(), answer -> new LimitedBody(maxBytes))
        .body();
  }

  @Test
  void bodyUpToTheLimitIsRead() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, "x".repeat(100_000)))) {
      assertThat(fetch(server, 100_000)).hasSize(100_000);
    }
  }

  @Test
  void bodyBeyondTheLimitIsGivenUp() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, "x".repeat(100_001)))) {
      assertThatThrownBy(() -> fetch(server, 100_000))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("larger than 100000 bytes");
    }
  }
}
