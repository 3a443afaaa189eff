package dev.vidame.directory.licenses;

import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.User;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;

/**
 * Licences as what accounts hold: a deleted account frees its units, and takes them again when it
 * is restored, or loses the licences of which none is left (wire-spec §3.8).
 */
public final class HeldLicenses implements Holdings {

  @Override
  public void delete(Session session, User user) throws SQLException {
    for (String sku : LicenseTable.of(session, user).keySet()) {
      SkuTable.giveBack(session, user.customer(), sku);
    }
  }

  @Override
  public List<FieldChange> restore(Session session, User user) throws SQLException {
    List<FieldChange> dropped = new ArrayList<>();
    for (Map.Entry<String, SortedSet<UUID>> held : LicenseTable.of(session, user).entrySet()) {
      String sku = held.getKey();
      if (!SkuTable.take(session, user.customer(), sku)) {
        LicenseTable.delete(session, user, sku);
        dropped.add(new FieldChange(LICENSE + sku, LicenseTable.text(held.getValue()), null));
      }
    }
    return dropped;
  }

  @Override
  public void purge(Session session, User user) throws SQLException {
    LicenseTable.deleteAll(session, user);
  }

  @Override
  public boolean givePower(Session session, User user) {
    return false;
  }
}
