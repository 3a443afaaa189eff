package dev.vidame.server.tokens;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Partners;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.limits.SignInGuard.Kind;
import dev.vidame.server.limits.SignInGuard.Who;
import java.util.Optional;

/** Where agents prove who they are, whichever grant or page asks them to. Thread-safe. */
final class SignIns {
  /** Longer ones are nobody's, and not worth hashing. */
  private static final int LONGEST_PASSWORD = 1024;

  private final Partners partners;
  private final SignInGuard guard;

  SignIns(Partners partners, SignInGuard guard) {
    this.partners = partners;
    this.guard = guard;
  }

  /**
   * Looks who it is.
   *
   * @param partner whose agent it must be
   * @return empty where name or password are wrong, or the agent is another partner's, after the
   *     same work
   * @throws dev.vidame.server.limits.SignInThrottled when others have failed just before
   * @throws dev.vidame.directory.DirectoryException when too many sign in at once
   */
  Optional<Agent> signIn(Credentials credentials, PartnerId partner) {
    String userName = credentials.userName();
    String password = credentials.password();
    if (userName.isEmpty() || password.isEmpty() || password.length() > LONGEST_PASSWORD) {
      return Optional.empty();
    }
    return guard.attempt(
        new Who(Kind.PASSWORD, userName, credentials.address()),
        () -> partners.signIn(userName, password).filter(found -> found.partner().equals(partner)));
  }
}
