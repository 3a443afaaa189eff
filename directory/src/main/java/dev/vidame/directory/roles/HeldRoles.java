package dev.vidame.directory.roles;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.directory.users.User;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Directory roles as what accounts hold: a deleted account's are hidden and come back with it. */
public final class HeldRoles implements Holdings {

  @Override
  public void delete(Session session, User user) throws SQLException {
    requireAnotherAdministrator(session, user);
  }

  /** A customer that has an administrator keeps one. */
  static void requireAnotherAdministrator(Session session, User user) throws SQLException {
    DirectoryRole administrator = DirectoryRole.COMPANY_ADMINISTRATOR;
    if (RoleTable.has(session, user.customer(), administrator, user.id())
        && !RoleTable.hasOther(session, user.customer(), administrator, user.id())) {
      throw new Failure.Invalid(List.of(Problem.of("id", Rule.LAST_ADMINISTRATOR))).asException();
    }
  }

  @Override
  public List<FieldChange> restore(Session session, User user) {
    return List.of();
  }

  @Override
  public List<FieldChange> revert(Session session, User user, List<FieldChange> later, Instant now)
      throws SQLException {
    Set<UUID> held = RoleTable.of(session, user.customer(), user.id());
    Set<UUID> then = then(held, later);
    List<FieldChange> changes = new ArrayList<>();
    for (DirectoryRole role : DirectoryRole.values()) {
      if (held.contains(role.id()) && !then.contains(role.id())) {
        changes.add(take(session, user, role));
      } else if (!held.contains(role.id()) && then.contains(role.id())) {
        RoleTable.add(session, user.customer(), role, user.id(), now);
        changes.add(new FieldChange(ROLE + role.id(), null, Roles.MEMBER));
      }
    }
    return changes;
  }

  private static Set<UUID> then(Set<UUID> held, List<FieldChange> later) {
    Set<UUID> then = new HashSet<>(held);
    for (FieldChange change : later) {
      if (change.field().startsWith(ROLE)) {
        UUID role = UUID.fromString(change.field().substring(ROLE.length()));
        if (change.before() == null) {
          then.remove(role);
        } else {
          then.add(role);
        }
      }
    }
    for (UUID role : then) {
      if (!held.contains(role) && DirectoryRole.of(role).isEmpty()) {
        throw new Failure.Invalid(List.of(Problem.of("roles", Rule.ROLE_GONE, role))).asException();
      }
    }
    return then;
  }

  /** What a deleted account has does not count as there, so it is nobody's last one. */
  private static FieldChange take(Session session, User user, DirectoryRole role)
      throws SQLException {
    if (role == DirectoryRole.COMPANY_ADMINISTRATOR && !user.isDeleted()) {
      requireAnotherAdministrator(session, user);
    }
    RoleTable.remove(session, user.customer(), role, user.id());
    return new FieldChange(ROLE + role.id(), Roles.MEMBER, null);
  }

  @Override
  public void purge(Session session, User user) throws SQLException {
    RoleTable.removeAll(session, user.customer(), user.id());
  }

  @Override
  public boolean givePower(Session session, User user) throws SQLException {
    return !RoleTable.of(session, user.customer(), user.id()).isEmpty();
  }
}
