package dev.vidame.directory.customers;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.customers.CreationRules.Checked;
import dev.vidame.directory.customers.Customers.Created;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.journal.Replays;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PartnerTable;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.roles.RoleTable;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.users.FirstAccount;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates customers. What is done in a session needs the writing side. No two customers take the
 * same domain, which is unique, or the last place of a sandbox: on a file one unit of work runs at
 * a time, and on a database server they take turns at the partner.
 */
final class CustomerCreations {
  /** How many customers a sandbox partner may have. */
  private static final int SANDBOX_LIMIT = 75;

  private static final String COMPANY_NAME = "companyName";
  private static final String DOMAIN = "domain";

  private final Journal journal;
  private final Replays replays;
  private final Standings standings;
  private final FirstAccount firstAccount;

  CustomerCreations(
      Journal journal, Replays replays, Standings standings, FirstAccount firstAccount) {
    this.journal = journal;
    this.replays = replays;
    this.standings = standings;
    this.firstAccount = firstAccount;
  }

  /**
   * The first administrator, or why the creation will be refused unless it repeats a request.
   *
   * @param account who is about to be made
   * @param refusal why not
   */
  record Prepared(FirstAccount.@Nullable Prepared account, @Nullable DirectoryException refusal) {
    FirstAccount.Prepared orThrow() {
      if (refusal != null) {
        throw refusal;
      }
      return Objects.requireNonNull(account);
    }
  }

  /**
   * Chooses the first administrator's password, unless the creation would be refused anyway.
   *
   * @param trial asks whether it would, and which passwords are good
   */
  Prepared prepare(String domain, Supplier<PasswordStandard> trial) {
    PasswordStandard standard;
    try {
      standard = trial.get();
    } catch (DirectoryException e) {
      return new Prepared(null, e);
    }
    return new Prepared(firstAccount.prepare(domain, standard), null);
  }

  /** Which passwords are good for what a partner creates. */
  PasswordStandard standard(Session session, PartnerId partner) throws SQLException {
    return firstAccount.standard(session, partner);
  }

  /** Whether a partner may create a customer now, which may be otherwise a moment later. */
  static void requireCreatable(Session session, PartnerId partner, String domain)
      throws SQLException {
    requireFree(session, domain);
    if (CustomerTable.isSandbox(session, partner)) {
      requireFew(session, partner);
    }
  }

  /**
   * As {@link #requireCreatable}, for a customer that is created in the same transaction.
   *
   * <p>Nobody deletes the partner until this transaction ends. Where it is a sandbox, other
   * transactions that ask so wait for that, too.
   */
  static void holdCreatable(Session session, PartnerId partner, String domain) throws SQLException {
    requireFree(session, domain);
    if (!holdRoom(session, partner)) {
      throw new Failure.NoRelationship().asException();
    }
  }

  /**
   * Whether there is the partner, and stays until the transaction ends, in which the next customer
   * becomes its own. A sandbox has few customers.
   */
  static boolean holdRoom(Session session, PartnerId partner) throws SQLException {
    Optional<Partner> held = PartnerTable.hold(session, partner);
    if (held.map(Partner::isSandbox).orElse(false) && CustomerTable.holdSandbox(session, partner)) {
      requireFew(session, partner);
    }
    return held.isPresent();
  }

  private static void requireFree(Session session, String domain) throws SQLException {
    if (CustomerTable.isDomainTaken(session, domain)) {
      throw new Failure.DomainTaken(domain).asException();
    }
  }

  private static void requireFew(Session session, PartnerId sandbox) throws SQLException {
    if (CustomerTable.countOfPartner(session, sandbox, SANDBOX_LIMIT) >= SANDBOX_LIMIT) {
      throw new Failure.SandboxLimit().asException();
    }
  }

  /** Creates a customer that has a profile, with its first administrator. */
  Created create(
      Session session, Customer customer, Checked checked, Prepared prepared, ChangeRequest request)
      throws SQLException {
    // Looked at before the request is looked for: where several make customers at the same time,
    // the first who took the
    // domain may be the same request.
    DirectoryException refusal = refusal(session, customer, request);
    Optional<Replays.Replay> earlier = replays.findCreation(session, request);
    if (earlier.isPresent()) {
      return replayed(session, earlier.get().customer());
    }
    FirstAccount.Prepared account = prepared.orThrow();
    if (refusal != null) {
      throw refusal;
    }
    insert(session, customer, checked.profiles(), request);
    ProfileTable.insert(session, customer.id(), checked.profiles());
    Entry created = firstAccount.create(session, customer.id(), account, request);
    makeAdministrator(session, customer.id(), created, request);
    return new Created(
        CustomerDetails.of(customer, checked.profiles(), List.of(customer.defaultDomain())),
        FirstAccount.NAME,
        account.password());
  }

  private static @Nullable DirectoryException refusal(
      Session session, Customer customer, ChangeRequest request) throws SQLException {
    try {
      holdCreatable(session, request.actor().partner(), customer.defaultDomain());
      return null;
    } catch (DirectoryException e) {
      return e;
    }
  }

  /**
   * Writes a customer that may be created, with a domain and a name alone, or with all that the
   * journal is to tell.
   */
  void insert(
      Session session, Customer customer, @Nullable Profiles profiles, ChangeRequest request)
      throws SQLException {
    CustomerTable.insert(session, customer, request.actor().partner());
    standings.change(session);
    List<FieldChange> changes = new ArrayList<>();
    changes.add(new FieldChange(COMPANY_NAME, null, customer.companyName()));
    changes.add(new FieldChange(DOMAIN, null, customer.defaultDomain()));
    if (profiles != null) {
      changes.addAll(profiles.asChanges());
    }
    journal.append(
        session,
        customer.id(),
        new Journal.Change(Operation.CREATE_CUSTOMER, customer.id().value(), changes),
        request);
  }

  private void makeAdministrator(
      Session session, CustomerId customer, Entry account, ChangeRequest request)
      throws SQLException {
    DirectoryRole role = DirectoryRole.COMPANY_ADMINISTRATOR;
    RoleTable.add(session, customer, role, new UserId(account.subject()), account.at());
    journal.append(
        session,
        customer,
        new Journal.Change(
            Operation.ADD_ROLE_MEMBER,
            account.subject(),
            List.of(new FieldChange("role:" + role.id(), null, "member"))),
        request);
  }

  /** The first answer, by the row that created the customer; it may have been deleted since. */
  private static Created replayed(Session session, CustomerId id) throws SQLException {
    Entry creation = Journal.page(session, id, 0, 1).getFirst();
    List<FieldChange> changes = creation.changes();
    Customer customer =
        new Customer(id, value(changes, COMPANY_NAME), value(changes, DOMAIN), creation.at());
    return new Created(
        CustomerDetails.of(customer, Profiles.created(changes), List.of(customer.defaultDomain())),
        FirstAccount.NAME,
        null);
  }

  private static String value(List<FieldChange> changes, String field) {
    return changes.stream()
        .filter(change -> change.field().equals(field))
        .map(change -> Objects.requireNonNull(change.after()))
        .findFirst()
        .orElseThrow();
  }
}
