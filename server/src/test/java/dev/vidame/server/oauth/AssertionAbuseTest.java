package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.SignedAssertion;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who tries assertions waits as who guesses secrets does. */
final class AssertionAbuseTest {
  @TempDir private Path folder;

  @Test
  void failuresUseUpWhatAnAddressMayFail() throws JOSEException {
    RSAKey strangers = new RSAKeyGenerator(2048).generate();
    try (TestServer server =
        TestServer.start(folder, Map.of("auth.address-failures-per-minute", "3"))) {
      String client = server.tenancy().confidential().id().toString();
      SignedAssertion forged =
          SignedAssertion.of(client, "https://x.example", server.clock().instant())
              .header("kid", "any");
      String form = SignedAssertion.form(client, forged.by(strangers.toPrivateKey()));
      for (int i = 0; i < 3; i++) {
        assertThat(server.send(server.tokens().request(form)).status()).isEqualTo(401);
      }

      RawAnswer refused = server.send(server.tokens().request(form));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isNotBlank();
      assertThat(refused.json().get("error_description").text()).startsWith("UAS-50053: ");
      server.clock().advance(Duration.ofMinutes(1));
      assertThat(server.send(server.tokens().request(form)).status()).isEqualTo(401);
      assertThat(server.send(server.tokens().request(server.tokens().applicationForm())).status())
          .isEqualTo(200);
    }
  }
}
