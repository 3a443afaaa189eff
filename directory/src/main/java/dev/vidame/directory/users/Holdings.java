package dev.vidame.directory.users;

import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Something that accounts hold beside their properties, and that goes with them when they are
 * deleted, restored and purged. Called on the writing side, in the transaction of the change.
 */
public interface Holdings {
  /**
   * The account, which is in use, is about to be deleted.
   *
   * @throws dev.vidame.directory.DirectoryException when it must not be
   */
  void delete(Session session, User user) throws SQLException;

  /** The account, which is deleted, is about to be restored; what of its holdings could not be. */
  List<FieldChange> restore(Session session, User user) throws SQLException;

  /**
   * The account, which may be deleted, is about to be as it was at an earlier time, in use. What it
   * holds becomes what it held then.
   *
   * @param later what the journal says of the account since then, newest first
   * @return what that changes
   * @throws dev.vidame.directory.DirectoryException when it cannot be
   */
  List<FieldChange> revert(Session session, User user, List<FieldChange> later, Instant now)
      throws SQLException;

  /** The account is about to be gone for good. */
  void purge(Session session, User user) throws SQLException;

  /** Whether the account may do more in its directory than others because of what it holds. */
  boolean givePower(Session session, User user) throws SQLException;

  /**
   * Whether a journal row's field is about something that is held, or about the row itself, and not
   * about a property.
   */
  static boolean isHolding(String field) {
    return field.startsWith(ROLE) || field.startsWith(LICENSE) || FieldChange.isFlag(field);
  }

  /** What the journal's fields of directory roles begin with; the role's id follows. */
  String ROLE = "role:";

  /** What the journal's fields of licences begin with; the product's id follows. */
  String LICENSE = "license:";
}
