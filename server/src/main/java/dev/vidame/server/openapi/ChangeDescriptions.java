package dev.vidame.server.openapi;

/** What is said of what only this server has: a customer's changes, and the way back. */
final class ChangeDescriptions {
  private static final String TAG = "Changes";

  private ChangeDescriptions() {}

  static Description read() {
    return Description.of(
            TAG,
            "Reads what changed of a customer",
            "Ours: Partner Center has no such route. Every change of the customer's directory, in"
                + " order, without gaps and each once, behind the place that the cursor stands for."
                + " Where there is none yet, the answer comes when there is one or the wait is"
                + " over. The cursor of an answer is good for as long as the journal is there.")
        .with("Since", "Wait", "ChangesSize")
        .answers(200, "ChangePage", "The changes, perhaps none, and the cursor behind them.")
        .refuses(404);
  }

  static Description revert() {
    return Description.of(
            TAG,
            "Brings an account back as it was",
            "Ours: Partner Center has no such route. Properties, roles and licences become what"
                + " they were, all of them or nothing is changed; a deleted account is restored. The"
                + " password stays, as the journal holds none. With preview the answer says what"
                + " would change. Changing roles and licences needs the rights for that as well.")
        .with("Preview", "IfMatch")
        .takes("Revert")
        .answers(200, "RevertedUser", "The account and what changed.", "ETag", "MS-Replayed")
        .refuses(404, 409);
  }
}
