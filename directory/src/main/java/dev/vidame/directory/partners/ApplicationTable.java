package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The statements over applications and their secrets. Whoever changes one tells the {@link
 * Standings}. What takes an application out ends the refresh tokens that were had through it, too.
 */
public final class ApplicationTable {
  /** No address holds one. */
  private static final String URI_END = "\n";

  private static final String COLUMNS =
      "select application_id, partner_id, name, is_confidential, is_disabled, redirect_uris"
          + " from applications";

  private static final String BY_ID = COLUMNS + " where application_id = ?";

  private static final String IN_USE =
      BY_ID
          + " and is_disabled = 0 and exists (select 1 from partners p"
          + " where p.partner_id = applications.partner_id and p.is_disabled = 0)";

  private static final String PAGE =
      COLUMNS + " where partner_id = ? and application_id > ? order by application_id limit ?";

  private static final String INSERT =
      "insert into applications (application_id, partner_id, name, is_confidential, is_disabled,"
          + " redirect_uris, created_at) values (?,?,?,?,?,?,?)";

  private static final String UPDATE =
      "update applications set name = ?, is_disabled = ?, redirect_uris = ?"
          + " where partner_id = ? and application_id = ?";

  private static final String DELETE =
      "delete from applications where partner_id = ? and application_id = ?";

  private static final String SECRETS =
      "select secret_id, created_at, secret_hash from application_secrets where application_id = ?"
          + " order by created_at, secret_id";

  private static final String INSERT_SECRET =
      "insert into application_secrets (application_id, secret_id, secret_hash, created_at)"
          + " values (?,?,?,?)";

  private static final String DELETE_SECRET =
      "delete from application_secrets where application_id = ? and secret_id = ?";

  private static final String DELETE_SECRETS =
      "delete from application_secrets where application_id = ?";

  private static final String DELETE_KEYS = "delete from application_keys where application_id = ?";

  private static final String KIND =
      "select 1 from application_secrets where application_id = ?1 and secret_id = ?2"
          + " union all select 2 from application_keys where application_id = ?1 and key_id = ?2";

  private ApplicationTable() {}

  /**
   * A secret, without its text, which nobody can read again.
   *
   * @param id tells it from the application's other one
   * @param createdAt since when
   */
  public record Secret(UUID id, Instant createdAt) {}

  /** The application, or empty where there is none. */
  public static Optional<Application> find(Session session, ApplicationId id) throws SQLException {
    return session.one(BY_ID, arguments -> arguments.uuid(id.value()), ApplicationTable::read);
  }

  /** The application, or empty where the partner has no such one. */
  public static Optional<Application> find(Session session, PartnerId partner, ApplicationId id)
      throws SQLException {
    return find(session, id).filter(application -> application.partner().equals(partner));
  }

  /** The application, unless it or its partner is disabled. */
  static Optional<Application> inUse(Session session, ApplicationId id) throws SQLException {
    return session.one(IN_USE, arguments -> arguments.uuid(id.value()), ApplicationTable::read);
  }

  /** A partner's applications behind an id, by id. */
  public static List<Application> page(Session session, PartnerId partner, UUID after, int size)
      throws SQLException {
    return session.list(
        PAGE,
        arguments -> arguments.uuid(partner.value()).uuid(after).number(size),
        ApplicationTable::read);
  }

  /** Stores an application whose id is free. */
  public static void insert(Session session, Application application, Instant now)
      throws SQLException {
    session.update(
        INSERT,
        arguments ->
            arguments
                .uuid(application.id().value())
                .uuid(application.partner().value())
                .text(application.name())
                .bool(application.isConfidential())
                .bool(application.isDisabled())
                .text(String.join(URI_END, application.redirectUris()))
                .instant(now));
  }

  /**
   * Stores what changed of an application. Through one that is disabled, or allowed again, agents
   * have to sign in anew.
   */
  public static void update(Session session, Application before, Application changed, Instant now)
      throws SQLException {
    session.update(
        UPDATE,
        arguments ->
            arguments
                .text(changed.name())
                .bool(changed.isDisabled())
                .text(String.join(URI_END, changed.redirectUris()))
                .uuid(changed.partner().value())
                .uuid(changed.id().value()));
    if (changed.isDisabled() != before.isDisabled()) {
      RefreshTokens.revoke(session, changed.id(), now);
    }
  }

  /** Removes an application with its secrets and keys. */
  public static void delete(Session session, Application application, Instant now)
      throws SQLException {
    UUID id = application.id().value();
    session.update(DELETE, arguments -> arguments.uuid(application.partner().value()).uuid(id));
    session.update(DELETE_SECRETS, arguments -> arguments.uuid(id));
    session.update(DELETE_KEYS, arguments -> arguments.uuid(id));
    RefreshTokens.revoke(session, application.id(), now);
  }

  /** An application's secrets, oldest first. */
  public static List<Secret> secrets(Session session, ApplicationId id) throws SQLException {
    return session.list(
        SECRETS,
        arguments -> arguments.uuid(id.value()),
        row -> new Secret(row.uuid(1), row.instant(2)));
  }

  /** Which of the application's secrets this is, or empty. Compares each, in constant time. */
  static Optional<UUID> secretOf(Session session, ApplicationId id, byte[] hash)
      throws SQLException {
    UUID[] found = new UUID[1];
    session.scan(
        SECRETS,
        arguments -> arguments.uuid(id.value()),
        row -> {
          if (MessageDigest.isEqual(row.bytes(3), hash)) {
            found[0] = row.uuid(1);
          }
          return true;
        });
    return Optional.ofNullable(found[0]);
  }

  /** The application's secret or key of this id, or empty. */
  static Optional<Credential> credential(Session session, ApplicationId application, UUID id)
      throws SQLException {
    return session.one(
        KIND,
        arguments -> arguments.uuid(application.value()).uuid(id),
        row ->
            new Credential(id, row.number(1) == 1 ? Credential.Kind.SECRET : Credential.Kind.KEY));
  }

  /** Stores a secret. */
  public static void insertSecret(Session session, ApplicationId id, Secret secret, byte[] hash)
      throws SQLException {
    session.update(
        INSERT_SECRET,
        arguments ->
            arguments.uuid(id.value()).uuid(secret.id()).bytes(hash).instant(secret.createdAt()));
  }

  /** Removes a secret, and tells whether the application had it. */
  public static boolean deleteSecret(Session session, ApplicationId id, UUID secret)
      throws SQLException {
    return session.update(DELETE_SECRET, arguments -> arguments.uuid(id.value()).uuid(secret)) == 1;
  }

  private static Application read(Row row) throws SQLException {
    return new Application(
        new ApplicationId(row.uuid(1)),
        new PartnerId(row.uuid(2)),
        row.text(3),
        row.bool(4),
        row.bool(5),
        row.text(6).lines().toList());
  }
}
