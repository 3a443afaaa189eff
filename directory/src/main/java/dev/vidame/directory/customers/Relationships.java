package dev.vidame.directory.customers;

import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
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
      COLUMNS + " where r.partner_id = ? and r.customer_id > ? order by r.customer_id limit ?";

  private final Transactions transactions;
  private final Ledger ledger;
  private final Standings standings;
  private final Clock clock;

  /** Operations over a store. */
  public Relationships(Transactions transactions, Ledger ledger, Standings standings, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
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
   * @throws dev.vidame.directory.DirectoryException when a sandbox partner has as many customers as
   *     it may have
   */
  public Optional<Done<Relationship>> add(
      PartnerId partner, CustomerId customer, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          boolean isReplay = ledger.isReplay(session, request);
          Optional<Relationship> known = find(session, partner, customer);
          if (isReplay || known.isPresent()) {
            return known.map(relationship -> new Done<>(relationship, isReplay));
          }
          if (CustomerTable.find(session, customer).isEmpty()
              || !CustomerCreations.holdRoom(session, partner)) {
            return Optional.<Done<Relationship>>empty();
          }
          standings.change(session);
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          CustomerTable.insertRelationship(session, customer, partner, now);
          ledger.append(
              session,
              customer,
              change(Operation.ADD_RELATIONSHIP, customer, new FieldChange(FIELD, NONE, RESELLER)),
              request);
          return find(session, partner, customer).map(begun -> new Done<>(begun, false));
        });
  }

  /**
   * Ends what a partner may do to a customer.
   *
   * @return empty where there was no relationship
   */
  public Optional<Done<CustomerId>> remove(
      PartnerId partner, CustomerId customer, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          if (ledger.isReplay(session, request)) {
            return Optional.of(new Done<>(customer, true));
          }
          if (!CustomerTable.hasRelationship(session, customer, partner)) {
            return Optional.<Done<CustomerId>>empty();
          }
          standings.change(session);
          CustomerTable.deleteRelationship(session, customer, partner);
          ledger.append(
              session,
              customer,
              change(
                  Operation.REMOVE_RELATIONSHIP, customer, new FieldChange(FIELD, RESELLER, NONE)),
              request);
          return Optional.of(new Done<>(customer, false));
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
    return new Relationship(new CustomerId(row.uuid(1)), row.text(2), row.text(3), row.instant(4));
  }
}
