package dev.vidame.directory.customers;

import dev.vidame.directory.Failure;
import dev.vidame.directory.customers.CreationRules.Checked;
import dev.vidame.directory.customers.CustomerCreations.Prepared;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.journal.Replays;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.FirstAccount;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerCreation;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.VerifiedDomain;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations on customers. Thread-safe.
 *
 * <p>The caller has already been found to have the right. Every method throws {@link
 * dev.vidame.directory.DirectoryException} with the {@link Failure} when the operation is refused.
 */
public final class Customers {
  private final Transactions transactions;
  private final Journal journal;
  private final Replays replays;
  private final Standings standings;
  private final CustomerCreations creations;
  private final CustomerPolicy policy;
  private final Clock clock;

  /** Operations over a store. */
  @SuppressWarnings("TooManyParameters") // everything that a change touches, once
  public Customers(
      Transactions transactions,
      Journal journal,
      Replays replays,
      Standings standings,
      FirstAccount firstAccount,
      CustomerPolicy policy,
      Clock clock) {
    this.transactions = transactions;
    this.journal = journal;
    this.replays = replays;
    this.standings = standings;
    this.creations = new CustomerCreations(journal, replays, standings, firstAccount);
    this.policy = policy;
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
   * A customer right after its creation.
   *
   * @param details what it is
   * @param userName the first administrator's name before the {@code @}
   * @param password the first administrator's password, in clear text; null when this repeats the
   *     answer to an earlier request, and nothing was done
   */
  public record Created(CustomerDetails details, String userName, @Nullable String password) {
    /** Whether this repeats the answer to an earlier request. */
    public boolean isReplay() {
      return password == null;
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      return "Created[" + details.customer() + "]";
    }
  }

  /**
   * A billing profile after a change.
   *
   * @param profile the profile
   * @param isReplay whether this repeats the answer to an earlier request, and nothing was done
   */
  public record BillingOutcome(BillingProfile profile, boolean isReplay) {}

  /**
   * Creates a customer with a verified domain, in a relationship with the partner that asks, with
   * neither a profile nor an account.
   *
   * @throws dev.vidame.directory.DirectoryException also when the id is taken
   */
  public Customer create(NewCustomer properties, ChangeRequest request) {
    if (!DomainName.isValid(properties.domain())) {
      throw new Failure.Invalid(List.of(Problem.of("domain", Rule.MALFORMED_DOMAIN))).asException();
    }
    Customer customer =
        new Customer(
            properties.id(),
            properties.companyName(),
            DomainName.normalise(properties.domain()),
            clock.instant());
    return transactions.write(
        customer.id(),
        session -> {
          if (CustomerTable.find(session, customer.id()).isPresent()) {
            throw new Failure.Conflict("id").asException();
          }
          CustomerCreations.holdCreatable(
              session, request.actor().partner(), customer.defaultDomain());
          creations.insert(session, customer, null, request);
          return customer;
        });
  }

  /**
   * Creates a customer with its profiles and its first administrator, in a relationship with the
   * partner that asks.
   */
  public Created create(CustomerId id, CustomerCreation properties, ChangeRequest request) {
    Checked checked = CreationRules.check(properties);
    Customer customer = new Customer(id, checked.companyName(), checked.domain(), clock.instant());
    Prepared prepared =
        creations.prepare(
            checked.domain(), () -> requireCreatable(request.actor().partner(), checked.domain()));
    return transactions.write(
        id, session -> creations.create(session, customer, checked, prepared, request));
  }

  private PasswordStandard requireCreatable(PartnerId partner, String domain) {
    return transactions.read(session -> {
      CustomerCreations.requireCreatable(session, partner, domain);
      return creations.standard(session, partner);
    });
  }

  /** The customer, or empty where there is none. */
  public Optional<Customer> get(CustomerId id) {
    return transactions.query(session -> CustomerTable.find(session, id));
  }

  /** Everything that is known of a customer. */
  public CustomerDetails details(CustomerId id) {
    return transactions.read(session -> {
      Customer customer = existing(session, id);
      return CustomerDetails.of(
          customer, profiles(session, customer), CustomerTable.domains(session, customer));
    });
  }

  private static Customer existing(Session session, CustomerId id) throws SQLException {
    return CustomerTable.find(session, id)
        .orElseThrow(() -> new Failure.TenantGone().asException());
  }

  private static Profiles profiles(Session session, Customer customer) throws SQLException {
    return ProfileTable.find(session, customer.id())
        .orElseGet(() -> Profiles.unknown(customer.companyName()));
  }

  /** A part of a partner's customers. */
  public Page<Customer> page(PartnerId partner, CustomerQuery query, PageQuery page) {
    return transactions.query(session -> CustomerList.page(session, partner, query, page));
  }

  /** Whether a domain belongs to a customer, whosever it is. */
  public boolean isDomainTaken(String domain) {
    String name = DomainName.normalise(domain);
    return transactions.query(session -> CustomerTable.isDomainTaken(session, name));
  }

  /**
   * Replaces a customer's billing profile. Every success makes another version of it, also one that
   * changes nothing.
   *
   * @param given the whole profile; its id, tag and link are not looked at
   * @param expectedTag the tag that the caller saw; null to replace whatever there is
   */
  public BillingOutcome replaceBilling(
      CustomerId id, BillingProfile given, @Nullable String expectedTag, ChangeRequest request) {
    List<Problem> problems = new ArrayList<>();
    BillingProfile profile = BillingRules.check("", given, problems);
    if (!problems.isEmpty()) {
      throw new Failure.Invalid(problems).asException();
    }
    BillingRules.requirePhoneNumber(profile);
    return transactions.write(
        id, session -> replaceBilling(session, id, new Replacement(profile, expectedTag, request)));
  }

  /**
   * A billing profile on its way.
   *
   * @param profile what is to be stored
   * @param expectedTag the tag that the caller saw, or null
   * @param request who asks
   */
  private record Replacement(
      BillingProfile profile, @Nullable String expectedTag, ChangeRequest request) {}

  private BillingOutcome replaceBilling(Session session, CustomerId id, Replacement replacement)
      throws SQLException {
    Profiles current = profiles(session, existing(session, id));
    Optional<Replays.Replay> earlier = replays.find(session, replacement.request());
    if (earlier.isPresent()) {
      Profiles then = asOf(session, id, current, earlier.get().seq());
      return new BillingOutcome(DerivedIds.identified(id, then), true);
    }
    String expected = replacement.expectedTag();
    if (expected != null && !expected.equals(DerivedIds.tag(id, current.billingVersion()))) {
      throw new Failure.VersionMismatch(List.of()).asException();
    }
    BillingProfile profile = replacement.profile();
    Entry entry =
        append(
            session,
            new Journal.Change(
                Operation.UPDATE_BILLING_PROFILE, id.value(), current.changesTo(profile)),
            replacement.request());
    ProfileTable.setBilling(session, id, profile, entry.seq());
    Profiles changed = new Profiles(entry.seq(), profile, current.company());
    return new BillingOutcome(DerivedIds.identified(id, changed), false);
  }

  private static Profiles asOf(Session session, CustomerId id, Profiles today, long seq)
      throws SQLException {
    List<FieldChange> later =
        Journal.changesSince(session, id, id.value(), seq).stream()
            .filter(entry -> entry.operation() == Operation.UPDATE_BILLING_PROFILE)
            .flatMap(entry -> entry.changes().stream())
            .toList();
    return today.before(later, seq);
  }

  /** Every row that is made here is about the customer itself. */
  private Entry append(Session session, Journal.Change change, ChangeRequest request)
      throws SQLException {
    return journal.append(session, new CustomerId(change.subject()), change, request);
  }

  /**
   * Gives a customer another verified domain.
   *
   * @return whether this repeats an earlier request, and nothing was done
   */
  public boolean addDomain(CustomerId id, VerifiedDomain domain, ChangeRequest request) {
    if (!DomainName.isValid(domain.name())) {
      throw new Failure.Invalid(List.of(Problem.of("verifiedDomainName", Rule.MALFORMED_DOMAIN)))
          .asException();
    }
    String name = DomainName.normalise(domain.name());
    return transactions.write(
        id,
        session -> {
          if (replays.find(session, request).isPresent()) {
            return true;
          }
          existing(session, id);
          if (CustomerTable.isDomainTaken(session, name)) {
            throw new Failure.DomainTaken(name).asException();
          }
          append(
              session,
              new Journal.Change(
                  Operation.ADD_DOMAIN, id.value(), List.of(new FieldChange("domain", null, name))),
              request);
          CustomerTable.insertDomain(session, id, name, domain.isFederated());
          return false;
        });
  }

  /**
   * Ends the relationship between a customer and the partner that asks; the customer stays.
   *
   * @return whether this repeats an earlier request, and nothing was done
   */
  public boolean removeRelationship(CustomerId id, ChangeRequest request) {
    return transactions.write(
        id,
        session -> {
          if (replays.find(session, request).isPresent()) {
            return true;
          }
          requireRelationship(session, id, request.actor().partner());
          append(
              session,
              new Journal.Change(
                  Operation.REMOVE_RELATIONSHIP,
                  id.value(),
                  List.of(new FieldChange("relationshipToPartner", "reseller", "none"))),
              request);
          CustomerTable.deleteRelationship(session, id, request.actor().partner());
          standings.change(session);
          return false;
        });
  }

  /**
   * Deletes a customer of a sandbox partner with all that it has but its journal, for good.
   *
   * @return whether this repeats an earlier request, and nothing was done
   */
  public boolean delete(CustomerId id, ChangeRequest request) {
    return transactions.write(
        id,
        session -> {
          if (replays.find(session, request).isPresent()) {
            return true;
          }
          requireRelationship(session, id, request.actor().partner());
          requireDeletable(session, id);
          append(
              session,
              new Journal.Change(Operation.DELETE_CUSTOMER, id.value(), List.of()),
              request);
          CustomerTable.delete(session, id);
          standings.change(session);
          return false;
        });
  }

  /** Everything that stands against a deletion. Of several partners, each must be a sandbox one. */
  private void requireDeletable(Session session, CustomerId id) throws SQLException {
    if (CustomerTable.hasBusinessPartner(session, id)) {
      throw new Failure.NotSandbox().asException();
    }
    if (policy.deletionNeedsNoLicenses() && CustomerTable.hasLicensesInUse(session, id)) {
      throw new Failure.Invalid(List.of(Problem.of("licenses", Rule.LICENSES_IN_USE)))
          .asException();
    }
  }

  /** It may have ended since the caller was let in. */
  private static void requireRelationship(Session session, CustomerId id, PartnerId partner)
      throws SQLException {
    if (!CustomerTable.hasRelationship(session, id, partner)) {
      throw CustomerTable.isFormer(session, id, partner)
          ? new Failure.TenantGone().asException()
          : new Failure.NoRelationship().asException();
    }
  }

  /**
   * Whether this very request succeeded before. Who ended a relationship may no longer ask for
   * anything of the customer, but may still hear that it was ended.
   */
  public boolean isRepeated(CustomerId id, ChangeRequest request) {
    return transactions.write(id, session -> replays.find(session, request).isPresent());
  }
}
