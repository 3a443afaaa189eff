package dev.vidame.directory.customers;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The operations on customers. Thread-safe. */
public final class Customers {
  static final String COLUMNS = "c.customer_id, c.company_name, c.default_domain, c.created_at";

  private static final String BY_ID =
      "select " + COLUMNS + " from customers c where c.customer_id = ?";

  private static final String INSERT =
      "insert into customers (customer_id, company_name, default_domain, created_at)"
          + " values (?,?,?,?)";

  private static final String DOMAIN_TAKEN = "select 1 from domains where domain = ?";

  private static final String INSERT_DOMAIN =
      "insert into domains (customer_id, domain, is_federated) values (?,?,0)";

  private static final String INSERT_RELATIONSHIP =
      "insert into relationships (customer_id, partner_id, since) values (?,?,?)";

  private final Transactions transactions;
  private final Journal journal;
  private final Standings standings;
  private final Clock clock;

  /** Operations over a store. */
  public Customers(Transactions transactions, Journal journal, Standings standings, Clock clock) {
    this.transactions = transactions;
    this.journal = journal;
    this.standings = standings;
    this.clock = clock;
  }

  /**
   * What a new customer is made of.
   *
   * @param id the tenant
   * @param companyName for people
   * @param domain the first verified domain
   */
  public record NewCustomer(CustomerId id, String companyName, String domain) {}

  /**
   * Creates a customer with a verified domain, in a relationship with the partner that asks.
   *
   * @throws dev.vidame.directory.DirectoryException when the domain belongs to a customer already
   */
  public Customer create(NewCustomer properties, ChangeRequest request) {
    Customer customer =
        new Customer(
            properties.id(),
            properties.companyName(),
            properties.domain().toLowerCase(Locale.ROOT),
            clock.instant());
    return transactions.write(
        customer.id(),
        session -> {
          requireFree(session, customer.defaultDomain());
          insert(session, customer, request.actor().partner());
          standings.change(session);
          journal.append(session, customer.id(), creation(customer), request);
          return customer;
        });
  }

  private static void requireFree(Session session, String domain) throws SQLException {
    if (session.exists(DOMAIN_TAKEN, arguments -> arguments.text(domain))) {
      throw new Failure.Conflict("companyProfile.domain").asException();
    }
  }

  private static void insert(Session session, Customer customer, PartnerId partner)
      throws SQLException {
    Instant now = customer.createdAt();
    session.update(
        INSERT,
        arguments ->
            arguments
                .uuid(customer.id().value())
                .text(customer.companyName())
                .text(customer.defaultDomain())
                .instant(now));
    session.update(
        INSERT_DOMAIN,
        arguments -> arguments.uuid(customer.id().value()).text(customer.defaultDomain()));
    session.update(
        INSERT_RELATIONSHIP,
        arguments -> arguments.uuid(customer.id().value()).uuid(partner.value()).instant(now));
  }

  private static Journal.Change creation(Customer customer) {
    return new Journal.Change(
        Operation.CREATE_CUSTOMER,
        customer.id().value(),
        List.of(
            new FieldChange("companyName", null, customer.companyName()),
            new FieldChange("domain", null, customer.defaultDomain())));
  }

  /** The customer, or empty where there is none. */
  public Optional<Customer> get(CustomerId id) {
    return transactions.query(session ->
        session.one(BY_ID, arguments -> arguments.uuid(id.value()), Customers::customer));
  }

  /** A part of a partner's customers. */
  public Page<Customer> page(PartnerId partner, CustomerQuery query, PageQuery page) {
    return transactions.query(session -> CustomerList.page(session, partner, query, page));
  }

  static Customer customer(Row row) throws SQLException {
    return new Customer(new CustomerId(row.uuid(1)), row.text(2), row.text(3), row.instant(4));
  }
}
