package dev.vidame.server.openapi;

/** What is said of the operations on accounts (wire-spec §3). */
final class UserDescriptions {
  private static final String TAG = "User accounts";
  private static final String USER = "CustomerUser";
  private static final String TAG_HEADER = "ETag";
  private static final String REPLAYED = "MS-Replayed";

  private UserDescriptions() {}

  static Description create() {
    return Description.of(
            TAG,
            "Creates an account",
            "The domain of the sign-in name is one of the customer's, and the name is unique on"
                + " the whole server.")
        .takes("NewCustomerUser")
        .answers(201, USER, "The new account.", TAG_HEADER, REPLAYED)
        .refuses(404, 409);
  }

  static Description list() {
    return Description.of(
            TAG,
            "Lists a customer's accounts",
            "Pages through the accounts; deleted ones are listed by a filter on UserState,"
                + " for those who may read them.")
        .with(
            "Size",
            "UserFilter",
            "UserSortField",
            "SortDirection",
            "Seek",
            "ContinuationToken",
            "ContinuationTokenQuery")
        .answers(200, "CustomerUserCollection", "One page.")
        .refuses(404);
  }

  static Description get() {
    return Description.of(
            TAG, "Reads an account", "A deleted account is shown, as inactive, until it is purged.")
        .answers(200, USER, "The account.", TAG_HEADER)
        .refuses(404);
  }

  static Description update() {
    return Description.of(
            TAG,
            "Changes or restores an account",
            "Only the members that are named and not null change, all of them or none. State"
                + " active restores a deleted account.")
        .with("IfMatch")
        .takes("CustomerUserUpdate")
        .answers(200, USER, "The whole account as it is now.", TAG_HEADER, REPLAYED)
        .refuses(404, 409);
  }

  static Description updateNamedInBody() {
    return Description.of(
            TAG,
            "Changes the account that the body names",
            "For clients that follow a printed address without the account's id. The id in the"
                + " body must be a GUID; without one the method is not allowed.")
        .with("IfMatch")
        .takes("CustomerUserUpdate")
        .answers(200, USER, "The whole account as it is now.", TAG_HEADER, REPLAYED)
        .refuses(404, 405, 409);
  }

  static Description resetPassword() {
    return Description.of(
            TAG,
            "Sets an account's password",
            "The same can be had by changing the account. What the body has beside the password is"
                + " ignored.")
        .with("IfMatch")
        .takes("PasswordReset")
        .answers(200, USER, "The whole account.", TAG_HEADER, REPLAYED)
        .refuses(404, 409);
  }

  static Description delete() {
    return Description.of(
            TAG,
            "Deletes an account",
            "It can be restored for as long as the server keeps it. Deleting it again is no error."
                + " The last Company Administrator cannot be deleted.")
        .with("IfMatch")
        .answersEmpty(204, "The account is deleted.", REPLAYED)
        .refuses(404, 409, 413);
  }
}
