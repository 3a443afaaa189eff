package dev.vidame.directory.partners;

import dev.vidame.directory.Failure;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Partners, their agents and their applications. Thread-safe. */
public final class Partners {
  private static final String INSERT_PARTNER =
      "insert into partners (partner_id, name, sandbox, created_at) values (?,?,?,?)";

  private static final String PARTNER =
      "select partner_id, name, sandbox from partners where partner_id = ?";

  private static final String INSERT_AGENT =
      "insert into agents (agent_id, partner_id, upn, display_name, roles, password_hash, created_at)"
          + " values (?,?,?,?,?,?,?)";

  private static final String AGENT_COLUMNS =
      "select agent_id, partner_id, upn, display_name, roles, password_hash from agents where ";

  private static final String AGENT_BY_NAME = AGENT_COLUMNS + "lower(upn) = ?";

  private static final String AGENT_BY_ID = AGENT_COLUMNS + "agent_id = ?";

  private static final String INSERT_APPLICATION =
      "insert into applications (application_id, partner_id, name, secret_hash, created_at)"
          + " values (?,?,?,?,?)";

  private static final String APPLICATION =
      "select application_id, partner_id, name, secret_hash from applications"
          + " where application_id = ?";

  /**
   * Verified when there is no such agent, so that an answer takes as long as for one that exists.
   */
  private static final String HASH_OF_NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Transactions transactions;
  private final Standings standings;
  private final PasswordHasher hasher;
  private final Clock clock;

  /** Operations over a store. */
  public Partners(
      Transactions transactions, Standings standings, PasswordHasher hasher, Clock clock) {
    this.transactions = transactions;
    this.standings = standings;
    this.hasher = hasher;
    this.clock = clock;
  }

  /** Creates a partner. */
  public Partner create(Partner partner) {
    return transactions.writeShared(session -> {
      session.update(
          INSERT_PARTNER,
          arguments ->
              arguments
                  .uuid(partner.id().value())
                  .text(partner.name())
                  .bool(partner.isSandbox())
                  .instant(clock.instant()));
      return partner;
    });
  }

  /** The partner, or empty where there is none. */
  public Optional<Partner> get(PartnerId id) {
    return transactions.query(session ->
        session.one(
            PARTNER,
            arguments -> arguments.uuid(id.value()),
            row -> new Partner(new PartnerId(row.uuid(1)), row.text(2), row.bool(3))));
  }

  /**
   * Creates an agent who signs in with a password.
   *
   * @throws dev.vidame.directory.DirectoryException when the sign-in name is taken
   */
  public Agent createAgent(Agent agent, String password) {
    String hash = hasher.hash(password);
    return transactions.writeShared(session -> {
      if (session.exists(
          AGENT_BY_NAME, arguments -> arguments.text(lower(agent.userPrincipalName())))) {
        throw new Failure.Conflict("userPrincipalName").asException();
      }
      standings.change(session);
      session.update(
          INSERT_AGENT,
          arguments ->
              arguments
                  .uuid(agent.id().value())
                  .uuid(agent.partner().value())
                  .text(agent.userPrincipalName())
                  .text(agent.displayName())
                  .text(Role.codes(agent.roles()))
                  .text(hash)
                  .instant(clock.instant()));
      return agent;
    });
  }

  /** The agent, or empty where there is none. */
  public Optional<Agent> agent(AgentId id) {
    return transactions
        .read(session ->
            session.one(AGENT_BY_ID, arguments -> arguments.uuid(id.value()), Stored::agent))
        .map(Stored::agent);
  }

  /**
   * The agent who signs in with this name and password, or empty. Takes as long for a name that
   * does not exist as for a wrong password.
   */
  public Optional<Agent> signIn(String userPrincipalName, String password) {
    Optional<Stored> stored =
        transactions.query(session ->
            session.one(
                AGENT_BY_NAME,
                arguments -> arguments.text(lower(userPrincipalName)),
                Stored::agent));
    String hash = stored.map(Stored::passwordHash).orElse(HASH_OF_NOBODY);
    boolean isRight = hasher.verify(password, hash);
    return stored.filter(found -> isRight).map(Stored::agent);
  }

  /**
   * Registers an application.
   *
   * @param secret at least 128 bits of chance, since only a fast hash of it is kept; null for a
   *     public client
   */
  public Application createApplication(Application application, @Nullable String secret) {
    return transactions.writeShared(session -> {
      session.update(
          INSERT_APPLICATION,
          arguments ->
              arguments
                  .uuid(application.id().value())
                  .uuid(application.partner().value())
                  .text(application.name())
                  .bytes(secret == null ? null : sha256(secret))
                  .instant(clock.instant()));
      return application;
    });
  }

  /** The application, or empty where there is none. */
  public Optional<Application> application(ApplicationId id) {
    return transactions.query(session ->
        session.one(
            APPLICATION,
            arguments -> arguments.uuid(id.value()),
            row -> application(row, row.optionalBytes(4))));
  }

  /** The confidential application with this secret, or empty. Compares in constant time. */
  public Optional<Application> authenticate(ApplicationId id, String secret) {
    byte[] given = sha256(secret);
    return transactions
        .read(session ->
            session.one(
                APPLICATION,
                arguments -> arguments.uuid(id.value()),
                row -> {
                  byte[] expected = row.optionalBytes(4);
                  return expected != null && MessageDigest.isEqual(expected, given)
                      ? Optional.of(application(row, expected))
                      : Optional.<Application>empty();
                }))
        .flatMap(found -> found);
  }

  private static Application application(Row row, byte @Nullable [] secretHash)
      throws SQLException {
    return new Application(
        new ApplicationId(row.uuid(1)),
        new PartnerId(row.uuid(2)),
        row.text(3),
        secretHash != null);
  }

  private static byte[] sha256(String secret) {
    return SecretHash.of(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** As the store's own {@code lower} does: A to Z only. */
  private static String lower(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c)
        .forEach(c -> folded.append((char) c));
    return folded.toString();
  }

  private record Stored(Agent agent, String passwordHash) {
    static Stored agent(Row row) throws SQLException {
      UUID id = row.uuid(1);
      return new Stored(
          new Agent(
              new AgentId(id),
              new PartnerId(row.uuid(2)),
              row.text(3),
              row.text(4),
              Role.ofCodes(row.text(5))),
          row.text(6));
    }

    @Override
    public String toString() {
      return agent.toString();
    }
  }
}
