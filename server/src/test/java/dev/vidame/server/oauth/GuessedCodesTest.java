package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who makes up codes and tokens waits, and nobody who was given one does (docs/decisions/0096). */
class GuessedCodesTest {
  private static final String ENDPOINT = "/common/oauth2/v2.0/token";
  private static final String OFFICE = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.7";
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, Map.of("listen.trusted-forwarders", "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static RawAnswer enter(Browser browser, String code) {
    Map<String, String> fields = Browser.hidden(browser.get("/device"));
    fields.put("user_code", code);
    return browser.post("/device", fields);
  }

  /** One of the codes that no device waits with, most likely. */
  private static String guess(int number) {
    return "BCDF-GH" + LETTERS.charAt(number / 20) + LETTERS.charAt(number % 20);
  }

  private void guessUserCodes(String address, int times) {
    Browser guesser = new Browser(server).from(address);
    for (int i = 0; i < times; i++) {
      assertThat(enter(guesser, guess(i)).status()).as("guess %d", i + 1).isEqualTo(400);
    }
  }

  private RawAnswer ask(String grant, String address, String... fields) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grant);
    form.put("client_id", server.tenancy().publicClient().id().toString());
    for (int i = 0; i < fields.length; i += 2) {
      form.put(fields[i], fields[i + 1]);
    }
    return server.send(
        server.tokens().requestAt(ENDPOINT, Browser.form(form)).header("X-Forwarded-For", address));
  }

  private RawAnswer poll(JsonNode pair, String address) {
    return ask("device_code", address, "device_code", pair.get("device_code").text());
  }

  private static String error(RawAnswer answer) {
    return answer.status() + " " + answer.json().get("error").text();
  }

  @Test
  void tenWrongUserCodesCloseThePageForTheirAddressAlone() {
    String code = server.tokens().deviceCodes().get("user_code").text();
    guessUserCodes(OFFICE, 10);

    RawAnswer refused = enter(new Browser(server, "fr").from(OFFICE), code);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
    assertThat(refused.text())
        .contains("role=\"alert\"", "Trop d&#39;essais ont échoué. Attendez, puis réessayez.")
        .doesNotContain("password");
    assertThat(enter(new Browser(server).from(ELSEWHERE), code).status()).isEqualTo(200);
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(enter(new Browser(server).from(OFFICE), code).status()).isEqualTo(200);
    guessUserCodes(OFFICE, 1);
    assertThat(enter(new Browser(server).from(OFFICE), code).header("Retry-After"))
        .as("a code of one's own clears nothing")
        .isEqualTo("120");
  }

  /** They are long enough for a person to be told what to do about it, and no code is so. */
  @Test
  void whatCanBeNoCodeIsNoGuess() {
    Browser browser = new Browser(server).from(OFFICE);
    for (int i = 0; i < 12; i++) {
      assertThat(enter(browser, "BCDF-GH" + i).status()).isEqualTo(400);
    }
  }

  @Test
  void whoHasEnteredTheirCodeGoesOnWhileOthersAtTheirAddressGuess() {
    JsonNode pair = server.tokens().deviceCodes();
    Browser person = new Browser(server).from(OFFICE);
    RawAnswer form = enter(person, pair.get("user_code").text());
    guessUserCodes(OFFICE, 10);

    RawAnswer done = person.post("/device", person.filled(form, "allow"));

    assertThat(done.status()).isEqualTo(200);
    assertThat(poll(pair, OFFICE).status()).isEqualTo(200);
  }

  /** The word for one code is none for another, or one code would be a ticket to guess at all. */
  @Test
  void wordForACodeIsNoneForAnother() {
    Browser person = new Browser(server).from(OFFICE);
    RawAnswer form = enter(person, server.tokens().deviceCodes().get("user_code").text());
    for (int i = 0; i < 10; i++) {
      Map<String, String> fields = person.filled(form, "allow");
      fields.put("user_code", guess(i));
      assertThat(person.post("/device", fields).status()).isEqualTo(400);
    }

    Map<String, String> eleventh = person.filled(form, "allow");
    eleventh.put("user_code", guess(10));
    assertThat(person.post("/device", eleventh).status()).isEqualTo(429);
  }

  @ParameterizedTest
  @CsvSource({
    "refresh_token, refresh_token, invalid_grant",
    "authorization_code, code, invalid_grant",
    "device_code, device_code, bad_verification_code"
  })
  void tenMadeUpOnesAreToldSoAndTheNextOneToWait(String grant, String field, String error) {
    for (int i = 0; i < 10; i++) {
      assertThat(error(madeUp(grant, field, OFFICE, "made-up-" + i))).isEqualTo("400 " + error);
    }

    RawAnswer refused = madeUp(grant, field, OFFICE, "made-up-10");

    assertThat(error(refused)).isEqualTo("429 temporarily_unavailable");
    assertThat(refused.header("Retry-After")).isEqualTo("60");
    assertThat(error(madeUp(grant, field, ELSEWHERE, "made-up-11"))).isEqualTo("400 " + error);
    assertThat(error(madeUp(grant, field, OFFICE, "made-up-3")))
        .as("a client that was not told hears it again")
        .isEqualTo("400 " + error);
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(error(madeUp(grant, field, OFFICE, "made-up-12"))).isEqualTo("400 " + error);
    assertThat(madeUp(grant, field, OFFICE, "made-up-13").header("Retry-After")).isEqualTo("120");
  }

  private RawAnswer madeUp(String grant, String field, String address, String secret) {
    return ask(
        grant,
        address,
        field,
        secret,
        "redirect_uri",
        "https://portal.example/back",
        "code_verifier",
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  }

  @Test
  void oneThatIsSentAgainAndAgainIsOneGuess() {
    for (int i = 0; i < 30; i++) {
      assertThat(error(madeUp("refresh_token", "refresh_token", OFFICE, "forgotten")))
          .isEqualTo("400 invalid_grant");
    }

    assertThat(error(madeUp("refresh_token", "refresh_token", OFFICE, "another")))
        .isEqualTo("400 invalid_grant");
  }

  private void lock(String grant, String field) {
    for (int i = 0; i < 10; i++) {
      madeUp(grant, field, OFFICE, "made-up-" + i);
    }
    assertThat(madeUp(grant, field, OFFICE, "made-up-10").status()).isEqualTo(429);
  }

  @Test
  void deviceThatWaitsGoesOnAskingWhileOthersAtItsAddressGuess() {
    JsonNode pair = server.tokens().deviceCodes();
    lock("device_code", "device_code");
    assertThat(error(poll(pair, OFFICE))).isEqualTo("400 authorization_pending");
    assertThat(error(poll(pair, OFFICE))).isEqualTo("400 slow_down");
    Browser person = new Browser(server).from(OFFICE);

    person.post("/device", person.filled(enter(person, pair.get("user_code").text()), "allow"));

    assertThat(poll(pair, OFFICE).status()).isEqualTo(200);
    assertThat(error(poll(pair, OFFICE))).as("used").isEqualTo("400 bad_verification_code");
  }

  @Test
  void deviceThatPollsOnBehindItsEndIsNoGuesser() {
    JsonNode pair = server.tokens().deviceCodes();
    server.clock().advance(Duration.ofMinutes(15));
    for (int i = 0; i < 15; i++) {
      assertThat(error(poll(pair, OFFICE))).isEqualTo("400 expired_token");
    }

    assertThat(error(madeUp("device_code", "device_code", OFFICE, "made-up")))
        .isEqualTo("400 bad_verification_code");
  }

  @Test
  void sessionGoesOnAndEndsWhileOthersAtItsAddressGuess() {
    JsonNode pair = server.tokens().deviceCodes();
    Browser person = new Browser(server).from(OFFICE);
    person.post("/device", person.filled(enter(person, pair.get("user_code").text()), "allow"));
    String first = poll(pair, OFFICE).json().get("refresh_token").text();
    lock("refresh_token", "refresh_token");

    RawAnswer next = ask("refresh_token", OFFICE, "refresh_token", first);

    assertThat(next.status()).isEqualTo(200);
    server.clock().advance(Duration.ofHours(25));
    lock("refresh_token", "refresh_token");
    assertThat(error(ask("refresh_token", OFFICE, "refresh_token", first)))
        .as("over, and told so")
        .isEqualTo("400 invalid_grant");
  }
}
