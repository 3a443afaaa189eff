package dev.vidame.server.oauth;

import dev.vidame.directory.operators.Operator;
import dev.vidame.directory.operators.Operators;
import dev.vidame.server.http.Api;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Throttled;
import dev.vidame.server.limits.RequestLimits;
import dev.vidame.server.tokens.Caller;
import dev.vidame.server.tokens.Verification;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bearer token out of the {@code Authorization} header and asks who it stands for.
 * Thread-safe.
 */
public final class BearerAuthenticator implements Api.Authenticator {
  private static final String SCHEME = "Bearer ";
  private static final String SECOND_FACTOR = "mfa";

  private final BiFunction<String, InetAddress, Verification> verifier;
  private final Operators operators;
  private final boolean requiresMfa;

  /**
   * An authenticator.
   *
   * @param verifier says who a token from an address speaks for
   * @param operators who may do what no partner may
   * @param requiresMfa whether an agent must have signed in with a second factor
   */
  public BearerAuthenticator(
      BiFunction<String, InetAddress, Verification> verifier,
      Operators operators,
      boolean requiresMfa) {
    this.verifier = verifier;
    this.operators = operators;
    this.requiresMfa = requiresMfa;
  }

  @Override
  public Operator operator(Optional<String> authorization) {
    return operators.authenticate(bearer(authorization)).orElseThrow(ApiErrors::accessDenied);
  }

  /** The token of a header. */
  static String bearer(Optional<String> authorization) {
    String header = authorization.map(String::strip).orElse("");
    if (header.isEmpty()) {
      throw ApiErrors.tokenMissing();
    }
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ApiErrors.accessDenied();
    }
    return header.substring(SCHEME.length()).strip();
  }

  @Override
  public Caller authenticate(Optional<String> authorization, InetAddress client) {
    return switch (verifier.apply(bearer(authorization), client)) {
      case Verification.Verified(Caller caller) -> admitted(caller);
      case Verification.Rejected(Verification.Reason reason, @Nullable String audience) ->
          throw reason == Verification.Reason.AUDIENCE && audience != null
              ? ApiErrors.audienceRefused(audience)
              : ApiErrors.accessDenied();
      case Verification.NotLookedAt(RequestLimits.Refusal refusal) -> throw new Throttled(refusal);
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
