package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.Actor;
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
import dev.vidame.directory.partners.RecoveryCodes;
import dev.vidame.directory.partners.SecondFactor;
import dev.vidame.directory.partners.SecondFactorTable;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to the second factors of agents. Thread-safe. Each change is a row of the
 * partner's own journal, about the agent. A factor is asked for once a code of it was confirmed;
 * that, and its loss, end the agent's refresh tokens.
 */
public final class AgentFactors {
  private static final String ENROLLED = "secondFactor";
  private static final String PENDING = "pendingSecondFactor";

  private final Transactions transactions;
  private final Ledger ledger;
  private final Hashing hashing;
  private final Clock clock;

  /**
   * What makes the stored form of recovery codes.
   *
   * @param hasher of them
   * @param random gives their salts
   */
  public record Hashing(PasswordHasher hasher, SecureRandom random) {
    private RecoveryCodes of(List<String> codes) {
      return RecoveryCodes.of(codes, random, hasher);
    }
  }

  /** Operations over a store. */
  public AgentFactors(Transactions transactions, Ledger ledger, Hashing hashing, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.hashing = hashing;
    this.clock = clock;
  }

  /**
   * What an agent has.
   *
   * @param enrolledAt since when a factor is asked for; null for none
   * @param pendingSince since when a factor waits for its first code; null for none
   * @param recoveryCodesLeft of the factor that is asked for
   * @param wrongCodes how many codes of it were wrong in a row
   */
  public record State(
      @Nullable Instant enrolledAt,
      @Nullable Instant pendingSince,
      int recoveryCodesLeft,
      int wrongCodes) {
    /** Whether the factor that is asked for takes no code any more. */
    public boolean isBlocked() {
      return wrongCodes >= SecondFactor.MOST_WRONG_CODES;
    }
  }

  /** What the agent has, or empty where the partner has no such agent. */
  public Optional<State> get(PartnerId partner, AgentId id) {
    return transactions.read(session -> {
      Optional<Agent> agent = AgentTable.find(session, partner, id);
      return agent.isEmpty() ? Optional.<State>empty() : Optional.of(state(session, agent.get()));
    });
  }

  private static State state(Session session, Agent agent) throws SQLException {
    Optional<SecondFactor> enrolled = SecondFactorTable.enrolled(session, agent);
    Optional<SecondFactor> pending = SecondFactorTable.pending(session, agent);
    return new State(
        enrolled.map(SecondFactor::enrolledAt).orElse(null),
        pending.map(SecondFactor::createdAt).orElse(null),
        enrolled.isEmpty() ? 0 : SecondFactorTable.countCodes(session, agent, enrolled.get()),
        enrolled.map(SecondFactor::wrongCodes).orElse(0));
  }

  /**
   * Gives an agent another factor, which waits for its first code; the one before holds until then.
   *
   * @param factor a new one, whose salt is not looked at
   * @param recoveryCodes that belong to it
   * @return empty where the partner has no such agent
   * @throws dev.vidame.directory.DirectoryException when too many hashes wait already
   */
  @SuppressWarnings("TooManyParameters") // to whom, what, and on whose request
  public Optional<Done<State>> enrol(
      PartnerId partner,
      AgentId id,
      NewFactor factor,
      List<String> recoveryCodes,
      ChangeRequest request) {
    if (get(partner, id).isEmpty()) {
      return Optional.empty(); // and nothing is hashed for nobody
    }
    RecoveryCodes codes = hashing.of(recoveryCodes);
    return changed(
        partner,
        id,
        request,
        (session, agent) -> {
          Optional<SecondFactor> before = SecondFactorTable.pending(session, agent);
          SecondFactor pending =
              new SecondFactor(
                  factor.id(), factor.secret(), codes.salt(), clock.instant(), null, 0, 0);
          SecondFactorTable.insert(session, agent, pending, codes);
          FieldChanges fields = new FieldChanges().add(PENDING, idOf(before), factor.id());
          row(session, Operation.ENROL_FACTOR, agent, fields, request);
          return true;
        });
  }

  /**
   * A factor that is to be stored.
   *
   * @param id of it
   * @param secret what its codes are made of, as it is to be stored
   */
  public record NewFactor(UUID id, String secret) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "NewFactor[" + id + "]";
    }
  }

  /**
   * Asks for the factor that waits from now on, instead of the one before.
   *
   * @param shown looks which time step the code is of that was shown; empty where it is wrong
   * @return empty where the partner has no such agent, or no factor waits
   * @throws dev.vidame.directory.DirectoryException when the code is wrong
   */
  public Optional<Done<State>> confirm(
      PartnerId partner,
      AgentId id,
      Function<SecondFactor, OptionalLong> shown,
      ChangeRequest request) {
    return changed(
        partner,
        id,
        request,
        (session, agent) -> {
          Optional<SecondFactor> pending = SecondFactorTable.pending(session, agent);
          if (pending.isEmpty()) {
            return false;
          }
          OptionalLong step = shown.apply(pending.get());
          if (step.isEmpty()) {
            throw new Failure.Invalid(List.of(Problem.of("code", Rule.WRONG_CODE))).asException();
          }
          Optional<SecondFactor> before = SecondFactorTable.enrolled(session, agent);
          SecondFactorTable.enrol(session, agent, step.getAsLong(), clock.instant());
          FieldChanges fields =
              new FieldChanges()
                  .add(PENDING, idOf(pending), null)
                  .add(ENROLLED, idOf(before), idOf(pending));
          row(session, Operation.CONFIRM_FACTOR, agent, fields, request);
          return true;
        });
  }

  /**
   * Gives an agent other recovery codes; those that are left are good no more.
   *
   * @return empty where the partner has no such agent, or it has no factor that is asked for
   * @throws dev.vidame.directory.DirectoryException when too many hashes wait already
   */
  public Optional<Done<State>> replaceRecoveryCodes(
      PartnerId partner, AgentId id, List<String> recoveryCodes, ChangeRequest request) {
    boolean isAskedForOne = get(partner, id).map(State::enrolledAt).isPresent();
    RecoveryCodes codes = hashing.of(isAskedForOne ? recoveryCodes : List.of());
    return changed(
        partner,
        id,
        request,
        (session, agent) -> {
          Optional<SecondFactor> enrolled = SecondFactorTable.enrolled(session, agent);
          if (enrolled.isEmpty() || !isAskedForOne) {
            return false;
          }
          SecondFactorTable.replaceCodes(session, agent, enrolled.get(), codes);
          FieldChanges fields = new FieldChanges().addSecret("recoveryCodes");
          row(session, Operation.REPLACE_RECOVERY_CODES, agent, fields, request);
          return true;
        });
  }

  /**
   * Takes all that an agent has, after a loss.
   *
   * @return empty where the partner has no such agent, or it has nothing
   * @throws dev.vidame.directory.DirectoryException when agents ask for themselves
   */
  public Optional<Done<State>> remove(PartnerId partner, AgentId id, ChangeRequest request) {
    OwnSignIn.refuse(request, id, ENROLLED);
    return changed(
        partner,
        id,
        request,
        (session, agent) -> {
          FieldChanges fields =
              new FieldChanges()
                  .add(PENDING, idOf(SecondFactorTable.pending(session, agent)), null)
                  .add(ENROLLED, idOf(SecondFactorTable.enrolled(session, agent)), null);
          if (fields.list().isEmpty()) {
            return false;
          }
          SecondFactorTable.deleteAll(session, agent, clock.instant());
          row(session, Operation.REMOVE_FACTOR, agent, fields, request);
          return true;
        });
  }

  /** Writes down that wrong codes have blocked an agent's factor; nobody has asked for that. */
  public void blocked(Session session, Agent agent) throws SQLException {
    row(
        session,
        Operation.BLOCK_FACTOR,
        agent,
        new FieldChanges().add("isSecondFactorBlocked", false, true),
        ChangeRequest.once(Actor.operator(agent.partner()), NewIds.from(hashing.random())));
  }

  private static @Nullable UUID idOf(Optional<SecondFactor> factor) {
    return factor.map(SecondFactor::id).orElse(null);
  }

  /** What is done to an agent that is there; false where there is nothing to do it to. */
  @FunctionalInterface
  private interface Step {
    boolean take(Session session, Agent agent) throws SQLException;
  }

  private Optional<Done<State>> changed(
      PartnerId partner, AgentId id, ChangeRequest request, Step step) {
    return transactions.writeShared(session -> {
      boolean isReplay = ledger.isReplay(session, request);
      Optional<Agent> found = AgentTable.find(session, partner, id);
      if (found.isEmpty() || (!isReplay && !step.take(session, found.get()))) {
        return Optional.<Done<State>>empty();
      }
      return Optional.of(new Done<>(state(session, found.get()), isReplay));
    });
  }

  private void row(
      Session session, Operation operation, Agent agent, FieldChanges fields, ChangeRequest request)
      throws SQLException {
    ledger.append(
        session,
        PartnerRegistry.journalOf(agent.partner()),
        new Journal.Change(operation, agent.id().value(), fields.list()),
        request);
  }
}
