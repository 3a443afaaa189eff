package dev.vidame.server.tokens;

import dev.vidame.server.texts.Text;
import org.jspecify.annotations.Nullable;

/**
 * The refusals of the token endpoint. Numbers are those that clients know from the service they
 * were built for, where it has one for the case.
 */
enum TokenError {
  FIELD_MISSING(90014, "invalid_request", "The request lacks the field %s."),
  TENANT_UNKNOWN(90002, "invalid_request", "The tenant is not this application's."),
  TENANT_NEEDED(
      50059, "invalid_request", "An application that speaks for itself must name its tenant."),
  TWO_CREDENTIALS(
      90023, "invalid_request", "The client names or proves itself twice, and not the same way."),
  CLIENT_REFUSED(70002, "invalid_client", "The client id or the client secret is wrong."),
  ASSERTION_TYPE_UNKNOWN(
      90023, "invalid_request", "The client_assertion_type is not taken here; it must be %s."),
  ASSERTION_REFUSED(
      700027,
      "invalid_client",
      "The assertion is no signed token, or its key is none of the application's, or its signature is wrong."),
  ASSERTION_OF_ANOTHER(
      700021, "invalid_client", "The assertion does not speak for the client_id of the request."),
  ASSERTION_AUDIENCE(
      700023,
      "invalid_client",
      "The assertion is not for this server. Its aud must be the address of the token endpoint."),
  ASSERTION_TIMES(
      700024,
      "invalid_client",
      "The assertion is too early or too late, or ends more than ten minutes from now."),
  ASSERTION_USED(
      700024, "invalid_client", "The assertion has no jti, or was used before; each is good once."),
  CERTIFICATE_NOT_GOOD(
      1000502, "invalid_client", "The certificate of the assertion is not good yet, or no more."),
  GRANT_NOT_FOR_CLIENT(
      70001, "unauthorized_client", "A client without a secret cannot speak for itself."),
  GRANT_UNKNOWN(70003, "unsupported_grant_type", "The grant type is not offered here."),
  SIGN_IN_REFUSED(50126, "invalid_grant", "The user name or the password is wrong."),
  SECOND_FACTOR_NEEDED(
      50076,
      "invalid_grant",
      "The agent must show a second factor too: send the code of its authenticator as otp."),
  SECOND_FACTOR_REFUSED(
      500121, "invalid_grant", "The code is wrong, or was used before. Wait for the next one."),
  SECOND_FACTOR_BLOCKED(50053, "invalid_grant", SignIns.BLOCKED),
  REFRESH_REFUSED(
      70000, "invalid_grant", "The refresh token is unknown, has ended, or is another client's."),
  CODE_REFUSED(
      70008,
      "invalid_grant",
      "The code is unknown, has ended or was used, or is for another client or address."),
  RESPONSE_TYPE_UNKNOWN(
      700054,
      "unsupported_response_type",
      "The response type is not offered here; it must be code, or code id_token."),
  ID_TOKEN_IN_ADDRESS(
      70007,
      "invalid_request",
      "With the response type code id_token the response mode must be form_post, so that no token is in an address."),
  ID_TOKEN_SCOPE(70011, "invalid_request", "For an id token the scope must hold openid."),
  ID_TOKEN_NOT_FOR_CLIENT(
      700054,
      "unauthorized_client",
      "Only an application with a secret or a key can ask for code id_token."),
  RESPONSE_MODE_UNKNOWN(70007, "invalid_request", "The response mode must be query or form_post."),
  CHALLENGE_NEEDED(
      9002325, "invalid_request", "The request must hold a code_challenge of the method S256."),
  AGENT_REFUSED(65004, "access_denied", "The person did not allow it."),
  AGENT_MUST_BE_ASKED(50058, "login_required", "Nobody is signed in here without being asked."),
  DEVICE_WAITS(70016, "authorization_pending", "Nobody has answered yet."),
  DEVICE_IS_HASTY(
      70021,
      "slow_down",
      "The device asks too often. It must wait five seconds longer between two requests."),
  DEVICE_DECLINED(70018, "authorization_declined", "The person did not allow it."),
  DEVICE_OVER(70020, "expired_token", "The device code has ended. Ask for another one."),
  DEVICE_UNKNOWN(
      70019,
      "bad_verification_code",
      "The device code is unknown, was used, or is another client's."),
  ACCESS_TOKEN_STAYS(
      70044,
      "unsupported_token_type",
      "An access token cannot be revoked. It ends by itself; revoke the refresh token."),
  RESOURCE_UNKNOWN(50001, "invalid_resource", "The resource is none of this service."),
  SCOPE_UNKNOWN(70011, "invalid_scope", "The scope names a resource that is none of this service."),
  TOO_MANY_FAILURES(
      50053, "temporarily_unavailable", "Too many tries have failed. Wait, and try again."),
  TOO_MANY_TOKENS(
      90055,
      "temporarily_unavailable",
      "The partner asks for more than it may within a minute. Wait, and try again."),
  OVERLOADED(90033, "temporarily_unavailable", "Too much waits already. Try again later.");

  private final long number;
  private final String code;
  private final String sentence;

  TokenError(long number, String code, String sentence) {
    this.number = number;
    this.code = code;
    this.sentence = sentence;
  }

  /** Ours, for {@code error_codes}. */
  long number() {
    return number;
  }

  /** OAuth's, for {@code error}. */
  String code() {
    return code;
  }

  /** What more there is to say of {@code error}; null for nothing. */
  @Nullable String suberror() {
    return this == SECOND_FACTOR_NEEDED ? "basic_action" : null;
  }

  /** For people. */
  Text text(Object... details) {
    return Text.of(sentence, details);
  }

  int status() {
    return switch (this) {
      case CLIENT_REFUSED,
          ASSERTION_REFUSED,
          ASSERTION_OF_ANOTHER,
          ASSERTION_AUDIENCE,
          ASSERTION_TIMES,
          ASSERTION_USED,
          CERTIFICATE_NOT_GOOD ->
          401;
      case TOO_MANY_FAILURES, TOO_MANY_TOKENS -> 429;
      case OVERLOADED -> 503;
      default -> 400;
    };
  }
}
