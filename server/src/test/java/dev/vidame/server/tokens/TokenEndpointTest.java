package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.vidame.server.tokens.Verification.Verified;
import dev.vidame.server.tokens.World.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenEndpointTest {
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
  void clientCredentialsGiveAnAppOnlyTokenInTheFormOfV1() {
    Answer answer =
        world.ask(
            TokenVersion.V1,
            World.with(World.clientCredentials(), "resource", "https://graph.windows.net"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsOnlyKeys(
            "token_type",
            "expires_in",
            "ext_expires_in",
            "expires_on",
            "not_before",
            "resource",
            "access_token")
        .contains(
            entry("token_type", "Bearer"),
            entry("expires_in", "3600"),
            entry("ext_expires_in", "3600"),
            entry("expires_on", Long.toString(World.START_SECOND + 3600)),
            entry("not_before", Long.toString(World.START_SECOND)),
            entry("resource", "https://graph.windows.net"));
    String client = World.CONFIDENTIAL.id().toString();
    Map<String, Object> claims = world.claims(answer.text("access_token"));
    assertThat(claims).containsKey("jti");
    claims.remove("jti");
    assertThat(claims)
        .containsOnly(
            entry("iss", World.ADDRESS + "/" + World.PARTNER + "/"),
            entry("aud", "https://graph.windows.net"),
            entry("iat", World.START_SECOND),
            entry("nbf", World.START_SECOND),
            entry("exp", World.START_SECOND + 3600),
            entry("tid", World.PARTNER.toString()),
            entry("ver", "1.0"),
            entry("oid", client),
            entry("sub", client),
            entry("appid", client),
            entry("appidacr", "1"),
            entry("secret_id", client),
            entry("idtyp", "app"));
    assertThat(caller(answer))
        .isEqualTo(
            new Caller(
                World.PARTNER,
                World.CONFIDENTIAL.id(),
                null,
                null,
                World.START.minusMillis(250).plusSeconds(3600),
                List.of(),
                World.CONFIDENTIAL.id().value()))
        .returns(Caller.Kind.APP_ONLY, Caller::kind);
  }

  /** Nobody has to think of another one because of its age. */
  @Test
  void aPasswordIsGoodForYears() {
    world.clock.advance(Duration.ofDays(3_650));

    assertThat(world.ask(TokenVersion.V2, World.password()).status()).isEqualTo(200);
  }

  @Test
  void clientCredentialsGiveAnAppOnlyTokenInTheFormOfV2() {
    Answer answer =
        world.ask(
            TokenVersion.V2,
            World.with(
                World.with(World.clientCredentials(), "client_info", "1"),
                "scope",
                "openid profile offline_access https://graph.windows.net/.default"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsOnlyKeys("token_type", "expires_in", "ext_expires_in", "access_token")
        .contains(
            entry("token_type", "Bearer"),
            entry("expires_in", 3600L),
            entry("ext_expires_in", 3600L));
    Map<String, Object> claims = world.claims(answer.text("access_token"));
    assertThat(claims)
        .contains(
            entry("iss", World.ADDRESS + "/" + World.PARTNER + "/v2.0"),
            entry("aud", "https://graph.windows.net"),
            entry("ver", "2.0"),
            entry("azp", World.CONFIDENTIAL.id().toString()),
            entry("azpacr", "1"),
            entry("idtyp", "app"))
        .doesNotContainKeys("scp", "appid", "appidacr", "name", "preferred_username", "amr");
    assertThat(caller(answer).kind()).isEqualTo(Caller.Kind.APP_ONLY);
  }

  @Test
  void aPasswordGivesAnAgentsTokensInTheFormOfV1() {
    Answer answer = world.ask(TokenVersion.V1, World.with(World.password(), "scope", "openid"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsOnlyKeys(
            "token_type",
            "expires_in",
            "ext_expires_in",
            "expires_on",
            "not_before",
            "resource",
            "scope",
            "access_token",
            "refresh_token",
            "id_token")
        .contains(
            entry("resource", TokenSettings.DEFAULT_AUDIENCE),
            entry("scope", "user_impersonation"));
    Map<String, Object> claims = world.claims(answer.text("access_token"));
    assertThat(claims).containsKeys("jti", "sub");
    assertThat(claims.remove("sub")).isNotEqualTo(World.AGENT.id().toString());
    claims.remove("jti");
    assertThat(claims)
        .containsOnly(
            entry("iss", World.ADDRESS + "/" + World.PARTNER + "/"),
            entry("aud", TokenSettings.DEFAULT_AUDIENCE),
            entry("iat", World.START_SECOND),
            entry("nbf", World.START_SECOND),
            entry("exp", World.START_SECOND + 3600),
            entry("tid", World.PARTNER.toString()),
            entry("ver", "1.0"),
            entry("oid", World.AGENT.id().toString()),
            entry("name", "An Agent"),
            entry("upn", "agent@partner.example"),
            entry("unique_name", "agent@partner.example"),
            entry("amr", List.of("pwd")),
            entry("appid", World.PUBLIC.id().toString()),
            entry("appidacr", "0"),
            entry("scp", "user_impersonation"));
    assertThat(caller(answer))
        .isEqualTo(
            new Caller(
                World.PARTNER,
                World.PUBLIC.id(),
                World.AGENT.id(),
                "agent@partner.example",
                World.START.minusMillis(250).plusSeconds(3600),
                List.of("pwd")))
        .returns(Caller.Kind.APP_USER, Caller::kind);
  }

  @Test
  void aPasswordGivesAnAgentsTokensInTheFormOfV2() {
    Map<String, String> form =
        World.with(
            World.with(World.password(), "client_id", World.CONFIDENTIAL.id().toString()),
            "client_secret",
            World.SECRET);

    Answer answer = world.ask(TokenVersion.V2, form);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsOnlyKeys(
            "token_type",
            "expires_in",
            "ext_expires_in",
            "scope",
            "access_token",
            "refresh_token",
            "id_token")
        .contains(
            entry("expires_in", 3600L),
            entry("scope", TokenSettings.DEFAULT_AUDIENCE + "/user_impersonation"));
    assertThat(world.claims(answer.text("access_token")))
        .contains(
            entry("iss", World.ADDRESS + "/" + World.PARTNER + "/v2.0"),
            entry("preferred_username", "agent@partner.example"),
            entry("azp", World.CONFIDENTIAL.id().toString()),
            entry("azpacr", "1"),
            entry("scp", "user_impersonation"))
        .doesNotContainKeys("upn", "unique_name", "appid", "idtyp", "roles");
    assertThat(caller(answer))
        .returns(Caller.Kind.APP_USER, Caller::kind)
        .returns("agent@partner.example", Caller::userPrincipalName);
  }

  @ParameterizedTest
  @EnumSource(TokenVersion.class)
  void anIdTokenIsForTheApplication(TokenVersion version) {
    Answer answer = world.ask(version, World.password());

    Map<String, Object> idToken = world.claims(answer.text("id_token"));
    assertThat(idToken)
        .contains(
            entry("aud", World.PUBLIC.id().toString()),
            entry("oid", World.AGENT.id().toString()),
            entry("name", "An Agent"),
            entry("exp", World.START_SECOND + 3600))
        .doesNotContainKeys("scp", "idtyp", "appid", "azp", "appidacr", "azpacr");
    assertThat(idToken.get("sub")).isEqualTo(world.claims(answer.text("access_token")).get("sub"));
  }

  @ParameterizedTest
  @EnumSource(TokenVersion.class)
  void aRefreshTokenGivesTheSameCallerAndANewRefreshToken(TokenVersion version) {
    String first = world.ask(version, World.password()).text("refresh_token");

    Answer answer = world.ask(version, World.refresh(first));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("refresh_token")).isNotEqualTo(first);
    assertThat(answer.body()).containsKeys("id_token", "scope");
    assertThat(caller(answer))
        .returns(Caller.Kind.APP_USER, Caller::kind)
        .returns(World.AGENT.id(), Caller::agent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0A000000-0000-4000-8000-000000000001",
        "partner.example",
        "Partner.Onmicrosoft.COM",
        "adfs"
      })
  void theTenantMayBeThePartnerOrAnyHostName(String tenant) {
    assertThat(status(tenant, World.clientCredentials())).isEqualTo(200);
    assertThat(status(tenant, World.password())).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "organizations"})
  void onlyAgentsMayLeaveTheTenantOpen(String tenant) {
    assertThat(status(tenant, World.password())).isEqualTo(200);
    assertThat(status(tenant, World.clientCredentials())).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://api.partnercenter.microsoft.com/", "http://127.0.0.1:8080"})
  void theResourceIsKeptAsItWasAskedFor(String resource) {
    Answer answer =
        world.ask(TokenVersion.V1, World.with(World.clientCredentials(), "resource", resource));

    assertThat(answer.body()).containsEntry("resource", resource);
    assertThat(world.claims(answer.text("access_token"))).containsEntry("aud", resource);
    assertThat(caller(answer).partner()).isEqualTo(World.PARTNER);
  }

  @ParameterizedTest
  @CsvSource({
    "openid https://api.partnercenter.microsoft.com/user_impersonation,"
        + " https://api.partnercenter.microsoft.com",
    "https://graph.windows.net//.default, https://graph.windows.net/",
    "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd/.default, fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
    "https://graph.windows.net/.default https://elsewhere.example/.default,"
        + " https://graph.windows.net",
    "openid profile, https://api.partnercenter.microsoft.com",
    "/.default, https://api.partnercenter.microsoft.com",
    "https://elsewhere.example/Mail.Read, https://api.partnercenter.microsoft.com"
  })
  void theFirstScopeThatNamesAResourceDecidesTheAudience(String scope, String audience) {
    Answer answer =
        world.ask(TokenVersion.V2, World.with(World.clientCredentials(), "scope", scope));

    assertThat(world.claims(answer.text("access_token"))).containsEntry("aud", audience);
  }

  @Test
  void aClientMayProveItselfWithHttpBasic() {
    String client = World.CONFIDENTIAL.id().toString();
    Map<String, String> form = World.form("grant_type", "client_credentials");

    assertThat(ask(form, basic(client, World.SECRET)).status()).isEqualTo(200);
    assertThat(ask(World.clientCredentials(), basic(client, World.SECRET)).status()).isEqualTo(200);
    assertThat(ask(form, "bAsIC " + basic(client, World.SECRET).substring(6)).status())
        .isEqualTo(200);
    assertThat(ask(form, basic(client, "wrong")).status()).isEqualTo(401);
    assertThat(ask(form, basic(client, "")).status()).isEqualTo(401);
    assertThat(ask(form, "Basic !!!").status()).isEqualTo(401);
    assertThat(ask(form, "Basic " + base64("no colon")).status()).isEqualTo(401);
    assertThat(ask(form, "Basic " + base64(client + ":100%")).status()).isEqualTo(401);
  }

  @Test
  void aPublicClientMayNameItselfWithHttpBasicAndNoSecret() {
    Map<String, String> form = World.password();
    form.remove("client_id");

    Answer answer = ask(form, basic(World.PUBLIC.id().toString(), ""));

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void anotherAuthorizationHeaderIsIgnored() {
    assertThat(ask(World.clientCredentials(), "Bearer null").status()).isEqualTo(200);
  }

  @Test
  void theUserNameIsTakenInAnyCase() {
    Answer answer =
        world.ask(
            TokenVersion.V1, World.with(World.password(), "username", "AGENT@Partner.Example"));

    assertThat(caller(answer).userPrincipalName()).isEqualTo("agent@partner.example");
  }

  @Test
  void secretsAndTokensAreNotShown() {
    TokenRequest request =
        new TokenRequest(
            "common",
            TokenVersion.V1,
            World.password(),
            basic("client", World.SECRET),
            World.CORRELATION);
    TokenAnswer answer = world.tokens().endpoint().answer(request);
    AccessToken token =
        world
            .tokens()
            .issuer()
            .accessToken(TokenSubject.of(World.CONFIDENTIAL), TokenVersion.V1, "audience");

    assertThat(request.toString()).doesNotContain(World.PASSWORD, "Basic");
    assertThat(answer.toString()).isEqualTo("TokenAnswer[status=400]");
    assertThat(token.toString()).doesNotContain(token.text());
    assertThat(new ClientCredentials("id", World.SECRET).toString())
        .isEqualTo("ClientCredentials[id]");
    assertThat(new TokenAnswers.UserTokens("refresh-1", "id-1").toString())
        .doesNotContain("refresh-1", "id-1");
  }

  private int status(String tenant, Map<String, String> form) {
    return world
        .ask(new TokenRequest(tenant, TokenVersion.V2, form, null, World.CORRELATION))
        .status();
  }

  private Answer ask(Map<String, String> form, @Nullable String authorization) {
    return world.ask(
        new TokenRequest(
            World.PARTNER.toString(), TokenVersion.V1, form, authorization, World.CORRELATION));
  }

  private static String basic(String client, String secret) {
    return "Basic " + base64(encode(client) + ":" + encode(secret));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Caller caller(Answer answer) {
    assertThat(world.verify(answer.text("access_token"))).isInstanceOf(Verified.class);
    return ((Verified) world.verify(answer.text("access_token"))).caller();
  }
}
