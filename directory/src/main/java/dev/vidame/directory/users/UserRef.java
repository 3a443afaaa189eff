package dev.vidame.directory.users;

import dev.vidame.wire.UserId;

/** How a caller names an account. */
public sealed interface UserRef {

  /**
   * By its id.
   *
   * @param id the account
   */
  record ById(UserId id) implements UserRef {}

  /**
   * By its sign-in name, in any case. Only accounts in use have one.
   *
   * @param userPrincipalName the name
   */
  record ByName(String userPrincipalName) implements UserRef {}
}
