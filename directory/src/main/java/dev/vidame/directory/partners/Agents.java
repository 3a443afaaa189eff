package dev.vidame.directory.partners;

import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a partner's agents after {@link Partners} created them. Whoever is taken out loses
 * refresh tokens and standing in the same moment. Thread-safe.
 */
public final class Agents {
  private static final String COLUMNS =
      "select agent_id, partner_id, upn, display_name, roles, is_disabled from agents";

  private static final String OF_PARTNER = COLUMNS + " where partner_id = ? and agent_id = ?";

  private static final String PAGE =
      COLUMNS + " where partner_id = ? and agent_id > ? order by agent_id limit ?";

  private static final String UPDATE =
      "update agents set display_name = ?, roles = ?, is_disabled = ?"
          + " where partner_id = ? and agent_id = ?";

  private static final String SET_PASSWORD =
      "update agents set password_hash = ? where partner_id = ? and agent_id = ?";

  private static final String DELETE = "delete from agents where partner_id = ? and agent_id = ?";

  private final Transactions transactions;
  private final Standings standings;
  private final PasswordHasher hasher;
  private final Clock clock;

  /** Operations over a store. */
  public Agents(
      Transactions transactions, Standings standings, PasswordHasher hasher, Clock clock) {
    this.transactions = transactions;
    this.standings = standings;
    this.hasher = hasher;
    this.clock = clock;
  }

  /**
   * What is to change; null leaves it alone.
   *
   * @param displayName for people
   * @param roles what the partner lets it do
   * @param isDisabled whether it may not sign in
   */
  public record Update(
      @Nullable String displayName, @Nullable Set<Role> roles, @Nullable Boolean isDisabled) {}

  /** A partner's agents behind an id, by id. */
  public List<Agent> page(PartnerId partner, UUID after, int size) {
    return transactions.query(session ->
        session.list(
            PAGE,
            arguments -> arguments.uuid(partner.value()).uuid(after).number(size),
            Agents::agent));
  }

  /** The agent, or empty where the partner has no such one. */
  public Optional<Agent> get(PartnerId partner, AgentId id) {
    return transactions.query(session -> find(session, partner, id));
  }

  /**
   * Changes an agent. One who is disabled, or allowed again, starts without refresh tokens.
   *
   * @return empty where the partner has no such agent
   */
  public Optional<Agent> update(PartnerId partner, AgentId id, Update update) {
    return transactions.writeShared(session -> {
      Optional<Agent> found = find(session, partner, id);
      if (found.isEmpty()) {
        return found;
      }
      Agent changed = changed(found.get(), update);
      standings.change(session);
      session.update(
          UPDATE,
          arguments ->
              arguments
                  .text(changed.displayName())
                  .text(Role.codes(changed.roles()))
                  .bool(changed.isDisabled())
                  .uuid(partner.value())
                  .uuid(id.value()));
      if (changed.isDisabled() != found.get().isDisabled()) {
        RefreshTokens.revoke(session, id, clock.instant());
      }
      return Optional.of(changed);
    });
  }

  private static Agent changed(Agent agent, Update update) {
    return new Agent(
        agent.id(),
        agent.partner(),
        agent.userPrincipalName(),
        update.displayName() == null ? agent.displayName() : update.displayName(),
        update.roles() == null ? agent.roles() : update.roles(),
        update.isDisabled() == null ? agent.isDisabled() : update.isDisabled());
  }

  /**
   * Gives an agent another password and ends its refresh tokens.
   *
   * @return whether the partner has such an agent
   */
  public boolean resetPassword(PartnerId partner, AgentId id, String password) {
    if (get(partner, id).isEmpty()) {
      return false;
    }
    String hash = hasher.hash(password);
    return transactions.writeShared(session -> {
      RefreshTokens.revoke(session, id, clock.instant());
      return session.update(
              SET_PASSWORD,
              arguments -> arguments.text(hash).uuid(partner.value()).uuid(id.value()))
          == 1;
    });
  }

  /**
   * Deletes an agent and ends its refresh tokens.
   *
   * @return whether the partner had such an agent
   */
  public boolean delete(PartnerId partner, AgentId id) {
    return transactions.writeShared(session -> {
      int deleted =
          session.update(DELETE, arguments -> arguments.uuid(partner.value()).uuid(id.value()));
      if (deleted == 1) {
        standings.change(session);
        RefreshTokens.revoke(session, id, clock.instant());
      }
      return deleted == 1;
    });
  }

  private static Optional<Agent> find(Session session, PartnerId partner, AgentId id)
      throws SQLException {
    return session.one(
        OF_PARTNER,
        arguments -> arguments.uuid(partner.value()).uuid(id.value()),
        Agents::agent);
  }

  private static Agent agent(Row row) throws SQLException {
    return new Agent(
        new AgentId(row.uuid(1)),
        new PartnerId(row.uuid(2)),
        row.text(3),
        row.text(4),
        Role.ofCodes(row.text(5)),
        row.bool(6));
  }
}
