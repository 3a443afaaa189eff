package dev.vidame.directory.users;

import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Asked;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The statements over accounts. Each names the customer first. */
final class UserTable {
  private static final String PROPERTIES =
      "version, upn, display_name, first_name, last_name, usage_location, immutable_id,"
          + " phone_number, force_change_password, deleted_at";

  private static final String COLUMNS = UserRow.COLUMN + ", customer_id, user_id";

  /** Without the key, which the caller knows. */
  private static final String BY_ID =
      "select " + UserRow.COLUMN + " from users where customer_id = ? and user_id = ?";

  private static final String BY_NAME =
      "select "
          + COLUMNS
          + " from users where customer_id = ? and lower(upn) = ? and deleted_at is null";

  private static final String INSERT =
      "insert into users ("
          + PROPERTIES
          + ", customer_id, user_id) values (?,?,?,?,?,?,?,?,?,?,?,?)";

  /** Leaves out the indexed columns, so that an ordinary update touches one page and no index. */
  private static final String UPDATE_PROPERTIES =
      "update users set version = ?, display_name = ?, first_name = ?, last_name = ?,"
          + " usage_location = ?, phone_number = ?, force_change_password = ?"
          + " where customer_id = ? and user_id = ?";

  private static final String UPDATE_KEYS =
      "update users set upn = ?, immutable_id = ?, deleted_at = ?"
          + " where customer_id = ? and user_id = ?";

  private static final String NAME_TAKEN =
      "select 1 from users where customer_id = ? and lower(upn) = ? and deleted_at is null"
          + " and user_id <> ?";

  private static final String IMMUTABLE_ID_TAKEN =
      "select 1 from users where customer_id = ? and immutable_id = ? and deleted_at is null"
          + " and user_id <> ?";

  private static final String DOMAIN =
      "select is_federated from domains where domain = ? and customer_id = ?";

  private static final String SET_PASSWORD =
      "insert into passwords (customer_id, user_id, hash, set_at) values (?,?,?,?)"
          + " on conflict (customer_id, user_id) do update set hash = excluded.hash,"
          + " set_at = excluded.set_at";

  private static final String PASSWORD =
      "select hash from passwords where customer_id = ? and user_id = ?";

  private static final String DELETED_BEFORE =
      "select "
          + COLUMNS
          + " from users where deleted_at is not null and deleted_at <= ? order by deleted_at limit ?";

  private static final String PURGE_USER =
      "delete from users where customer_id = ? and user_id = ?";

  private static final String PURGE_PASSWORD =
      "delete from passwords where customer_id = ? and user_id = ?";

  private UserTable() {}

  static Optional<User> find(Session session, CustomerId customer, UserRef ref)
      throws SQLException {
    return ask(session, customer, ref).answer();
  }

  /** As {@link #find}, with the next statement. */
  static Asked<User> ask(Session session, CustomerId customer, UserRef ref) throws SQLException {
    return switch (ref) {
      case UserRef.ById byId ->
          session.ask(
              BY_ID,
              arguments -> arguments.uuid(customer.value()).uuid(byId.id().value()),
              row -> UserRow.read(row.text(1), customer, byId.id()));
      case UserRef.ByName byName ->
          session.ask(
              BY_NAME,
              arguments -> arguments.uuid(customer.value()).text(lower(byName.userPrincipalName())),
              UserTable::user);
    };
  }

  static void insert(Session session, User user) throws SQLException {
    session.update(
        INSERT,
        arguments ->
            key(
                arguments
                    .number(user.version())
                    .text(user.userPrincipalName())
                    .text(user.displayName())
                    .text(user.firstName())
                    .text(user.lastName())
                    .text(user.usageLocation())
                    .text(user.immutableId())
                    .text(user.phoneNumber())
                    .bool(user.forceChangePassword())
                    .instant(user.deletedAt()),
                user));
  }

  static void update(Session session, User user, boolean keysChanged) throws SQLException {
    session.updateLater(
        UPDATE_PROPERTIES,
        arguments ->
            key(
                arguments
                    .number(user.version())
                    .text(user.displayName())
                    .text(user.firstName())
                    .text(user.lastName())
                    .text(user.usageLocation())
                    .text(user.phoneNumber())
                    .bool(user.forceChangePassword()),
                user));
    if (keysChanged) {
      session.update(
          UPDATE_KEYS,
          arguments ->
              key(
                  arguments
                      .text(user.userPrincipalName())
                      .text(user.immutableId())
                      .instant(user.deletedAt()),
                  user));
    }
  }

  /**
   * Accounts of all customers that were deleted at that time or before, the longest deleted first.
   */
  static List<User> deletedBefore(Session session, Instant end, int limit) throws SQLException {
    return session.list(
        DELETED_BEFORE, arguments -> arguments.instant(end).number(limit), UserTable::user);
  }

  static void purge(Session session, User user) throws SQLException {
    session.update(PURGE_PASSWORD, arguments -> key(arguments, user));
    session.update(PURGE_USER, arguments -> key(arguments, user));
  }

  static boolean isNameTaken(Session session, User user) throws SQLException {
    return session.exists(
        NAME_TAKEN,
        arguments ->
            arguments
                .uuid(user.customer().value())
                .text(lower(user.userPrincipalName()))
                .uuid(user.id().value()));
  }

  static boolean isImmutableIdTaken(Session session, User user) throws SQLException {
    return user.immutableId() != null
        && session.exists(
            IMMUTABLE_ID_TAKEN,
            arguments ->
                arguments
                    .uuid(user.customer().value())
                    .text(user.immutableId())
                    .uuid(user.id().value()));
  }

  static DomainStanding domain(Session session, CustomerId customer, String domain)
      throws SQLException {
    return session
        .one(
            DOMAIN,
            arguments -> arguments.text(lower(domain)).uuid(customer.value()),
            row -> row.bool(1) ? DomainStanding.FEDERATED : DomainStanding.VERIFIED)
        .orElse(DomainStanding.FOREIGN);
  }

  static void setPassword(Session session, User user, String hash, Instant now)
      throws SQLException {
    session.update(
        SET_PASSWORD,
        arguments ->
            arguments
                .uuid(user.customer().value())
                .uuid(user.id().value())
                .text(hash)
                .instant(now));
  }

  static Optional<String> passwordHash(Session session, CustomerId customer, UserId id)
      throws SQLException {
    return session.one(
        PASSWORD,
        arguments -> arguments.uuid(customer.value()).uuid(id.value()),
        row -> row.text(1));
  }

  private static Arguments key(Arguments arguments, User user) throws SQLException {
    return arguments.uuid(user.customer().value()).uuid(user.id().value());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static User user(Row row) throws SQLException {
    return UserRow.read(row.text(1), new CustomerId(row.uuid(2)), new UserId(row.uuid(3)));
  }
}
