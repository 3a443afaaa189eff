package dev.vidame.testkit;

import dev.vidame.wire.UserId;

/**
 * An account in the store. Immutable.
 *
 * @param id its id
 * @param customer whose it is
 * @param userPrincipalName its sign-in name
 */
public record SeededUser(UserId id, SeededCustomer customer, String userPrincipalName) {
  /** Its path below the server's address. */
  public String path() {
    return "/v1/customers/" + customer.id() + "/users/" + id;
  }
}
