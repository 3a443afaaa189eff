package dev.vidame.directory.partners;

import java.util.UUID;

/**
 * Identifies an application registered by a partner; its client id.
 *
 * @param value the GUID
 */
public record ApplicationId(UUID value) {
  /** The wire form. */
  @Override
  public String toString() {
    return value.toString();
  }
}
