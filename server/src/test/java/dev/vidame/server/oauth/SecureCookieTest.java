package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where callers reach the server over TLS, its cookie goes over nothing else. */
class SecureCookieTest {
  @TempDir private Path folder;

  @Test
  void cookieIsSecureWhereThereIsTls() throws IOException {
    String port = Integer.toString(freePort());
    Map<String, String> settings =
        Map.of("listen.port", port, "listen.base-url", "https://accounts.example:" + port);
    try (TestServer server = TestServer.start(folder, settings)) {
      Application application =
          server
              .server()
              .directory()
              .partners()
              .createApplication(
                  new Application(
                      new ApplicationId(UUID.randomUUID()),
                      Tenancy.PARTNER,
                      "Portal",
                      false,
                      false,
                      List.of("https://portal.example/")),
                  null);

      RawAnswer page =
          new Browser(server)
              .get(
                  "/common/oauth2/authorize?response_type=code&code_challenge_method=S256"
                      + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                      + "&redirect_uri=https%3A%2F%2Fportal.example%2F&client_id="
                      + application.id());

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("Set-Cookie"))
          .matches("__Host-vidame-form=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
