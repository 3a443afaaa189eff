package dev.vidame.directory.users;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.journal.SealedEntry;
import dev.vidame.directory.partners.PartnerPasswords;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings accounts back as they were at an earlier time: properties, roles and licences together, or
 * nothing at all (docs/decisions/0070). Thread-safe.
 *
 * <p>The journal tells how an account was; its passwords are not in there, so an account keeps the
 * one that it has, and whether its owner must change it.
 */
public final class Reverts {
  private final Transactions transactions;
  private final Journal journal;
  private final UserMerge merge;
  private final PartnerPasswords passwords;
  private final Accounts accounts;
  private final List<Holdings> holdings;
  private final Clock clock;

  /** Operations over a store. */
  @SuppressWarnings("TooManyParameters") // everything that a revert touches, once
  public Reverts(
      Transactions transactions,
      Journal journal,
      UserPolicy policy,
      Accounts accounts,
      List<Holdings> holdings,
      Clock clock) {
    this.transactions = transactions;
    this.journal = journal;
    this.merge = new UserMerge(policy);
    this.passwords = new PartnerPasswords(policy.passwords());
    this.accounts = accounts;
    this.holdings = List.copyOf(holdings);
    this.clock = clock;
  }

  /** When. */
  public sealed interface Target {
    /** What the caller calls it. */
    String property();
  }

  /**
   * Right after a row of the customer's journal.
   *
   * @param seq of the row
   */
  public record ToSeq(long seq) implements Target {
    @Override
    public String property() {
      return "toSeq";
    }
  }

  /**
   * At a moment, as the rows tell it.
   *
   * @param time the moment
   */
  public record ToTime(Instant time) implements Target {
    @Override
    public String property() {
      return "toTime";
    }
  }

  /**
   * What the caller makes conditions of, and may.
   *
   * @param expected the version that the caller saw
   * @param rename the sign-in name to take in place of the one that the account had; null for none
   * @param mayChangeRoles whether the caller may give and take roles
   * @param mayChangeLicenses whether the caller may assign and remove licences
   */
  public record Terms(
      EntityTag expected,
      @Nullable String rename,
      boolean mayChangeRoles,
      boolean mayChangeLicenses) {}

  /**
   * An account that is as it was.
   *
   * @param user the account
   * @param seq the place in the journal that it was brought back to
   * @param changes what that changed
   * @param isReplay whether this repeats the answer to an earlier request, and nothing was done
   */
  public record Outcome(User user, long seq, List<FieldChange> changes, boolean isReplay) {
    /** Copies the changes. */
    public Outcome {
      changes = List.copyOf(changes);
    }
  }

  /** Ends a transaction that was only to show what it would do. */
  private static final class Previewed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Outcome outcome;

    Previewed(Outcome outcome) {
      super("Only a preview", null, false, false);
      this.outcome = outcome;
    }
  }

  /**
   * Brings an account back. One that is as it was already is not changed.
   *
   * @throws dev.vidame.directory.DirectoryException when it cannot be; then nothing was changed
   */
  @SuppressWarnings("TooManyParameters") // those of a change, and where it leads
  public Outcome revert(
      CustomerId customer, UserRef ref, Target target, Terms terms, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          Optional<Outcome> replay = replay(session, customer, target, request);
          return replay.isPresent()
              ? replay.get()
              : carryOut(
                  session, accounts.existing(session, customer, ref), target, terms, request);
        });
  }

  /**
   * What {@link #revert} would do. It is done, looked at and taken back, so it meets whatever the
   * real one would.
   */
  @SuppressWarnings("TooManyParameters") // those of a change, and where it leads
  public Outcome preview(
      CustomerId customer, UserRef ref, Target target, Terms terms, ChangeRequest request) {
    try {
      return transactions.write(
          customer,
          session -> {
            User current = accounts.existing(session, customer, ref);
            throw new Previewed(carryOut(session, current, target, terms, request));
          });
    } catch (Previewed previewed) {
      return previewed.outcome;
    }
  }

  private Optional<Outcome> replay(
      Session session, CustomerId customer, Target target, ChangeRequest request)
      throws SQLException {
    Optional<User> then = accounts.replayed(session, request);
    if (then.isEmpty()) {
      return Optional.empty();
    }
    long seq = accounts.replayedSeq(session, request).orElseThrow();
    Optional<Entry> row =
        Journal.page(session, customer, seq - 1, 1).stream()
            .filter(entry -> entry.request().key().equals(request.key()))
            .findFirst();
    // What came after the request may be at a time for which it asked.
    long to =
        row.isPresent() ? revertedTo(row.get()) : Math.min(seq, seq(session, customer, target));
    List<FieldChange> changes = row.map(entry -> shown(entry.changes())).orElse(List.of());
    return Optional.of(new Outcome(then.get(), to, changes, true));
  }

  private static long revertedTo(Entry row) {
    return row.changes().stream()
        .filter(change -> change.field().equals(FieldChange.REVERTED_TO))
        .mapToLong(change -> Long.parseLong(String.valueOf(change.after())))
        .findFirst()
        .orElseThrow();
  }

  private static List<FieldChange> shown(List<FieldChange> changes) {
    return changes.stream().filter(change -> !FieldChange.isFlag(change.field())).toList();
  }

  @SuppressWarnings("TooManyParameters") // those of a change, and where it leads
  private Outcome carryOut(
      Session session, User current, Target target, Terms terms, ChangeRequest request)
      throws SQLException {
    Users.requireVersion(session, current, terms.expected());
    long seq = seq(session, current.customer(), target);
    List<FieldChange> later = later(session, current, seq, target);
    UserDraft draft = draft(session, current, later, target, terms.rename());
    requireFree(session, draft.toUser(0));
    List<FieldChange> changes = new ArrayList<>(draft.changes());
    for (Holdings held : holdings) {
      changes.addAll(held.revert(session, current, later, clock.instant()));
    }
    requireRights(changes, terms);
    if (changes.isEmpty()) {
      accounts.rememberUnchanged(session, current, request);
      return new Outcome(current, seq, changes, false);
    }
    List<FieldChange> row = new ArrayList<>(changes);
    row.add(new FieldChange(FieldChange.REVERTED_TO, null, Long.toString(seq)));
    Entry entry =
        journal.append(
            session,
            current.customer(),
            new Journal.Change(Operation.REVERT_USER, current.id().value(), row),
            request);
    User reverted = draft.toUser(draft.changes().isEmpty() ? current.version() : entry.seq());
    if (!draft.changes().isEmpty()) {
      UserTable.update(session, reverted, draft.changesKeys());
    }
    return new Outcome(reverted, seq, changes, false);
  }

  private long seq(Session session, CustomerId customer, Target target) throws SQLException {
    return switch (target) {
      case ToTime(Instant time) -> Journal.seqAt(session, customer, time);
      case ToSeq(long seq) -> {
        if (seq > journal.lastSeq(session, customer)) {
          throw refused(target, Rule.BEHIND_END);
        }
        yield seq;
      }
    };
  }

  /** What the journal says of the account since then, newest first. */
  private static List<FieldChange> later(Session session, User current, long seq, Target target)
      throws SQLException {
    List<FieldChange> later = new ArrayList<>();
    for (SealedEntry row :
        Journal.sealedChangesSince(session, current.customer(), current.id().value(), seq)) {
      if (row.entry().operation() == Operation.CREATE_USER) {
        throw refused(target, Rule.NOT_THERE_THEN);
      }
      if (row.isErased()) {
        throw refused(target, Rule.ERASED_SINCE);
      }
      later.addAll(row.entry().changes());
    }
    return later;
  }

  @SuppressWarnings("TooManyParameters") // all that the account is made of again
  private UserDraft draft(
      Session session,
      User current,
      List<FieldChange> later,
      Target target,
      @Nullable String rename)
      throws SQLException {
    UserDraft past = new UserDraft(current);
    past.takeBack(later);
    User then = past.toUser(0);
    if (then.isDeleted()) {
      throw refused(target, Rule.DELETED_THEN);
    }
    UserDraft draft = new UserDraft(current);
    for (UserField field : UserField.values()) {
      draft.set(field, field.of(then));
    }
    draft.restore();
    String name = rename == null ? then.userPrincipalName() : rename;
    draft.set(UserField.USER_PRINCIPAL_NAME, checkedName(session, current, name));
    return draft;
  }

  /** A name that the account does not have now must be good for it, as in any other change. */
  private String checkedName(Session session, User current, String name) throws SQLException {
    CustomerUserUpdate update =
        CustomerUserUpdate.builder().restore().userPrincipalName(name).build();
    UserDraft named =
        merge.update(
            current, update, Surroundings.of(session, current.customer(), update, passwords));
    return named.toUser(0).userPrincipalName();
  }

  private static void requireFree(Session session, User wanted) throws SQLException {
    if (UserTable.isNameTaken(session, wanted)) {
      throw new Failure.NameTakenMeanwhile(wanted.userPrincipalName()).asException();
    }
    if (UserTable.isImmutableIdTaken(session, wanted)) {
      throw new Failure.Conflict(UserField.IMMUTABLE_ID.wireName()).asException();
    }
  }

  private static void requireRights(List<FieldChange> changes, Terms terms) {
    for (FieldChange change : changes) {
      boolean isAllowed =
          (terms.mayChangeRoles() || !change.field().startsWith(Holdings.ROLE))
              && (terms.mayChangeLicenses() || !change.field().startsWith(Holdings.LICENSE));
      if (!isAllowed) {
        throw new Failure.RightTooNarrow().asException();
      }
    }
  }

  private static RuntimeException refused(Target target, Rule rule) {
    return new Failure.Invalid(List.of(Problem.of(target.property(), rule))).asException();
  }
}
