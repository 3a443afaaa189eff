package dev.vidame.directory.partners;

/**
 * A partner: a reseller whose customers' accounts this server holds.
 *
 * @param id the partner; the {@code tid} of its tokens
 * @param name for people
 * @param isSandbox whether it only tries things out: it has few customers, and may delete them
 */
public record Partner(PartnerId id, String name, boolean isSandbox) {
  /** A partner that does business. */
  public Partner(PartnerId id, String name) {
    this(id, name, false);
  }
}
