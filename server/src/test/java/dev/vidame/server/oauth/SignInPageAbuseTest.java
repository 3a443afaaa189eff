package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who guesses at one door finds the others closed too. */
final class SignInPageAbuseTest {
  private static final String NAME = "nobody@partner.example";

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

  private static RawAnswer guess(Browser browser, String at, RawAnswer shown) {
    Map<String, String> fields = Browser.hidden(shown);
    fields.put("username", NAME);
    fields.put("password", "Wrong-Guess-1");
    fields.put("decision", "allow");
    return browser.post(at, fields);
  }

  private RawAnswer guessAtDevice(Browser browser) {
    String client = server.tenancy().publicClient().id().toString();
    RawAnswer codes =
        server.send(
            server
                .tokens()
                .requestAt(
                    "/" + Tenancy.PARTNER + "/oauth2/v2.0/devicecode", "client_id=" + client));
    Map<String, String> fields = Browser.hidden(browser.get("/device"));
    fields.put("user_code", codes.json().get("user_code").text());
    return guess(browser, "/device", browser.post("/device", fields));
  }

  private RawAnswer guessAtEndpoint() {
    String form = server.tokens().passwordForm().replaceAll("username=[^&]*", "username=" + NAME);
    return server.send(
        server.tokens().requestAt("/" + Tenancy.PARTNER + "/oauth2/v2.0/token", form));
  }

  @Test
  void guessesOnThePageCloseEveryDoor() {
    Browser browser = new Browser(server, "fr");
    String page = Portal.at(server).page();
    for (int i = 0; i < 10; i++) {
      assertThat(guess(browser, page, browser.get(page)).status()).isEqualTo(400);
    }

    RawAnswer refused = guess(browser, page, browser.get(page));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
    assertThat(refused.text())
        .contains("role=\"alert\"")
        .contains("Trop d&#39;essais ont échoué. Attendez, puis réessayez.")
        .doesNotContain("Wrong-Guess-1");
    assertThat(guessAtDevice(browser).status()).isEqualTo(429);
    assertThat(guessAtEndpoint().status()).isEqualTo(429);
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(guess(browser, page, browser.get(page)).status()).isEqualTo(400);
  }

  @Test
  void guessesForADeviceCloseThePage() {
    Browser browser = new Browser(server);
    for (int i = 0; i < 10; i++) {
      assertThat(guessAtDevice(browser).status()).isEqualTo(400);
    }
    String page = Portal.at(server).page();

    assertThat(guess(browser, page, browser.get(page)).status()).isEqualTo(429);
    assertThat(guessAtDevice(browser).status()).isEqualTo(429);
  }
}
