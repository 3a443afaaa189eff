package dev.vidame.directory.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Row-level security by partner: a second wall between tenants in PostgreSQL itself, below the
 * conditions of the statements. A transaction that is on behalf of a partner sees no row of others,
 * and changes none, even where a statement forgets to say whose it means. Thread-safe.
 *
 * <p>What is on nobody's behalf (sign-ins, operators, upkeep) sees all, as without the wall.
 */
final class PartnerWall {
  /** Counted up when a condition changes, so that stores get the new one. */
  private static final String POLICY = "vidame_partner_1";

  private static final String PARTNER = "nullif(current_setting('vidame.partner', true), '')";

  private static final PostgresSql BEGIN =
      PostgresSql.of("select set_config('vidame.partner', ?, true)");

  /** Whose a row is. */
  private enum Owner {
    /** The partner that the row names. */
    PARTNER_NAMED("partner_id = cast(" + PARTNER + " as uuid)"),

    /** The partner that has a relationship with the row's customer. */
    PARTNER_OF_CUSTOMER(
        "exists (select 1 from relationships r where r.customer_id = %1$s.customer_id"
            + " and r.partner_id = cast("
            + PARTNER
            + " as uuid))"),

    /** Either: what a partner did stays its own when the relationship ends. */
    EITHER(PARTNER_NAMED.condition + " or " + PARTNER_OF_CUSTOMER.condition);

    private final String condition;

    Owner(String condition) {
      this.condition = condition;
    }

    String policy(String table) {
      return ("create policy %2$s on %1$s using (" + PARTNER + " is null or " + condition + ")")
              .formatted(table, POLICY)
          + " with check (true)";
    }
  }

  /**
   * The tables that have owners. What is missing belongs to nobody (keys, leases), is asked before
   * it is known for whom (tokens, codes, sessions, secrets), or must be seen by all: {@code
   * domains}, each of which is one customer's, and {@code journal_heads}, which is locked for
   * whoever comes.
   */
  private static final Map<String, Owner> OWNERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("agents", Owner.PARTNER_NAMED),
              Map.entry("applications", Owner.PARTNER_NAMED),
              Map.entry("customer_profiles", Owner.PARTNER_OF_CUSTOMER),
              Map.entry("customers", Owner.PARTNER_OF_CUSTOMER),
              Map.entry("external_issuers", Owner.PARTNER_NAMED),
              Map.entry("former_actors", Owner.PARTNER_NAMED),
              Map.entry("former_company_names", Owner.PARTNER_NAMED),
              Map.entry("former_customers", Owner.PARTNER_NAMED),
              Map.entry("granular_roles", Owner.PARTNER_NAMED),
              Map.entry("issuer_sign_ins", Owner.PARTNER_NAMED),
              Map.entry("journal", Owner.EITHER),
              Map.entry("licenses", Owner.PARTNER_OF_CUSTOMER),
              Map.entry("passwords", Owner.PARTNER_OF_CUSTOMER),
              Map.entry("recovery_codes", Owner.PARTNER_NAMED),
              Map.entry("refused_requests", Owner.PARTNER_NAMED),
              Map.entry("relationships", Owner.PARTNER_NAMED),
              Map.entry("role_members", Owner.PARTNER_OF_CUSTOMER),
              Map.entry("second_factors", Owner.PARTNER_NAMED),
              Map.entry("service_plans", Owner.PARTNER_OF_CUSTOMER),
              Map.entry("subscribed_skus", Owner.PARTNER_OF_CUSTOMER),
              Map.entry("unchanged_requests", Owner.PARTNER_OF_CUSTOMER),
              Map.entry("users", Owner.PARTNER_OF_CUSTOMER)));

  private static final String IS_EXEMPT =
      "select 1 from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)";

  private static final String IS_CITUS =
      "select 1 where to_regclass('pg_dist_partition') is not null";

  private static final String IS_SPREAD =
      "select 1 from pg_dist_partition where logicalrelid = to_regclass('relationships')";

  private static final String IS_THERE =
      "select 1 from pg_policy p join pg_class c on c.oid = p.polrelid"
          + " where c.oid = to_regclass(?) and p.polname = ?"
          + " and c.relrowsecurity and c.relforcerowsecurity";

  private static final String OLD_POLICIES =
      "select policyname from pg_policies where schemaname = current_schema() and tablename = ?"
          + " and policyname like 'vidame_partner_%'";

  private PartnerWall() {}

  /** The tables that are behind it. */
  static List<String> tables() {
    return List.copyOf(OWNERS.keySet());
  }

  /**
   * Builds what is missing of it.
   *
   * @throws SQLException when the server lets whoever signed in through all walls, or not build
   *     any, or when Citus has spread the store: its workers do not learn for whom a transaction is
   */
  static void build(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      requireHeld(statement);
      requireWhole(statement);
      List<String> missing = missing(connection);
      if (missing.isEmpty()) {
        return;
      }
      connection.setAutoCommit(false);
      statement.execute(
          "lock table journal_heads in access exclusive mode"); // one server at a time
      for (String table : missing(connection)) {
        build(connection, statement, table);
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private static void requireHeld(Statement statement) throws SQLException {
    if (exists(statement, IS_EXEMPT)) {
      throw new SQLException(
          "Row-level security does not hold for a superuser, nor for a role that may bypass it:"
              + " let Vidame sign in as another role, which owns the store's tables");
    }
  }

  private static void requireWhole(Statement statement) throws SQLException {
    if (exists(statement, IS_CITUS) && exists(statement, IS_SPREAD)) {
      throw new SQLException(
          "Row-level security does not hold in a store that Citus has spread: its workers do not"
              + " learn for which partner a transaction is. Switch it off");
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static List<String> missing(Connection connection) throws SQLException {
    List<String> missing = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(IS_THERE)) {
      for (String table : OWNERS.keySet()) {
        statement.setString(1, table);
        statement.setString(2, POLICY);
        try (ResultSet rows = statement.executeQuery()) {
          if (!rows.next()) {
            missing.add(table);
          }
        }
      }
    }
    return missing;
  }

  private static void build(Connection connection, Statement statement, String table)
      throws SQLException {
    List<String> old = new ArrayList<>();
    try (PreparedStatement policies = connection.prepareStatement(OLD_POLICIES)) {
      policies.setString(1, table);
      try (ResultSet rows = policies.executeQuery()) {
        while (rows.next()) {
          old.add(rows.getString(1));
        }
      }
    }
    for (String policy : old) {
      statement.execute("drop policy " + policy + " on " + table);
    }
    statement.execute(Objects.requireNonNull(OWNERS.get(table)).policy(table));
    statement.execute("alter table " + table + " enable row level security");
    statement.execute("alter table " + table + " force row level security");
  }

  /**
   * Goes along with the next statement: what comes from then on is for a partner, or for nobody.
   */
  static void enter(UnsentChanges unsent, Optional<UUID> partner) {
    String name = partner.map(UUID::toString).orElse("");
    unsent.addSetting(BEGIN, arguments -> arguments.text(name));
  }
}
