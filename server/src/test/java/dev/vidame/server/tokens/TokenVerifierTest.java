package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.server.tokens.Verification.Rejected;
import dev.vidame.server.tokens.Verification.Verified;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the claims must be, in tokens whose signature is right. */
final class TokenVerifierTest {
  @TempDir private Path folder;
  private World world;

  @BeforeEach
  void open() {
    world = new World(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theForgedTokensAreGoodBeforeTheyAreSpoiled() {
    assertThat(world.verify(Forge.signed(Forge.userClaims()))).isInstanceOf(Verified.class);
    assertThat(caller(appClaims()).kind()).isEqualTo(Caller.Kind.APP_ONLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "aud",
        "iat",
        "nbf",
        "exp",
        "tid",
        "ver",
        "oid",
        "appid",
        "appidacr",
        "scp"
      })
  void everyClaimOfAnAgentsTokenIsNeeded(String claim) {
    Map<String, Object> claims = Forge.userClaims();
    claims.remove(claim);

    assertThat(world.verify(Forge.signed(claims))).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/0a000000-0000-4000-8000-000000000001",
        "http://127.0.0.1:8080/0a000000-0000-4000-8000-000000000001/v2.0",
        "http://127.0.0.1:8080/0a000000-0000-4000-8000-000000000002/",
        "https://127.0.0.1:8080/0a000000-0000-4000-8000-000000000001/",
        "http://127.0.0.1:8080.evil.example/0a000000-0000-4000-8000-000000000001/",
        "http://127.0.0.1:8080/0A000000-0000-4000-8000-000000000001/",
        "https://sts.windows.net/0a000000-0000-4000-8000-000000000001/",
        "/"
      })
  void onlyThisServerForTheTokensPartnerIsAnIssuer(String issuer) {
    rejected(Reason.ISSUER, changed("iss", issuer));
  }

  @Test
  void aTokenCannotNameAnotherPartnerThanItsIssuer() {
    rejected(Reason.ISSUER, changed("tid", World.OTHER_PARTNER.toString()));
    rejected(Reason.ISSUER, changed("tid", "../" + World.PARTNER));
  }

  @Test
  void aPartnerMustBeAGuid() {
    Map<String, Object> claims = changed("tid", "common");
    claims.put("iss", World.ADDRESS + "/common/");

    rejected(Reason.MALFORMED, claims);
  }

  @Test
  void theVersionMustBeTheIssuers() {
    rejected(Reason.ISSUER, changed("ver", "2.0"));
  }

  @Test
  void aTokenEndsOnTheSecondPlusTheSkew() {
    String token = Forge.signed(Forge.userClaims());
    TokenVerifier fresh =
        world.newVerifier(
            SigningKeyRing.open(world.directory.signingKeys(), Duration.ofHours(1), world.clock)
                ::verifier);

    world.clock.set(World.START.minusMillis(250).plusSeconds(3600 + 30).minusNanos(1));
    assertThat(fresh.verify(token)).isInstanceOf(Verified.class);

    world.clock.advance(Duration.ofNanos(1));
    assertThat(fresh.verify(token)).isEqualTo(new Rejected(Reason.EXPIRED));
    assertThat(world.verify(token)).isEqualTo(new Rejected(Reason.EXPIRED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nbf", "iat"})
  void aTokenFromTheFutureIsRefusedBeyondTheSkew(String claim) {
    rejected(Reason.NOT_YET_VALID, changed(claim, World.START_SECOND + 31));
    assertThat(world.verify(Forge.signed(changed(claim, World.START_SECOND + 30))))
        .isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nbf", "iat", "exp"})
  void timesAreWholeSecondsOfThisEra(String claim) {
    for (Object bad : List.of("1772359200", 1.5, -1L, Long.MAX_VALUE, List.of(1L), true)) {
      rejected(Reason.MALFORMED, changed(claim, bad));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.partnercenter.microsoft.com",
        "https://api.partnercenter.microsoft.com/",
        "https://graph.windows.net",
        "https://graph.windows.net/",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080/",
        "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"
      })
  void theKnownAudiencesAreTaken(String audience) {
    assertThat(caller(changed("aud", audience)).partner()).isEqualTo(World.PARTNER);
    assertThat(caller(changed("aud", List.of("https://elsewhere.example", audience))).partner())
        .isEqualTo(World.PARTNER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.partnercenter.microsoft.com//",
        "https://api.partnercenter.microsoft.com.evil.example",
        "https://graph.microsoft.com",
        "http://api.partnercenter.microsoft.com",
        "0c000000-0000-4000-8000-000000000003"
      })
  void otherAudiencesAreRefusedByName(String audience) {
    assertThat(world.verify(Forge.signed(changed("aud", audience))))
        .isEqualTo(new Rejected(Reason.AUDIENCE, audience));
  }

  @Test
  void anAudienceMustBeATextOrTexts() {
    for (Object bad : List.of(5L, List.of(), List.of(5L), Map.of())) {
      rejected(Reason.MALFORMED, changed("aud", bad));
    }
  }

  @Test
  void theLegacyAudienceIsRefusedWhenSwitchedOff(@TempDir Path other) {
    try (World strict =
        new World(other, TokenSettings.standard().withLegacyAudienceRejected(true))) {
      for (String audience : List.of("https://graph.windows.net", "https://graph.windows.net/")) {
        assertThat(strict.verify(Forge.signed(changed("aud", audience))))
            .isEqualTo(new Rejected(Reason.AUDIENCE, audience));
      }
      assertThat(strict.verify(Forge.signed(Forge.userClaims()))).isInstanceOf(Verified.class);
      assertThat(
              strict
                  .ask(
                      TokenVersion.V1,
                      World.with(
                          World.clientCredentials(), "resource", "https://graph.windows.net"))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void aTokenWithoutScopeIsAnApplicationsByAnyOfThreeMarks() {
    Map<String, Object> marked = withoutScope();
    marked.put("idtyp", "app");
    Map<String, Object> sameIds = withoutScope();
    sameIds.put("sub", sameIds.get("oid"));
    Map<String, Object> nameless = withoutScope();
    nameless.remove("upn");

    for (Map<String, Object> claims : List.of(marked, sameIds, nameless)) {
      assertThat(caller(claims).kind()).isEqualTo(Caller.Kind.APP_ONLY);
      assertThat(caller(claims).agent()).isNull();
      assertThat(caller(claims).userPrincipalName()).isNull();
    }
    for (String name : List.of("upn", "unique_name", "preferred_username")) {
      Map<String, Object> named = withoutScope();
      named.remove("upn");
      named.put(name, "agent@partner.example");
      rejected(Reason.KIND, named);
    }
  }

  @Test
  void aTokenThatIsBothOrNeitherIsRefused() {
    rejected(Reason.KIND, withoutScope());
    rejected(Reason.KIND, changed("scp", " "));
    rejected(Reason.KIND, changed("idtyp", "app"));
    rejected(Reason.MALFORMED, changed("scp", ""));
    rejected(Reason.MALFORMED, changed("scp", List.of("user_impersonation")));
    rejected(Reason.MALFORMED, changed("oid", "an agent"));
    rejected(Reason.MALFORMED, changed("appid", "an app"));
  }

  @ParameterizedTest
  @EnumSource(TokenVersion.class)
  void anIdTokenIsNoAccessToken(TokenVersion version) {
    String idToken = world.ask(version, World.password()).text("id_token");

    assertThat(world.verify(idToken))
        .isEqualTo(new Rejected(Reason.AUDIENCE, World.PUBLIC.id().toString()));
  }

  /** An operator may give an application the very id that is an audience. */
  @ParameterizedTest
  @EnumSource(TokenVersion.class)
  void anIdTokenIsNoAccessTokenEvenForTheRightAudience(TokenVersion version) {
    Map<String, Object> claims =
        world.claims(world.ask(version, World.password()).text("id_token"));
    claims.put("aud", TokenSettings.DEFAULT_AUDIENCE);

    rejected(Reason.KIND, claims);
  }

  @Test
  void aRefreshTokenIsNoAccessToken() {
    String token = world.ask(TokenVersion.V1, World.password()).text("refresh_token");

    assertThat(world.verify(token)).isEqualTo(new Rejected(Reason.MALFORMED));
  }

  @Test
  void theHeadersOfAnyTypeWeIssueAreTaken() {
    String key = "\"kid\":\"" + World.KEY.getKeyID() + "\"";
    String payload = JSONObjectUtils.toJSONString(Forge.userClaims());
    List<String> good =
        List.of(
            "{\"alg\":\"RS256\"," + key + "}",
            "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"," + key + "}",
            "{ " + key + " , \"typ\" : \"JWT\" , \"alg\" : \"RS256\" }");

    for (String header : good) {
      assertThat(world.verify(Forge.signed(header, payload))).isInstanceOf(Verified.class);
    }
  }

  @Test
  void namesInAnyScriptSurvive() {
    List<String> names = new ArrayList<>(List.of("ägent@partner.example", "\"\\\u0000@x", "𝒳@x"));

    for (String name : names) {
      assertThat(caller(changed("upn", name)).userPrincipalName()).isEqualTo(name);
    }
  }

  private static Map<String, Object> withoutScope() {
    Map<String, Object> claims = Forge.userClaims();
    claims.remove("scp");
    return claims;
  }

  private static Map<String, Object> appClaims() {
    Map<String, Object> claims = withoutScope();
    claims.remove("upn");
    claims.put("idtyp", "app");
    return claims;
  }

  private static Map<String, Object> changed(String claim, Object value) {
    Map<String, Object> claims = Forge.userClaims();
    claims.put(claim, value);
    return claims;
  }

  private void rejected(Reason reason, Map<String, Object> claims) {
    assertThat(world.verify(Forge.signed(claims))).isEqualTo(new Rejected(reason));
  }

  private Caller caller(Map<String, Object> claims) {
    Verification verification = world.verify(Forge.signed(claims));
    assertThat(verification).isInstanceOf(Verified.class);
    return ((Verified) verification).caller();
  }
}
