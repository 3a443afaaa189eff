package dev.vidame.directory.licenses;

import dev.vidame.directory.Failure;
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

/**
 * What customers subscribe to (wire-spec §5.1). Thread-safe.
 *
 * <p>Operators define it, partners read it. A refused operation throws {@link
 * dev.vidame.directory.DirectoryException} and has changed nothing.
 */
public final class Skus {
  private final Transactions transactions;

  /** Operations over a store. */
  public Skus(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Sets what a customer subscribes to of a product: creates it, or replaces it with its plans and
   * units. Licences that accounts hold stay held, so there must be as many units as them. The
   * product's id and part number match in any case; an id keeps its first spelling.
   *
   * @param sku how many units are consumed is not taken from it
   * @return whether there is such a customer; if not, nothing was done
   * @throws dev.vidame.directory.DirectoryException also when another product has the part number
   */
  public boolean define(CustomerId customer, SubscribedSku sku) {
    SkuRules.check(sku);
    return transactions.write(
        customer,
        session -> {
          if (!SkuTable.isCustomer(session, customer)) {
            return false;
          }
          Optional<SubscribedSku> known = SkuTable.find(session, customer, sku.product().id());
          String id = known.map(before -> before.product().id()).orElse(sku.product().id());
          if (SkuTable.isPartNumberTaken(session, customer, sku.product().skuPartNumber(), id)) {
            throw new Failure.Conflict("productSku.skuPartNumber").asException();
          }
          if (known.isPresent()) {
            requireEnough(known.get(), sku.units());
          }
          SkuTable.put(session, customer, id, sku);
          return true;
        });
  }

  /**
   * Sets how many units of a product there are.
   *
   * @param skuId the product's id, in any case
   * @param units how many; how many are consumed is not taken from it
   * @return whether the customer subscribes to the product
   * @throws dev.vidame.directory.DirectoryException also when more are consumed than there would be
   */
  public boolean setUnits(CustomerId customer, String skuId, Units units) {
    SkuRules.check(units);
    return transactions.write(customer, session -> setUnits(session, customer, skuId, units));
  }

  private static boolean setUnits(Session session, CustomerId customer, String skuId, Units units)
      throws SQLException {
    Optional<SubscribedSku> known = SkuTable.find(session, customer, skuId);
    if (known.isEmpty()) {
      return false;
    }
    requireEnough(known.get(), units);
    SkuTable.setUnits(session, customer, skuId, units);
    return true;
  }

  private static void requireEnough(SubscribedSku known, Units wanted) {
    int consumed = known.units().consumed();
    if (wanted.total() < consumed) {
      throw new Failure.Invalid(List.of(Problem.of("activeUnits", Rule.UNITS_IN_USE, consumed)))
          .asException();
    }
  }

  /** What a customer subscribes to, of these groups, by the products' ids. */
  public List<SubscribedSku> list(CustomerId customer, Set<LicenseGroup> groups) {
    return transactions.read(session -> SkuTable.all(session, customer)).stream()
        .filter(sku -> groups.contains(sku.product().licenseGroup()))
        .toList();
  }
}
