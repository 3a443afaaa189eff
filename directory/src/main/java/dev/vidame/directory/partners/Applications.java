package dev.vidame.directory.partners;

import dev.vidame.directory.Failure;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a partner's applications after {@link Partners} registered them. One that is taken
 * out loses refresh tokens and standing in the same moment. Thread-safe.
 */
public final class Applications {
  /** Two, so that a new secret can be brought into use before the old one is taken away. */
  public static final int MOST_SECRETS = 2;

  private static final int SECRET_BYTES = 32;

  private static final String COLUMNS =
      "select application_id, partner_id, name, is_confidential, is_disabled from applications";

  private static final String BY_ID = COLUMNS + " where application_id = ?";

  private static final String PAGE =
      COLUMNS + " where partner_id = ? and application_id > ? order by application_id limit ?";

  private static final String UPDATE =
      "update applications set name = ?, is_disabled = ?"
          + " where partner_id = ? and application_id = ?";

  private static final String DELETE =
      "delete from applications where partner_id = ? and application_id = ?";

  private static final String SECRETS =
      "select secret_id, created_at from application_secrets where application_id = ?"
          + " order by created_at, secret_id";

  private static final String INSERT_SECRET =
      "insert into application_secrets (application_id, secret_id, secret_hash, created_at)"
          + " values (?,?,?,?)";

  private static final String DELETE_SECRET =
      "delete from application_secrets where application_id = ? and secret_id = ?";

  private static final String DELETE_SECRETS =
      "delete from application_secrets where application_id = ?";

  private final Transactions transactions;
  private final Standings standings;
  private final SecureRandom random;
  private final Clock clock;

  /** Operations over a store. */
  public Applications(
      Transactions transactions, Standings standings, SecureRandom random, Clock clock) {
    this.transactions = transactions;
    this.standings = standings;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A secret, without its text, which nobody can read again.
   *
   * @param id tells it from the application's other one
   * @param createdAt since when
   */
  public record Secret(UUID id, Instant createdAt) {}

  /**
   * A secret that was just made.
   *
   * @param secret which
   * @param text what the application proves itself with
   */
  public record NewSecret(Secret secret, String text) {
    /** Never shows the text. */
    @Override
    public String toString() {
      return "NewSecret[" + secret + "]";
    }
  }

  /** A secret of 256 bits of chance. */
  public String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A partner's applications behind an id, by id. */
  public List<Application> page(PartnerId partner, UUID after, int size) {
    return transactions.query(session ->
        session.list(
            PAGE,
            arguments -> arguments.uuid(partner.value()).uuid(after).number(size),
            Applications::application));
  }

  /** The application, or empty where the partner has no such one. */
  public Optional<Application> get(PartnerId partner, ApplicationId id) {
    return transactions.query(session -> find(session, partner, id));
  }

  /**
   * Changes an application; null leaves a property alone.
   *
   * @return empty where the partner has no such application
   */
  public Optional<Application> update(
      PartnerId partner,
      ApplicationId id,
      @Nullable String name,
      @Nullable Boolean isDisabled) {
    return transactions.writeShared(session -> {
      Optional<Application> found = find(session, partner, id);
      if (found.isEmpty()) {
        return found;
      }
      Application old = found.get();
      Application changed =
          new Application(
              id,
              partner,
              name == null ? old.name() : name,
              old.isConfidential(),
              isDisabled == null ? old.isDisabled() : isDisabled);
      standings.change(session);
      session.update(
          UPDATE,
          arguments ->
              arguments
                  .text(changed.name())
                  .bool(changed.isDisabled())
                  .uuid(partner.value())
                  .uuid(id.value()));
      if (changed.isDisabled() != old.isDisabled()) {
        RefreshTokens.revoke(session, id, clock.instant());
      }
      return Optional.of(changed);
    });
  }

  /**
   * Deletes an application with its secrets, and ends the refresh tokens that were had through it.
   *
   * @return whether the partner had such an application
   */
  public boolean delete(PartnerId partner, ApplicationId id) {
    return transactions.writeShared(session -> {
      int deleted =
          session.update(DELETE, arguments -> arguments.uuid(partner.value()).uuid(id.value()));
      if (deleted == 1) {
        standings.change(session);
        session.update(DELETE_SECRETS, arguments -> arguments.uuid(id.value()));
        RefreshTokens.revoke(session, id, clock.instant());
      }
      return deleted == 1;
    });
  }

  /** An application's secrets, oldest first, or empty where the partner has no such application. */
  public Optional<List<Secret>> secrets(PartnerId partner, ApplicationId id) {
    return transactions.read(session ->
        find(session, partner, id).isEmpty()
            ? Optional.<List<Secret>>empty()
            : Optional.of(secrets(session, id)));
  }

  /**
   * Makes another secret, which is good beside the one that there is.
   *
   * @return empty where the partner has no such application
   * @throws dev.vidame.directory.DirectoryException when there are two already, or the application
   *     is a public one
   */
  public Optional<NewSecret> addSecret(PartnerId partner, ApplicationId id) {
    String text = newSecret();
    UUID secretId = new UUID(random.nextLong(), random.nextLong());
    return transactions.writeShared(session -> {
      Optional<Application> found = find(session, partner, id);
      if (found.isEmpty()) {
        return Optional.<NewSecret>empty();
      }
      if (!found.get().isConfidential() || secrets(session, id).size() >= MOST_SECRETS) {
        throw new Failure.Conflict("secrets").asException();
      }
      Secret secret = new Secret(secretId, clock.instant());
      insertSecret(session, id, secret, SecretHash.of(text));
      return Optional.of(new NewSecret(secret, text));
    });
  }

  /**
   * Takes a secret away; tokens that were had with it end in their own time.
   *
   * @return whether the partner has such an application with such a secret
   */
  public boolean removeSecret(PartnerId partner, ApplicationId id, UUID secret) {
    return transactions.writeShared(session ->
        find(session, partner, id).isPresent()
            && session.update(
                    DELETE_SECRET, arguments -> arguments.uuid(id.value()).uuid(secret))
                == 1);
  }

  static void insertSecret(Session session, ApplicationId id, Secret secret, byte[] hash)
      throws SQLException {
    session.update(
        INSERT_SECRET,
        arguments ->
            arguments
                .uuid(id.value())
                .uuid(secret.id())
                .bytes(hash)
                .instant(secret.createdAt()));
  }

  private static List<Secret> secrets(Session session, ApplicationId id) throws SQLException {
    return session.list(
        SECRETS,
        arguments -> arguments.uuid(id.value()),
        row -> new Secret(row.uuid(1), row.instant(2)));
  }

  static Optional<Application> find(Session session, ApplicationId id) throws SQLException {
    return session.one(
        BY_ID, arguments -> arguments.uuid(id.value()), Applications::application);
  }

  private static Optional<Application> find(Session session, PartnerId partner, ApplicationId id)
      throws SQLException {
    return find(session, id).filter(application -> application.partner().equals(partner));
  }

  private static Application application(Row row) throws SQLException {
    return new Application(
        new ApplicationId(row.uuid(1)),
        new PartnerId(row.uuid(2)),
        row.text(3),
        row.bool(4),
        row.bool(5));
  }
}
