package dev.vidame.directory.partners;

/**
 * A client registered by a partner.
 *
 * @param id its client id
 * @param partner whose
 * @param name for people
 * @param isConfidential whether it has a secret; one without may only act for a signed-in agent
 * @param isDisabled whether it may neither have tokens nor go on with those it has
 */
public record Application(
    ApplicationId id, PartnerId partner, String name, boolean isConfidential, boolean isDisabled) {

  /** An application that may have tokens. */
  public Application(ApplicationId id, PartnerId partner, String name, boolean isConfidential) {
    this(id, partner, name, isConfidential, false);
  }
}
