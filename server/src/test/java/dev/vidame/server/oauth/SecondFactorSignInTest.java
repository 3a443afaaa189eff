package dev.vidame.server.oauth;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import dev.vidame.server.harness.Together;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents with a second factor at every door, on a server that wants one for every change. */
final class SecondFactorSignInTest {
  private static final List<String> PASSWORD = List.of("pwd");
  private static final List<String> BOTH = List.of("pwd", "mfa");

  @TempDir private Path folder;
  private TestServer server;
  private Portal portal;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, Map.of("security.require-mfa", "true"));
    portal = Portal.at(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Agent agent() {
    return server.tenancy().agent(Role.ADMIN_AGENT);
  }

  private Authenticator enrolled() {
    return Authenticator.enrol(server, agent());
  }

  private RawAnswer ask(String form) {
    return server.send(
        server.tokens().requestAt("/" + Tenancy.PARTNER + "/oauth2/v2.0/token", form));
  }

  private RawAnswer password(String more) {
    return ask(server.tokens().passwordForm() + more);
  }

  private RawAnswer refreshed(RawAnswer tokens) {
    return ask(
        server.tokens().applicationForm().replace("client_credentials", "refresh_token")
            + "&refresh_token="
            + tokens.json().get("refresh_token").text());
  }

  private static String access(RawAnswer tokens) {
    return tokens.json().get("access_token").text();
  }

  private static String amr(String token) {
    return String.valueOf(TestTokens.claims(token).get("amr"));
  }

  private static long number(RawAnswer refused) {
    return refused.json().get("error_codes").items().getFirst().number();
  }

  /** What the tokens say, and whether they are enough for this server. */
  private void assertProves(RawAnswer tokens, List<String> methods) {
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
    assertThat(amr(access(tokens))).isEqualTo(methods.toString());
    assertThat(amr(tokens.json().get("id_token").text())).isEqualTo(methods.toString());
    RawAnswer read = server.send(RawRequest.get(foundingPath()).token(access(tokens)));
    RawAnswer exchanged =
        server.send(
            server
                .tokens()
                .requestAt("/generatetoken", "grant_type=jwt_token")
                .token(access(tokens)));
    if (methods.equals(BOTH)) {
      assertThat(read.outcome()).isEqualTo("200");
      assertThat(exchanged.status()).isEqualTo(200);
      assertThat(amr(access(exchanged))).isEqualTo(methods.toString());
      assertThat(server.send(RawRequest.get(foundingPath()).token(access(exchanged))).outcome())
          .isEqualTo("200");
    } else {
      assertThat(read.outcome()).isEqualTo("401/400");
      assertThat(exchanged.outcome()).isEqualTo("401/400");
    }
  }

  // ---- The password grant

  @Test
  void passwordGrantWithoutFactorProvesAPasswordForEver() {
    RawAnswer tokens = password("");

    assertProves(tokens, PASSWORD);
    assertProves(refreshed(tokens), PASSWORD);
    assertProves(refreshed(refreshed(tokens)), PASSWORD);
  }

  @Test
  void codeOfAnAgentWithoutFactorProvesNothing() {
    assertProves(password("&otp=123456"), PASSWORD);
  }

  @Test
  void passwordGrantWithACodeProvesBothForEver() {
    Authenticator hand = enrolled();

    RawAnswer tokens = password("&otp=" + hand.code());

    assertProves(tokens, BOTH);
    assertProves(refreshed(tokens), BOTH);
    assertProves(refreshed(refreshed(tokens)), BOTH);
  }

  @Test
  void recoveryCodeProvesBothOnce() {
    Authenticator hand = enrolled();
    String code = hand.recoveryCodes().get(4);

    assertProves(password("&otp=" + code), BOTH);

    assertThat(number(password("&otp=" + code))).isEqualTo(500121);
  }

  @Test
  void missingCodeIsAskedForInTheFormThatClientsKnow() {
    enrolled();

    RawAnswer refused = password("");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().members().keySet())
        .containsExactly(
            "error",
            "error_description",
            "error_codes",
            "timestamp",
            "trace_id",
            "correlation_id",
            "suberror");
    assertThat(refused.json().get("error").text()).isEqualTo("invalid_grant");
    assertThat(refused.json().get("suberror").text()).isEqualTo("basic_action");
    assertThat(refused.json().get("error_description").text())
        .startsWith("UAS-50076: The agent must show a second factor too");
    assertThat(number(refused)).isEqualTo(50076);
    assertThat(number(password("&otp="))).isEqualTo(50076);
  }

  @Test
  void wrongAndUsedCodesAreRefusedAlike() {
    Authenticator hand = enrolled();
    assertThat(password("&otp=" + hand.code()).status()).isEqualTo(200);

    RawAnswer used = password("&otp=" + hand.code());
    RawAnswer wrong = password("&otp=" + hand.wrongCode());

    assertThat(used.status()).isEqualTo(400);
    assertThat(used.json().get("error").text()).isEqualTo("invalid_grant");
    assertThat(number(used)).isEqualTo(500121);
    assertThat(number(wrong)).isEqualTo(500121);
    assertThat(used.json().has("suberror")).isFalse();
  }

  /** Nothing tells a stranger whether an agent has a factor. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&otp=000000"})
  void wrongPasswordIsAnsweredAlikeWithAndWithoutFactor(String more) {
    String wrong =
        server.tokens().passwordForm().replaceAll("&password=[^&]*", "&password=Wrong-Guess-1");
    RawAnswer before = ask(wrong + more);
    Authenticator hand = enrolled();

    RawAnswer after = ask(wrong + more);
    RawAnswer withCode = ask(wrong + "&otp=" + hand.code());

    assertThat(number(before)).isEqualTo(50126);
    assertThat(number(after)).isEqualTo(50126);
    assertThat(number(withCode)).isEqualTo(50126);
    assertThat(password("&otp=" + hand.code()).status())
        .as("the code is not used up")
        .isEqualTo(200);
  }

  @Test
  void oneOfSixteenAtOnceSucceedsWithACode() throws Exception {
    Authenticator hand = enrolled();
    String form = server.tokens().passwordForm() + "&otp=" + hand.code();

    List<Integer> statuses = Together.run(16, i -> () -> ask(form).status());

    assertThat(statuses).containsOnlyOnce(200).containsAnyOf(400, 429);
    assertThat(statuses).allMatch(List.of(200, 400, 429)::contains);
  }

  @Test
  void wrongCodesLockTheSecondStepForAWhile() {
    Authenticator hand = enrolled();
    for (int i = 0; i < 10; i++) {
      assertThat(number(password("&otp=" + hand.wrongCode()))).isEqualTo(500121);
    }

    RawAnswer refused = password("&otp=" + hand.code());

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
    assertThat(number(refused)).isEqualTo(50053);
    assertThat(password("&otp=" + hand.recoveryCodes().getFirst()).status()).isEqualTo(429);
    assertThat(number(password(""))).as("the password alone tells the same").isEqualTo(50076);
    server.clock().advance(Duration.ofSeconds(59));
    assertThat(password("&otp=" + hand.code()).status()).isEqualTo(429);
    server.clock().advance(Duration.ofSeconds(1));
    assertProves(password("&otp=" + hand.code()), BOTH);
  }

  /** Whoever has the password gets no more guesses by signing in between, or from elsewhere. */
  @Test
  void successesClearNoCount() {
    Authenticator hand = enrolled();
    for (int i = 0; i < 10; i++) {
      assertThat(number(password("&otp=" + hand.wrongCode()))).isEqualTo(500121);
      if (i < 9) {
        server.clock().advance(Duration.ofSeconds(30));
        assertThat(password("&otp=" + hand.code()).status()).isEqualTo(200);
      }
    }

    assertThat(password("&otp=" + hand.code()).status()).isEqualTo(429);
  }

  @Test
  void strangersWithoutThePasswordLockNothing() {
    Authenticator hand = enrolled();
    assertThat(password("&otp=" + hand.code()).status()).isEqualTo(200);
    String wrong =
        server.tokens().passwordForm().replaceAll("&password=[^&]*", "&password=Wrong-Guess-1");
    for (int i = 0; i < 9; i++) {
      ask(wrong + "&otp=000000");
    }
    server.clock().advance(Duration.ofSeconds(30));

    assertThat(password("&otp=" + hand.code()).status()).isEqualTo(200);
  }

  // ---- The page

  private RawAnswer second(Browser browser) {
    return browser.post(portal.page(), browser.filled(browser.get(portal.page()), "allow"));
  }

  private static Map<String, String> withCode(RawAnswer second, String code) {
    Map<String, String> fields = Browser.hidden(second);
    fields.put("otp", code);
    fields.put("decision", "allow");
    return fields;
  }

  private RawAnswer exchanged(RawAnswer back) {
    assertThat(back.status()).isEqualTo(303);
    String query = URI.create(back.header("Location")).getRawQuery();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", portal.id().toString());
    form.put("redirect_uri", Portal.BACK);
    form.put("code_verifier", Portal.VERIFIER);
    form.put(
        "code",
        URLDecoder.decode(query.replaceAll(".*code=([^&]*).*", "$1"), StandardCharsets.UTF_8));
    return ask(Browser.form(form));
  }

  private RawAnswer refreshedAtPortal(RawAnswer tokens) {
    return ask(
        "grant_type=refresh_token&client_id="
            + portal.id()
            + "&refresh_token="
            + tokens.json().get("refresh_token").text());
  }

  @Test
  void agentWithoutFactorIsNotAskedOnThePage() {
    Browser browser = new Browser(server);

    RawAnswer tokens = exchanged(second(browser));

    assertProves(tokens, PASSWORD);
    assertProves(refreshedAtPortal(tokens), PASSWORD);
  }

  @Test
  void pageAsksForTheCodeWithoutThePasswordAndGoesOn() {
    Authenticator hand = enrolled();
    Browser browser = new Browser(server, "fr");

    RawAnswer second = second(browser);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text())
        .contains(
            "<h1>Saisissez votre code</h1>",
            "inputmode=\"numeric\"",
            "autocomplete=\"one-time-code\"",
            "<label for=\"code\">Code à six chiffres, ou code de secours</label>",
            "aria-describedby=\"which\"",
            "L’application Portal")
        .doesNotContain(Tenancy.AGENT_PASSWORD, "type=\"password\"", "<script", "role=\"alert\"");
    assertThat(second.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(second.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(second.header("Cache-Control")).contains("no-store");
    assertThat(second.all("Set-Cookie")).hasSize(1);
    RawAnswer tokens = exchanged(browser.post(portal.page(), withCode(second, hand.code())));
    assertProves(tokens, BOTH);
    assertProves(refreshedAtPortal(tokens), BOTH);
  }

  @Test
  void wrongCodeIsSaidAndTheNextOneTaken() {
    Authenticator hand = enrolled();
    Browser browser = new Browser(server, "fr");
    RawAnswer second = second(browser);

    RawAnswer wrong = browser.post(portal.page(), withCode(second, hand.wrongCode()));

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text())
        .contains(
            "role=\"alert\" id=\"fault\"",
            "Le code est faux, ou a déjà servi. Attendez le suivant.",
            "aria-invalid=\"true\"",
            "aria-describedby=\"fault which\"")
        .doesNotContain(hand.wrongCode());
    assertProves(exchanged(browser.post(portal.page(), withCode(wrong, hand.code()))), BOTH);
  }

  @Test
  void recoveryCodeIsTakenOnThePage() {
    Authenticator hand = enrolled();
    Browser browser = new Browser(server);
    String code = hand.recoveryCodes().getFirst();

    assertProves(exchanged(browser.post(portal.page(), withCode(second(browser), code))), BOTH);
    assertThat(browser.post(portal.page(), withCode(second(browser), code)).status())
        .isEqualTo(400);
  }

  @Test
  void whoDoesNotAllowItNeedsNoCode() {
    enrolled();
    Browser browser = new Browser(server);
    Map<String, String> fields = Browser.hidden(second(browser));
    fields.put("decision", "deny");

    RawAnswer back = browser.post(portal.page(), fields);

    assertThat(back.header("Location")).startsWith(Portal.BACK + "?error=access_denied");
  }

  @Test
  void wrongPasswordLeadsToNoSecondStep() {
    enrolled();
    Browser browser = new Browser(server);
    Map<String, String> fields = browser.filled(browser.get(portal.page()), "allow");
    fields.put("password", "Wrong-Guess-1");
    fields.put("otp", "000000");

    RawAnswer answer = browser.post(portal.page(), fields);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains("The user name or the password is wrong.")
        .doesNotContain("name=\"sign_in\"");
  }

  /** What the browser carries is good for five minutes, in it, at this address, unchanged. */
  @Test
  void secondStepEndsAfterFiveMinutes() {
    Authenticator hand = enrolled();
    Browser browser = new Browser(server);
    RawAnswer second = second(browser);
    server.clock().advance(Duration.ofSeconds(299));
    RawAnswer stillGood = browser.post(portal.page(), withCode(second, hand.wrongCode()));
    server.clock().advance(Duration.ofSeconds(1));

    RawAnswer over = browser.post(portal.page(), withCode(stillGood, hand.code()));

    assertThat(stillGood.text()).contains("name=\"otp\"");
    assertThat(over.status()).isEqualTo(400);
    assertThat(over.text())
        .contains("Too much time has passed. Sign in again.", "type=\"password\"")
        .doesNotContain("name=\"otp\"");
  }

  @Test
  void secondStepIsNoneOfAnotherBrowserOrAddress() {
    Authenticator hand = enrolled();
    RawAnswer second = second(new Browser(server));
    String carried = String.valueOf(Browser.hidden(second).get("sign_in"));
    Browser other = new Browser(server);

    Map<String, String> fields = withCode(other.get(portal.page()), hand.code());
    fields.put("sign_in", carried);
    RawAnswer elsewhere = other.post(portal.page(), fields);

    Browser same = new Browser(server);
    String own = String.valueOf(Browser.hidden(second(same)).get("sign_in"));
    String otherPage = portal.page() + "&state=other";
    Map<String, String> moved = withCode(same.get(otherPage), hand.code());
    moved.put("sign_in", own);

    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(elsewhere.text()).contains("Sign in again.");
    assertThat(same.post(otherPage, moved).text()).contains("Sign in again.");
    moved = withCode(same.get(portal.page()), hand.code());
    moved.put("sign_in", own);
    assertThat(same.post(portal.page(), moved).status()).as("unmoved").isEqualTo(303);
  }

  @Test
  void carriedWordIsRefusedWhereAnythingOfItIsChanged() {
    Authenticator hand = enrolled();
    Agent other = server.tenancy().agent(Role.SALES_AGENT);
    Authenticator.enrol(server, other);
    Browser browser = new Browser(server);
    RawAnswer second = second(browser);
    String carried = String.valueOf(Browser.hidden(second).get("sign_in"));
    String[] parts = carried.split("\\.", -1);

    for (String bad :
        List.of(
            "",
            ".",
            "..",
            carried + ".",
            carried.substring(1),
            carried.substring(0, carried.length() - 1),
            other.id() + "." + parts[1] + "." + parts[2],
            parts[0] + "." + (Long.parseLong(parts[1]) + 1) + "." + parts[2],
            parts[0] + ".99999999999." + parts[2],
            parts[0] + "." + parts[1] + "." + "A".repeat(43),
            UUID.randomUUID() + "." + parts[1] + "." + parts[2])) {
      Map<String, String> fields = withCode(second, hand.code());
      fields.put("sign_in", bad);
      RawAnswer answer = browser.post(portal.page(), fields);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.text()).as(bad).contains("Sign in again.");
    }
    assertThat(browser.post(portal.page(), withCode(second, hand.code())).status()).isEqualTo(303);
  }

  @Test
  void anotherPasswordADisabledAgentAndALostFactorEndTheSecondStep() {
    Authenticator hand = enrolled();
    Browser browser = new Browser(server);
    RawAnswer second = second(browser);

    server
        .server()
        .directory()
        .agents()
        .resetPassword(
            agent().partner(), agent().id(), "Another-Horse-78", Authenticator.request(agent()));

    assertThat(browser.post(portal.page(), withCode(second, hand.code())).text())
        .contains("Sign in again.");
    server
        .server()
        .directory()
        .agents()
        .resetPassword(
            agent().partner(),
            agent().id(),
            Tenancy.AGENT_PASSWORD,
            Authenticator.request(agent()));
    RawAnswer again = second(browser);
    server
        .server()
        .directory()
        .agentFactors()
        .remove(agent().partner(), agent().id(), Authenticator.request(agent()));
    assertThat(browser.post(portal.page(), withCode(again, hand.code())).text())
        .contains("Sign in again.");
  }

  @Test
  void wrongCodesOnThePageCloseEveryDoor() {
    Authenticator hand = enrolled();
    Browser browser = new Browser(server, "fr");
    RawAnswer second = second(browser);
    for (int i = 0; i < 10; i++) {
      assertThat(browser.post(portal.page(), withCode(second, hand.wrongCode())).status())
          .isEqualTo(400);
    }

    RawAnswer refused = browser.post(portal.page(), withCode(second, hand.code()));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
    assertThat(refused.text())
        .contains("Trop d&#39;essais ont échoué.", "name=\"otp\"")
        .doesNotContain("type=\"password\"");
    assertThat(password("&otp=" + hand.code()).status()).isEqualTo(429);
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(browser.post(portal.page(), withCode(second, hand.code())).status()).isEqualTo(303);
  }

  // ---- Devices

  private JsonNode deviceCodes() {
    return server
        .send(
            server
                .tokens()
                .requestAt(
                    "/" + Tenancy.PARTNER + "/oauth2/v2.0/devicecode", "client_id=" + portal.id()))
        .json();
  }

  private RawAnswer poll(JsonNode codes) {
    return ask(
        "grant_type=device_code&client_id="
            + portal.id()
            + "&device_code="
            + codes.get("device_code").text());
  }

  private RawAnswer enterAndSignIn(Browser browser, JsonNode codes) {
    Map<String, String> fields = Browser.hidden(browser.get("/device"));
    fields.put("user_code", codes.get("user_code").text());
    return browser.post("/device", browser.filled(browser.post("/device", fields), "allow"));
  }

  @Test
  void deviceOfAnAgentWithoutFactorProvesAPassword() {
    JsonNode codes = deviceCodes();
    assertThat(enterAndSignIn(new Browser(server), codes).text()).contains("You are signed in.");

    RawAnswer tokens = poll(codes);

    assertProves(tokens, PASSWORD);
    assertProves(refreshedAtPortal(tokens), PASSWORD);
  }

  @Test
  void deviceOfAnAgentWithFactorProvesBoth() {
    Authenticator hand = enrolled();
    JsonNode codes = deviceCodes();
    Browser browser = new Browser(server);

    RawAnswer second = enterAndSignIn(browser, codes);

    assertThat(second.text())
        .contains("<h1>Enter your code</h1>", codes.get("user_code").text())
        .doesNotContain("type=\"password\"");
    assertThat(poll(codes).json().get("error").text()).isEqualTo("authorization_pending");
    RawAnswer wrong = browser.post("/device", withCode(second, hand.wrongCode()));
    assertThat(wrong.status()).isEqualTo(400);
    RawAnswer done = browser.post("/device", withCode(wrong, hand.code()));
    assertThat(done.text()).contains("You are signed in.");
    server.clock().advance(Duration.ofSeconds(10));
    RawAnswer tokens = poll(codes);
    assertProves(tokens, BOTH);
    assertProves(refreshedAtPortal(tokens), BOTH);
  }

  @Test
  void secondStepForOneDeviceIsNoneForAnother() {
    Authenticator hand = enrolled();
    JsonNode codes = deviceCodes();
    JsonNode others = deviceCodes();
    Browser browser = new Browser(server);
    RawAnswer second = enterAndSignIn(browser, codes);
    Map<String, String> fields = withCode(second, hand.code());
    fields.put("user_code", others.get("user_code").text().replace("-", ""));

    RawAnswer answer = browser.post("/device", fields);

    assertThat(answer.text()).contains("Sign in again.");
    assertThat(poll(others).json().get("error").text()).isEqualTo("authorization_pending");
    assertThat(browser.post("/device", withCode(second, hand.code())).text())
        .contains("You are signed in.");
  }
}
