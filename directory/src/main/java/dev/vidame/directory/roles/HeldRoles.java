package dev.vidame.directory.roles;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.directory.users.User;
import java.sql.SQLException;
import java.util.List;

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
  public void purge(Session session, User user) throws SQLException {
    RoleTable.removeAll(session, user.customer(), user.id());
  }

  @Override
  public boolean givePower(Session session, User user) throws SQLException {
    return !RoleTable.of(session, user.customer(), user.id()).isEmpty();
  }
}
