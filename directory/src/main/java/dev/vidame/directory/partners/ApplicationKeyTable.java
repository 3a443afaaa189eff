package dev.vidame.directory.partners;

import dev.vidame.directory.partners.ApplicationKey.Names;
import dev.vidame.directory.partners.ApplicationKey.Validity;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The statements over the public keys of applications. Whoever takes one away tells the {@link
 * Standings}.
 */
public final class ApplicationKeyTable {
  private static final String ALL =
      "select key_id, public_key, name, sha1, sha256, not_before, not_after, created_at"
          + " from application_keys where application_id = ? order by created_at, key_id";

  private static final String INSERT =
      "insert into application_keys (application_id, key_id, public_key, name, sha1, sha256,"
          + " not_before, not_after, created_at) values (?,?,?,?,?,?,?,?,?)";

  private static final String DELETE =
      "delete from application_keys where application_id = ? and key_id = ?";

  private ApplicationKeyTable() {}

  /** An application's keys, oldest first. */
  public static List<ApplicationKey> all(Session session, ApplicationId application)
      throws SQLException {
    return session.list(
        ALL, arguments -> arguments.uuid(application.value()), ApplicationKeyTable::read);
  }

  /** Stores a key. */
  public static void insert(Session session, ApplicationId application, ApplicationKey key)
      throws SQLException {
    Validity validity = key.validity();
    session.update(
        INSERT,
        arguments ->
            arguments
                .uuid(application.value())
                .uuid(key.id())
                .text(key.publicKey())
                .text(key.names().name())
                .text(key.names().sha1())
                .text(key.names().sha256())
                .instant(validity == null ? null : validity.from())
                .instant(validity == null ? null : validity.until())
                .instant(key.createdAt()));
  }

  /** Removes a key, and tells whether the application had it. */
  public static boolean delete(Session session, ApplicationId application, UUID key)
      throws SQLException {
    return session.update(DELETE, arguments -> arguments.uuid(application.value()).uuid(key)) == 1;
  }

  private static ApplicationKey read(Row row) throws SQLException {
    Instant from = row.optionalInstant(6);
    Instant until = row.optionalInstant(7);
    return new ApplicationKey(
        row.uuid(1),
        row.text(2),
        new Names(row.optionalText(3), row.optionalText(4), row.optionalText(5)),
        from == null || until == null ? null : new Validity(from, until),
        row.instant(8));
  }
}
