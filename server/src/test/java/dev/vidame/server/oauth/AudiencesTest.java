package dev.vidame.server.oauth;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom tokens may be for, as the operator says (wire-spec §1.2). */
class AudiencesTest {
  private static final String MICROSOFTS = "https://api.partnercenter.microsoft.com";

  @TempDir private Path folder;

  private TestServer start(String audiences) {
    return TestServer.start(folder, Map.of("auth.audiences", audiences));
  }

  private static String outcome(TestServer server, String audience) {
    return server
        .send(RawRequest.get(foundingPath()).token(server.tokens().forAudience(audience)))
        .outcome();
  }

  private static RawAnswer ask(TestServer server, String more) {
    return server.send(server.tokens().request(server.tokens().passwordForm() + more));
  }

  @Test
  void serverIsAlwaysMeantByItsOwnAddressAndByTheListedNames() {
    try (TestServer server = start("https://accounts.example/,urn:accounts")) {
      assertThat(outcome(server, server.server().address().toString())).isEqualTo("200");
      assertThat(outcome(server, "https://accounts.example")).isEqualTo("200");
      assertThat(outcome(server, "https://accounts.example/")).isEqualTo("200");
      assertThat(outcome(server, "urn:accounts")).isEqualTo("200");
      assertThat(outcome(server, MICROSOFTS)).isEqualTo("401/900420");
      assertThat(outcome(server, "https://graph.windows.net")).isEqualTo("401/900420");
    }
  }

  /** A token that the server itself would refuse must not be issued. */
  @Test
  void tokenAskedForWithoutAnAudienceIsForTheServerItself() {
    try (TestServer server = start("")) {
      RawAnswer answer = ask(server, "");

      assertThat(answer.status()).isEqualTo(200);
      String token = answer.json().get("access_token").text();
      assertThat(TestTokens.claims(token))
          .containsEntry("aud", server.server().address().toString());
      assertThat(server.send(RawRequest.get(foundingPath()).token(token)).outcome())
          .isEqualTo("200");
      assertThat(ask(server, "&resource=" + MICROSOFTS).json().get("error").text())
          .isEqualTo("invalid_resource");
    }
  }

  @Test
  void allKnownAudiencesAreTakenUnlessTheOperatorSaysWhich() {
    try (TestServer server = TestServer.start(folder)) {
      for (String audience :
          new String[] {
            MICROSOFTS,
            MICROSOFTS + "/",
            "https://graph.windows.net",
            "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
            server.server().address().toString()
          }) {
        assertThat(outcome(server, audience)).as(audience).isEqualTo("200");
      }
      assertThat(outcome(server, "https://other.example")).isEqualTo("401/900420");
    }
  }
}
