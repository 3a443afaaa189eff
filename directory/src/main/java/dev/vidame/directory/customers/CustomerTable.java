package dev.vidame.directory.customers;

import dev.vidame.directory.partners.GranularRoleTable;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements over customers, their domains and their partners. */
final class CustomerTable {
  static final String COLUMNS = "c.customer_id, c.company_name, c.default_domain, c.created_at";

  private static final String BY_ID =
      "select " + COLUMNS + " from customers c where c.customer_id = ?";

  private static final String INSERT =
      "insert into customers (customer_id, company_name, default_domain, created_at)"
          + " values (?,?,?,?)";

  private static final String DOMAIN_TAKEN = "select 1 from domains where domain = ?";

  private static final String INSERT_DOMAIN =
      "insert into domains (customer_id, domain, is_federated) values (?,?,?)";

  private static final String DOMAINS =
      "select domain from domains where customer_id = ? order by domain <> ?, domain";

  private static final String INSERT_RELATIONSHIP =
      "insert into relationships (customer_id, partner_id, since) values (?,?,?)";

  private static final String RELATIONSHIP =
      "select 1 from relationships where customer_id = ? and partner_id = ?";

  private static final String DELETE_RELATIONSHIP =
      "delete from relationships where customer_id = ? and partner_id = ?";

  private static final String FORMER =
      "select 1 from former_customers where customer_id = ? and partner_id = ?";

  private static final String INSERT_FORMER =
      "insert into former_customers (customer_id, partner_id)"
          + " select customer_id, partner_id from relationships where customer_id = ?"
          + " on conflict (customer_id, partner_id) do nothing";

  private static final String INSERT_FORMER_NAMES =
      "insert into former_company_names (customer_id, partner_id, company_name)"
          + " select r.customer_id, r.partner_id, c.company_name"
          + " from relationships r join customers c on c.customer_id = r.customer_id"
          + " where r.customer_id = ?1 and (?2 is null or r.partner_id = ?2)"
          + " on conflict (customer_id, partner_id) do update set company_name = excluded.company_name";

  private static final String BUSINESS_PARTNER =
      "select 1 from relationships r join partners p on p.partner_id = r.partner_id"
          + " where r.customer_id = ? and p.sandbox = 0";

  private static final String USED_SKU =
      "select 1 from subscribed_skus where customer_id = ? and consumed_units > 0";

  private static final String SANDBOX =
      "select 1 from partners where partner_id = ? and sandbox = 1";

  /** Changes nothing, but a database server lets one transaction at a time do so. */
  private static final String HOLD_SANDBOX =
      "update partners set sandbox = 1 where partner_id = ? and sandbox = 1";

  private static final String COUNT_OF_PARTNER =
      "select count(*) from (select 1 from relationships where partner_id = ? limit ?) first_ones";

  /** Every table that holds what is a customer's, and goes with it. The journal stays. */
  static final List<String> TABLES_OF_A_CUSTOMER =
      List.of(
          "passwords",
          "role_members",
          "licenses",
          "service_plans",
          "subscribed_skus",
          "users",
          "customer_profiles",
          "domains",
          "granular_roles",
          "relationships",
          "customers");

  private static final List<String> DELETE_ALL =
      TABLES_OF_A_CUSTOMER.stream()
          .map(table -> "delete from " + table + " where customer_id = ?")
          .toList();

  private CustomerTable() {}

  static Optional<Customer> find(Session session, CustomerId id) throws SQLException {
    return session.one(BY_ID, arguments -> arguments.uuid(id.value()), CustomerTable::customer);
  }

  static Customer customer(Row row) throws SQLException {
    return new Customer(new CustomerId(row.uuid(1)), row.text(2), row.text(3), row.instant(4));
  }

  /** Stores a customer with its default domain, in a relationship with a partner. */
  static void insert(Session session, Customer customer, PartnerId partner) throws SQLException {
    Instant now = customer.createdAt();
    session.update(
        INSERT,
        arguments ->
            arguments
                .uuid(customer.id().value())
                .text(customer.companyName())
                .text(customer.defaultDomain())
                .instant(now));
    insertDomain(session, customer.id(), customer.defaultDomain(), false);
    insertRelationship(session, customer.id(), partner, now);
  }

  static void insertRelationship(
      Session session, CustomerId customer, PartnerId partner, Instant since) throws SQLException {
    session.update(
        INSERT_RELATIONSHIP,
        arguments -> arguments.uuid(customer.value()).uuid(partner.value()).instant(since));
  }

  static boolean isDomainTaken(Session session, String domain) throws SQLException {
    return session.exists(DOMAIN_TAKEN, arguments -> arguments.text(domain));
  }

  static void insertDomain(Session session, CustomerId customer, String domain, boolean isFederated)
      throws SQLException {
    session.update(
        INSERT_DOMAIN,
        arguments -> arguments.uuid(customer.value()).text(domain).bool(isFederated));
  }

  /** The customer's domains, the default one first. */
  static List<String> domains(Session session, Customer customer) throws SQLException {
    return session.list(
        DOMAINS,
        arguments -> arguments.uuid(customer.id().value()).text(customer.defaultDomain()),
        row -> row.text(1));
  }

  static boolean hasRelationship(Session session, CustomerId customer, PartnerId partner)
      throws SQLException {
    return session.exists(
        RELATIONSHIP, arguments -> arguments.uuid(customer.value()).uuid(partner.value()));
  }

  static void deleteRelationship(Session session, CustomerId customer, PartnerId partner)
      throws SQLException {
    keepNames(session, customer, partner);
    GranularRoleTable.deleteAll(session, customer, partner);
    session.update(
        DELETE_RELATIONSHIP, arguments -> arguments.uuid(customer.value()).uuid(partner.value()));
  }

  /** Keeps the customer's name for what a partner, or for null each, will still be told of it. */
  private static void keepNames(Session session, CustomerId customer, @Nullable PartnerId partner)
      throws SQLException {
    session.update(
        INSERT_FORMER_NAMES,
        arguments ->
            arguments.uuid(customer.value()).uuid(partner == null ? null : partner.value()));
  }

  static boolean isFormer(Session session, CustomerId customer, PartnerId partner)
      throws SQLException {
    return session.exists(
        FORMER, arguments -> arguments.uuid(customer.value()).uuid(partner.value()));
  }

  /** Whether a partner that does business may act on the customer. */
  static boolean hasBusinessPartner(Session session, CustomerId customer) throws SQLException {
    return session.acrossPartners(
        () -> session.exists(BUSINESS_PARTNER, arguments -> arguments.uuid(customer.value())));
  }

  /** Whether accounts of the customer hold licences; deleted ones hold none. */
  static boolean hasLicensesInUse(Session session, CustomerId customer) throws SQLException {
    return session.exists(USED_SKU, arguments -> arguments.uuid(customer.value()));
  }

  static boolean isSandbox(Session session, PartnerId partner) throws SQLException {
    return session.exists(SANDBOX, arguments -> arguments.uuid(partner.value()));
  }

  /**
   * Whether a partner is a sandbox; if so, no other transaction holds it as one until this one
   * ends.
   */
  static boolean holdSandbox(Session session, PartnerId partner) throws SQLException {
    return session.update(HOLD_SANDBOX, arguments -> arguments.uuid(partner.value())) == 1;
  }

  /** How many customers a partner has; counts no further than the limit. */
  static long countOfPartner(Session session, PartnerId partner, int limit) throws SQLException {
    return session
        .one(
            COUNT_OF_PARTNER,
            arguments -> arguments.uuid(partner.value()).number(limit),
            row -> row.number(1))
        .orElse(0L);
  }

  /** Removes the customer and all that it has; its partners will be told that it is gone. */
  static void delete(Session session, CustomerId customer) throws SQLException {
    session.acrossPartners(() -> {
      keepNames(session, customer, null);
      int partners = session.update(INSERT_FORMER, arguments -> arguments.uuid(customer.value()));
      for (String statement : DELETE_ALL) {
        session.update(statement, arguments -> arguments.uuid(customer.value()));
      }
      return partners;
    });
  }
}
