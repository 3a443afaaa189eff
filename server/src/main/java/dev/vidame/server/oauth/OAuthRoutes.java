package dev.vidame.server.oauth;

import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.tokens.TokenAnswer;
import dev.vidame.server.tokens.TokenRequest;
import dev.vidame.server.tokens.TokenVersion;
import dev.vidame.server.tokens.Tokens;
import dev.vidame.server.tokens.Verification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The routes where tokens are had and their keys are published (wire-spec §1.2, §1.3). Thread-safe.
 */
public final class OAuthRoutes {
  private static final int UNAUTHORIZED = 401;

  private final Tokens tokens;

  /** Routes over the built-in issuer. */
  public OAuthRoutes(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.open(
            "POST", "/{tenant}/oauth2/token", "token_v1", call -> token(call, TokenVersion.V1)),
        Route.open(
            "POST",
            "/{tenant}/oauth2/v2.0/token",
            "token_v2",
            call -> token(call, TokenVersion.V2)),
        Route.open("POST", "/{tenant}/oauth2/v2.0/devicecode", "device_codes", this::deviceCodes),
        Route.open(
            "POST", "/{tenant}/oauth2/revoke", "revoke_v1", call -> revoke(call, TokenVersion.V1)),
        Route.open(
            "POST",
            "/{tenant}/oauth2/v2.0/revoke",
            "revoke_v2",
            call -> revoke(call, TokenVersion.V2)),
        Route.open(
            "GET",
            "/{tenant}/.well-known/openid-configuration",
            "discovery_v1",
            call -> discovery(call, TokenVersion.V1)),
        Route.open(
            "GET",
            "/{tenant}/v2.0/.well-known/openid-configuration",
            "discovery_v2",
            call -> discovery(call, TokenVersion.V2)),
        Route.open("GET", "/{tenant}/discovery/v2.0/keys", "signing_keys", this::keys),
        Route.open("GET", "/.well-known/jwks.json", "signing_keys", this::keys));
  }

  private Answer token(Call call, TokenVersion version) {
    return answer(tokens.endpoint().answer(request(call, version)));
  }

  private Answer deviceCodes(Call call) {
    return answer(tokens.endpoint().deviceCodes(request(call, TokenVersion.V2)));
  }

  private Answer revoke(Call call, TokenVersion version) {
    return answer(tokens.endpoint().revoke(request(call, version), this::isAccessToken));
  }

  private boolean isAccessToken(String text) {
    return tokens.verifier().verify(text) instanceof Verification.Verified;
  }

  private Answer discovery(Call call, TokenVersion version) {
    return Answer.json(
        200, tokens.discoveryJson(version, call.parameter(0)).orElseThrow(ApiErrors::notFound));
  }

  private static TokenRequest request(Call call, TokenVersion version) {
    return new TokenRequest(
        call.parameter(0),
        version,
        form(call),
        call.request().header("Authorization").orElse(null),
        call.correlation().correlationId(),
        call.language(),
        call.request().client());
  }

  private static Answer answer(TokenAnswer answer) {
    List<Answer.Header> headers = new ArrayList<>();
    headers.add(new Answer.Header("Pragma", "no-cache"));
    answer
        .retryAfter()
        .ifPresent(after ->
            headers.add(new Answer.Header("Retry-After", Long.toString(after.toSeconds()))));
    if (answer.status() == UNAUTHORIZED) {
      headers.add(new Answer.Header("WWW-Authenticate", "Basic realm=\"token\""));
    }
    return new Answer(answer.status(), headers, answer.json());
  }

  static Map<String, String> form(Call call) {
    try {
      return FormBody.parse(call.request().body());
    } catch (IllegalArgumentException e) {
      throw ApiErrors.invalidRequest(
          "The form holds a percent sign that is not followed by two hex digits.");
    }
  }

  private Answer keys(Call call) {
    return Answer.json(200, tokens.jwksJson().getBytes(StandardCharsets.UTF_8));
  }
}
