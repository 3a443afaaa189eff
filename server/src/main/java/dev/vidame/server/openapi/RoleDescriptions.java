package dev.vidame.server.openapi;

/** What is said of the operations on directory roles (wire-spec §4). */
final class RoleDescriptions {
  private static final String TAG = "Directory roles";
  private static final String REPLAYED = "MS-Replayed";

  private RoleDescriptions() {}

  static Description list() {
    return Description.of(TAG, "Lists the directory roles", "They are the same for every customer.")
        .answers(200, "DirectoryRoleCollection", "All of them.")
        .refuses(404);
  }

  static Description members() {
    return Description.of(
            TAG, "Lists who has a role", "Pages through the accounts; deleted ones do not show.")
        .with("Size", "Seek", "ContinuationToken", "ContinuationTokenQuery")
        .answers(200, "UserMemberCollection", "One page.")
        .refuses(404);
  }

  static Description addMember() {
    return Description.of(
            TAG, "Gives an account a role", "Giving it again is no error and changes nothing.")
        .takes("UserMemberRequest")
        .answers(201, "UserMember", "The account has the role.", REPLAYED)
        .refuses(404, 409);
  }

  static Description removeMember() {
    return Description.of(
            TAG,
            "Takes a role from an account",
            "The last Company Administrator keeps the role (400, code 3000).")
        .answersEmpty(204, "The account has the role no more.", REPLAYED)
        .refuses(404, 409, 413);
  }

  static Description ofUser() {
    return Description.of(TAG, "Lists the roles of an account", "All that it has.")
        .answers(200, "DirectoryRoleCollection", "Its roles.")
        .refuses(404);
  }
}
