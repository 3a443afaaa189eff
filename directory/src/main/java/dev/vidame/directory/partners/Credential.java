package dev.vidame.directory.partners;

import java.util.UUID;

/**
 * With what an application has proved who it is.
 *
 * @param id which of the application's secrets and keys
 * @param kind which of the two it is
 */
public record Credential(UUID id, Kind kind) {
  /** The two kinds. */
  public enum Kind {
    /** A text that the application sent. */
    SECRET,
    /** A key that it signed with, which never left it. */
    KEY
  }
}
