package dev.vidame.directory.roles;

import dev.vidame.directory.paging.Keyset;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserMember;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The statements over who has which directory role. Each names the customer first. */
public final class RoleTable {
  private static final String INSERT =
      "insert into role_members (customer_id, role_id, user_id, since) values (?,?,?,?)"
          + " on conflict (customer_id, role_id, user_id) do nothing";

  private static final String DELETE =
      "delete from role_members where customer_id = ? and role_id = ? and user_id = ?";

  private static final String DELETE_ALL =
      "delete from role_members where customer_id = ? and user_id = ?";

  private static final String HAS =
      "select 1 from role_members where customer_id = ? and role_id = ? and user_id = ?";

  private static final String HAS_OTHER =
      "select 1 from role_members m join users u"
          + " on u.customer_id = m.customer_id and u.user_id = m.user_id"
          + " where m.customer_id = ? and m.role_id = ? and m.user_id <> ?"
          + " and u.deleted_at is null limit 1";

  private static final String OF_USER =
      "select role_id from role_members where customer_id = ? and user_id = ?";

  private static final String MEMBERS =
      "select u.display_name, u.upn, m.user_id from role_members m join users u"
          + " on u.customer_id = m.customer_id and u.user_id = m.user_id"
          + " where m.customer_id = ? and m.role_id = ? and u.deleted_at is null";

  private RoleTable() {}

  /**
   * Gives an account a role.
   *
   * @return whether it did not have it
   */
  public static boolean add(
      Session session, CustomerId customer, DirectoryRole role, UserId user, Instant now)
      throws SQLException {
    return session.update(INSERT, arguments -> key(arguments, customer, role, user).instant(now))
        == 1;
  }

  /** Takes a role from an account, and tells whether it had it. */
  static boolean remove(Session session, CustomerId customer, DirectoryRole role, UserId user)
      throws SQLException {
    return session.update(DELETE, arguments -> key(arguments, customer, role, user)) == 1;
  }

  static void removeAll(Session session, CustomerId customer, UserId user) throws SQLException {
    session.update(DELETE_ALL, arguments -> arguments.uuid(customer.value()).uuid(user.value()));
  }

  static boolean has(Session session, CustomerId customer, DirectoryRole role, UserId user)
      throws SQLException {
    return session.exists(HAS, arguments -> key(arguments, customer, role, user));
  }

  /** Whether another account in use has the role. */
  static boolean hasOther(Session session, CustomerId customer, DirectoryRole role, UserId user)
      throws SQLException {
    return session.exists(HAS_OTHER, arguments -> key(arguments, customer, role, user));
  }

  static Set<UUID> of(Session session, CustomerId customer, UserId user) throws SQLException {
    return session
        .list(
            OF_USER,
            arguments -> arguments.uuid(customer.value()).uuid(user.value()),
            row -> row.uuid(1))
        .stream()
        .collect(Collectors.toSet());
  }

  static Page<UserMember> members(
      Session session, CustomerId customer, DirectoryRole role, PageQuery page)
      throws SQLException {
    Keyset keyset = new Keyset(null, "m.user_id", page.seek() == Seek.BEFORE);
    List<UserMember> found =
        session.list(
            MEMBERS + (page.seek() == Seek.FIRST ? "" : keyset.behind()) + keyset.order(),
            arguments -> {
              arguments.uuid(customer.value()).uuid(role.id());
              keyset.bind(arguments, page);
              arguments.number(page.size() + 1);
            },
            row -> new UserMember(row.text(1), row.text(2), role.id(), new UserId(row.uuid(3))));
    return Page.of(page, found);
  }

  private static Arguments key(
      Arguments arguments, CustomerId customer, DirectoryRole role, UserId user)
      throws SQLException {
    return arguments.uuid(customer.value()).uuid(role.id()).uuid(user.value());
  }
}
