package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An account that has a directory role. Immutable.
 *
 * @param id the account
 * @param displayName its name for people
 * @param userPrincipalName its sign-in name
 * @param roleId the role
 */
public record RoleMember(
    @Nullable UserId id,
    @Nullable String displayName,
    @Nullable String userPrincipalName,
    @Nullable RoleId roleId) {
  static RoleMember from(JsonBody in) {
    return new RoleMember(
        Members.user(in, "id"),
        Members.text(in, "displayName"),
        Members.text(in, "userPrincipalName"),
        Members.role(in, "roleId"));
  }
}
