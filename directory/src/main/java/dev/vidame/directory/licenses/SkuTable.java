package dev.vidame.directory.licenses;

import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements over what customers subscribe to. Each names the customer first. */
final class SkuTable {
  private static final String UPSERT =
      "insert into subscribed_skus (customer_id, sku_id, license_group, part_number, name,"
          + " target_type, capability_status, active_units, warning_units, suspended_units,"
          + " consumed_units) values (?,?,?,?,?,?,?,?,?,?,0)"
          + " on conflict (customer_id, sku_id) do update set license_group = excluded.license_group,"
          + " part_number = excluded.part_number, name = excluded.name,"
          + " target_type = excluded.target_type, capability_status = excluded.capability_status,"
          + " active_units = excluded.active_units, warning_units = excluded.warning_units,"
          + " suspended_units = excluded.suspended_units";

  private static final String DELETE_PLANS =
      "delete from service_plans where customer_id = ? and lower(sku_id) = lower(?)";

  private static final String INSERT_PLAN =
      "insert into service_plans (customer_id, sku_id, place, plan_id, display_name, service_name,"
          + " target_type) values (?,?,?,?,?,?,?)";

  private static final String SET_UNITS =
      "update subscribed_skus set active_units = ?, warning_units = ?, suspended_units = ?"
          + " where customer_id = ? and lower(sku_id) = lower(?)";

  private static final String SKUS =
      "select sku_id, license_group, part_number, name, target_type, capability_status,"
          + " active_units, warning_units, suspended_units, consumed_units"
          + " from subscribed_skus where customer_id = ? order by lower(sku_id)";

  private static final String PLANS =
      "select sku_id, plan_id, display_name, service_name, target_type from service_plans"
          + " where customer_id = ? order by lower(sku_id), place";

  private static final String CUSTOMER = "select 1 from customers where customer_id = ?";

  private static final String PART_NUMBER_TAKEN =
      "select 1 from subscribed_skus where customer_id = ? and lower(part_number) = lower(?)"
          + " and lower(sku_id) <> lower(?)";

  private static final String TAKE =
      "update subscribed_skus set consumed_units = consumed_units + 1"
          + " where customer_id = ? and lower(sku_id) = lower(?) and consumed_units < active_units + warning_units";

  private static final String GIVE_BACK =
      "update subscribed_skus set consumed_units = consumed_units - 1"
          + " where customer_id = ? and lower(sku_id) = lower(?) and consumed_units > 0";

  private static final String DELETE =
      "delete from subscribed_skus where customer_id = ? and lower(sku_id) = lower(?)";

  /** Counts the licences that deleted accounts would take again, too. */
  private static final String HELD =
      "select count(*) from licenses where customer_id = ? and lower(sku_id) = lower(?)";

  private SkuTable() {}

  static boolean isCustomer(Session session, CustomerId customer) throws SQLException {
    return session.exists(CUSTOMER, arguments -> arguments.uuid(customer.value()));
  }

  /** Whether another product than this has the part number. */
  static boolean isPartNumberTaken(
      Session session, CustomerId customer, String partNumber, String sku) throws SQLException {
    return session.exists(
        PART_NUMBER_TAKEN,
        arguments -> arguments.uuid(customer.value()).text(partNumber).text(sku));
  }

  /**
   * Creates or replaces what a customer subscribes to of a product.
   *
   * @param id the product's, in the spelling that is stored
   */
  static void put(Session session, CustomerId customer, String id, SubscribedSku sku)
      throws SQLException {
    ProductSku product = sku.product();
    SubscribedSku.Units units = sku.units();
    session.update(
        UPSERT,
        arguments ->
            arguments
                .uuid(customer.value())
                .text(id)
                .text(product.licenseGroup().wire())
                .text(product.skuPartNumber())
                .text(product.name())
                .text(product.targetType())
                .text(sku.capabilityStatus())
                .number(units.active())
                .number(units.warning())
                .number(units.suspended()));
    session.update(DELETE_PLANS, arguments -> arguments.uuid(customer.value()).text(id));
    for (int place = 0; place < sku.plans().size(); place++) {
      insertPlan(session, customer, id, sku.plans().get(place), place);
    }
  }

  private static void insertPlan(
      Session session, CustomerId customer, String sku, ServicePlan plan, int place)
      throws SQLException {
    session.update(
        INSERT_PLAN,
        arguments ->
            arguments
                .uuid(customer.value())
                .text(sku)
                .number(place)
                .uuid(plan.id())
                .text(plan.displayName())
                .text(plan.serviceName())
                .text(plan.targetType()));
  }

  static void setUnits(Session session, CustomerId customer, String sku, SubscribedSku.Units units)
      throws SQLException {
    session.update(
        SET_UNITS,
        arguments ->
            arguments
                .number(units.active())
                .number(units.warning())
                .number(units.suspended())
                .uuid(customer.value())
                .text(sku));
  }

  /** A product that the customer subscribes to, by its id in any case. */
  static Optional<SubscribedSku> find(Session session, CustomerId customer, String sku)
      throws SQLException {
    return all(session, customer).stream()
        .filter(known -> known.product().id().equalsIgnoreCase(sku))
        .findFirst();
  }

  static List<SubscribedSku> all(Session session, CustomerId customer) throws SQLException {
    Map<String, List<ServicePlan>> plans = new HashMap<>();
    session.scan(
        PLANS,
        arguments -> arguments.uuid(customer.value()),
        row -> {
          plans
              .computeIfAbsent(row.text(1), sku -> new ArrayList<>())
              .add(new ServicePlan(row.uuid(2), row.text(3), row.text(4), row.text(5)));
          return true;
        });
    return session.list(
        SKUS,
        arguments -> arguments.uuid(customer.value()),
        row ->
            new SubscribedSku(
                new ProductSku(
                    row.text(1),
                    row.text(4),
                    row.text(3),
                    row.text(5),
                    LicenseGroup.of(row.text(2)).orElseThrow()),
                new SubscribedSku.Units(
                    (int) row.number(7),
                    (int) row.number(8),
                    (int) row.number(9),
                    (int) row.number(10)),
                plans.getOrDefault(row.text(1), List.of()),
                row.text(6)));
  }

  /** How many licences of a product accounts hold, also those that are deleted. */
  static long countHeld(Session session, CustomerId customer, String sku) throws SQLException {
    return session
        .one(HELD, arguments -> arguments.uuid(customer.value()).text(sku), row -> row.number(1))
        .orElse(0L);
  }

  static void delete(Session session, CustomerId customer, String sku) throws SQLException {
    session.update(DELETE_PLANS, arguments -> arguments.uuid(customer.value()).text(sku));
    session.update(DELETE, arguments -> arguments.uuid(customer.value()).text(sku));
  }

  /** Takes a unit, and tells whether one was left. */
  static boolean take(Session session, CustomerId customer, String sku) throws SQLException {
    return session.update(TAKE, arguments -> arguments.uuid(customer.value()).text(sku)) == 1;
  }

  static void giveBack(Session session, CustomerId customer, String sku) throws SQLException {
    int updated =
        session.update(GIVE_BACK, arguments -> arguments.uuid(customer.value()).text(sku));
    if (updated != 1) {
      throw new IllegalStateException("A licence was held that consumed no unit: " + sku);
    }
  }
}
