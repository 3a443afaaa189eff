package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.OwnBrowsers;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, worked by its keyboard alone. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class PagesInChromiumTest {
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  @RegisterExtension private final OwnBrowsers browsers = new OwnBrowsers();
  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;
  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
  private TestServer server;
  private HttpServer portal;

  @BeforeEach
  void start() throws IOException {
    server = servers.start(folder);
    portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    portal.createContext("/", this::arrive);
    portal.start();
  }

  /** The application: it only remembers what browsers bring. */
  private void arrive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestURI().getPath().equals("/back")) {
      arrived.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI().getRawQuery()
              + " "
              + new String(body, StandardCharsets.UTF_8));
    }
    byte[] page = "<h1>Portal</h1>".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  @AfterEach
  void stop() {
    portal.stop(0);
  }

  private String userName() {
    return server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName();
  }

  private String wish(String mode) {
    String back = "http://localhost:" + portal.getAddress().getPort() + "/back";
    ApplicationId id = new ApplicationId(UUID.randomUUID());
    server
        .server()
        .directory()
        .partners()
        .createApplication(
            new Application(id, Tenancy.PARTNER, "Portal", false, false, List.of(back)), null);
    Map<String, String> wish = new LinkedHashMap<>();
    wish.put("client_id", id.toString());
    wish.put("redirect_uri", back);
    wish.put("response_type", "code");
    wish.put("response_mode", mode);
    wish.put("code_challenge", CHALLENGE);
    wish.put("code_challenge_method", "S256");
    wish.put("state", "st");
    return "/common/oauth2/v2.0/authorize?" + Browser.form(wish);
  }

  private void signIn(Chromium browser) {
    browser.signIn(userName(), Tenancy.AGENT_PASSWORD);
  }

  private String whatArrived() throws InterruptedException {
    return String.valueOf(arrived.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void agentSignsInByKeyboardAndArrivesAtTheApplication() throws Exception {
    Chromium browser = browsers.start(server, "en");
    browser.open(wish("query"));
    browser.awaitHeading("Sign in and allow");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("username");
    assertThat(browser.evaluate("getComputedStyle(document.querySelector('main')).maxWidth"))
        .isEqualTo("416px");
    assertThat(browser.heard())
        .contains(
            "heading Sign in and allow",
            "textbox User name",
            "textbox Password",
            "button Sign in and allow",
            "button Do not allow");
    signIn(browser);

    browser.awaitHeading("Portal");

    assertThat(whatArrived()).matches("GET code=[A-Za-z0-9_-]{43}&state=st&iss=.* ");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void wrongPasswordIsHeardAndTheSecondTrySucceeds() throws Exception {
    Chromium browser = browsers.start(server, "en");
    browser.open(wish("query"));
    browser.awaitHeading("Sign in and allow");
    browser.signIn(userName(), "wrong");
    browser.await("!!document.getElementById('fault')");
    assertThat(browser.heard())
        .anyMatch(text -> text.contains("The user name or the password is wrong."));

    browser.tab();
    browser.type(Tenancy.AGENT_PASSWORD);
    browser.enter();

    browser.awaitHeading("Portal");
    assertThat(whatArrived()).startsWith("GET code=");
  }

  @Test
  void whoDoesNotAllowItArrivesWithAnError() throws Exception {
    Chromium browser = browsers.start(server, "en");
    browser.open(wish("query"));
    browser.awaitHeading("Sign in and allow");
    browser.tab();
    browser.tab();
    browser.tab();
    browser.enter();

    browser.awaitHeading("Portal");

    assertThat(whatArrived()).startsWith("GET error=access_denied&");
  }

  @Test
  void answerIsPostedWithoutAScript() throws Exception {
    Chromium browser = browsers.start(server, "fr");
    browser.open(wish("form_post"));
    browser.awaitHeading("Se connecter et autoriser");
    signIn(browser);
    browser.awaitHeading("Retour à l’application");
    assertThat(browser.heard()).contains("button Continuer");
    browser.enter();

    browser.awaitHeading("Portal");

    assertThat(whatArrived()).matches("POST null code=[A-Za-z0-9_-]{43}&state=st&iss=.*");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void agentWithASecondFactorEntersItsCodeByKeyboard() throws Exception {
    Authenticator hand = Authenticator.enrol(server, server.tenancy().agent(Role.ADMIN_AGENT));
    Chromium browser = browsers.start(server, "fr");
    browser.open(wish("query"));
    browser.awaitHeading("Se connecter et autoriser");
    signIn(browser);
    browser.awaitHeading("Saisissez votre code");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("code");
    assertThat(browser.evaluate("document.activeElement.autocomplete")).isEqualTo("one-time-code");
    assertThat(browser.evaluate("document.activeElement.inputMode")).isEqualTo("numeric");
    assertThat(browser.evaluate("document.querySelectorAll('input[type=password]').length"))
        .isEqualTo("0");
    assertThat(browser.heard())
        .contains(
            "heading Saisissez votre code",
            "textbox Code à six chiffres, ou code de secours",
            "button Se connecter et autoriser",
            "button Ne pas autoriser");
    browser.type(hand.wrongCode());
    browser.enter();
    browser.await("!!document.getElementById('fault')");
    assertThat(browser.heard())
        .anyMatch(text -> text.contains("Le code est faux, ou a déjà servi."));
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("code");

    browser.type(hand.code());
    browser.enter();

    browser.awaitHeading("Portal");
    assertThat(whatArrived()).matches("GET code=[A-Za-z0-9_-]{43}&state=st&iss=.* ");
    assertThat(browser.complaints())
        .as("but for the wrong code")
        .singleElement()
        .asString()
        .contains("400 (Bad Request)");
  }

  @Test
  void agentSignsInForADeviceWithARecoveryCode() throws Exception {
    Authenticator hand = Authenticator.enrol(server, server.tenancy().agent(Role.ADMIN_AGENT));
    JsonNode codes = server.tokens().deviceCodes();
    Chromium browser = browsers.start(server, "en");
    browser.open(codes.get("verification_uri").text());
    browser.awaitHeading("Sign in on another device");
    browser.type(codes.get("user_code").text());
    browser.enter();
    browser.awaitHeading("Sign in and allow");
    signIn(browser);
    browser.awaitHeading("Enter your code");
    browser.type(hand.recoveryCodes().getFirst());
    browser.enter();

    browser.awaitHeading("Done");

    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void agentSignsInForADevice() throws Exception {
    JsonNode codes = server.tokens().deviceCodes();
    Chromium browser = browsers.start(server, "en");
    browser.open(codes.get("verification_uri").text());
    browser.awaitHeading("Sign in on another device");
    assertThat(browser.heard()).contains("textbox Code that your device shows");
    browser.type(codes.get("user_code").text().replace("-", ""));
    browser.enter();
    browser.awaitHeading("Sign in and allow");
    signIn(browser);

    browser.awaitHeading("Done");

    String poll =
        "client_id=%s&grant_type=device_code&device_code=%s"
            .formatted(server.tenancy().publicClient().id(), codes.get("device_code").text());
    assertThat(server.send(server.tokens().requestAt("/common/oauth2/v2.0/token", poll)).status())
        .isEqualTo(200);
    assertThat(browser.complaints()).isEmpty();
  }
}
