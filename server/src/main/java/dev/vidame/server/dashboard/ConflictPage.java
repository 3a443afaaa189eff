package dev.vidame.server.dashboard;

import dev.vidame.directory.users.User;
import java.util.Arrays;
import java.util.List;

/**
 * What is shown to who has edited an account that somebody else changed meanwhile.
 *
 * @param frame what every page has
 * @param head what pages on a customer have
 * @param now the account as it is
 * @param edited the form that was sent
 * @param changes what others did, the oldest first
 */
@SuppressWarnings("TooManyParameters") // all that the page shows
record ConflictPage(
    Frame frame, CustomerHead head, User now, EditedUser edited, List<Meanwhile.Change> changes) {

  /**
   * A field of which the reader wants something else than there is.
   *
   * @param field which
   * @param before as it was when the form was made
   * @param mine as the reader wants it
   * @param theirs as it is now
   */
  record Row(AccountField field, String before, String mine, String theirs) {
    /** Whether somebody else changed it to something else. */
    boolean isClash() {
      return !theirs.equals(before) && !theirs.equals(mine);
    }
  }

  /** The fields that the reader changed. */
  List<Row> rows() {
    return edited.changed().stream()
        .map(field -> new Row(field, edited.before(field), edited.after(field), field.of(now)))
        .toList();
  }

  boolean hasClash() {
    return rows().stream().anyMatch(Row::isClash);
  }

  /** The fields that others changed and the reader did not. */
  List<AccountField> theirs() {
    return Arrays.stream(AccountField.values())
        .filter(field -> edited.before().containsKey(field))
        .filter(field -> !edited.isChanged(field))
        .filter(field -> !edited.before(field).equals(field.of(now)))
        .toList();
  }

  String path() {
    return head.path() + "/users/" + now.id();
  }
}
