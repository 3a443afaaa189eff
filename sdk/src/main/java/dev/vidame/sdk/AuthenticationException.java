package dev.vidame.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The credential is not accepted: the token endpoint refused to give a token, or the API refused
 * the token that it gave, also after a new one was fetched. The caller must sign in again or repair
 * the configuration; repeating the call is in vain.
 */
public final class AuthenticationException extends PartnerException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String oauthError;

  AuthenticationException(Failure failure, @Nullable String oauthError, @Nullable Throwable cause) {
    super(failure, cause);
    this.oauthError = oauthError;
  }

  /**
   * The OAuth error, such as {@code invalid_grant} for a refresh token that is used up or {@code
   * invalid_client} for a wrong secret. Null when the API itself refused the token.
   */
  public @Nullable String oauthError() {
    return oauthError;
  }
}
