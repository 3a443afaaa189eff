package dev.vidame.directory.users;

import dev.vidame.directory.Failure;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerUserUpdate;
import java.sql.SQLException;
import java.util.List;

/**
 * How far a right to change accounts reaches that does not reach the passwords of all of them.
 * Ordinary accounts are those that hold nothing which lets them do more in their directory than
 * others (wire-spec §0.5).
 *
 * <p>Whoever could set an administrator's password could become that administrator. So this is
 * asked in the transaction of the change, where no role can be given in between.
 */
public enum UpdateReach {
  /**
   * Sets passwords of ordinary accounts and does nothing else. An active state changes nothing on
   * an account in use, and one client always sends it.
   */
  ORDINARY_RESETS,
  /** Changes and restores any account, and sets passwords of ordinary ones. */
  ORDINARY_PASSWORDS;

  /**
   * Requires that the update lies within.
   *
   * @throws dev.vidame.directory.DirectoryException when the right does not reach that far
   */
  void require(Session session, User account, CustomerUserUpdate update, List<Holdings> holdings)
      throws SQLException {
    if (this == ORDINARY_RESETS) {
      boolean isReset =
          account.isDeleted() ? update.isPasswordOnly() : update.changesOnlyPassword();
      requireThat(isReset);
    }
    if (this == ORDINARY_RESETS || update.passwordProfile() != null) {
      for (Holdings held : holdings) {
        requireThat(!held.givePower(session, account));
      }
    }
  }

  private static void requireThat(boolean isWithin) {
    if (!isWithin) {
      throw new Failure.RightTooNarrow().asException();
    }
  }
}
