package dev.vidame.directory.partners;

import java.util.UUID;

/**
 * Identifies a partner: a reseller whose customers' accounts this server holds.
 *
 * @param value the GUID
 */
public record PartnerId(UUID value) {
  /** The wire form. */
  @Override
  public String toString() {
    return value.toString();
  }
}
