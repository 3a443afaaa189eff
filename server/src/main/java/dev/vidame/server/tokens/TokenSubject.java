package dev.vidame.server.tokens;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.Credential;
import org.jspecify.annotations.Nullable;

/**
 * For whom a token speaks.
 *
 * @param application the client
 * @param agent the person signed in with it, or null when the application speaks for itself
 * @param proof with which of its secrets or keys the application proved itself, or null where there
 *     was none
 * @param isMultiFactor whether the agent showed a second factor
 */
public record TokenSubject(
    Application application,
    @Nullable Agent agent,
    @Nullable Credential proof,
    boolean isMultiFactor) {

  /**
   * Checks that the two belong together.
   *
   * @throws IllegalArgumentException when the agent is another partner's, or an application without
   *     a secret would speak for itself
   */
  public TokenSubject {
    if (agent != null && !agent.partner().equals(application.partner())) {
      throw new IllegalArgumentException("The agent and the application are not one partner's");
    }
    if (agent == null && !application.isConfidential()) {
      throw new IllegalArgumentException("A public client cannot speak for itself");
    }
  }

  /** An application that speaks for itself. */
  public static TokenSubject of(Application application) {
    return new TokenSubject(application, null, null, false);
  }

  /** An agent signed in with an application. */
  public static TokenSubject of(Application application, Agent agent) {
    return new TokenSubject(application, agent, null, false);
  }

  /** The same, where the application proved itself with this. */
  public TokenSubject provedWith(@Nullable Credential proved) {
    return new TokenSubject(application, agent, proved, isMultiFactor);
  }

  /** The same, where the agent showed a second factor, or did not. */
  public TokenSubject withSecondFactor(boolean wasShown) {
    return new TokenSubject(application, agent, proof, wasShown);
  }
}
