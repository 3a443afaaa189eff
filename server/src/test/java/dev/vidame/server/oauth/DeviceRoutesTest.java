package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.DeviceCodes;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody signs in here for an application on another device (wire-spec §1.4). */
class DeviceRoutesTest {
  private static final String FULL_NAME = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String CODES = "/" + Tenancy.PARTNER + "/oauth2/v2.0/devicecode";

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

  private String client() {
    return server.tenancy().publicClient().id().toString();
  }

  private RawAnswer codes() {
    return server.send(server.tokens().requestAt(CODES, "client_id=" + client()));
  }

  private RawAnswer poll(JsonNode codes) {
    return poll(codes, FULL_NAME);
  }

  private RawAnswer poll(JsonNode codes, String grant) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grant);
    form.put("client_id", client());
    form.put("device_code", codes.get("device_code").text());
    return server.send(server.tokens().requestAt("/common/oauth2/v2.0/token", Browser.form(form)));
  }

  private static String error(RawAnswer answer) {
    assertThat(answer.status()).isEqualTo(400);
    return answer.json().get("error").text();
  }

  /** The person enters the code, and answers on the page that follows. */
  private RawAnswer answer(JsonNode codes, String decision) {
    Browser browser = new Browser(server);
    RawAnswer second = enter(browser, codes.get("user_code").text());
    return browser.post("/device", browser.filled(second, decision));
  }

  private static RawAnswer enter(Browser browser, String code) {
    Map<String, String> fields = Browser.hidden(browser.get("/device"));
    fields.put("user_code", code);
    return browser.post("/device", fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {FULL_NAME, "device_code"})
  void agentSignsInAndTheDeviceActs(String grant) {
    RawAnswer codes = codes();
    assertThat(codes.status()).isEqualTo(200);
    JsonNode pair = codes.json();
    assertThat(pair.members().keySet())
        .containsExactly(
            "user_code", "device_code", "verification_uri", "expires_in", "interval", "message");
    assertThat(pair.get("expires_in").number()).isEqualTo(900);
    assertThat(pair.get("interval").number()).isEqualTo(5);
    assertThat(pair.get("verification_uri").text())
        .isEqualTo(server.server().address() + "/device");
    assertThat(pair.get("message").text())
        .contains(pair.get("user_code").text(), pair.get("verification_uri").text());
    assertThat(error(poll(pair, grant))).isEqualTo("authorization_pending");

    RawAnswer done = answer(pair, "allow");
    RawAnswer tokens = poll(pair, grant);

    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text()).contains("role=\"status\"", "You are signed in");
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(tokens.json().has("refresh_token")).isTrue();
    String access = tokens.json().get("access_token").text();
    assertThat(server.send(RawRequest.get(TestServer.foundingPath()).token(access)).outcome())
        .isEqualTo("200");
    assertThat(error(poll(pair, grant))).isEqualTo("bad_verification_code");
  }

  @Test
  void deviceHearsThatThePersonDidNotAllowIt() {
    JsonNode pair = codes().json();

    RawAnswer done = answer(pair, "deny");

    assertThat(done.text()).contains("was not allowed anything");
    assertThat(error(poll(pair))).isEqualTo("authorization_declined");
    assertThat(answer(pair, "allow").status()).isEqualTo(400);
  }

  @Test
  void codesEndAfterAQuarterOfAnHour() {
    JsonNode pair = codes().json();
    server.clock().advance(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(error(poll(pair))).isEqualTo("authorization_pending");

    server.clock().advance(Duration.ofSeconds(1));

    assertThat(error(poll(pair))).isEqualTo("expired_token");
    assertThat(enter(new Browser(server), pair.get("user_code").text()).status()).isEqualTo(400);
  }

  @Test
  void hastyDeviceIsToldToSlowDownAndWaitsLongerFromThenOn() {
    JsonNode pair = codes().json();
    poll(pair);
    server.clock().advance(Duration.ofSeconds(3));
    assertThat(error(poll(pair))).isEqualTo("slow_down");
    server.clock().advance(Duration.ofSeconds(6));
    assertThat(error(poll(pair))).isEqualTo("slow_down");
    server.clock().advance(Duration.ofSeconds(15));
    assertThat(error(poll(pair))).isEqualTo("authorization_pending");

    JsonNode patient = codes().json();
    for (int i = 0; i < 5; i++) {
      assertThat(error(poll(patient))).isEqualTo("authorization_pending");
      server.clock().advance(Duration.ofSeconds(5));
    }
  }

  @Test
  void codeIsTakenAsPeopleTypeIt() {
    String code = codes().json().get("user_code").text();

    for (String typed :
        new String[] {
          code, code.toLowerCase(Locale.ROOT), code.replace("-", ""), " " + code.replace("-", " ")
        }) {
      RawAnswer page = enter(new Browser(server), typed);
      assertThat(page.status()).as(typed).isEqualTo(200);
      assertThat(page.text()).contains("The device that asks shows the code " + code);
    }
  }

  @Test
  void codeInTheAddressIsInTheField() {
    RawAnswer page = new Browser(server).get("/device?user_code=BCDF-GHJK%22%3E");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("value=\"BCDF-GHJK&quot;&gt;\"");
    assertThat(new Browser(server).get("/device?user_code=%zz").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BCDF", "AAAA-AAAA", "<script>", "' or 1=1"})
  void codeThatIsNoneIsToldToThePerson(String code) {
    RawAnswer page = enter(new Browser(server), code);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text())
        .contains("No device waits with this code", "role=\"alert\"")
        .doesNotContain("<script", "password");
  }

  @Test
  void formOfAnotherBrowserIsNotTaken() {
    JsonNode pair = codes().json();
    RawAnswer second = enter(new Browser(server), pair.get("user_code").text());
    Browser victim = new Browser(server);
    victim.get("/device");

    assertThat(victim.post("/device", victim.filled(second, "allow")).status()).isEqualTo(400);
    assertThat(victim.post("/device", victim.filled(second, "deny")).status()).isEqualTo(400);
    assertThat(error(poll(pair))).isEqualTo("authorization_pending");
  }

  @ParameterizedTest
  @CsvSource({"username, nobody@nowhere.example", "password, wrong", "username, OTHER"})
  void wrongSignInAllowsNothing(String field, String value) {
    JsonNode pair = codes().json();
    Browser browser = new Browser(server);
    Map<String, String> fields =
        browser.filled(enter(browser, pair.get("user_code").text()), "allow");
    String other = server.tenancy().otherAdmin().userPrincipalName();
    fields.put(field, value.equals("OTHER") ? other : value);

    RawAnswer page = browser.post("/device", fields);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("The user name or the password is wrong.");
    assertThat(error(poll(pair))).isEqualTo("authorization_pending");
    assertThat(browser.post("/device", browser.filled(page, "allow")).status()).isEqualTo(200);
  }

  @Test
  void pagesRunNothingAndSpeakFrench() {
    Browser browser = new Browser(server, "fr");
    RawAnswer first = browser.get("/device");
    RawAnswer second = enter(browser, codes().json().get("user_code").text());

    for (RawAnswer page : new RawAnswer[] {first, second}) {
      assertThat(page.header("Content-Security-Policy"))
          .startsWith("default-src 'none';")
          .contains("form-action 'self';", "frame-ancestors 'none'")
          .doesNotContain("script-src", "unsafe");
      assertThat(page.text()).contains("<html lang=\"fr\">").doesNotContain("<script");
    }
    assertThat(first.text()).contains("<label for=\"code\">Code affiché par votre appareil");
    assertThat(second.text()).contains("L’appareil qui le demande affiche le code");
  }

  @Test
  void deviceMustBeAKnownClient() {
    RawAnswer unknown = server.send(server.tokens().requestAt(CODES, "client_id=x"));
    RawAnswer unproved =
        server.send(
            server.tokens().requestAt(CODES, "client_id=" + server.tenancy().confidential().id()));

    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unproved.status()).isEqualTo(401);
  }

  @Test
  void anotherClientGetsNothingForACode() {
    JsonNode pair = codes().json();
    answer(pair, "allow");

    RawAnswer other =
        server.send(
            server
                .tokens()
                .request(
                    "grant_type=device_code&client_id=%s&client_secret=%s&device_code=%s"
                        .formatted(
                            server.tenancy().confidential().id(),
                            Tenancy.APPLICATION_SECRET,
                            pair.get("device_code").text())));

    assertThat(error(other)).isEqualTo("bad_verification_code");
    assertThat(poll(pair).status()).isEqualTo(200);
  }

  @Test
  void thereIsAnEndToHowManyWait() {
    DeviceCodes directly = server.server().directory().deviceCodes();
    DeviceCodes.Wish wish =
        new DeviceCodes.Wish(
            Tenancy.PARTNER, server.tenancy().publicClient().id(), "https://x.example");
    for (int i = 0; i < DeviceCodes.MOST_WAITING; i++) {
      assertThat(directly.issue(wish)).isPresent();
    }

    RawAnswer answer =
        server.sendWhateverComes(server.tokens().requestAt(CODES, "client_id=" + client()));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    server.clock().advance(DeviceCodes.VALIDITY);
    assertThat(codes().status()).isEqualTo(200);
  }
}
