package dev.vidame.sdk;

import java.time.Clock;
import java.util.function.Supplier;

/**
 * Gives the tokens that calls are made with. Implementations are thread-safe: a client asks before
 * every attempt, from every thread that uses it, so they keep a token as long as it is good.
 *
 * <p>{@link OAuthCredential} fetches tokens from a token endpoint; {@link #fixed} and {@link
 * #cached} serve callers that get theirs elsewhere.
 */
@FunctionalInterface
public interface PartnerCredential {

  /**
   * A token to use now.
   *
   * @throws AuthenticationException when somebody must sign in again
   * @throws PartnerException when there is no token for another reason
   */
  AccessToken token();

  /**
   * Says that the service refused this token, so that {@link #token()} must not answer it again if
   * it can get another. When it answers the same token nevertheless, the call fails. Does nothing
   * here.
   */
  default void invalidate(AccessToken refused) {}

  /**
   * Always this token.
   *
   * @throws IllegalArgumentException when the text cannot be a token
   */
  static PartnerCredential fixed(String token) {
    AccessToken only = new AccessToken(token, null);
    return () -> only;
  }

  /**
   * The tokens of a source, each kept until 120 s before it expires or until it is refused. The
   * source is asked by one thread at a time; what it throws reaches the caller.
   */
  static PartnerCredential cached(Supplier<AccessToken> source) {
    return new CachedCredential(source, Clock.systemUTC());
  }
}
