package dev.vidame.directory.users;

import dev.vidame.directory.Failure;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerUserUpdate;
import java.sql.SQLException;
import java.util.List;

/**
 * How far a right reaches that ends at the passwords of ordinary accounts: those that hold nothing
 * which lets them do more in their directory than others (wire-spec §0.5).
 *
 * <p>Whoever could set an administrator's password could become that administrator. So this is
 * asked in the transaction of the change, where no role can be given in between.
 */
final class OrdinaryReset {
  private OrdinaryReset() {}

  /**
   * Requires that the update sets a password and does nothing else, and that the account is
   * ordinary. An active state changes nothing on an account in use, and one client always sends it.
   *
   * @throws dev.vidame.directory.DirectoryException when the right does not reach that far
   */
  static void require(
      Session session, User account, CustomerUserUpdate update, List<Holdings> holdings)
      throws SQLException {
    boolean isReset = account.isDeleted() ? update.isPasswordOnly() : update.changesOnlyPassword();
    if (!isReset) {
      throw new Failure.RightTooNarrow().asException();
    }
    for (Holdings held : holdings) {
      if (held.givePower(session, account)) {
        throw new Failure.RightTooNarrow().asException();
      }
    }
  }
}
