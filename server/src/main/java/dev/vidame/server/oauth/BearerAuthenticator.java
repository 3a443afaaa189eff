package dev.vidame.server.oauth;

import dev.vidame.server.http.Api;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.tokens.Caller;
import dev.vidame.server.tokens.TokenVerifier;
import dev.vidame.server.tokens.Verification;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bearer token out of the {@code Authorization} header and asks who it stands for.
 * Thread-safe.
 */
public final class BearerAuthenticator implements Api.Authenticator {
  private static final String SCHEME = "Bearer ";
  private static final String SECOND_FACTOR = "mfa";

  private final TokenVerifier verifier;
  private final boolean requiresMfa;

  /**
   * An authenticator.
   *
   * @param requiresMfa whether an agent must have signed in with a second factor
   */
  public BearerAuthenticator(TokenVerifier verifier, boolean requiresMfa) {
    this.verifier = verifier;
    this.requiresMfa = requiresMfa;
  }

  @Override
  public Caller authenticate(Optional<String> authorization) {
    String header = authorization.map(String::strip).orElse("");
    if (header.isEmpty()) {
      throw ApiErrors.tokenMissing();
    }
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ApiErrors.accessDenied();
    }
    return switch (verifier.verify(header.substring(SCHEME.length()).strip())) {
      case Verification.Verified(Caller caller) -> admitted(caller);
      case Verification.Rejected(Verification.Reason reason, @Nullable String audience) ->
          throw reason == Verification.Reason.AUDIENCE && audience != null
              ? ApiErrors.audienceRefused(audience)
              : ApiErrors.accessDenied();
    };
  }

  private Caller admitted(Caller caller) {
    boolean lacksFactor =
        caller.agent() != null && !caller.authenticationMethods().contains(SECOND_FACTOR);
    if (requiresMfa && lacksFactor) {
      throw ApiErrors.accessDenied();
    }
    return caller;
  }
}
