package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The revocation endpoints as clients reach them over HTTP (RFC 7009). */
class RevocationRoutesTest {
  private static final String V1 = "/oauth2/revoke";
  private static final String V2 = "/oauth2/v2.0/revoke";

  @RegisterExtension static final Served served = new Served();

  private static TestTokens tokens() {
    return served.server().tokens();
  }

  private static RawAnswer ask(RawRequest request) {
    RawAnswer answer = served.server().send(request);
    assertThat(answer.header("Pragma")).isEqualTo("no-cache");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    return answer;
  }

  private static RawAnswer revoke(String path, String form) {
    return ask(tokens().requestAt("/" + Tenancy.PARTNER + path, form));
  }

  private static String client() {
    return "client_id=%s&client_secret=%s"
        .formatted(served.server().tenancy().confidential().id(), Tenancy.APPLICATION_SECRET);
  }

  private static RawAnswer signIn() {
    return ask(tokens().request(tokens().passwordForm()));
  }

  private static String refreshToken(RawAnswer tokens) {
    return tokens.json().get("refresh_token").text();
  }

  private static RawAnswer refresh(String token) {
    return ask(tokens().request(client() + "&grant_type=refresh_token&refresh_token=" + token));
  }

  private static void assertEmpty(RawAnswer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().members()).isEmpty();
  }

  private static void assertRefused(RawAnswer answer, int status, String error) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.json().get("error").text()).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void revokedTokenRefreshesNoMore(String path) {
    String token = refreshToken(signIn());
    String other = refreshToken(signIn());

    assertEmpty(revoke(path, client() + "&token_type_hint=refresh_token&token=" + token));

    assertRefused(refresh(token), 400, "invalid_grant");
    assertThat(refresh(other).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void clientProvesItselfByAHeader(String path) {
    String token = refreshToken(signIn());
    String pair = served.server().tenancy().confidential().id() + ":" + Tenancy.APPLICATION_SECRET;
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

    assertEmpty(
        ask(tokens().requestAt("/common" + path, "token=" + token).header("Authorization", basic)));

    assertRefused(refresh(token), 400, "invalid_grant");
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void unknownTokenIsNoError(String path) {
    assertEmpty(revoke(path, client() + "&token=unknown"));
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void whoIsNotTheTokensClientRevokesNothing(String path) {
    String token = refreshToken(signIn());
    String publicClient = "client_id=" + served.server().tenancy().publicClient().id();

    assertRefused(revoke(path, publicClient + "&token=" + token), 400, "invalid_grant");
    RawAnswer wrongSecret =
        revoke(path, client().replaceFirst("secret=.*", "secret=wrong") + "&token=" + token);
    assertRefused(wrongSecret, 401, "invalid_client");
    assertThat(wrongSecret.header("WWW-Authenticate")).startsWith("Basic ");
    assertRefused(revoke(path, "token=" + token), 400, "invalid_request");

    assertThat(refresh(token).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void accessTokenCannotBeRevoked(String path) {
    String token = signIn().json().get("access_token").text();

    assertRefused(revoke(path, client() + "&token=" + token), 400, "unsupported_token_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void tokensAreNotTakenFromTheAddress(String path) {
    String token = refreshToken(signIn());

    assertRefused(revoke(path + "?token=" + token, client()), 400, "invalid_request");

    assertThat(refresh(token).status()).isEqualTo(200);
  }
}
