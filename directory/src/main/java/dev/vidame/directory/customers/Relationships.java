package dev.vidame.directory.customers;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which partner may act on which customer, as an operator arranges it. Each change is a row of the
 * customer's journal, and holds from the next request on. Thread-safe.
 */
public final class Relationships {
  private static final String FIELD = "relationshipToPartner";
  private static final String NONE = "none";
  private static final String RESELLER = "reseller";

  private static final String COLUMNS =
      "select r.customer_id, c.company_name, c.default_domain, r.since"
          + " from relationships r join customers c on c.customer_id = r.customer_id";

  private static final String ONE = COLUMNS + " where r.customer_id = ? and r.partner_id = ?";

  private static final String PAGE =
      COLUMNS
          + " where r.partner_id = ? and r.customer_id > ? order by r.customer_id limit ?";

  private static final String PARTIES =
      "select 1 from customers c, partners p where c.customer_id = ? and p.partner_id = ?";

  private static final String INSERT =
      "insert into relationships (customer_id, partner_id, since) values (?,?,?)";

  private static final String DELETE =
      "delete from relationships where customer_id = ? and partner_id = ?";

  private final Transactions transactions;
  private final Journal journal;
  private final Standings standings;
  private final Clock clock;

  /** Operations over a store. */
  public Relationships(
      Transactions transactions, Journal journal, Standings standings, Clock clock) {
    this.transactions = transactions;
    this.journal = journal;
    this.standings = standings;
    this.clock = clock;
  }

  /**
   * A relationship, with what a person knows the customer by.
   *
   * @param customer who is bought for
   * @param companyName for people
   * @param defaultDomain the first verified domain
   * @param since when it began
   */
  public record Relationship(
      CustomerId customer, String companyName, String defaultDomain, Instant since) {}

  /** A partner's relationships behind a customer's id, by that id. */
  public List<Relationship> page(PartnerId partner, UUID after, int size) {
    return transactions.query(session ->
        session.list(
            PAGE,
            arguments -> arguments.uuid(partner.value()).uuid(after).number(size),
            Relationships::relationship));
  }

  /** The relationship, or empty where there is none. */
  public Optional<Relationship> get(PartnerId partner, CustomerId customer) {
    return transactions.query(session -> find(session, partner, customer));
  }

  /**
   * Lets a partner act on a customer; where it may already, nothing changes.
   *
   * @return empty where there is no such partner or customer
   */
  public Optional<Relationship> add(
      PartnerId partner, CustomerId customer, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          Optional<Relationship> known = find(session, partner, customer);
          if (known.isPresent()
              || !session.exists(
                  PARTIES,
                  arguments -> arguments.uuid(customer.value()).uuid(partner.value()))) {
            return known;
          }
          standings.change(session);
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          session.update(
              INSERT,
              arguments ->
                  arguments.uuid(customer.value()).uuid(partner.value()).instant(now));
          journal.append(
              session,
              customer,
              change(Operation.ADD_RELATIONSHIP, customer, new FieldChange(FIELD, NONE, RESELLER)),
              request);
          return find(session, partner, customer);
        });
  }

  /**
   * Ends what a partner may do to a customer.
   *
   * @return whether there was a relationship
   */
  public boolean remove(PartnerId partner, CustomerId customer, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          int removed =
              session.update(
                  DELETE,
                  arguments -> arguments.uuid(customer.value()).uuid(partner.value()));
          if (removed == 0) {
            return false;
          }
          standings.change(session);
          journal.append(
              session,
              customer,
              change(
                  Operation.REMOVE_RELATIONSHIP, customer, new FieldChange(FIELD, RESELLER, NONE)),
              request);
          return true;
        });
  }

  private static Journal.Change change(
      Operation operation, CustomerId customer, FieldChange field) {
    return new Journal.Change(operation, customer.value(), List.of(field));
  }

  private static Optional<Relationship> find(
      Session session, PartnerId partner, CustomerId customer) throws SQLException {
    return session.one(
        ONE,
        arguments -> arguments.uuid(customer.value()).uuid(partner.value()),
        Relationships::relationship);
  }

  private static Relationship relationship(Row row) throws SQLException {
    return new Relationship(
        new CustomerId(row.uuid(1)), row.text(2), row.text(3), row.instant(4));
  }
}
