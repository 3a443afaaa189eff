package dev.vidame.directory;

import dev.vidame.directory.audit.AuditTrail;
import dev.vidame.directory.customers.CustomerPolicy;
import dev.vidame.directory.customers.Customers;
import dev.vidame.directory.customers.Relationships;
import dev.vidame.directory.feed.ChangeFeed;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.licenses.HeldLicenses;
import dev.vidame.directory.licenses.Licenses;
import dev.vidame.directory.licenses.Skus;
import dev.vidame.directory.observation.Observers;
import dev.vidame.directory.observation.TransactionObserver;
import dev.vidame.directory.operators.AgentFactors;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.operators.ApplicationKeys;
import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.operators.CustomerRoles;
import dev.vidame.directory.operators.IssuerSignIns;
import dev.vidame.directory.operators.KeyRotation;
import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.operators.TrustedIssuers;
import dev.vidame.directory.partners.Assertions;
import dev.vidame.directory.partners.AuthorizationCodes;
import dev.vidame.directory.partners.DashboardSessions;
import dev.vidame.directory.partners.DeviceCodes;
import dev.vidame.directory.partners.IssuersInUse;
import dev.vidame.directory.partners.PartnerTable;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.directory.partners.SecondFactors;
import dev.vidame.directory.partners.SigningKeys;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.roles.HeldRoles;
import dev.vidame.directory.roles.Roles;
import dev.vidame.directory.secrets.Secrets;
import dev.vidame.directory.storage.ObservedTransactions;
import dev.vidame.directory.storage.OneTransaction;
import dev.vidame.directory.storage.PostgresTransactions;
import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.upkeep.Leases;
import dev.vidame.directory.users.Accounts;
import dev.vidame.directory.users.FirstAccount;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.Reverts;
import dev.vidame.directory.users.UserCounts;
import dev.vidame.directory.users.UserPolicy;
import dev.vidame.directory.users.Users;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * An open directory: the operations over one store. Thread-safe.
 *
 * {@snippet :
 * try (Directory directory = Directory.open(Path.of("vidame.db"), Directory.Options.standard())) {
 *   User user = directory.users().get(customer, new UserRef.ById(id));
 * }
 * }
 */
public final class Directory implements AutoCloseable {
  private final Transactions transactions;
  private final Shared shared;
  private final Options options;
  private final Users users;
  private final Reverts reverts;
  private final Roles roles;
  private final Skus skus;
  private final Licenses licenses;
  private final Customers customers;
  private final AuditTrail audit;
  private final Partners partners;
  private final ForOperators forOperators;
  private final Standings standings;
  private final IssuersInUse issuersInUse;
  private final RefreshTokens refreshTokens;
  private final AuthorizationCodes authorizationCodes;
  private final DeviceCodes deviceCodes;
  private final SecondFactors secondFactors;
  private final SigningKeys signingKeys;
  private final Secrets secrets;

  /**
   * What can differ from one directory to the next.
   *
   * @param userPolicy the switches of the account rules
   * @param customerPolicy the switches of the rules for customers
   * @param retention how long a deleted account can be restored
   * @param hashing how passwords are hashed
   * @param refreshTokens how long refresh tokens last
   * @param clock the time
   */
  @SuppressWarnings("TooManyParameters") // everything that can differ, once
  public record Options(
      UserPolicy userPolicy,
      CustomerPolicy customerPolicy,
      Duration retention,
      PasswordHashing hashing,
      RefreshTokens.Lifetimes refreshTokens,
      Clock clock) {
    /** What a server does unless told otherwise. */
    public static Options standard() {
      return new Options(
          UserPolicy.standard(),
          CustomerPolicy.standard(),
          Duration.ofDays(30),
          PasswordHashing.standard(),
          RefreshTokens.Lifetimes.standard(),
          Clock.systemUTC());
    }

    /** The same with another clock. */
    public Options withClock(Clock other) {
      return new Options(userPolicy, customerPolicy, retention, hashing, refreshTokens, other);
    }

    /** The same with passwords hashed otherwise. */
    public Options withHashing(PasswordHashing other) {
      return new Options(userPolicy, customerPolicy, retention, other, refreshTokens, clock);
    }
  }

  private Directory(Transactions transactions, Shared shared, Options options) {
    this.transactions = transactions;
    this.shared = shared;
    this.options = options;
    Clock clock = options.clock();
    Journal journal = shared.journal();
    Accounts accounts = new Accounts(journal, shared.replays(), options.retention(), clock);
    List<Holdings> holdings = List.of(new HeldRoles(), new HeldLicenses());
    standings = shared.standings();
    users =
        new Users(
            transactions,
            journal,
            shared.hasher(),
            options.userPolicy(),
            accounts,
            holdings,
            clock);
    reverts = new Reverts(transactions, journal, options.userPolicy(), accounts, holdings, clock);
    roles = new Roles(transactions, journal, accounts, clock);
    licenses = new Licenses(transactions, journal, accounts, clock);
    customers =
        new Customers(
            transactions,
            journal,
            shared.replays(),
            standings,
            new FirstAccount(journal, shared.hasher(), options.userPolicy(), shared.random()),
            options.customerPolicy(),
            clock);
    audit = new AuditTrail(transactions, journal, clock);
    issuersInUse = new IssuersInUse(transactions, standings);
    partners = new Partners(transactions, standings, shared.hasher(), clock);
    refreshTokens =
        new RefreshTokens(transactions, shared.random(), clock, options.refreshTokens());
    authorizationCodes =
        new AuthorizationCodes(transactions, refreshTokens, shared.random(), clock);
    deviceCodes = new DeviceCodes(transactions, refreshTokens, shared.random(), clock);
    forOperators = ForOperators.over(transactions, shared, options);
    secondFactors =
        new SecondFactors(transactions, shared.hasher(), forOperators.agentFactors()::blocked);
    signingKeys = new SigningKeys(transactions, clock);
    secrets = new Secrets(transactions, shared.random());
    skus = new Skus(transactions, shared.ledger(), shared.random());
  }

  /**
   * Opens the directory in a SQLite file, which is created if needed.
   *
   * @throws SQLException when the file cannot be opened, or is newer than this program
   */
  public static Directory open(Path file, Options options) throws SQLException {
    return open(file, options, Observers.none(), Checkpoints.standard());
  }

  /** As {@link #open(Path, Options)}, watched, and with checkpoints as wanted. */
  public static Directory open(
      Path file, Options options, Observers observers, Checkpoints checkpoints)
      throws SQLException {
    return over(SqliteTransactions.open(file, checkpoints, observers.store()), options, observers);
  }

  /**
   * Opens the directory in a PostgreSQL, whose schema is made if needed. Others may have it open,
   * too.
   *
   * @throws SQLException when the database cannot be reached, or is newer than this program
   */
  public static Directory open(PostgresOptions store, Options options) throws SQLException {
    return open(store, options, Observers.none());
  }

  /** As {@link #open(PostgresOptions, Options)}, watched. */
  public static Directory open(PostgresOptions store, Options options, Observers observers)
      throws SQLException {
    return over(PostgresTransactions.open(store, observers.store()), options, observers);
  }

  private static Directory over(Transactions store, Options options, Observers observers) {
    TransactionObserver each = observers.transactions();
    Transactions transactions = each == null ? store : new ObservedTransactions(store, each);
    return new Directory(
        transactions, Shared.over(transactions, options, observers.hashing()), options);
  }

  /**
   * Does several things in one transaction: all of them happen, or none where the work throws.
   * Until it ends, all other changes wait.
   *
   * @param work gets a directory that is good for that time only; may be run again after a passing
   *     fault
   */
  public <R> R atomically(Function<Directory, R> work) {
    return transactions.writeShared(
        session -> work.apply(new Directory(new OneTransaction(session), shared, options)));
  }

  /** The same directory, where it is that time. Rows of the journal tell the true one. */
  public Directory at(Instant time) {
    return new Directory(
        transactions, shared, options.withClock(Clock.fixed(time, ZoneOffset.UTC)));
  }

  /** The time that the directory goes by. */
  public Instant now() {
    return options.clock().instant();
  }

  /** Whether nobody but operators was ever in the store. */
  public boolean isEmpty() {
    return transactions.read(session ->
        !PartnerTable.isAny(session)
            && !Journal.isAny(session, Operation.CREATE_OPERATOR, Operation.DELETE_OPERATOR));
  }

  /** The operations on user accounts. */
  public Users users() {
    return users;
  }

  /** How many accounts customers have. */
  public UserCounts userCounts() {
    return new UserCounts(transactions, shared.userCounts(), options.retention(), options.clock());
  }

  /** The operations on directory roles. */
  public Roles roles() {
    return roles;
  }

  /** What customers subscribe to. */
  public Skus skus() {
    return skus;
  }

  /** The operations on licences. */
  public Licenses licenses() {
    return licenses;
  }

  /** The operations on customers. */
  public Customers customers() {
    return customers;
  }

  /** What was done and tried. */
  public AuditTrail audit() {
    return audit;
  }

  /** Each customer's changes one after the other, also those that are to come. */
  public ChangeFeed changes() {
    return shared.feed();
  }

  /** How accounts are brought back as they were. */
  public Reverts reverts() {
    return reverts;
  }

  /** Partners, agents and applications, and how they prove who they are. */
  public Partners partners() {
    return partners;
  }

  /** What operators do to partners. */
  public PartnerRegistry partnerRegistry() {
    return forOperators.partners();
  }

  /** What operators do to agents. */
  public Agents agents() {
    return forOperators.agents();
  }

  /** What operators do to the second factors of agents. */
  public AgentFactors agentFactors() {
    return forOperators.agentFactors();
  }

  /** What operators do to applications. */
  public Applications applications() {
    return forOperators.applications();
  }

  /** What operators do to the public keys of applications. */
  public ApplicationKeys applicationKeys() {
    return forOperators.applicationKeys();
  }

  /** Which partner may act on which customer. */
  public Relationships relationships() {
    return forOperators.relationships();
  }

  /** What agents may do to one customer until it ends. */
  public CustomerRoles customerRoles() {
    return forOperators.customerRoles();
  }

  /** Whose tokens are good beside this server's own. */
  public TrustedIssuers trustedIssuers() {
    return forOperators.trustedIssuers();
  }

  /** With which of those agents sign in to the dashboard. */
  public IssuerSignIns issuerSignIns() {
    return new IssuerSignIns(transactions, shared.ledger());
  }

  /** Which identity providers are trusted at this moment. */
  public IssuersInUse issuersInUse() {
    return issuersInUse;
  }

  /** Who runs the service. */
  public Operators operators() {
    return forOperators.operators();
  }

  /** What operators do to the keys that sign tokens. */
  public KeyRotation keyRotation() {
    return forOperators.keyRotation();
  }

  /** What agents are to customers. */
  public Standings standings() {
    return standings;
  }

  /** The refresh tokens of signed-in agents. */
  public RefreshTokens refreshTokens() {
    return refreshTokens;
  }

  /** What applications sign to prove who they are. */
  public Assertions assertions() {
    return new Assertions(transactions, options.clock());
  }

  /** Who is signed in to the dashboard. */
  public DashboardSessions dashboardSessions() {
    return new DashboardSessions(transactions, options.clock());
  }

  /** Codes that browsers carry to applications. */
  public AuthorizationCodes authorizationCodes() {
    return authorizationCodes;
  }

  /** Codes with which somebody signs in for another device. */
  public DeviceCodes deviceCodes() {
    return deviceCodes;
  }

  /** What agents show beside their passwords. */
  public SecondFactors secondFactors() {
    return secondFactors;
  }

  /** The keys that sign tokens. */
  public SigningKeys signingKeys() {
    return signingKeys;
  }

  /** Who of several servers does what only one is to do. */
  public Leases leases() {
    return new Leases(transactions, options.clock());
  }

  /** Secrets that the service makes for itself. */
  public Secrets secrets() {
    return secrets;
  }

  /** A customer's changes after a point, oldest first, at most {@code limit}. */
  public List<Entry> journal(CustomerId customer, long afterSeq, int limit) {
    return transactions.read(session -> Journal.page(session, customer, afterSeq, limit));
  }

  /** Checks every row of a customer's journal. */
  public Journal.Verification verifyJournal(CustomerId customer) {
    return transactions.read(session -> Journal.verify(session, customer));
  }

  /** Finishes what waits and lets the store go. */
  @Override
  public void close() {
    shared.feed().close();
    transactions.close();
    shared.hasher().close();
  }
}
