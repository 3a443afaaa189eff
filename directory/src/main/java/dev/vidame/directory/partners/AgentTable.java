package dev.vidame.directory.partners;

import dev.vidame.directory.Failure;
import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.Guid;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The statements over agents. Whoever changes one tells the {@link Standings}. What takes an
 * agent's sign-in away ends its refresh tokens and sessions, too.
 */
public final class AgentTable {
  private static final String COLUMNS =
      "select agent_id, partner_id, upn, display_name, roles, is_disabled, password_hash from agents";

  private static final String BY_NAME = COLUMNS + " where lower(upn) = ?";

  private static final String BY_ID = COLUMNS + " where agent_id = ?";

  private static final String OF_PARTNER = COLUMNS + " where partner_id = ? and agent_id = ?";

  private static final String HOLD = OF_PARTNER + " for key share";

  private static final String PAGE =
      COLUMNS + " where partner_id = ? and agent_id > ? order by agent_id limit ?";

  private static final String OTHER_ADMIN =
      "select 1 from agents where partner_id = ? and agent_id <> ? and is_disabled = 0"
          + " and ' ' || roles || ' ' like '% admin_agent %' limit 1";

  private static final String INSERT =
      "insert into agents (agent_id, partner_id, upn, display_name, roles, is_disabled,"
          + " password_hash, created_at) values (?,?,?,?,?,?,?,?)";

  private static final String UPDATE =
      "update agents set display_name = ?, roles = ?, is_disabled = ?"
          + " where partner_id = ? and agent_id = ?";

  private static final String SET_PASSWORD =
      "update agents set password_hash = ? where partner_id = ? and agent_id = ?";

  private static final String REPLACE_HASH = SET_PASSWORD + " and password_hash = ?";

  private static final String DELETE = "delete from agents where partner_id = ? and agent_id = ?";

  private AgentTable() {}

  /**
   * An agent with what its password is checked against.
   *
   * @param agent who
   * @param passwordHash in PHC form
   */
  record Stored(Agent agent, String passwordHash) {
    /** Never shows the hash. */
    @Override
    public String toString() {
      return agent.toString();
    }
  }

  static Optional<Stored> byName(Session session, String userPrincipalName) throws SQLException {
    return session.one(
        BY_NAME, arguments -> arguments.text(lower(userPrincipalName)), AgentTable::stored);
  }

  static Optional<Stored> byId(Session session, AgentId id) throws SQLException {
    return session.one(BY_ID, arguments -> arguments.uuid(id.value()), AgentTable::stored);
  }

  /**
   * Checks that no agent of whatever partner has the sign-in name, in any case, or the id.
   *
   * @throws dev.vidame.directory.DirectoryException when one has
   */
  public static void requireFree(Session session, Agent agent) throws SQLException {
    if (byName(session, agent.userPrincipalName()).isPresent()) {
      throw new Failure.Conflict("userPrincipalName").asException();
    }
    if (byId(session, agent.id()).isPresent()) {
      throw new Failure.Conflict("id").asException();
    }
  }

  /** The agent, or empty where the partner has no such one. */
  public static Optional<Agent> find(Session session, PartnerId partner, AgentId id)
      throws SQLException {
    return session
        .one(OF_PARTNER, arguments -> key(arguments, partner, id), AgentTable::stored)
        .map(Stored::agent);
  }

  /**
   * As {@link #find}, and nobody deletes the agent until the transaction ends. To be asked by
   * whoever makes something the agent's in the lane of a customer.
   */
  public static Optional<Agent> hold(Session session, PartnerId partner, AgentId id)
      throws SQLException {
    return session
        .one(HOLD, arguments -> key(arguments, partner, id), AgentTable::stored)
        .map(Stored::agent);
  }

  /** The agent of whatever partner that the id names, or else the sign-in name; empty for none. */
  public static Optional<Agent> findAnywhere(Session session, String idOrName) throws SQLException {
    Optional<UUID> id = Guid.parse(idOrName);
    Optional<Stored> found =
        id.isPresent() ? byId(session, new AgentId(id.get())) : byName(session, idOrName);
    return found.map(Stored::agent);
  }

  /** A partner's agents behind an id, by id. */
  public static List<Agent> page(Session session, PartnerId partner, UUID after, int size)
      throws SQLException {
    return session.list(
        PAGE,
        arguments -> arguments.uuid(partner.value()).uuid(after).number(size),
        row -> stored(row).agent());
  }

  /** Whether another one of the partner's agents is an admin agent who may sign in. */
  public static boolean hasOtherAdmin(Session session, Agent agent) throws SQLException {
    return session.exists(OTHER_ADMIN, arguments -> key(arguments, agent.partner(), agent.id()));
  }

  /** Stores an agent whose id and name are free. */
  public static void insert(Session session, Agent agent, String passwordHash, Instant now)
      throws SQLException {
    session.update(
        INSERT,
        arguments ->
            arguments
                .uuid(agent.id().value())
                .uuid(agent.partner().value())
                .text(agent.userPrincipalName())
                .text(agent.displayName())
                .text(Role.codes(agent.roles()))
                .bool(agent.isDisabled())
                .text(passwordHash)
                .instant(now));
  }

  /**
   * Stores what changed of an agent. One who is disabled, or allowed again, has to sign in anew.
   */
  public static void update(Session session, Agent before, Agent changed, Instant now)
      throws SQLException {
    session.update(
        UPDATE,
        arguments ->
            key(
                arguments
                    .text(changed.displayName())
                    .text(Role.codes(changed.roles()))
                    .bool(changed.isDisabled()),
                changed.partner(),
                changed.id()));
    if (changed.isDisabled() != before.isDisabled()) {
      RefreshTokens.revoke(session, changed.id(), now);
    }
  }

  /** Gives an agent another password, with which it has to sign in anew. */
  public static void setPassword(Session session, Agent agent, String hash, Instant now)
      throws SQLException {
    session.update(
        SET_PASSWORD, arguments -> key(arguments.text(hash), agent.partner(), agent.id()));
    RefreshTokens.revoke(session, agent.id(), now);
  }

  /**
   * Stores another hash of the same password, unless the agent has another one by now.
   *
   * @return whether it was stored
   */
  static boolean replaceHash(Session session, Stored before, String hash) throws SQLException {
    Agent agent = before.agent();
    return session.update(
            REPLACE_HASH,
            arguments ->
                key(arguments.text(hash), agent.partner(), agent.id()).text(before.passwordHash()))
        == 1;
  }

  /** Removes an agent, and then what was made the agent's by those who held it until now. */
  public static void delete(Session session, Agent agent, Instant now) throws SQLException {
    session.update(DELETE, arguments -> key(arguments, agent.partner(), agent.id()));
    GranularRoleTable.deleteAll(session, agent);
    SecondFactorTable.deleteAll(session, agent, now);
    RefreshTokens.revoke(session, agent.id(), now);
  }

  private static Arguments key(Arguments arguments, PartnerId partner, AgentId id)
      throws SQLException {
    return arguments.uuid(partner.value()).uuid(id.value());
  }

  /** The agent of a row that begins with the columns of an agent. */
  static Stored stored(Row row) throws SQLException {
    return new Stored(
        new Agent(
            new AgentId(row.uuid(1)),
            new PartnerId(row.uuid(2)),
            row.text(3),
            row.text(4),
            Role.ofCodes(row.text(5)),
            row.bool(6)),
        row.text(7));
  }

  /** As the store's own {@code lower} does: A to Z only. */
  private static String lower(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c)
        .forEach(c -> folded.append((char) c));
    return folded.toString();
  }
}
