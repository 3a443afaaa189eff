package dev.vidame.server.tokens;

import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.Partners.Proved;
import dev.vidame.server.factors.OneTimeCodes;
import dev.vidame.server.limits.SignInBlocked;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.limits.SignInGuard.Kind;
import dev.vidame.server.limits.SignInGuard.Who;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Where agents prove who they are, whichever grant or page asks them to: by a password, and by a
 * code where they have a second factor. Thread-safe. Remembers nothing between the two.
 */
public final class SignIns {
  /** What is said to whom no code helps any more. */
  public static final String BLOCKED =
      "No code is taken any more, because too many in a row were wrong. Ask an operator of this service for another second factor. If the wrong codes were not yours, somebody knows your password: have it changed first.";

  /** Longer ones are nobody's, and not worth hashing. */
  private static final int LONGEST_PASSWORD = 1024;

  /** How long a person may take from the password to the code. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Partners partners;
  private final SignInGuard guard;
  private final OneTimeCodes codes;
  private final Clock clock;

  SignIns(Partners partners, SignInGuard guard, OneTimeCodes codes, Clock clock) {
    this.partners = partners;
    this.guard = guard;
    this.codes = codes;
    this.clock = clock;
  }

  /** What somebody has proved. */
  public sealed interface Proof {}

  /**
   * All that is asked for.
   *
   * @param agent who it is
   * @param isMultiFactor whether a second factor was shown
   */
  public record SignedIn(Agent agent, boolean isMultiFactor) implements Proof {}

  /**
   * The password, but not yet the second factor that the agent has.
   *
   * @param agent who it seems to be
   * @param mark of the password, which is another one for another password
   * @param endsAt until when the password counts
   */
  public record HalfWay(Agent agent, String mark, Instant endsAt) implements Proof {}

  /**
   * Looks who it is.
   *
   * @param partner whose agent it must be; {@link Operators#NO_PARTNER} for any
   * @return empty where name or password are wrong, or the agent is another partner's, after the
   *     same work
   * @throws dev.vidame.server.limits.SignInThrottled when others have failed just before
   * @throws dev.vidame.directory.DirectoryException when too many sign in at once
   */
  public Optional<Proof> signIn(NameAndPassword credentials, PartnerId partner) {
    String userName = credentials.userName();
    String password = credentials.password();
    if (userName.isEmpty() || password.isEmpty() || password.length() > LONGEST_PASSWORD) {
      return Optional.empty();
    }
    return guard
        .attempt(
            new Who(Kind.PASSWORD, userName, credentials.address()),
            () -> partners.prove(userName, password).filter(found -> isOf(found, partner)))
        .map(this::proof);
  }

  /** The service's own pages are for the agents of all partners. */
  private static boolean isOf(Proved proved, PartnerId partner) {
    return partner.equals(Operators.NO_PARTNER) || proved.agent().partner().equals(partner);
  }

  private Proof proof(Proved proved) {
    Agent agent = proved.agent();
    Instant end = clock.instant().plus(PATIENCE).truncatedTo(ChronoUnit.SECONDS);
    return codes.areAskedOf(agent)
        ? new HalfWay(agent, proved.mark(), end)
        : new SignedIn(agent, false);
  }

  /**
   * Somebody who has shown the password of an agent before, as the agent is now. The caller must
   * know that it was so, and that the mark is still the one of then.
   *
   * @param endsAt as it was said then
   * @return empty where the time is over, or the agent may not sign in or is not asked for a code
   */
  public Optional<HalfWay> halfWay(AgentId agent, PartnerId partner, Instant endsAt) {
    return clock.instant().isBefore(endsAt)
        ? partners
            .proved(agent)
            .filter(found -> isOf(found, partner) && codes.areAskedOf(found.agent()))
            .map(found -> new HalfWay(found.agent(), found.mark(), endsAt))
        : Optional.empty();
  }

  /**
   * Looks at the code.
   *
   * @return empty where it is wrong or was used before
   * @throws dev.vidame.server.limits.SignInThrottled when too many were wrong just before
   * @throws SignInBlocked when so many were wrong in a row that none is taken any more
   * @throws dev.vidame.directory.DirectoryException when too many sign in at once
   */
  public Optional<SignedIn> complete(HalfWay halfWay, String code, InetAddress address) {
    Agent agent = halfWay.agent();
    return guard.attempt(
        new Who(Kind.SECOND_FACTOR, agent.id().toString(), address),
        () -> isTaken(agent, code) ? Optional.of(new SignedIn(agent, true)) : Optional.empty());
  }

  private boolean isTaken(Agent agent, String code) {
    return switch (codes.take(agent, code)) {
      case TAKEN -> true;
      case WRONG -> false;
      case BLOCKS -> throw new SignInBlocked(true);
      case BLOCKED -> throw new SignInBlocked(false);
    };
  }
}
