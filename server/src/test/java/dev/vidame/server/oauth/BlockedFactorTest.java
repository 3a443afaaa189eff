package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.operators.AgentFactors.State;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.SecondFactor;
import dev.vidame.server.factors.OneTimeCodes;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.LogLines;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.limits.SignInLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people, programs and operators see of a second factor that wrong codes have blocked. */
final class BlockedFactorTest {
  @TempDir private Path folder;
  private TestServer server;
  private Portal portal;
  private Authenticator hand;

  /** Nothing in memory slows anybody down. */
  @BeforeEach
  void start() {
    server =
        TestServer.start(
            folder,
            Map.of("auth.lock-after-failures", "0", "auth.address-failures-per-minute", "0"));
    portal = Portal.at(server);
    hand = Authenticator.enrol(server, agent());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Agent agent() {
    return server.tenancy().agent(Role.ADMIN_AGENT);
  }

  private OneTimeCodes codes() {
    return Authenticator.codes(server.server().directory(), server.clock());
  }

  private State state() {
    return codes().state(Tenancy.PARTNER, agent().id()).orElseThrow();
  }

  private void allButOneGuess() {
    OneTimeCodes codes = codes();
    for (int i = 1; i < SecondFactor.MOST_WRONG_CODES; i++) {
      codes.take(agent(), hand.wrongCode());
    }
  }

  private RawAnswer password(String more) {
    return password(more, "en");
  }

  private RawAnswer password(String more, String language) {
    return server.send(
        server
            .tokens()
            .requestAt(
                "/" + Tenancy.PARTNER + "/oauth2/v2.0/token", server.tokens().passwordForm() + more)
            .header("X-Locale", language));
  }

  private static long number(RawAnswer refused) {
    return refused.json().get("error_codes").items().getFirst().number();
  }

  private RawAnswer second(Browser browser, String password) {
    Map<String, String> fields = Browser.hidden(browser.get(portal.page()));
    fields.put("username", agent().userPrincipalName());
    fields.put("password", password);
    fields.put("decision", "allow");
    return browser.post(portal.page(), fields);
  }

  private static Map<String, String> withCode(RawAnswer second, String code) {
    Map<String, String> fields = Browser.hidden(second);
    fields.put("otp", code);
    fields.put("decision", "allow");
    return fields;
  }

  @Test
  void programsAreToldFromTheHundredthOn() {
    allButOneGuess();

    RawAnswer last = password("&otp=" + hand.wrongCode());
    RawAnswer right = password("&otp=" + hand.code(), "fr");

    assertThat(last.status()).isEqualTo(400);
    assertThat(last.json().get("error").text()).isEqualTo("invalid_grant");
    assertThat(number(last)).isEqualTo(50053);
    assertThat(last.json().get("error_description").text())
        .startsWith("UAS-50053: No code is taken any more")
        .contains("Ask an operator of this service for another second factor.");
    assertThat(number(right)).isEqualTo(50053);
    assertThat(right.json().get("error_description").text())
        .contains("Demandez un autre second facteur à un opérateur");
    assertThat(right.all("Retry-After")).isEmpty();
    assertThat(number(password(""))).as("the password alone tells the same").isEqualTo(50076);
  }

  @Test
  void peopleAreToldOnThePage() {
    allButOneGuess();
    Browser browser = new Browser(server, "fr");
    RawAnswer second = second(browser, Tenancy.AGENT_PASSWORD);

    RawAnswer last = browser.post(portal.page(), withCode(second, hand.wrongCode()));
    RawAnswer again =
        browser.post(portal.page(), withCode(second, hand.recoveryCodes().getFirst()));

    for (RawAnswer told : List.of(last, again)) {
      assertThat(told.status()).isEqualTo(400);
      assertThat(told.text())
          .contains(
              "role=\"alert\"", "Aucun code n’est plus accepté", "à un opérateur de ce service");
    }
    assertThat(new Browser(server).get(portal.page()).text()).doesNotContain("No code is taken");
  }

  @Test
  void blockOutlivesTheServer() {
    allButOneGuess();
    password("&otp=" + hand.wrongCode());

    server = server.restart(folder);
    server.clock().advance(Duration.ofDays(30));

    assertThat(number(password("&otp=" + hand.code()))).isEqualTo(50053);
  }

  @Test
  void sessionsThatWereHadBeforeGoOn() {
    RawAnswer tokens = password("&otp=" + hand.code());
    allButOneGuess();
    password("&otp=" + hand.wrongCode());

    RawAnswer refreshed =
        server.send(
            server
                .tokens()
                .requestAt(
                    "/" + Tenancy.PARTNER + "/oauth2/v2.0/token",
                    server.tokens().applicationForm().replace("client_credentials", "refresh_token")
                        + "&refresh_token="
                        + tokens.json().get("refresh_token").text()));

    assertThat(refreshed.status()).isEqualTo(200);
  }

  /** Nobody gets as far as the count who has not shown the right password. */
  @Test
  void strangersCountNothing() {
    String wrong =
        server.tokens().passwordForm().replaceAll("&password=[^&]*", "&password=Wrong-Guess-1");
    for (int i = 0; i < 5; i++) {
      RawAnswer refused =
          server.send(
              server.tokens().requestAt("/common/oauth2/v2.0/token", wrong + "&otp=000000"));
      assertThat(number(refused)).isEqualTo(50126);
    }
    Browser browser = new Browser(server);
    RawAnswer first = browser.get(portal.page());
    Map<String, String> forged = withCode(first, hand.wrongCode());
    forged.put(
        "sign_in",
        agent().id()
            + "."
            + (server.clock().instant().getEpochSecond() + 200)
            + "."
            + "A".repeat(43));
    assertThat(browser.post(portal.page(), forged).status()).isEqualTo(400);
    forged.remove("sign_in");
    assertThat(browser.post(portal.page(), forged).status()).isEqualTo(400);
    assertThat(second(browser, "Wrong-Guess-1").status()).isEqualTo(400);
    assertThat(state().wrongCodes()).isZero();

    assertThat(number(password("&otp=" + hand.wrongCode()))).isEqualTo(500121);

    assertThat(state().wrongCodes()).as("with the password, for comparison").isEqualTo(1);
  }

  @Test
  void blockIsWarnedOfOnceAndTriesAfterItAreToldApart() {
    allButOneGuess();
    try (LogLines lines = LogLines.of(SignInLog.class.getName())) {
      password("&otp=" + hand.wrongCode());
      password("&otp=" + hand.wrongCode());

      String told = "kind=second_factor account=" + agent().id() + " address=127.0.0.1";
      assertThat(lines.startingWith("WARNING"))
          .containsExactly(
              "WARNING Sign-in blocked until an operator gives another second factor: " + told);
      assertThat(lines.startingWith("INFO"))
          .containsExactly(
              "INFO Sign-in failed: " + told + " reason=wrong",
              "INFO Sign-in failed: " + told + " reason=blocked");
    }
  }
}
