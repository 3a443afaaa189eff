package dev.vidame.sdk;

import static dev.vidame.sdk.ScriptedServer.answer;
import static dev.vidame.sdk.ScriptedServer.drop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.sdk.ScriptedServer.Received;
import dev.vidame.sdk.ScriptedServer.Script;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthCredentialTest {
  private static final String SCOPE = "https://api.partnercenter.microsoft.com/.default";
  private static final Script V2 =
      answer(
          200,
          "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,"
              + "\"nested\":{\"access_token\":\"wrong\"},\"access_token\":\"eyJ.x\"}");
  private static final Script V1 =
      answer(
          200,
          "\uFEFF{\"token_type\":\"Bearer\",\"expires_in\":\"3600\",\"refresh_token\":\"r2\","
              + "\"access_token\":\"eyJ.y\",\"id_token\":null}");

  private final TestTime time = new TestTime();

  private OAuthCredential.Builder builder(ScriptedServer server) {
    return OAuthCredential.builder()
        .tokenEndpoint(TokenEndpoint.of(server.uri(), "contoso.example"))
        .clientId("client-1")
        .surroundings(time.surroundings(TestTime.LOW));
  }

  private static Map<String, String> form(Received request) {
    Map<String, String> form = new TreeMap<>();
    Arrays.stream(request.body().split("&"))
        .map(field -> field.split("=", 2))
        .forEach(field -> form.put(field[0], URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    return form;
  }

  @Test
  void clientCredentialsAreSentAsAVersionTwoForm() {
    try (ScriptedServer server = ScriptedServer.playing(V2)) {
      PartnerCredential credential =
          builder(server).clientSecret("s e&c=r+e%t").clientCredentials().build();

      AccessToken token = credential.token();

      assertThat(token.value()).isEqualTo("eyJ.x");
      assertThat(token.expiresAt()).isEqualTo(time.instant().plusSeconds(3599));
      Received request = server.received().get(0);
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/contoso.example/oauth2/v2.0/token");
      assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
      assertThat(request.headers()).doesNotContainKey("Authorization");
      assertThat(form(request))
          .isEqualTo(
              Map.of(
                  "grant_type", "client_credentials",
                  "client_id", "client-1",
                  "client_secret", "s e&c=r+e%t",
                  "scope", SCOPE));
    }
  }

  @Test
  void passwordGrantIsSentAsAVersionOneForm() {
    try (ScriptedServer server = ScriptedServer.playing(V1)) {
      PartnerCredential credential =
          builder(server)
              .tokenEndpoint(
                  TokenEndpoint.of(server.uri(), "contoso.example")
                      .withVersion(TokenEndpoint.Version.V1)
                      .withResource("https://vidame.example"))
              .userPassword("agent@contoso.example", "pässword 1")
              .build();

      AccessToken token = credential.token();

      assertThat(token.expiresAt()).isEqualTo(time.instant().plusSeconds(3600));
      assertThat(server.received().get(0).target()).isEqualTo("/contoso.example/oauth2/token");
      assertThat(form(server.received().get(0)))
          .isEqualTo(
              Map.of(
                  "grant_type", "password",
                  "client_id", "client-1",
                  "username", "agent@contoso.example",
                  "password", "pässword 1",
                  "resource", "https://vidame.example",
                  "scope", "openid"));
    }
  }

  @Test
  void refreshTokenOfASignInByPasswordIsKept() {
    try (ScriptedServer server = ScriptedServer.playing(V1)) {
      RefreshTokenStore store = RefreshTokenStore.inMemory("");

      builder(server).userPassword("u", "p", store).build().token();

      assertThat(store.load()).isEqualTo("r2");
      assertThat(form(server.received().get(0)))
          .containsEntry("grant_type", "password")
          .containsEntry("password", "p")
          .containsEntry(
              "scope", "https://api.partnercenter.microsoft.com/user_impersonation offline_access");
    }
  }

  @Test
  void rotatedRefreshTokenIsStoredAndUsedNext() {
    try (ScriptedServer server = ScriptedServer.playing(V1, V2, V2)) {
      RefreshTokenStore store = RefreshTokenStore.inMemory("r1");
      PartnerCredential credential = builder(server).refreshToken(store).build();

      credential.invalidate(credential.token());
      credential.token();

      assertThat(store.load()).isEqualTo("r2");
      assertThat(server.received())
          .extracting(request -> form(request).get("refresh_token"))
          .containsExactly("r1", "r2");
    }
  }

  @Test
  void tokenIsKept() {
    try (ScriptedServer server = ScriptedServer.playing(V2)) {
      PartnerCredential credential = builder(server).userPassword("u", "p").build();

      credential.token();
      time.pass(Duration.ofMinutes(50));
      credential.token();

      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void refusalIsAnAuthenticationFailureWithoutTheSecret() {
    Script refusal =
        answer(
            400,
            "{\"error\":\"invalid_grant\",\"error_description\":\"UAS-50126: Wrong.\\r\\nTrace\","
                + "\"error_codes\":[50126],\"trace_id\":\"4b10bf41-ab11-40e3-8c53-cd67849b50de\","
                + "\"correlation_id\":\"eebd1b55-5360-4438-a11d-5c06918c3014\"}");
    try (ScriptedServer server = ScriptedServer.playing(refusal)) {
      PartnerCredential credential = builder(server).userPassword("u", "hunter2-secret").build();

      AuthenticationException e =
          catchThrowableOfType(AuthenticationException.class, credential::token);

      assertThat(e.oauthError()).isEqualTo("invalid_grant");
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.requestId()).isEqualTo(UUID.fromString("4b10bf41-ab11-40e3-8c53-cd67849b50de"));
      assertThat(e.correlationId())
          .isEqualTo(UUID.fromString("eebd1b55-5360-4438-a11d-5c06918c3014"));
      assertThat(e).hasMessageContaining("UAS-50126: Wrong.");
      assertThat(e.getMessage()).doesNotContain("hunter2");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void troubleOnTheWayIsRetried() {
    try (ScriptedServer server =
        ScriptedServer.playing(drop(), answer(503, "", "Retry-After: 4"), V2)) {
      PartnerCredential credential = builder(server).userPassword("u", "p").build();

      credential.token();

      assertThat(server.received()).hasSize(3);
      assertThat(time.sleeps()).containsExactly(Duration.ZERO, Duration.ofSeconds(4));
    }
  }

  @Test
  void endpointThatStaysDownIsNoQuestionOfSigningIn() {
    try (ScriptedServer server = ScriptedServer.playing(answer(503, "<html>"))) {
      PartnerCredential credential = builder(server).userPassword("u", "p").build();

      assertThatThrownBy(credential::token)
          .isExactlyInstanceOf(PartnerException.class)
          .hasMessageContaining("HTTP 503: No token from " + server.uri());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"access_token\":\"\"}", "{\"access_token\":\"a b\"}", "{\"acc"})
  void answerWithoutATokenIsAFailure(String body) {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, body))) {
      PartnerCredential credential = builder(server).userPassword("u", "p").build();

      assertThatThrownBy(credential::token)
          .isExactlyInstanceOf(PartnerException.class)
          .hasMessageContaining("without a usable access_token");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"expires_in\":\"soon\"", ",\"expires_in\":null"})
  void tokenOfUnknownLifeIsUsed(String member) {
    try (ScriptedServer server =
        ScriptedServer.playing(answer(200, "{\"access_token\":\"t\"" + member + "}"))) {
      PartnerCredential credential = builder(server).userPassword("u", "p").build();

      assertThat(credential.token()).isEqualTo(new AccessToken("t", null));
    }
  }

  @Test
  void tokenOfAbsurdLifeIsUsed() {
    Script absurd = answer(200, "{\"access_token\":\"t\",\"expires_in\":9223372036854775807}");
    try (ScriptedServer server = ScriptedServer.playing(absurd)) {
      PartnerCredential credential = builder(server).userPassword("u", "p").build();

      assertThat(credential.token().value()).isEqualTo("t");
    }
  }

  @Test
  void builderTellsWhatIsMissing() {
    OAuthCredential.Builder builder =
        OAuthCredential.builder()
            .tokenEndpoint(TokenEndpoint.microsoft("contoso.onmicrosoft.com"))
            .clientId("c");

    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("clientCredentials, userPassword, refreshToken or deviceCode");
    builder.clientCredentials();
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("clientSecret");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder.userPassword("u", "p"))
        .withMessageContaining("Choose one");
    assertThatIllegalStateException()
        .isThrownBy(() -> OAuthCredential.builder().userPassword("u", "p").build())
        .withMessageContaining("tokenEndpoint");
  }

  @Test
  void endpointsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenEndpoint.of(URI.create("http://login.example"), "t"))
        .withMessageContaining("clear text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenEndpoint.of(URI.create("https://login.example"), " "));
    assertThat(TokenEndpoint.ofPlainHttp(URI.create("http://login.example/a/"), "t/../x"))
        .hasToString("http://login.example/a/t%2F..%2Fx/oauth2/v2.0/token");
    assertThat(TokenEndpoint.microsoft("contoso.onmicrosoft.com"))
        .hasToString("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token");
  }

  @Test
  void nothingShowsASecret() {
    PartnerCredential credential =
        OAuthCredential.builder()
            .tokenEndpoint(TokenEndpoint.microsoft("contoso.onmicrosoft.com"))
            .clientId("c")
            .clientSecret("hunter2")
            .userPassword("u", "hunter2")
            .build();

    assertThat(
            credential
                + " "
                + new AccessToken("hunter2", null)
                + new Grant.UserPassword("u", "hunter2")
                + new Grant.KeptUserPassword(
                    new Grant.UserPassword("u", "hunter2"), RefreshTokenStore.inMemory("hunter2"))
                + new TokenRequests.Client("c", ClientProof.secret("hunter2"))
                + new Grant.Device("hunter2", RefreshTokenStore.inMemory("hunter2"))
                + new TokenRequests.Asked(
                    new DeviceCode("code", URI.create("https://host.example"), "", Instant.EPOCH),
                    "hunter2",
                    Duration.ZERO)
                + RefreshTokenStore.inMemory("hunter2")
                + new Grant.RefreshToken(RefreshTokenStore.inMemory("hunter2"))
                + PartnerCredential.fixed("hunter2")
                + PartnerCredential.cached(() -> new AccessToken("hunter2", null)))
        .doesNotContain("hunter2");
  }
}
