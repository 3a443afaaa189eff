package dev.vidame.directory.roles;

import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.sql.SQLException;
import java.time.Instant;

/** The statements over who has which directory role. Each names the customer first. */
public final class RoleTable {
  private static final String INSERT =
      "insert into role_members (customer_id, role_id, user_id, since) values (?,?,?,?)"
          + " on conflict (customer_id, role_id, user_id) do nothing";

  private RoleTable() {}

  /**
   * Gives an account a role.
   *
   * @return whether it did not have it
   */
  public static boolean add(
      Session session, CustomerId customer, DirectoryRole role, UserId user, Instant now)
      throws SQLException {
    return session.update(
            INSERT,
            arguments ->
                arguments.uuid(customer.value()).uuid(role.id()).uuid(user.value()).instant(now))
        == 1;
  }
}
