package dev.vidame.sdk;

/**
 * The directory roles of a customer. Immutable and thread-safe.
 *
 * {@snippet :
 * DirectoryRolesClient roles = partner.customers().byId(customerId).directoryRoles();
 * for (DirectoryRole role : roles.list()) {
 *   System.out.println(role.name());
 * }
 * roles.byId(RoleId.HELPDESK_ADMINISTRATOR).addMember(userId);
 * }
 */
public final class DirectoryRolesClient {
  private final ApiCalls calls;
  private final String path;

  DirectoryRolesClient(ApiCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /** The roles that there are; nothing is sent yet. Their number is the service's affair. */
  public Pages<DirectoryRole> list() {
    return new Pages<>(calls, path, "", DirectoryRole::from);
  }

  /** One role; nothing is sent yet. */
  public DirectoryRoleClient byId(RoleId role) {
    return new DirectoryRoleClient(calls, path + "/" + role + "/usermembers");
  }
}
