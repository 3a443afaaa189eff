package dev.vidame.wire;

import org.jspecify.annotations.Nullable;

/**
 * The wish that an account has a directory role (wire-spec §4.4). What else clients send with it is
 * for people and not read. Immutable.
 *
 * @param id the account, as it was sent; null where only the name was
 * @param userPrincipalName the account's sign-in name; null where only the id was sent
 * @param roleId the role, as it was sent; null where only the address names it
 */
public record UserMemberRequest(
    @Nullable String id, @Nullable String userPrincipalName, @Nullable String roleId) {

  /**
   * Reads a request's body.
   *
   * @throws WireFormatException when it is not an object, or a member has the wrong type
   */
  public static UserMemberRequest fromJson(byte[] json) {
    JsonObject in = Json.readObject(json);
    return new UserMemberRequest(in.text("id"), in.text("userPrincipalName"), in.text("roleId"));
  }
}
