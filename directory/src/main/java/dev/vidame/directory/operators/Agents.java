package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.audit.AuditTrail;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.AgentTable;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PartnerPasswords;
import dev.vidame.directory.partners.PartnerTable;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.PasswordPolicy;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operators, and a partner's own admin agents, do to the agents of partners. Thread-safe. Each
 * change is a row of the partner's own journal and holds from the next request on; who is taken out
 * loses refresh tokens with it. Operators may do anything; of agents docs/decisions/0089 says what
 * they may not.
 */
public final class Agents {
  private static final String PASSWORD = "password";

  private final Transactions transactions;
  private final Ledger ledger;
  private final Standings standings;
  private final Passwords passwords;
  private final Clock clock;

  /**
   * What makes a password one that is taken, and a stored one.
   *
   * @param policy which are taken
   * @param standards by which standard
   * @param hasher what is stored of them
   */
  public record Passwords(
      PasswordPolicy policy, PartnerPasswords standards, PasswordHasher hasher) {
    /**
     * Hashes a password that is taken; to be done before the transaction, because it takes long.
     */
    private NewPassword prepare(
        PasswordStandard standard, String password, String userPrincipalName) {
      List<Problem> problems = new ArrayList<>();
      policy.check(standard, password, userPrincipalName, problems);
      return problems.isEmpty()
          ? new NewPassword(hasher.hash(password), List.of())
          : new NewPassword(
              null,
              problems.stream()
                  .map(problem -> new Problem(PASSWORD, problem.rule(), problem.arguments()))
                  .toList());
    }
  }

  /**
   * A password's hash, or why it is not taken. What was taken once may not be any more when the
   * request comes again, so that counts only for one that is new.
   */
  private record NewPassword(@Nullable String hash, List<Problem> problems) {
    String orThrow() {
      if (hash == null) {
        throw new Failure.Invalid(problems).asException();
      }
      return hash;
    }

    /** Never shows the hash. */
    @Override
    public String toString() {
      return "NewPassword[]";
    }
  }

  private NewPassword prepare(PartnerId partner, String password, String userPrincipalName) {
    PasswordStandard standard =
        transactions.query(session -> passwords.standards().ofPartner(session, partner));
    return passwords.prepare(standard, password, userPrincipalName);
  }

  /** Operations over a store. */
  @SuppressWarnings("TooManyParameters") // everything that a change touches, once
  public Agents(
      Transactions transactions,
      Ledger ledger,
      Standings standings,
      Passwords passwords,
      Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.standings = standings;
    this.passwords = passwords;
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
      @Nullable String displayName, @Nullable Set<Role> roles, @Nullable Boolean isDisabled) {
    private Agent of(Agent agent) {
      return new Agent(
          agent.id(),
          agent.partner(),
          agent.userPrincipalName(),
          displayName == null ? agent.displayName() : displayName,
          roles == null ? agent.roles() : roles,
          isDisabled == null ? agent.isDisabled() : isDisabled);
    }
  }

  /** A partner's agents behind an id, by id. */
  public List<Agent> page(PartnerId partner, UUID after, int size) {
    return transactions.query(session -> AgentTable.page(session, partner, after, size));
  }

  /** The agent that an id or a sign-in name stands for, whose partner ever it acts for. */
  public Optional<Agent> find(String idOrName) {
    return transactions.query(session -> AgentTable.findAnywhere(session, idOrName));
  }

  /** The agent, or empty where the partner has no such one. */
  public Optional<Agent> get(PartnerId partner, AgentId id) {
    return transactions.query(session -> AgentTable.find(session, partner, id));
  }

  /**
   * Creates an agent who signs in with a password.
   *
   * @return empty where there is no such partner, or this repeats a request whose agent is gone
   * @throws dev.vidame.directory.DirectoryException when the sign-in name or the id is taken, or
   *     the password is too weak
   */
  public Optional<Done<Agent>> create(Agent agent, String password, ChangeRequest request) {
    NewPassword prepared = prepare(agent.partner(), password, agent.userPrincipalName());
    return transactions.writeShared(session -> {
      Optional<UUID> earlier = ledger.repeated(session, request);
      if (earlier.isPresent()) {
        return AgentTable.find(session, agent.partner(), new AgentId(earlier.get()))
            .map(found -> new Done<>(found, true));
      }
      if (PartnerTable.find(session, agent.partner()).isEmpty()) {
        return Optional.<Done<Agent>>empty();
      }
      String hash = prepared.orThrow();
      AgentTable.requireFree(session, agent);
      standings.change(session);
      AgentTable.insert(session, agent, hash, clock.instant());
      FieldChanges fields = new FieldChanges();
      fields.add("userPrincipalName", null, agent.userPrincipalName());
      differences(fields, null, agent);
      row(session, Operation.CREATE_AGENT, agent, fields.addSecret(PASSWORD), request);
      return Optional.of(new Done<>(agent, false));
    });
  }

  /**
   * Changes an agent. One who is disabled, or allowed again, has to sign in anew.
   *
   * @return empty where the partner has no such agent
   * @throws dev.vidame.directory.DirectoryException when an agent asks, and the partner would be
   *     left without an admin agent who may sign in
   */
  public Optional<Done<Agent>> update(
      PartnerId partner, AgentId id, Update update, ChangeRequest request) {
    return changed(
        partner,
        id,
        request,
        (session, agent) -> {
          Agent changed = update.of(agent);
          if (!request.actor().isOperator()) {
            requireAdmin(session, agent, changed);
          }
          standings.change(session);
          AgentTable.update(session, agent, changed, clock.instant());
          FieldChanges fields = new FieldChanges();
          differences(fields, agent, changed);
          row(session, Operation.UPDATE_AGENT, changed, fields, request);
          return changed;
        });
  }

  private static void requireAdmin(Session session, Agent agent, Agent changed)
      throws SQLException {
    if (isAdmin(agent) && !isAdmin(changed) && !AgentTable.hasOtherAdmin(session, agent)) {
      throw new Failure.Invalid(List.of(Problem.of("roles", Rule.LAST_ADMIN_AGENT))).asException();
    }
  }

  private static boolean isAdmin(Agent agent) {
    return !agent.isDisabled() && agent.roles().contains(Role.ADMIN_AGENT);
  }

  /**
   * Gives an agent another password and ends its refresh tokens.
   *
   * @return empty where the partner has no such agent
   * @throws dev.vidame.directory.DirectoryException when the password is too weak, or agents ask
   *     for themselves
   */
  public Optional<Done<Agent>> resetPassword(
      PartnerId partner, AgentId id, String password, ChangeRequest request) {
    Optional<Agent> named = get(partner, id);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    OwnSignIn.refuse(request, id, PASSWORD);
    NewPassword prepared = prepare(partner, password, named.get().userPrincipalName());
    return changed(
        partner,
        id,
        request,
        (session, agent) -> {
          AgentTable.setPassword(session, agent, prepared.orThrow(), clock.instant());
          FieldChanges fields = new FieldChanges().addSecret(PASSWORD);
          row(session, Operation.UPDATE_AGENT, agent, fields, request);
          return agent;
        });
  }

  /** What is done to an agent that is there, and what becomes of it. */
  @FunctionalInterface
  private interface Step {
    Agent take(Session session, Agent agent) throws SQLException;
  }

  private Optional<Done<Agent>> changed(
      PartnerId partner, AgentId id, ChangeRequest request, Step step) {
    return transactions.writeShared(session -> {
      boolean isReplay = ledger.isReplay(session, request);
      Optional<Agent> found = AgentTable.find(session, partner, id);
      if (isReplay || found.isEmpty()) {
        return found.map(agent -> new Done<>(agent, isReplay));
      }
      return Optional.of(new Done<>(step.take(session, found.get()), false));
    });
  }

  /**
   * Deletes an agent and ends its refresh tokens.
   *
   * @return empty where the partner has no such agent
   */
  public Optional<Done<AgentId>> delete(PartnerId partner, AgentId id, ChangeRequest request) {
    return transactions.writeShared(session -> {
      if (ledger.isReplay(session, request)) {
        return Optional.of(new Done<>(id, true));
      }
      Optional<Agent> found = AgentTable.find(session, partner, id);
      if (found.isEmpty()) {
        return Optional.<Done<AgentId>>empty();
      }
      standings.change(session);
      AuditTrail.keepName(session, partner, id.value(), found.get().userPrincipalName());
      AgentTable.delete(session, found.get(), clock.instant());
      ledger.append(
          session,
          PartnerRegistry.journalOf(partner),
          Ledger.bare(Operation.DELETE_AGENT, id.value()),
          request);
      return Optional.of(new Done<>(id, false));
    });
  }

  private static void differences(FieldChanges fields, @Nullable Agent before, Agent after) {
    fields.add("displayName", before == null ? null : before.displayName(), after.displayName());
    fields.add(
        "roles", before == null ? "" : Role.codes(before.roles()), Role.codes(after.roles()));
    fields.add("disabled", before != null && before.isDisabled(), after.isDisabled());
  }

  private void row(
      Session session, Operation operation, Agent agent, FieldChanges fields, ChangeRequest request)
      throws SQLException {
    ledger.update(
        session,
        PartnerRegistry.journalOf(agent.partner()),
        new Journal.Change(operation, agent.id().value(), fields.list()),
        request);
  }
}
