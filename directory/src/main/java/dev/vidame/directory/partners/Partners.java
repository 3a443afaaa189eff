package dev.vidame.directory.partners;

import dev.vidame.directory.Failure;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Partners, their agents and their applications. Thread-safe. */
public final class Partners {
  private static final String INSERT_PARTNER =
      "insert into partners (partner_id, name, sandbox, created_at) values (?,?,?,?)";

  private static final String PARTNER =
      "select partner_id, name, sandbox from partners where partner_id = ?";

  private static final String PARTNERS =
      "select partner_id, name, sandbox from partners where partner_id > ?"
          + " order by partner_id limit ?";

  private static final String UPDATE_PARTNER =
      "update partners set name = ?, sandbox = ? where partner_id = ?";

  private static final String INSERT_AGENT =
      "insert into agents (agent_id, partner_id, upn, display_name, roles, password_hash, created_at)"
          + " values (?,?,?,?,?,?,?)";

  private static final String AGENT_COLUMNS =
      "select agent_id, partner_id, upn, display_name, roles, is_disabled, password_hash"
          + " from agents where ";

  private static final String AGENT_BY_NAME = AGENT_COLUMNS + "lower(upn) = ?";

  private static final String AGENT_BY_ID = AGENT_COLUMNS + "agent_id = ?";

  private static final String INSERT_APPLICATION =
      "insert into applications (application_id, partner_id, name, is_confidential, created_at)"
          + " values (?,?,?,?,?)";

  private static final String SECRET_HASHES =
      "select secret_hash from application_secrets where application_id = ?";

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

  /**
   * Creates a partner.
   *
   * @throws dev.vidame.directory.DirectoryException when the id is taken
   */
  public Partner create(Partner partner) {
    return transactions.writeShared(session -> {
      insert(session, partner, clock.instant());
      return partner;
    });
  }

  /** As {@link #create}, within a larger unit of work. */
  public static void insert(Session session, Partner partner, Instant now) throws SQLException {
    UUID id = partner.id().value();
    if (session.exists(PARTNER, arguments -> arguments.uuid(id))) {
      throw new Failure.Conflict("id").asException();
    }
    session.update(
        INSERT_PARTNER,
        arguments ->
            arguments
                .uuid(id)
                .text(partner.name())
                .bool(partner.isSandbox())
                .instant(now));
  }

  /** The partner, or empty where there is none. */
  public Optional<Partner> get(PartnerId id) {
    return transactions.query(session ->
        session.one(
            PARTNER,
            arguments -> arguments.uuid(id.value()),
            Partners::partner));
  }

  /** The partners behind an id, by id. */
  public List<Partner> page(UUID after, int size) {
    return transactions.query(session ->
        session.list(
            PARTNERS, arguments -> arguments.uuid(after).number(size), Partners::partner));
  }

  /**
   * Changes a partner; null leaves a property alone.
   *
   * @return empty where there is no such partner
   */
  public Optional<Partner> update(
      PartnerId id, @Nullable String name, @Nullable Boolean isSandbox) {
    return transactions.writeShared(session -> {
      Optional<Partner> found =
          session.one(PARTNER, arguments -> arguments.uuid(id.value()), Partners::partner);
      if (found.isEmpty()) {
        return found;
      }
      Partner changed =
          new Partner(
              id,
              name == null ? found.get().name() : name,
              isSandbox == null ? found.get().isSandbox() : isSandbox);
      session.update(
          UPDATE_PARTNER,
          arguments ->
              arguments.text(changed.name()).bool(changed.isSandbox()).uuid(id.value()));
      return Optional.of(changed);
    });
  }

  private static Partner partner(Row row) throws SQLException {
    return new Partner(new PartnerId(row.uuid(1)), row.text(2), row.bool(3));
  }

  /**
   * Creates an agent who signs in with a password.
   *
   * @throws dev.vidame.directory.DirectoryException when the sign-in name or the id is taken
   */
  public Agent createAgent(Agent agent, String password) {
    String hash = hasher.hash(password);
    return transactions.writeShared(session -> {
      standings.change(session);
      insertAgent(session, agent, hash, clock.instant());
      return agent;
    });
  }

  /** As {@link #createAgent}, within a larger unit of work; the caller tells the standings. */
  public static void insertAgent(Session session, Agent agent, String passwordHash, Instant now)
      throws SQLException {
    String name = lower(agent.userPrincipalName());
    if (session.exists(AGENT_BY_NAME, arguments -> arguments.text(name))) {
      throw new Failure.Conflict("userPrincipalName").asException();
    }
    if (session.exists(AGENT_BY_ID, arguments -> arguments.uuid(agent.id().value()))) {
      throw new Failure.Conflict("id").asException();
    }
    session.update(
        INSERT_AGENT,
        arguments ->
            arguments
                .uuid(agent.id().value())
                .uuid(agent.partner().value())
                .text(agent.userPrincipalName())
                .text(agent.displayName())
                .text(Role.codes(agent.roles()))
                .text(passwordHash)
                .instant(now));
  }

  /** The agent, or empty where there is none. */
  public Optional<Agent> agent(AgentId id) {
    return transactions
        .read(session ->
            session.one(AGENT_BY_ID, arguments -> arguments.uuid(id.value()), Stored::agent))
        .map(Stored::agent);
  }

  /**
   * The agent who signs in with this name and password, or empty; so for a disabled one. Takes as long for a name that
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
    return stored.filter(found -> isRight).map(Stored::agent).filter(agent -> !agent.isDisabled());
  }

  /**
   * Registers an application.
   *
   * @param secret at least 128 bits of chance, since only a fast hash of it is kept; null for a
   *     public client
   * @throws dev.vidame.directory.DirectoryException when the id is taken
   */
  public Application createApplication(Application application, @Nullable String secret) {
    return transactions.writeShared(session -> {
      standings.change(session);
      insertApplication(session, application, secret, clock.instant());
      return application;
    });
  }

  /** As {@link #createApplication}, within a larger unit of work; the caller tells the standings. */
  public static void insertApplication(
      Session session, Application application, @Nullable String secret, Instant now)
      throws SQLException {
    UUID id = application.id().value();
    if (Applications.find(session, application.id()).isPresent()) {
      throw new Failure.Conflict("id").asException();
    }
    session.update(
        INSERT_APPLICATION,
        arguments ->
            arguments
                .uuid(id)
                .uuid(application.partner().value())
                .text(application.name())
                .bool(application.isConfidential())
                .instant(now));
    if (secret != null) {
      Applications.insertSecret(
          session, application.id(), new Applications.Secret(id, now), SecretHash.of(secret));
    }
  }

  /** The application, or empty where there is none. */
  public Optional<Application> application(ApplicationId id) {
    return transactions.query(session -> Applications.find(session, id));
  }

  /**
   * The confidential application with this secret, or empty; so for a disabled one. Compares in
   * constant time, and with each of its secrets.
   */
  public Optional<Application> authenticate(ApplicationId id, String secret) {
    byte[] given = SecretHash.of(secret);
    return transactions.read(session -> {
      boolean isRight = false;
      for (byte[] expected :
          session.list(
              SECRET_HASHES, arguments -> arguments.uuid(id.value()), row -> row.bytes(1))) {
        isRight |= MessageDigest.isEqual(expected, given);
      }
      return isRight
          ? Applications.find(session, id).filter(found -> !found.isDisabled())
          : Optional.<Application>empty();
    });
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
              Role.ofCodes(row.text(5)),
              row.bool(6)),
          row.text(7));
    }

    @Override
    public String toString() {
      return agent.toString();
    }
  }
}
