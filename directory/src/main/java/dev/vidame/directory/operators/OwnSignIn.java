package dev.vidame.directory.operators;

import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import java.util.List;

/**
 * What agents show when they sign in is changed by others: whoever has got hold of somebody's
 * session must not be able to keep it.
 */
final class OwnSignIn {
  private OwnSignIn() {}

  /**
   * Refuses a request of an agent about that agent.
   *
   * @param property what the request is about
   */
  static void refuse(ChangeRequest request, AgentId agent, String property) {
    if (!request.actor().isOperator()
        && request.actor().agent().filter(agent::equals).isPresent()) {
      throw new Failure.Invalid(List.of(Problem.of(property, Rule.OWN_SIGN_IN))).asException();
    }
  }
}
