package dev.vidame.directory.roles;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Accounts;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserMember;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The operations on directory roles (wire-spec §4). Thread-safe.
 *
 * <p>The caller has already been found to have the right. A refused operation throws {@link
 * dev.vidame.directory.DirectoryException} and has changed nothing.
 */
public final class Roles {
  static final String MEMBER = "member";

  private final Transactions transactions;
  private final Journal journal;
  private final Accounts accounts;
  private final Clock clock;

  /** Operations over a store. */
  public Roles(Transactions transactions, Journal journal, Accounts accounts, Clock clock) {
    this.transactions = transactions;
    this.journal = journal;
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * An account that has a role now.
   *
   * @param member the account
   * @param isReplay whether this repeats the answer to an earlier request, and nothing was done
   */
  public record Outcome(UserMember member, boolean isReplay) {}

  /** A part of the accounts in use that have a role, by their ids. */
  public Page<UserMember> members(CustomerId customer, DirectoryRole role, PageQuery page) {
    return transactions.query(session -> RoleTable.members(session, customer, role, page));
  }

  /** The roles of an account, in the order of {@link DirectoryRole}; none while it is deleted. */
  public List<DirectoryRole> of(CustomerId customer, UserRef ref) {
    return transactions.read(session -> {
      User user = accounts.existing(session, customer, ref);
      if (user.isDeleted()) {
        return List.of();
      }
      Set<UUID> ids = RoleTable.of(session, customer, user.id());
      return Arrays.stream(DirectoryRole.values()).filter(role -> ids.contains(role.id())).toList();
    });
  }

  /** Gives an account in use a role. One that it has already is no change. */
  public Outcome add(CustomerId customer, DirectoryRole role, UserRef ref, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          Optional<User> then = accounts.replayed(session, request);
          if (then.isPresent()) {
            return new Outcome(member(then.get(), role), true);
          }
          User user = inUse(session, customer, ref);
          if (RoleTable.add(session, customer, role, user.id(), clock.instant())) {
            FieldChange change = new FieldChange(Holdings.ROLE + role.id(), null, MEMBER);
            journal.append(
                session, customer, row(Operation.ADD_ROLE_MEMBER, user, change), request);
          } else {
            accounts.rememberUnchanged(session, user, request);
          }
          return new Outcome(member(user, role), false);
        });
  }

  /**
   * Takes a role from an account in use.
   *
   * @return whether this repeats an earlier request, and nothing was done
   */
  public boolean remove(
      CustomerId customer, DirectoryRole role, UserRef ref, ChangeRequest request) {
    return transactions.write(
        customer,
        session -> {
          if (accounts.isReplay(session, request)) {
            return true;
          }
          User user = inUse(session, customer, ref);
          if (role == DirectoryRole.COMPANY_ADMINISTRATOR) {
            HeldRoles.requireAnotherAdministrator(session, user);
          }
          if (!RoleTable.remove(session, customer, role, user.id())) {
            throw new Failure.UserNotFound().asException();
          }
          FieldChange change = new FieldChange(Holdings.ROLE + role.id(), MEMBER, null);
          journal.append(
              session, customer, row(Operation.REMOVE_ROLE_MEMBER, user, change), request);
          return false;
        });
  }

  /** A deleted account has no roles to be given or taken. */
  private User inUse(Session session, CustomerId customer, UserRef ref) throws SQLException {
    User account = accounts.existing(session, customer, ref);
    if (account.isDeleted()) {
      throw new Failure.UserNotFound().asException();
    }
    return account;
  }

  private static Journal.Change row(Operation operation, User user, FieldChange change) {
    return new Journal.Change(operation, user.id().value(), List.of(change));
  }

  private static UserMember member(User user, DirectoryRole role) {
    return new UserMember(user.displayName(), user.userPrincipalName(), role.id(), user.id());
  }
}
