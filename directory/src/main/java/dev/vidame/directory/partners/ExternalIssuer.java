package dev.vidame.directory.partners;

import java.util.UUID;

/**
 * An identity provider whose tokens stand for a partner's agents and applications. Issuer and
 * audience together belong to one partner of the whole server.
 *
 * @param id tells it from the partner's others
 * @param partner whose tokens it issues
 * @param issuer the {@code iss} of its tokens, exactly
 * @param audience one of the {@code aud} of its tokens, exactly
 * @param jwksUrl where its keys are
 * @param claims where its tokens say who calls
 */
@SuppressWarnings("TooManyParameters") // all that is trusted, once
public record ExternalIssuer(
    UUID id, PartnerId partner, String issuer, String audience, String jwksUrl, ClaimNames claims) {

  /**
   * Where tokens say who calls.
   *
   * @param agent the claim that is the agent's id
   * @param application the claim that is the application's id
   */
  public record ClaimNames(String agent, String application) {}
}
