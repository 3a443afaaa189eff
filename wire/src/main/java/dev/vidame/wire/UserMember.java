package dev.vidame.wire;

import java.util.UUID;

/**
 * An account that has a directory role (wire-spec §4.1). Immutable.
 *
 * @param displayName the account's name for people
 * @param userPrincipalName the account's sign-in name
 * @param roleId the role
 * @param id the account
 */
public record UserMember(String displayName, String userPrincipalName, UUID roleId, UserId id) {

  /** The JSON in UTF-8. */
  public byte[] toJson() {
    return Json.write(out -> {
      out.writeStringProperty("displayName", displayName);
      out.writeStringProperty("userPrincipalName", userPrincipalName);
      out.writeStringProperty("roleId", roleId.toString());
      out.writeStringProperty("id", id.toString());
      Json.attributes(out, "UserMember");
    });
  }
}
