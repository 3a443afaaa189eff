package dev.vidame.directory.licenses;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.SubscribedSku.Units;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What customers subscribe to (wire-spec §5.1). Thread-safe.
 *
 * <p>Operators define it, partners read it. A refused operation throws {@link
 * dev.vidame.directory.DirectoryException} and has changed nothing.
 */
public final class Skus {
  /** In whose name an operator acts on what is no partner's. */
  private static final PartnerId NO_PARTNER = new PartnerId(new UUID(0, 0));

  private final Transactions transactions;
  private final Ledger ledger;
  private final RandomGenerator random;

  /** Operations over a store. */
  public Skus(Transactions transactions, Ledger ledger, RandomGenerator random) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.random = random;
  }

  /** As {@link #define(CustomerId, SubscribedSku, ChangeRequest)}, by whoever runs the server. */
  public boolean define(CustomerId customer, SubscribedSku sku) {
    return define(customer, sku, byTheServer()).isPresent();
  }

  private ChangeRequest byTheServer() {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    return ChangeRequest.once(Actor.operator(NO_PARTNER), id);
  }

  /**
   * Sets what a customer subscribes to of a product: creates it, or replaces it with its plans and
   * units. Licences that accounts hold stay held, so there must be as many units as them. The
   * product's id and part number match in any case; an id keeps its first spelling.
   *
   * @param sku how many units are consumed is not taken from it
   * @return empty where there is no such customer
   * @throws dev.vidame.directory.DirectoryException also when another product has the part number
   */
  public Optional<Done<SubscribedSku>> define(
      CustomerId customer, SubscribedSku sku, ChangeRequest request) {
    SkuRules.check(sku);
    return transactions.write(
        customer,
        session -> {
          boolean isReplay = ledger.isReplay(session, request);
          Optional<SubscribedSku> known = SkuTable.find(session, customer, sku.product().id());
          if (isReplay) {
            return known.map(now -> new Done<>(now, true));
          }
          return SkuTable.isCustomer(session, customer)
              ? Optional.of(new Done<>(define(session, customer, sku, request), false))
              : Optional.<Done<SubscribedSku>>empty();
        });
  }

  private SubscribedSku define(
      Session session, CustomerId customer, SubscribedSku sku, ChangeRequest request)
      throws SQLException {
    Optional<SubscribedSku> known = SkuTable.find(session, customer, sku.product().id());
    String id = known.map(before -> before.product().id()).orElse(sku.product().id());
    if (SkuTable.isPartNumberTaken(session, customer, sku.product().skuPartNumber(), id)) {
      throw new Failure.Conflict("productSku.skuPartNumber").asException();
    }
    if (known.isPresent()) {
      requireEnough(known.get(), sku.units());
    }
    SkuTable.put(session, customer, id, sku);
    return recorded(session, customer, known, id, request);
  }

  /** Sets how many units of a product there are, in the name of whoever runs the server. */
  public boolean setUnits(CustomerId customer, String skuId, Units units) {
    SkuRules.check(units);
    return changeUnits(customer, skuId, before -> units, byTheServer()).isPresent();
  }

  /**
   * Changes how many units of a product there are.
   *
   * @param skuId the product's id, in any case
   * @param change how many there will be where there are so many; how many are consumed is not
   *     taken from it
   * @return empty where the customer does not subscribe to the product
   * @throws dev.vidame.directory.DirectoryException also when more are consumed than there would be
   */
  public Optional<Done<SubscribedSku>> changeUnits(
      CustomerId customer, String skuId, UnaryOperator<Units> change, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          boolean isReplay = ledger.isReplay(session, request);
          Optional<SubscribedSku> known = SkuTable.find(session, customer, skuId);
          if (isReplay || known.isEmpty()) {
            return known.map(now -> new Done<>(now, isReplay));
          }
          Units units = change.apply(known.get().units());
          SkuRules.check(units);
          requireEnough(known.get(), units);
          String id = known.get().product().id();
          SkuTable.setUnits(session, customer, id, units);
          return Optional.of(new Done<>(recorded(session, customer, known, id, request), false));
        });
  }

  /**
   * Ends what a customer subscribes to of a product.
   *
   * @param skuId the product's id, in any case
   * @return empty where the customer does not subscribe to the product
   * @throws dev.vidame.directory.DirectoryException while an account has a licence of it, or would
   *     have one if it were restored
   */
  public Optional<Done<String>> remove(CustomerId customer, String skuId, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          if (ledger.isReplay(session, request)) {
            return Optional.of(new Done<>(skuId, true));
          }
          Optional<SubscribedSku> known = SkuTable.find(session, customer, skuId);
          if (known.isEmpty()) {
            return Optional.<Done<String>>empty();
          }
          String id = known.get().product().id();
          long held = SkuTable.countHeld(session, customer, id);
          if (held > 0) {
            throw unitsInUse(held);
          }
          SkuTable.delete(session, customer, id);
          ledger.append(
              session,
              customer,
              new Journal.Change(
                  Operation.REMOVE_SKU,
                  customer.value(),
                  new FieldChanges().add("sku", id, null).list()),
              request);
          return Optional.of(new Done<>(id, false));
        });
  }

  /** Writes the row about what there is now, and tells it. */
  private SubscribedSku recorded(
      Session session,
      CustomerId customer,
      Optional<SubscribedSku> before,
      String id,
      ChangeRequest request)
      throws SQLException {
    SubscribedSku after = SkuTable.find(session, customer, id).orElseThrow();
    ledger.update(
        session,
        customer,
        new Journal.Change(
            Operation.DEFINE_SKU, customer.value(), SkuChanges.of(before.orElse(null), after)),
        request);
    return after;
  }

  /** What a customer subscribes to of a product, by the product's id in any case. */
  public Optional<SubscribedSku> get(CustomerId customer, String skuId) {
    return transactions.read(session -> SkuTable.find(session, customer, skuId));
  }

  private static void requireEnough(SubscribedSku known, Units wanted) {
    int consumed = known.units().consumed();
    if (wanted.total() < consumed) {
      throw unitsInUse(consumed);
    }
  }

  private static DirectoryException unitsInUse(long inUse) {
    return new Failure.Invalid(List.of(Problem.of("activeUnits", Rule.UNITS_IN_USE, inUse)))
        .asException();
  }

  /** What a customer subscribes to, of these groups, by the products' ids. */
  public List<SubscribedSku> list(CustomerId customer, Set<LicenseGroup> groups) {
    return transactions.read(session -> SkuTable.all(session, customer)).stream()
        .filter(sku -> groups.contains(sku.product().licenseGroup()))
        .toList();
  }
}
