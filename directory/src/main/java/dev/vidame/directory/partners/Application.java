package dev.vidame.directory.partners;

import java.util.List;

/**
 * A client registered by a partner.
 *
 * @param id its client id
 * @param partner whose
 * @param name for people
 * @param isConfidential whether it has a secret; one without may only act for a signed-in agent
 * @param isDisabled whether it may neither have tokens nor go on with those it has
 * @param redirectUris where browsers may be sent with an answer for it, to the letter
 */
public record Application(
    ApplicationId id,
    PartnerId partner,
    String name,
    boolean isConfidential,
    boolean isDisabled,
    List<String> redirectUris) {

  /** Copies the addresses. */
  public Application {
    redirectUris = List.copyOf(redirectUris);
  }

  /** An application to which no browser is sent. */
  public Application(
      ApplicationId id,
      PartnerId partner,
      String name,
      boolean isConfidential,
      boolean isDisabled) {
    this(id, partner, name, isConfidential, isDisabled, List.of());
  }

  /** An application that may have tokens. */
  public Application(ApplicationId id, PartnerId partner, String name, boolean isConfidential) {
    this(id, partner, name, isConfidential, false);
  }

  /** The same with other addresses to send browsers to. */
  public Application withRedirectUris(List<String> uris) {
    return new Application(id, partner, name, isConfidential, isDisabled, uris);
  }
}
