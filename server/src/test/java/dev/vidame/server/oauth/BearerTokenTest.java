package dev.vidame.server.oauth;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token that is not right gets from the API (wire-spec §1.8). */
class BearerTokenTest {
  @RegisterExtension static final Served served = new Served();

  @TempDir private Path folder;

  private static RawRequest update() {
    return RawRequest.patch(foundingPath(), "{\"displayName\":\"Never stored\"}");
  }

  static Stream<Arguments> authorizations() throws JOSEException {
    TestTokens tokens = served.server().tokens();
    String good = tokens.admin();
    String[] parts = good.split("\\.", -1);
    Map<String, Object> claims = TestTokens.claims(good);
    String alien = tokens.signed(claims, new RSAKeyGenerator(2048).keyID("alien").generate());
    return Stream.of(
        arguments("nothing", "", "401/800001"),
        arguments("a blank", "   ", "401/800001"),
        arguments("the scheme alone", "Bearer", "401/400"),
        arguments("the scheme and a blank", "Bearer ", "401/400"),
        arguments("null", "Bearer null", "401/400"),
        arguments("a word", "Bearer word", "401/400"),
        arguments("the token alone", good, "401/400"),
        arguments("another scheme", "Basic " + good, "401/400"),
        arguments("no blank", "Bearer" + good, "401/400"),
        arguments("two tokens", "Bearer " + good + " " + good, "401/400"),
        arguments("a quoted token", "Bearer \"" + good + "\"", "401/400"),
        arguments("no signature", "Bearer " + parts[0] + "." + parts[1] + ".", "401/400"),
        arguments("two parts", "Bearer " + parts[0] + "." + parts[1], "401/400"),
        arguments("four parts", "Bearer " + good + ".x", "401/400"),
        arguments("a cut signature", "Bearer " + good.substring(0, good.length() - 4), "401/400"),
        arguments(
            "alg none",
            "Bearer " + part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".",
            "401/400"),
        arguments(
            "alg none with the signature",
            "Bearer " + part("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2],
            "401/400"),
        arguments("another key", "Bearer " + alien, "401/400"),
        arguments("another payload", "Bearer " + changed(good, "oid", "x"), "401/400"),
        arguments("another issuer", "Bearer " + resigned("iss", "https://x.example/"), "401/400"),
        arguments("another partner", "Bearer " + resigned("tid", "x"), "401/400"),
        arguments("from tomorrow", "Bearer " + resigned("nbf", 4_000_000_000L), "401/400"),
        arguments("long expired", "Bearer " + resigned("exp", 1_000_000_000L), "401/400"),
        arguments("no expiry", "Bearer " + resigned("exp", "never"), "401/400"),
        arguments("another audience", "Bearer " + resigned("aud", "https://x"), "401/900420"),
        arguments("9 KB", "Bearer " + "x".repeat(9_000), "401/400"),
        arguments("App-only", "Bearer " + tokens.appOnly(), "403/2032"));
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The token with a claim changed and its old signature. */
  private static String changed(String token, String claim, Object value) {
    String[] parts = token.split("\\.", -1);
    return parts[0] + "." + resigned(claim, value).split("\\.", -1)[1] + "." + parts[2];
  }

  /** A token that the server might have signed itself, had it been asked for such nonsense. */
  private static String resigned(String claim, Object value) {
    TestTokens tokens = served.server().tokens();
    Map<String, Object> claims = TestTokens.claims(tokens.admin());
    claims.put(claim, value);
    return tokens.signed(claims, tokens.signingKey());
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("authorizations")
  void tokenThatIsNotRightOpensNothing(String what, String authorization, String outcome) {
    long before = served.server().tenancy().changes();

    RawAnswer answer = served.server().send(update().header("Authorization", authorization));

    assertThat(answer.outcome()).as(what).isEqualTo(outcome);
    assertThat(answer.text()).doesNotContain("eyJ");
    assertThat(served.server().tenancy().changes()).isEqualTo(before);
  }

  @Test
  void requestWithoutTheHeaderIsToldThatItIsMissing() {
    assertThat(served.server().send(update()).outcome()).isEqualTo("401/800001");
  }

  @Test
  void tokenThatTellsTheApplicationWhoSignedInOpensNothing() {
    TestTokens tokens = served.server().tokens();
    String idToken =
        served.server().send(tokens.request(tokens.passwordForm())).json().get("id_token").text();

    assertThat(served.server().send(update().token(idToken)).status()).isEqualTo(401);
  }

  @Test
  void tokenEndsWithItsTime() {
    try (TestServer server = TestServer.start(folder)) {
      RawRequest read = RawRequest.get(foundingPath()).token(server.tokens().admin());
      assertThat(server.send(read).outcome()).isEqualTo("200");

      server.clock().advance(Duration.ofHours(1).plusSeconds(31));

      assertThat(server.send(read).outcome()).isEqualTo("401/400");
    }
  }

  @Test
  void oldAudienceIsTakenUnlessSwitchedOff() {
    String old = "https://graph.windows.net";
    RawRequest read = RawRequest.get(foundingPath());
    assertThat(
            served.server().send(read.token(served.server().tokens().forAudience(old))).outcome())
        .isEqualTo("200");

    try (TestServer server =
        TestServer.start(folder, Map.of("auth.reject-legacy-audience", "true"))) {
      RawAnswer answer = server.send(read.token(server.tokens().forAudience(old)));

      assertThat(answer.outcome()).isEqualTo("401/900420");
      assertThat(answer.json().get("description").text()).contains(old);
    }
  }

  @Test
  void secondFactorIsWantedIfTheOperatorWantsIt() {
    try (TestServer server = TestServer.start(folder, Map.of("security.require-mfa", "true"))) {
      RawRequest read = RawRequest.get(foundingPath());
      Map<String, Object> claims = TestTokens.claims(server.tokens().admin());
      claims.put("amr", List.of("pwd", "mfa"));
      String withFactor = server.tokens().signed(claims, server.tokens().signingKey());

      assertThat(server.sendAsAdmin(read).outcome()).isEqualTo("401/400");
      assertThat(server.send(read.token(withFactor)).outcome()).isEqualTo("200");
      assertThat(server.send(read.token(server.tokens().appOnly())).outcome())
          .isEqualTo("403/2032");
    }
  }
}
