package dev.vidame.directory.users;

import dev.vidame.directory.DirectoryException;
import org.jspecify.annotations.Nullable;

/** A password's hash, where there is one to set, or why the change that sets it is refused. */
record PreparedPassword(@Nullable String hash, @Nullable DirectoryException refusal) {
  void requireNotRefused() {
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Never shows the hash. */
  @Override
  public String toString() {
    return "PreparedPassword";
  }
}
