package dev.vidame.directory.move;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that is moved.
 *
 * @param name its name, in both stores
 * @param key its primary key in a file, by which it is copied
 * @param order the order in which its rows are compared
 * @param owner whose its rows are
 */
record MovedTable(String name, List<String> key, List<String> order, Owner owner) {
  static final String JOURNAL = "journal";
  static final String UNCHANGED = "unchanged_requests";
  static final String REFUSED = "refused_requests";
  static final String CUSTOMER = "customer_id";

  /** Whose rows a table has, and whether the journal tells of each change to them. */
  enum Owner {
    /** Nobody's among the customers. */
    SERVICE,
    /** A customer's. */
    CUSTOMER,
    /** A customer's, and no row changes without a row of the journal. */
    CUSTOMER_WITH_JOURNAL
  }

  /** All of them. */
  static final List<MovedTable> ALL =
      List.of(
          ofService("partners", "partner_id"),
          ofService("agents", "agent_id"),
          ofService("applications", "application_id"),
          ofService("application_secrets", "application_id", "secret_id"),
          ofService("application_keys", "application_id", "key_id"),
          ofService("used_assertions", "application_id", "assertion_hash"),
          ofService("external_issuers", "issuer_id"),
          ofService("second_factors", "partner_id", "agent_id", "is_enrolled"),
          ofService("recovery_codes", "partner_id", "agent_id", "factor_id", "code_hash"),
          ofService("refresh_tokens", "token_hash"),
          ofService("authorization_codes", "code_hash"),
          ofService("device_codes", "code_hash"),
          ofService("dashboard_sessions", "key_hash"), // people stay signed in, as tokens stay good
          ofService("issuer_sign_ins", "partner_id", "issuer_id"),
          ofService("operators", "operator_id"),
          ofService("signing_keys", "key_id"),
          ofService("secrets", "name"),
          ofService("former_actors", "partner_id", "actor_id"),
          new MovedTable(
              REFUSED,
              List.of("number"),
              List.of("partner_id", "after_position", "number"),
              Owner.SERVICE),
          ofCustomers(Owner.CUSTOMER_WITH_JOURNAL, "customers", CUSTOMER),
          new MovedTable(
              "domains",
              List.of("domain"),
              List.of(CUSTOMER, "domain"),
              Owner.CUSTOMER_WITH_JOURNAL),
          ofCustomers(Owner.CUSTOMER, "relationships", CUSTOMER, "partner_id"),
          ofCustomers(Owner.CUSTOMER_WITH_JOURNAL, "users", CUSTOMER, "user_id"),
          ofCustomers(Owner.CUSTOMER_WITH_JOURNAL, "passwords", CUSTOMER, "user_id"),
          ofCustomers(Owner.CUSTOMER_WITH_JOURNAL, "role_members", CUSTOMER, "role_id", "user_id"),
          ofCustomers(Owner.CUSTOMER, "subscribed_skus", CUSTOMER, "sku_id"),
          ofCustomers(Owner.CUSTOMER, "service_plans", CUSTOMER, "sku_id", "place"),
          ofCustomers(Owner.CUSTOMER_WITH_JOURNAL, "licenses", CUSTOMER, "user_id", "sku_id"),
          ofCustomers(Owner.CUSTOMER_WITH_JOURNAL, "customer_profiles", CUSTOMER),
          ofCustomers(Owner.CUSTOMER, "former_customers", CUSTOMER, "partner_id"),
          ofCustomers(Owner.CUSTOMER, "former_company_names", CUSTOMER, "partner_id"),
          ofCustomers(Owner.CUSTOMER, "granular_roles", CUSTOMER, "partner_id", "agent_id", "role"),
          new MovedTable(
              UNCHANGED,
              List.of("position"),
              List.of(CUSTOMER, "request_key"),
              Owner.CUSTOMER_WITH_JOURNAL),
          new MovedTable(
              JOURNAL, List.of("position"), List.of(CUSTOMER, "seq"), Owner.CUSTOMER_WITH_JOURNAL));

  /** Tables that are not moved, with why. */
  static final Map<String, String> LEFT_OUT =
      Map.of(
          "journal_index", "a database has an index of its own in its place",
          "journal_indexed", "a database has an index of its own in its place",
          "journal_of_partners", "a database has an index of its own in its place",
          "journal_runs", "a database has an index of its own in its place",
          "journal_slices", "a database has an index of its own in its place",
          "journal_heads", "made of the journal",
          "leases", "of servers that have stopped",
          "schema_history", "each kind of store has its own",
          "sqlite_sequence", "numbers of refused requests are positions there");

  private static MovedTable ofService(String name, String... key) {
    return new MovedTable(name, List.of(key), List.of(key), Owner.SERVICE);
  }

  private static MovedTable ofCustomers(Owner owner, String name, String... key) {
    return new MovedTable(name, List.of(key), List.of(key), owner);
  }

  boolean isOfCustomers() {
    return owner != Owner.SERVICE;
  }

  /** A column that differs in the two stores, and is not compared; null where all are alike. */
  @Nullable String translated() {
    return switch (name) {
      case JOURNAL -> "position";
      case REFUSED -> "after_position";
      default -> null;
    };
  }
}
