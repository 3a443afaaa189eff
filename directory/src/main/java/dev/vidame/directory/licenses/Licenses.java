package dev.vidame.directory.licenses;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Accounts;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.License;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.SubscribedSku;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;

/**
 * The operations on the licences of accounts (wire-spec §5). Thread-safe.
 *
 * <p>The caller has already been found to have the right. A refused operation throws {@link
 * dev.vidame.directory.DirectoryException} and has changed nothing.
 */
public final class Licenses {
  private final Transactions transactions;
  private final Journal journal;
  private final Accounts accounts;
  private final Clock clock;

  /** Operations over a store. */
  public Licenses(Transactions transactions, Journal journal, Accounts accounts, Clock clock) {
    this.transactions = transactions;
    this.journal = journal;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** The licences of an account, of these groups; none while it is deleted. */
  public List<License> of(CustomerId customer, UserRef ref, Set<LicenseGroup> groups) {
    return transactions.read(session -> {
      User user = accounts.existing(session, customer, ref);
      if (user.isDeleted()) {
        return List.of();
      }
      Map<String, SortedSet<UUID>> held = LicenseTable.of(session, user);
      return SkuTable.all(session, customer).stream()
          .filter(sku -> groups.contains(sku.product().licenseGroup()))
          .filter(sku -> held.containsKey(sku.product().id()))
          .map(sku ->
              new License(
                  sku.product(),
                  sku.plans(),
                  held.getOrDefault(sku.product().id(), Collections.emptySortedSet())))
          .toList();
    });
  }

  /**
   * Removes and assigns licences of an account in use, all or none: removals first, then
   * assignments. Assigning a licence that is held changes which plans it leaves out and takes no
   * further unit.
   *
   * @return whether this repeats an earlier request, and nothing was done
   */
  public boolean update(
      CustomerId customer, UserRef ref, LicenseUpdate update, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          if (accounts.isReplay(session, request)) {
            return true;
          }
          User user = accounts.existing(session, customer, ref);
          if (user.isDeleted()) {
            throw refused(Problem.of("state", Rule.USER_DELETED));
          }
          Map<String, SortedSet<UUID>> held = LicenseTable.of(session, user);
          LicensePlan plan = LicensePlan.of(update, SkuTable.all(session, customer), held.keySet());
          if (!plan.assigned().isEmpty() && user.usageLocation() == null) {
            throw refused(Problem.of("usageLocation", Rule.NO_USAGE_LOCATION));
          }
          record(session, user, carryOut(session, user, plan, held), request);
          return false;
        });
  }

  private List<FieldChange> carryOut(
      Session session, User user, LicensePlan plan, Map<String, SortedSet<UUID>> held)
      throws SQLException {
    List<FieldChange> changes = new ArrayList<>();
    for (SubscribedSku sku : plan.removed()) {
      changes.add(remove(session, user, sku, held));
    }
    for (Map.Entry<SubscribedSku, SortedSet<UUID>> wanted : plan.assigned().entrySet()) {
      assign(session, user, wanted, held).ifPresent(changes::add);
    }
    return changes;
  }

  private FieldChange remove(
      Session session, User user, SubscribedSku sku, Map<String, SortedSet<UUID>> held)
      throws SQLException {
    String id = sku.product().id();
    SortedSet<UUID> before = held.get(id);
    if (before == null) {
      throw new IllegalStateException("A licence is removed that is not held");
    }
    LicenseTable.delete(session, user, id);
    SkuTable.giveBack(session, user.customer(), id);
    return new FieldChange(Holdings.LICENSE + id, LicenseTable.text(before), null);
  }

  private Optional<FieldChange> assign(
      Session session,
      User user,
      Map.Entry<SubscribedSku, SortedSet<UUID>> wanted,
      Map<String, SortedSet<UUID>> held)
      throws SQLException {
    String id = wanted.getKey().product().id();
    SortedSet<UUID> before = held.get(id);
    if (wanted.getValue().equals(before)) {
      return Optional.empty();
    }
    if (before == null && !SkuTable.take(session, user.customer(), id)) {
      throw new Failure.OutOfLicenses(user.customer(), id).asException();
    }
    LicenseTable.put(session, user, id, wanted.getValue(), clock.instant());
    return Optional.of(
        new FieldChange(
            Holdings.LICENSE + id,
            before == null ? null : LicenseTable.text(before),
            LicenseTable.text(wanted.getValue())));
  }

  private void record(Session session, User user, List<FieldChange> changes, ChangeRequest request)
      throws SQLException {
    if (changes.isEmpty()) {
      accounts.rememberUnchanged(session, user, request);
    } else {
      journal.append(
          session,
          user.customer(),
          new Journal.Change(Operation.UPDATE_LICENSES, user.id().value(), changes),
          request);
    }
  }

  private static RuntimeException refused(Problem problem) {
    return new Failure.Invalid(List.of(problem)).asException();
  }
}
