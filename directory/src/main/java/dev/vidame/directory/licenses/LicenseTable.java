package dev.vidame.directory.licenses;

import dev.vidame.directory.storage.Session;
import dev.vidame.directory.users.User;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** The statements over who holds which licence. Each names the customer first. */
final class LicenseTable {
  private static final String PUT =
      "insert into licenses (customer_id, user_id, sku_id, excluded_plans, since) values (?,?,?,?,?)"
          + " on conflict (customer_id, user_id, sku_id)"
          + " do update set excluded_plans = excluded.excluded_plans";

  private static final String DELETE =
      "delete from licenses where customer_id = ? and user_id = ? and lower(sku_id) = lower(?)";

  private static final String DELETE_ALL =
      "delete from licenses where customer_id = ? and user_id = ?";

  private static final String OF_USER =
      "select sku_id, excluded_plans from licenses where customer_id = ? and user_id = ?";

  private LicenseTable() {}

  static void put(Session session, User user, String sku, SortedSet<UUID> excluded, Instant now)
      throws SQLException {
    session.update(
        PUT,
        arguments ->
            arguments
                .uuid(user.customer().value())
                .uuid(user.id().value())
                .text(sku)
                .text(text(excluded))
                .instant(now));
  }

  static void delete(Session session, User user, String sku) throws SQLException {
    session.update(
        DELETE,
        arguments -> arguments.uuid(user.customer().value()).uuid(user.id().value()).text(sku));
  }

  static void deleteAll(Session session, User user) throws SQLException {
    session.update(
        DELETE_ALL, arguments -> arguments.uuid(user.customer().value()).uuid(user.id().value()));
  }

  /** The plans that the account does not have, by each product that it has a licence of. */
  static Map<String, SortedSet<UUID>> of(Session session, User user) throws SQLException {
    Map<String, SortedSet<UUID>> held = new TreeMap<>();
    session.scan(
        OF_USER,
        arguments -> arguments.uuid(user.customer().value()).uuid(user.id().value()),
        row -> {
          held.put(row.text(1), plans(row.text(2)));
          return true;
        });
    return held;
  }

  /** Excluded plans as they are stored, and as the journal tells them. */
  static String text(SortedSet<UUID> plans) {
    return plans.stream().map(UUID::toString).sorted().collect(Collectors.joining(","));
  }

  static SortedSet<UUID> plans(String text) {
    return text.isEmpty()
        ? new TreeSet<>()
        : Arrays.stream(text.split(",", -1))
            .map(UUID::fromString)
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
