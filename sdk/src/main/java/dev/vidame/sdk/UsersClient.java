package dev.vidame.sdk;

import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;

/** The user accounts of a customer. Immutable and thread-safe. */
public final class UsersClient {
  private final ApiCalls calls;
  private final String path;

  UsersClient(ApiCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /** One account; nothing is sent yet. */
  public UserClient byId(UserId user) {
    return new UserClient(calls, path + "/" + user);
  }

  /**
   * One account, by its id or its user principal name; nothing is sent yet. Partner Center takes
   * ids only.
   *
   * @throws IllegalArgumentException when the text is neither a GUID nor holds an {@code @}
   */
  public UserClient byId(String idOrUserPrincipalName) {
    if (Guid.parse(idOrUserPrincipalName).isEmpty() && idOrUserPrincipalName.indexOf('@') < 0) {
      throw new IllegalArgumentException(
          "Neither a GUID nor a user principal name: " + idOrUserPrincipalName);
    }
    return new UserClient(calls, path + "/" + BaseUri.segment(idOrUserPrincipalName));
  }
}
