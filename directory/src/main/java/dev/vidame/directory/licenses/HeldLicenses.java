package dev.vidame.directory.licenses;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.User;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

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
  public List<FieldChange> revert(Session session, User user, List<FieldChange> later, Instant now)
      throws SQLException {
    SortedMap<String, String> held = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    LicenseTable.of(session, user).forEach((sku, plans) -> held.put(sku, LicenseTable.text(plans)));
    SortedMap<String, String> then = then(held, later);
    // What a deleted account holds takes up no unit.
    Set<String> consumed = user.isDeleted() ? Set.of() : held.keySet();
    for (String sku : held.keySet()) {
      if (!then.containsKey(sku)) {
        LicenseTable.delete(session, user, sku);
        if (consumed.contains(sku)) {
          SkuTable.giveBack(session, user.customer(), sku);
        }
      }
    }
    requireUnits(session, user, then.keySet().stream().filter(sku -> !consumed.contains(sku)));
    FieldChanges changes = new FieldChanges();
    SortedSet<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    all.addAll(held.keySet());
    all.addAll(then.keySet());
    for (String sku : all) {
      String plans = then.get(sku);
      if (plans != null && !plans.equals(held.get(sku))) {
        LicenseTable.put(session, user, sku, LicenseTable.plans(plans), now);
      }
      changes.add(LICENSE + sku, held.get(sku), plans);
    }
    return changes.list();
  }

  private static SortedMap<String, String> then(
      SortedMap<String, String> held, List<FieldChange> later) {
    SortedMap<String, String> then = new TreeMap<>(held);
    for (FieldChange change : later) {
      if (change.field().startsWith(LICENSE)) {
        String sku = change.field().substring(LICENSE.length());
        String before = change.before();
        if (before == null) {
          then.remove(sku);
        } else {
          then.put(sku, before);
        }
      }
    }
    return then;
  }

  /** Takes a unit of each, or tells of which none is left. */
  private static void requireUnits(Session session, User user, Stream<String> skus)
      throws SQLException {
    List<String> missing = new ArrayList<>();
    for (String sku : skus.toList()) {
      if (!SkuTable.take(session, user.customer(), sku)) {
        missing.add(sku);
      }
    }
    if (!missing.isEmpty()) {
      throw new Failure.NoUnitsLeft(missing).asException();
    }
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
