package dev.vidame.directory.partners;

import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BinaryOperator;

/**
 * The second factors of agents, as far as somebody proves with them who they are. Thread-safe. What
 * a factor shows is good once, whoever asks at the same time; and after {@link
 * SecondFactor#MOST_WRONG_CODES} wrong codes in a row it takes none any more (docs/decisions/0049).
 */
public final class SecondFactors {
  private final Transactions transactions;
  private final PasswordHasher hasher;
  private final BlockRecord blocks;

  /** Factors in a store. */
  public SecondFactors(Transactions transactions, PasswordHasher hasher, BlockRecord blocks) {
    this.transactions = transactions;
    this.hasher = hasher;
    this.blocks = blocks;
  }

  /** The factor that the agent is asked for; empty for none. */
  public Optional<SecondFactor> enrolled(Agent agent) {
    return transactions.query(session -> SecondFactorTable.enrolled(session, agent));
  }

  /** What became of a code that was shown. */
  public enum Outcome {
    /** It is used up, and the agent has shown the factor. */
    TAKEN,
    /** It is wrong or was used before. */
    WRONG,
    /** It is the last wrong one that is borne: from now on the factor is blocked. */
    BLOCKS,
    /** The factor takes no code any more; nobody has looked whether this one is right. */
    BLOCKED
  }

  /** Keeps a record of factors that are blocked. */
  @FunctionalInterface
  public interface BlockRecord {
    /** The agent's factor is blocked from now on. */
    void blocked(Session session, Agent agent) throws SQLException;
  }

  /** Uses up the codes of a time step and of those before, where none of them was used. */
  public Outcome useStep(Agent agent, SecondFactor factor, long step) {
    return looked(
        agent, factor, session -> SecondFactorTable.useStep(session, agent, factor.id(), step));
  }

  /**
   * Uses up a recovery code, where it is one that is left.
   *
   * @throws dev.vidame.directory.DirectoryException when too many hashes wait already
   */
  public Outcome useRecoveryCode(Agent agent, SecondFactor factor, String code) {
    if (factor.isBlocked()) {
      return Outcome.BLOCKED;
    }
    byte[] hash = RecoveryCodes.hash(code, factor.recoverySalt(), hasher);
    return looked(
        agent, factor, session -> SecondFactorTable.useCode(session, agent, factor.id(), hash));
  }

  /** Counts a code that is known to be wrong. */
  public Outcome refuse(Agent agent, SecondFactor factor) {
    return looked(agent, factor, session -> false);
  }

  /**
   * Whether a code is right is found out in the transaction that counts, so that of any number of
   * guesses at once no more are looked at than one after another.
   */
  private Outcome looked(Agent agent, SecondFactor factor, Transactions.Work<Boolean> isTaken) {
    return transactions.writeShared(session -> {
      OptionalInt before = SecondFactorTable.wrongCodes(session, agent, factor.id());
      if (before.isEmpty()) {
        return Outcome.WRONG;
      }
      if (before.getAsInt() >= SecondFactor.MOST_WRONG_CODES) {
        return Outcome.BLOCKED;
      }
      if (isTaken.run(session)) {
        if (before.getAsInt() > 0) {
          SecondFactorTable.forgetWrongCodes(session, agent, factor.id());
        }
        return Outcome.TAKEN;
      }
      SecondFactorTable.countWrongCode(session, agent, factor.id());
      if (before.getAsInt() + 1 < SecondFactor.MOST_WRONG_CODES) {
        return Outcome.WRONG;
      }
      blocks.blocked(session, agent);
      return Outcome.BLOCKS;
    });
  }

  /**
   * Stores each secret in another form.
   *
   * @param form makes it of the factor's id and the form that is stored
   * @return how many forms have changed
   */
  public int rewrite(BinaryOperator<String> form) {
    return transactions.writeShared(session -> SecondFactorTable.rewrite(session, form));
  }
}
