package dev.vidame.directory.users;

import dev.vidame.directory.partners.PasswordStandard;

/**
 * The switches of the account rules.
 *
 * @param anyUsageLocation takes any text of up to 64 characters as usage location, so that the
 *     founding document's literal request passes
 * @param banList refuses common passwords and those that contain the account's name
 * @param passwords which passwords are good where a partner has no standard of its own
 */
public record UserPolicy(boolean anyUsageLocation, boolean banList, PasswordStandard passwords) {

  /** With the passwords that clients know. */
  UserPolicy(boolean anyUsageLocation, boolean banList) {
    this(anyUsageLocation, banList, PasswordStandard.COMPATIBLE);
  }

  /** What a server does unless told otherwise. */
  public static UserPolicy standard() {
    return new UserPolicy(false, true);
  }
}
