package dev.vidame.server.tokens;

/** The two forms of tokens and token answers that clients of the API were built for. */
public enum TokenVersion {
  /** {@code /{tenant}/oauth2/token}: asks for a resource; numbers are texts. */
  V1("1.0", "/", "appid", "appidacr"),

  /** {@code /{tenant}/oauth2/v2.0/token}: asks for scopes; numbers are numbers. */
  V2("2.0", "/v2.0", "azp", "azpacr");

  private final String claim;
  private final String issuerSuffix;
  private final String applicationClaim;
  private final String authenticationClaim;

  TokenVersion(
      String claim, String issuerSuffix, String applicationClaim, String authenticationClaim) {
    this.claim = claim;
    this.issuerSuffix = issuerSuffix;
    this.applicationClaim = applicationClaim;
    this.authenticationClaim = authenticationClaim;
  }

  /** The value of {@code ver}. */
  String claim() {
    return claim;
  }

  /** What follows the partner's id in {@code iss}. */
  String issuerSuffix() {
    return issuerSuffix;
  }

  /** The claim that holds the client id. */
  String applicationClaim() {
    return applicationClaim;
  }

  /**
   * The claim that says how the client proved itself: "0" not at all, "1" with a secret, "2" with a
   * key.
   */
  String authenticationClaim() {
    return authenticationClaim;
  }
}
