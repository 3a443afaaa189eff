package dev.vidame.sdk;

import static dev.vidame.sdk.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.sdk.ScriptedServer.Received;
import dev.vidame.sdk.ScriptedServer.Script;
import dev.vidame.wire.JsonBody;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with a certificate, and with a browser somewhere else. */
@Timeout(60)
class SignInTest {
  private static final Script CODE =
      answer(
          200,
          "{\"user_code\":\"ABCD-EFGH\",\"device_code\":\"dc\",\"verification_uri\":"
              + "\"https://vidame.example/device\",\"expires_in\":900,\"interval\":5,"
              + "\"message\":\"Go there\"}");
  private static final Script TOKENS =
      answer(200, "{\"access_token\":\"a1\",\"expires_in\":3600,\"refresh_token\":\"r1\"}");

  private final TestTime time = new TestTime();
  private final List<DeviceCode> shown = new ArrayList<>();

  @TempDir private Path folder;

  private static Script refused(String error) {
    return answer(400, "{\"error\":\"" + error + "\",\"error_description\":\"why\"}");
  }

  private static Map<String, String> form(Received request) {
    return Arrays.stream(request.body().split("&", -1))
        .map(field -> field.split("=", 2))
        .collect(Collectors.toMap(field -> field[0], field -> URLDecoder.decode(field[1], UTF_8)));
  }

  private OAuthCredential.Builder builder(ScriptedServer server) {
    return OAuthCredential.builder()
        .tokenEndpoint(TokenEndpoint.of(server.uri(), "contoso.example"))
        .clientId("app")
        .surroundings(time.surroundings(TestTime.LOW));
  }

  private OAuthCredential device(ScriptedServer server, RefreshTokenStore store) {
    return builder(server).deviceCode(shown::add, store).build();
  }

  @Test
  void personIsShownACodeAndWaitedFor() {
    RefreshTokenStore store = RefreshTokenStore.inMemory("");
    try (ScriptedServer server =
        ScriptedServer.playing(
            CODE, refused("authorization_pending"), refused("slow_down"), TOKENS)) {
      AccessToken token = device(server, store).token();

      assertThat(token.value()).isEqualTo("a1");
      assertThat(store.load()).isEqualTo("r1");
      assertThat(shown).extracting(DeviceCode::userCode).containsExactly("ABCD-EFGH");
      assertThat(time.sleeps())
          .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));
      assertThat(server.received().get(0).target())
          .isEqualTo("/contoso.example/oauth2/v2.0/devicecode");
      assertThat(form(server.received().get(0)))
          .containsEntry(
              "scope", "https://api.partnercenter.microsoft.com/user_impersonation offline_access");
      assertThat(form(server.received().get(1)))
          .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
          .containsEntry("device_code", "dc")
          .containsEntry("client_id", "app");
    }
  }

  @Test
  void personIsNotAskedWhileTheRefreshTokenServes() {
    try (ScriptedServer server = ScriptedServer.playing(TOKENS)) {
      device(server, RefreshTokenStore.inMemory("r0")).token();

      assertThat(shown).isEmpty();
      assertThat(form(server.received().get(0))).containsEntry("refresh_token", "r0");
    }
  }

  @Test
  void personIsAskedAgainWhenTheRefreshTokenIsUsedUp() {
    try (ScriptedServer server = ScriptedServer.playing(refused("invalid_grant"), CODE, TOKENS)) {
      device(server, RefreshTokenStore.inMemory("r0")).token();

      assertThat(shown).hasSize(1);
    }
  }

  @Test
  void personWhoRefusesEndsTheSignIn() {
    try (ScriptedServer server = ScriptedServer.playing(CODE, refused("authorization_declined"))) {
      AuthenticationException failure =
          catchThrowableOfType(
              AuthenticationException.class,
              () -> device(server, RefreshTokenStore.inMemory("")).token());

      assertThat(failure).hasFieldOrPropertyWithValue("oauthError", "authorization_declined");
    }
  }

  @Test
  void nobodyIsWaitedForWithoutEnd() {
    try (ScriptedServer server = ScriptedServer.playing(CODE, refused("authorization_pending"))) {
      AuthenticationException failure =
          catchThrowableOfType(
              AuthenticationException.class,
              () -> device(server, RefreshTokenStore.inMemory("")).token());

      assertThat(failure).hasFieldOrPropertyWithValue("oauthError", "expired_token");
      assertThat(time.sleeps()).hasSize(180);
    }
  }

  @Test
  void tokenEndpointThatIsAskedTooOftenSaysSo() {
    try (ScriptedServer server = ScriptedServer.playing(answer(429, "", "Retry-After: 90"))) {
      ThrottledException failure =
          catchThrowableOfType(
              ThrottledException.class,
              () -> device(server, RefreshTokenStore.inMemory("")).token());

      assertThat(failure).hasMessageContaining("retry after 90 s");
    }
  }

  @Test
  void answerWithoutACodeIsAFailure() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, "{}"))) {
      PartnerException failure =
          catchThrowableOfType(
              PartnerException.class, () -> device(server, RefreshTokenStore.inMemory("")).token());

      assertThat(failure).hasMessageContaining("usable code");
    }
  }

  @Test
  void applicationSignsWhoItIs() throws GeneralSecurityException {
    KeyPair keys = keys("RSA");
    try (ScriptedServer server =
        ScriptedServer.playing(answer(200, "{\"access_token\":\"a\",\"expires_in\":\"3599\"}"))) {
      builder(server)
          .clientCertificate(ClientCertificate.ofKey(keys.getPrivate(), "key-1"))
          .clientCredentials()
          .build()
          .token();

      Map<String, String> form = form(server.received().get(0));
      assertThat(form)
          .containsEntry(
              "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
          .doesNotContainKey("client_secret");
      String[] parts = form.getOrDefault("client_assertion", "").split("\\.", -1);
      assertThat(decoded(parts[0]))
          .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
      JsonBody claims = JsonBody.parse(decoded(parts[1]).getBytes(UTF_8));
      assertThat(claims.text("aud")).contains(server.uri() + "/contoso.example/oauth2/v2.0/token");
      assertThat(claims.text("iss")).contains("app");
      assertThat(claims.text("sub")).contains("app");
      assertThat(claims.number("exp")).contains(time.instant().getEpochSecond() + 300);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }

  private static KeyPair keys(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
    return generator.generateKeyPair();
  }

  @Test
  void credentialsThatDoNotFitAreRefused() throws GeneralSecurityException {
    KeyPair curve = keys("EC");
    KeyPair rsa = keys("RSA");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientCertificate.ofKey(curve.getPrivate(), "k"))
        .withMessageContaining("RSA");
    assertThatIllegalStateException()
        .isThrownBy(() ->
            OAuthCredential.builder()
                .tokenEndpoint(TokenEndpoint.microsoft("c.example"))
                .clientId("app")
                .clientSecret("s")
                .clientCertificate(ClientCertificate.ofKey(rsa.getPrivate(), "k"))
                .clientCredentials()
                .build())
        .withMessageContaining("one of");
    assertThat(ClientCertificate.ofKey(rsa.getPrivate(), "k").toString())
        .isEqualTo("ClientCertificate{kid=k}");
  }

  @Test
  void refreshTokenIsKeptInAFileOfItsOwner() throws IOException {
    Path file = folder.resolve("token");
    RefreshTokenStore store = RefreshTokenStore.inFile(file);
    assertThat(store.load()).isEmpty();

    store.save("r1");
    store.save("r2");

    assertThat(RefreshTokenStore.inFile(file).load()).isEqualTo("r2");
    assertThat(store.toString()).doesNotContain("r2");
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
