package dev.vidame.directory.partners;

import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Transactions;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * The second factors of agents, as far as somebody proves with them who they are. Thread-safe. What
 * a factor shows is good once, whoever asks at the same time.
 */
public final class SecondFactors {
  private final Transactions transactions;
  private final PasswordHasher hasher;

  /** Factors in a store. */
  public SecondFactors(Transactions transactions, PasswordHasher hasher) {
    this.transactions = transactions;
    this.hasher = hasher;
  }

  /** The factor that the agent is asked for; empty for none. */
  public Optional<SecondFactor> enrolled(Agent agent) {
    return transactions.query(session -> SecondFactorTable.enrolled(session, agent));
  }

  /**
   * Uses up the codes of a time step and of those before.
   *
   * @return whether none of them was used; then the agent has shown the factor
   */
  public boolean useStep(Agent agent, SecondFactor factor, long step) {
    return transactions.writeShared(
        session -> SecondFactorTable.useStep(session, agent, factor.id(), step));
  }

  /**
   * Uses up a recovery code.
   *
   * @return whether it was there; then the agent has shown it
   * @throws dev.vidame.directory.DirectoryException when too many hashes wait already
   */
  public boolean useRecoveryCode(Agent agent, SecondFactor factor, String code) {
    byte[] hash = RecoveryCodes.hash(code, factor.recoverySalt(), hasher);
    return transactions.writeShared(
        session -> SecondFactorTable.useCode(session, agent, factor.id(), hash));
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
