package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * A directory role. Immutable.
 *
 * @param id the same in every customer
 * @param name for people, in the older names of Microsoft's directory
 */
public record DirectoryRole(@Nullable RoleId id, @Nullable String name) {
  static DirectoryRole from(JsonBody in) {
    return new DirectoryRole(Members.role(in, "id"), Members.text(in, "name"));
  }
}
