package dev.vidame.server.tokens;

import dev.vidame.server.texts.Text;

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
  GRANT_NOT_FOR_CLIENT(
      70001, "unauthorized_client", "A client without a secret cannot speak for itself."),
  GRANT_UNKNOWN(70003, "unsupported_grant_type", "The grant type is not offered here."),
  SIGN_IN_REFUSED(50126, "invalid_grant", "The user name or the password is wrong."),
  REFRESH_REFUSED(
      70000, "invalid_grant", "The refresh token is unknown, has ended, or is another client's."),
  RESOURCE_UNKNOWN(50001, "invalid_resource", "The resource is none of this service."),
  SCOPE_UNKNOWN(70011, "invalid_scope", "The scope names a resource that is none of this service."),
  TOO_MANY_FAILURES(
      50053, "temporarily_unavailable", "Too many tries have failed. Wait, and try again."),
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

  /** For people. */
  Text text(Object... details) {
    return Text.of(sentence, details);
  }

  int status() {
    return switch (this) {
      case CLIENT_REFUSED -> 401;
      case TOO_MANY_FAILURES -> 429;
      case OVERLOADED -> 503;
      default -> 400;
    };
  }
}
