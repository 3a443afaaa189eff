package dev.vidame.directory.users;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.partners.PartnerPasswords;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Asked;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The operations on user accounts. Thread-safe.
 *
 * <p>The caller has already been found to have the right; nothing here asks who it is. Every method
 * throws {@link dev.vidame.directory.DirectoryException} with the {@link Failure} when the
 * operation is refused.
 */
public final class Users {
  private final Transactions transactions;
  private final Journal journal;
  private final PasswordHasher hasher;
  private final UserMerge merge;
  private final PartnerPasswords passwords;
  private final Accounts accounts;
  private final List<Holdings> holdings;
  private final Clock clock;

  /**
   * Operations over a store.
   *
   * @param holdings what accounts hold beside their properties
   */
  @SuppressWarnings("TooManyParameters") // everything that a change touches, once
  public Users(
      Transactions transactions,
      Journal journal,
      PasswordHasher hasher,
      UserPolicy policy,
      Accounts accounts,
      List<Holdings> holdings,
      Clock clock) {
    this.transactions = transactions;
    this.journal = journal;
    this.hasher = hasher;
    this.merge = new UserMerge(policy);
    this.passwords = new PartnerPasswords(policy.passwords());
    this.accounts = accounts;
    this.holdings = List.copyOf(holdings);
    this.clock = clock;
  }

  /**
   * An account after an operation.
   *
   * @param user the account
   * @param isReplay whether this repeats the answer to an earlier request, and nothing was done
   */
  public record Outcome(User user, boolean isReplay) {}

  /** The account, also when it is deleted but not yet purged; a name finds only accounts in use. */
  public User get(CustomerId customer, UserRef ref) {
    return transactions.query(session -> accounts.existing(session, customer, ref));
  }

  /**
   * Whether there is such an account and it is deleted but not yet purged. That there is none is no
   * failure, because a repetition may name an account as it was called before the first answer.
   */
  public boolean isDeleted(CustomerId customer, UserRef ref) {
    return switch (ref) {
      case UserRef.ByName _ -> false; // only accounts in use have one
      case UserRef.ById _ ->
          transactions
              .query(session -> accounts.find(session, customer, ref))
              .filter(User::isDeleted)
              .isPresent();
    };
  }

  /** A part of a customer's accounts. */
  public Page<User> page(CustomerId customer, UserQuery query, PageQuery page) {
    Instant deletedAfter = accounts.endOfRetention();
    Transactions.Work<Page<User>> work =
        session -> UserList.page(session, customer, query, page, deletedAfter);
    return query.licensed() == null ? transactions.query(work) : transactions.read(work);
  }

  /**
   * Creates an account.
   *
   * @param properties {@code userPrincipalName}, {@code displayName} and a password are required
   */
  public Outcome create(
      CustomerId customer, UserId id, CustomerUserUpdate properties, ChangeRequest request) {
    User blank = new User(customer, id, 0, "", "", null, null, null, null, null, false, null);
    PreparedPassword password =
        prepare(
            properties.passwordProfile(),
            session -> merge.create(blank, properties, around(session, customer, properties)));
    return transactions.write(
        customer,
        session -> {
          Optional<Outcome> replay = replay(session, request);
          if (replay.isPresent()) {
            return replay.get();
          }
          password.requireNotRefused();
          UserDraft draft = merge.create(blank, properties, around(session, customer, properties));
          requireUnique(session, draft.toUser(0));
          Entry entry = append(session, Operation.CREATE_USER, draft, request);
          User created = draft.toUser(entry.seq());
          UserTable.insert(session, created);
          setPassword(session, created, password.hash(), entry.at());
          return new Outcome(created, false);
        });
  }

  /**
   * Merges an update into an account, as {@link UserMerge} says. An update that changes nothing
   * succeeds without a trace but for its request id.
   *
   * @param expected the version that the caller saw
   */
  public Outcome update(
      CustomerId customer,
      UserRef ref,
      CustomerUserUpdate update,
      EntityTag expected,
      ChangeRequest request) {
    return update(customer, ref, update, new Terms(expected, (session, account) -> {}, request));
  }

  /**
   * As {@link #update}, for a caller whose right does not reach all passwords.
   *
   * @param update lies within that reach, or is refused
   */
  @SuppressWarnings("TooManyParameters") // those of an update, and how far it may go
  public Outcome updateWithin(
      UpdateReach reach,
      CustomerId customer,
      UserRef ref,
      CustomerUserUpdate update,
      EntityTag expected,
      ChangeRequest request) {
    Reach asked = (session, account) -> reach.require(session, account, update, holdings);
    return update(customer, ref, update, new Terms(expected, asked, request));
  }

  /** How far the caller's right reaches; throws where it ends. */
  @FunctionalInterface
  private interface Reach {
    void require(Session session, User account) throws SQLException;
  }

  private record Terms(EntityTag expected, Reach reach, ChangeRequest request) {}

  private Outcome update(CustomerId customer, UserRef ref, CustomerUserUpdate update, Terms terms) {
    PreparedPassword password =
        prepare(
            update.passwordProfile(),
            session -> {
              User current = accounts.existing(session, customer, ref);
              terms.reach().require(session, current);
              return merge.update(current, update, around(session, customer, update));
            });
    return transactions.write(
        customer,
        session -> {
          Asked<User> account = UserTable.ask(session, customer, ref);
          Optional<Outcome> replay = replay(session, terms.request());
          if (replay.isPresent()) {
            return replay.get();
          }
          password.requireNotRefused();
          User current = accounts.existing(account);
          terms.reach().require(session, current);
          requireVersion(session, current, terms.expected());
          UserDraft draft = merge.update(current, update, around(session, customer, update));
          Operation operation =
              current.isDeleted() ? Operation.RESTORE_USER : Operation.UPDATE_USER;
          Change change = new Change(operation, password.hash(), terms.request());
          return new Outcome(change(session, current, draft, change), false);
        });
  }

  /**
   * Deletes an account, which can be restored for a while. Deleting it again changes nothing,
   * because a client whose answer was lost asks again.
   *
   * @return whether this repeats an earlier request, and nothing was done
   */
  public boolean delete(CustomerId customer, UserRef ref, ChangeRequest request) {
    return delete(customer, ref, new EntityTag.Any(), request);
  }

  /**
   * As {@link #delete(CustomerId, UserRef, ChangeRequest)}, where the account is in this version.
   *
   * @param expected the version that the caller saw; a deletion has moved it
   */
  public boolean delete(
      CustomerId customer, UserRef ref, EntityTag expected, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          Asked<User> account = UserTable.ask(session, customer, ref);
          if (accounts.isReplay(session, request)) {
            return true;
          }
          User current = accounts.existing(account);
          requireVersion(session, current, expected);
          UserDraft draft = new UserDraft(current);
          if (!current.isDeleted()) {
            for (Holdings held : holdings) {
              held.delete(session, current);
            }
            draft.delete(clock.instant().truncatedTo(ChronoUnit.MICROS));
          }
          change(session, current, draft, new Change(Operation.DELETE_USER, null, request));
          return false;
        });
  }

  /**
   * Removes for good the accounts whose time to be restored is over, each in the journal of its
   * customer.
   *
   * @param request in whose name; its key tells nothing apart here, as a purge is not repeated
   * @param limit how many at most
   * @return how many there were
   */
  public int purge(ChangeRequest request, int limit) {
    Instant end = accounts.endOfRetention();
    List<User> due = transactions.query(session -> UserTable.deletedBefore(session, end, limit));
    for (User user : due) {
      transactions.write(user.customer(), session -> purge(session, user, end, request));
    }
    return due.size();
  }

  /** The account may have been restored, or purged by somebody else, since it was found. */
  private boolean purge(Session session, User found, Instant end, ChangeRequest request)
      throws SQLException {
    Optional<User> user = UserTable.find(session, found.customer(), new UserRef.ById(found.id()));
    Instant deletedAt = user.map(User::deletedAt).orElse(null);
    if (deletedAt == null || deletedAt.isAfter(end)) {
      return false;
    }
    journal.append(
        session,
        found.customer(),
        new Journal.Change(Operation.PURGE_USER, found.id().value(), List.of()),
        request);
    for (Holdings held : holdings) {
      held.purge(session, found);
    }
    UserTable.purge(session, found);
    return true;
  }

  /**
   * What is about to be written beside the account's own properties.
   *
   * @param operation what the journal calls it
   * @param passwordHash a new password's hash, or null
   * @param request who asks
   */
  private record Change(Operation operation, @Nullable String passwordHash, ChangeRequest request) {
    /** Never shows the hash. */
    @Override
    public String toString() {
      return "Change[" + operation + "]";
    }
  }

  private User change(Session session, User current, UserDraft draft, Change change)
      throws SQLException {
    List<FieldChange> changes = draft.changes();
    if (changes.isEmpty()) {
      accounts.rememberUnchanged(session, current, change.request());
      return current;
    }
    boolean keysChanged = draft.changesKeys();
    if (keysChanged) {
      requireUnique(session, draft.toUser(0));
    }
    Entry entry =
        change.operation() == Operation.RESTORE_USER
            ? restore(session, current, draft, change.request())
            : append(session, change.operation(), draft, change.request());
    User changed = draft.toUser(entry.seq());
    UserTable.update(session, changed, keysChanged);
    setPassword(session, changed, change.passwordHash(), entry.at());
    return changed;
  }

  /** One row for all of it, also for what the account held and could not be given back. */
  private Entry restore(Session session, User deleted, UserDraft draft, ChangeRequest request)
      throws SQLException {
    List<FieldChange> changes = new ArrayList<>(draft.changes());
    for (Holdings held : holdings) {
      changes.addAll(held.restore(session, deleted));
    }
    return journal.append(
        session,
        deleted.customer(),
        new Journal.Change(Operation.RESTORE_USER, deleted.id().value(), changes),
        request);
  }

  /** The account as it was right after a point of the customer's journal. */
  public Optional<User> asOf(CustomerId customer, UserId id, long seq) {
    return transactions.read(session -> Accounts.asOf(session, customer, id, seq));
  }

  /** The stored password hash, in PHC form, or empty where no password was ever set. */
  public Optional<String> passwordHash(CustomerId customer, UserId id) {
    return transactions.query(session -> UserTable.passwordHash(session, customer, id));
  }

  private Optional<Outcome> replay(Session session, ChangeRequest request) throws SQLException {
    return accounts.replayed(session, request).map(then -> new Outcome(then, true));
  }

  static void requireVersion(Session session, User current, EntityTag expected)
      throws SQLException {
    if (!(expected instanceof EntityTag.Exactly exactly)
        || exactly.version() == current.version()) {
      return;
    }
    Set<String> changed = new TreeSet<>();
    if (exactly.version() > 0 && exactly.version() < current.version()) {
      Journal.changesSince(session, current.customer(), current.id().value(), exactly.version())
          .forEach(entry -> entry.changes().forEach(change -> changed.add(change.field())));
      changed.removeIf(Holdings::isHolding);
    }
    throw new Failure.VersionMismatch(List.copyOf(changed)).asException();
  }

  private static void requireUnique(Session session, User user) throws SQLException {
    if (user.isDeleted()) {
      return;
    }
    if (UserTable.isNameTaken(session, user)) {
      throw new Failure.Conflict(UserField.USER_PRINCIPAL_NAME.wireName()).asException();
    }
    if (UserTable.isImmutableIdTaken(session, user)) {
      throw new Failure.Conflict(UserField.IMMUTABLE_ID.wireName()).asException();
    }
  }

  private Entry append(Session session, Operation operation, UserDraft draft, ChangeRequest request)
      throws SQLException {
    User user = draft.toUser(0);
    return journal.append(
        session,
        user.customer(),
        new Journal.Change(operation, user.id().value(), draft.changes()),
        request);
  }

  private static void setPassword(Session session, User user, @Nullable String hash, Instant now)
      throws SQLException {
    if (hash != null) {
      UserTable.setPassword(session, user, hash, now);
    }
  }

  private Surroundings around(Session session, CustomerId customer, CustomerUserUpdate update)
      throws SQLException {
    return Surroundings.of(session, customer, update, passwords);
  }

  /**
   * Hashes a password before the transaction, because that takes longer than a thousand changes.
   * The change is first tried on the account as it is, so that one which will be refused costs no
   * hashing. A refusal counts only once the request is known to be no repetition: what was right
   * the first time may be wrong now, such as the name that it is addressed to.
   */
  private PreparedPassword prepare(
      @Nullable PasswordProfile profile, Transactions.Work<UserDraft> trial) {
    if (profile == null || profile.password() == null) {
      return new PreparedPassword(null, null);
    }
    try {
      transactions.read(trial);
    } catch (DirectoryException e) {
      return new PreparedPassword(null, e);
    }
    return new PreparedPassword(hasher.hash(profile.password()), null);
  }
}
