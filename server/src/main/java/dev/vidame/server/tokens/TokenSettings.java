package dev.vidame.server.tokens;

import dev.vidame.directory.partners.Application;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * What an operator may choose about tokens.
 *
 * @param accessTokenLifetime from issue to end, in whole seconds
 * @param clockSkew by how much other processes' clocks may differ, 0 to 60 s; a token is taken this
 *     long before its start and after its end
 * @param isPasswordGrantEnabled whether agents may hand their passwords to applications
 * @param isNonceInsteadOfPkce whether applications with a secret or a key may show by a nonce that
 *     a code is theirs
 * @param isLegacyAudienceRejected whether the API refuses tokens for {@link #LEGACY_AUDIENCE}; they
 *     are still issued, as clients are built to learn it from the API's answer
 * @param audiences the audiences taken beside the server's own address, without final slash
 */
public record TokenSettings(
    Duration accessTokenLifetime,
    Duration clockSkew,
    boolean isPasswordGrantEnabled,
    boolean isNonceInsteadOfPkce,
    boolean isLegacyAudienceRejected,
    Set<String> audiences) {

  /**
   * The audience of the API, and of tokens asked for without naming one. Where it is not taken, the
   * server's own address is.
   */
  public static final String DEFAULT_AUDIENCE = "https://api.partnercenter.microsoft.com";

  /** The audience that older clients ask for. */
  public static final String LEGACY_AUDIENCE = "https://graph.windows.net";

  /** The API by the id that it has as an application of the identity provider. */
  static final String API_APPLICATION = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd";

  private static final Duration LONGEST_SKEW = Duration.ofSeconds(60);

  /**
   * Checks the durations and copies the audiences.
   *
   * @throws IllegalArgumentException when a duration is out of its range
   */
  public TokenSettings {
    if (!isWholeSeconds(accessTokenLifetime)) {
      throw new IllegalArgumentException(
          "The lifetime of access tokens must be whole seconds, not " + accessTokenLifetime);
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(LONGEST_SKEW) > 0) {
      throw new IllegalArgumentException("The clock skew must be 0 to 60 s, not " + clockSkew);
    }
    audiences = Set.copyOf(audiences);
  }

  private static boolean isWholeSeconds(Duration duration) {
    return duration.isPositive() && duration.equals(Duration.ofSeconds(duration.toSeconds()));
  }

  /**
   * An hour, 30 s of skew, no password grant, PKCE always, every audience that clients are known to
   * ask for.
   */
  public static TokenSettings standard() {
    return new TokenSettings(
        Duration.ofHours(1),
        Duration.ofSeconds(30),
        false,
        false,
        false,
        Set.of(DEFAULT_AUDIENCE, LEGACY_AUDIENCE, API_APPLICATION));
  }

  /** The same with the password grant on or off. */
  public TokenSettings withPasswordGrant(boolean isEnabled) {
    return new TokenSettings(
        accessTokenLifetime,
        clockSkew,
        isEnabled,
        isNonceInsteadOfPkce,
        isLegacyAudienceRejected,
        audiences);
  }

  /** The same with nonces taken instead of PKCE, or not. */
  public TokenSettings withNonceInsteadOfPkce(boolean isTaken) {
    return new TokenSettings(
        accessTokenLifetime,
        clockSkew,
        isPasswordGrantEnabled,
        isTaken,
        isLegacyAudienceRejected,
        audiences);
  }

  /** Whether codes for an application may be without a challenge (RFC 9700 §2.1.1). */
  boolean mayLeaveOutPkce(Application application) {
    return isNonceInsteadOfPkce && application.isConfidential();
  }

  /** The same with tokens for the legacy audience refused or taken. */
  public TokenSettings withLegacyAudienceRejected(boolean isRejected) {
    return new TokenSettings(
        accessTokenLifetime,
        clockSkew,
        isPasswordGrantEnabled,
        isNonceInsteadOfPkce,
        isRejected,
        audiences);
  }

  /** The same with other audiences beside the server's own address. */
  public TokenSettings withAudiences(Collection<String> others) {
    return new TokenSettings(
        accessTokenLifetime,
        clockSkew,
        isPasswordGrantEnabled,
        isNonceInsteadOfPkce,
        isLegacyAudienceRejected,
        Set.copyOf(others));
  }

  /** The same with another lifetime. */
  public TokenSettings withAccessTokenLifetime(Duration lifetime) {
    return new TokenSettings(
        lifetime,
        clockSkew,
        isPasswordGrantEnabled,
        isNonceInsteadOfPkce,
        isLegacyAudienceRejected,
        audiences);
  }

  /** The same with another skew. */
  public TokenSettings withClockSkew(Duration skew) {
    return new TokenSettings(
        accessTokenLifetime,
        skew,
        isPasswordGrantEnabled,
        isNonceInsteadOfPkce,
        isLegacyAudienceRejected,
        audiences);
  }
}
