package dev.vidame.directory.partners;

import java.util.UUID;

/**
 * Identifies an agent: a person who acts for a partner.
 *
 * @param value the GUID
 */
public record AgentId(UUID value) {
  /** The wire form. */
  @Override
  public String toString() {
    return value.toString();
  }
}
