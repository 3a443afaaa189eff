package dev.vidame.wire;

import org.jspecify.annotations.Nullable;

/**
 * A password to set, and whether its owner must change it at the next sign-in.
 *
 * @param password the clear text, or null to leave the password alone
 * @param forceChangePassword null to leave the flag to the receiver's default
 */
public record PasswordProfile(@Nullable String password, @Nullable Boolean forceChangePassword) {

  /** A password that its owner must change at the next sign-in. */
  public static PasswordProfile temporary(String password) {
    return new PasswordProfile(password, true);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "PasswordProfile[password="
        + (password == null ? "absent" : "***")
        + ", forceChangePassword="
        + forceChangePassword
        + "]";
  }
}
