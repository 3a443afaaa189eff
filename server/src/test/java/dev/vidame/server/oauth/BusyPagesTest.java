package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.FullQueue;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who signs in while the store takes nothing more is told so on the page, and tries again there.
 */
@Timeout(60)
final class BusyPagesTest {
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawAnswer whileFull(Browser browser, String at, Map<String, String> fields)
      throws Exception {
    try (FullQueue _ = FullQueue.of(server, folder)) {
      return browser.post(at, fields);
    }
  }

  private static void assertToldOnThePage(RawAnswer busy) {
    assertThat(busy.status()).as(busy.text()).isEqualTo(503);
    assertThat(busy.header("Content-Type")).startsWith("text/html");
    assertThat(busy.header("Retry-After")).isEqualTo("1");
    assertThat(busy.text()).contains("role=\"alert\"", "Too much waits already. Try again later.");
  }

  @Test
  void whoAllowsAnApplicationToActIsToldAndDoesSoAgain() throws Exception {
    String at = Portal.at(server).page();
    Browser browser = new Browser(server);

    RawAnswer busy = whileFull(browser, at, browser.filled(browser.get(at), "allow"));

    assertToldOnThePage(busy);
    RawAnswer done = browser.post(at, browser.filled(busy, "allow"));
    assertThat(done.status()).isEqualTo(303);
    assertThat(done.header("Location")).startsWith(Portal.BACK + "?code=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow", "deny"})
  void whoAnswersADeviceIsToldAndDoesSoAgain(String decision) throws Exception {
    String client = server.tenancy().publicClient().id().toString();
    String codes = "/" + Tenancy.PARTNER + "/oauth2/v2.0/devicecode";
    Browser browser = new Browser(server);
    Map<String, String> code = Browser.hidden(browser.get("/device"));
    code.put(
        "user_code",
        server
            .send(server.tokens().requestAt(codes, "client_id=" + client))
            .json()
            .get("user_code")
            .text());
    RawAnswer page = browser.post("/device", code);

    RawAnswer busy = whileFull(browser, "/device", browser.filled(page, decision));

    assertToldOnThePage(busy);
    RawAnswer done = browser.post("/device", browser.filled(busy, decision));
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text()).contains("role=\"status\"");
  }
}
