package dev.vidame.server.factors;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.operators.AgentFactors;
import dev.vidame.directory.operators.AgentFactors.NewFactor;
import dev.vidame.directory.operators.AgentFactors.State;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.SecondFactor;
import dev.vidame.directory.partners.SecondFactors;
import dev.vidame.directory.partners.SecondFactors.Outcome;
import dev.vidame.server.secrets.KeySeal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The codes that agents show beside their passwords: six digits of an authenticator, or one of ten
 * recovery codes; each is good once (docs/decisions/0039). Thread-safe. Secrets are stored under a
 * seal, where there is one.
 */
public final class OneTimeCodes {
  private static final System.Logger LOG = System.getLogger(OneTimeCodes.class.getName());

  /** How many recovery codes an agent gets. */
  public static final int RECOVERY_CODES = 10;

  private static final int RECOVERY_GROUPS = 4;
  private static final int GROUP_SIZE = 100_000;

  /** What people and programs put between digits. */
  private static final Pattern BETWEEN = Pattern.compile("[\\s-]");

  private static final Pattern OF_AUTHENTICATOR = Pattern.compile("[0-9]{6}");
  private static final Pattern OF_RECOVERY = Pattern.compile("[0-9]{20}");
  private static final int LONGEST_TYPED = 64;
  private static final String ISSUER = "Vidame";

  private final Directory directory;
  private final SecondFactors factors;
  private final AgentFactors changes;
  private final KeySeal seal;
  private final Chance chance;

  /**
   * Where codes come from.
   *
   * @param random a source that nobody can predict
   * @param clock the time
   */
  public record Chance(SecureRandom random, Clock clock) {}

  private OneTimeCodes(Directory directory, KeySeal seal, Chance chance) {
    this.directory = directory;
    this.factors = directory.secondFactors();
    this.changes = directory.agentFactors();
    this.seal = seal;
    this.chance = chance;
  }

  /**
   * The codes of a directory's agents.
   *
   * @param seal of the secrets in the store; those that are not sealed yet become so
   */
  public static OneTimeCodes open(Directory directory, KeySeal seal, Chance chance) {
    OneTimeCodes codes = new OneTimeCodes(directory, seal, chance);
    if (seal.isOn() && codes.factors.rewrite(seal::seal) > 0) {
      LOG.log(System.Logger.Level.INFO, "The secrets of second factors are encrypted from now on");
    }
    return codes;
  }

  /** Whether the agent is asked for a code. */
  public boolean areAskedOf(Agent agent) {
    return factors.enrolled(agent).isPresent();
  }

  /**
   * Uses up a code.
   *
   * @param typed with whatever spaces and hyphens
   * @return whether it is one of the agent's that was not used before. What has not the form of a
   *     code is wrong, but no guess, and is not counted
   * @throws dev.vidame.directory.DirectoryException when too many recovery codes are looked at
   */
  public Outcome take(Agent agent, String typed) {
    Optional<SecondFactor> enrolled = factors.enrolled(agent);
    String code = typed.length() > LONGEST_TYPED ? "" : BETWEEN.matcher(typed).replaceAll("");
    if (enrolled.isEmpty()) {
      return Outcome.WRONG;
    }
    SecondFactor factor = enrolled.get();
    if (OF_RECOVERY.matcher(code).matches()) {
      return factors.useRecoveryCode(agent, factor, code);
    }
    if (factor.isBlocked()) {
      return Outcome.BLOCKED;
    }
    if (!OF_AUTHENTICATOR.matcher(code).matches()) {
      return Outcome.WRONG;
    }
    OptionalLong step = stepOf(factor, code);
    return step.isPresent()
        ? factors.useStep(agent, factor, step.getAsLong())
        : factors.refuse(agent, factor);
  }

  private OptionalLong stepOf(SecondFactor factor, String code) {
    if (!OF_AUTHENTICATOR.matcher(code).matches()) {
      return OptionalLong.empty();
    }
    byte[] secret = Base64.getDecoder().decode(seal.open(factor.id().toString(), factor.secret()));
    return Totp.stepOf(secret, code, chance.clock().instant(), factor.lastStep());
  }

  /** What the agent has, or empty where the partner has no such agent. */
  public Optional<State> state(PartnerId partner, AgentId agent) {
    return changes.get(partner, agent);
  }

  /**
   * What an agent has, with what is shown once.
   *
   * @param state what it has
   * @param secret for an authenticator, in Base32; null where none was made
   * @param uri the same as authenticators read it
   * @param recoveryCodes those that were made; empty when this repeats an earlier request, because
   *     nobody can read them again
   */
  public record Shown(
      State state, @Nullable String secret, @Nullable String uri, List<String> recoveryCodes) {
    /** Copies the codes. */
    public Shown {
      recoveryCodes = List.copyOf(recoveryCodes);
    }

    /** Never shows what is shown once. */
    @Override
    public String toString() {
      return "Shown[" + state + "]";
    }
  }

  /**
   * Makes a factor for an agent, which waits for its first code.
   *
   * @return empty where the partner has no such agent
   * @throws dev.vidame.directory.DirectoryException when too many hashes wait already
   */
  public Optional<Done<Shown>> enrol(PartnerId partner, AgentId id, ChangeRequest request) {
    Optional<Agent> agent = directory.agents().get(partner, id);
    if (agent.isEmpty()) {
      return Optional.empty();
    }
    byte[] secret = new byte[Totp.SECRET_BYTES];
    chance.random().nextBytes(secret);
    UUID factor = new UUID(chance.random().nextLong(), chance.random().nextLong());
    String stored = seal.seal(factor.toString(), Base64.getEncoder().encodeToString(secret));
    List<String> codes = newRecoveryCodes();
    String text = Base32.of(secret);
    return shown(
        changes.enrol(partner, id, new NewFactor(factor, stored), digits(codes), request),
        state -> new Shown(state, text, uri(agent.get(), text), codes));
  }

  private static Optional<Done<Shown>> shown(
      Optional<Done<State>> outcome, Function<State, Shown> once) {
    return outcome.map(done ->
        done.isReplay()
            ? new Done<>(new Shown(done.value(), null, null, List.of()), true)
            : new Done<>(once.apply(done.value()), false));
  }

  private static String uri(Agent agent, String secret) {
    String name = URLEncoder.encode(agent.userPrincipalName(), StandardCharsets.UTF_8);
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(
            ISSUER, name.replace("+", "%20"), secret, ISSUER, Totp.DIGITS, Totp.STEP_SECONDS);
  }

  /** 66 bits each, as digits, which every keyboard of a telephone has. */
  private List<String> newRecoveryCodes() {
    return IntStream.range(0, RECOVERY_CODES).mapToObj(i -> newRecoveryCode()).toList();
  }

  private String newRecoveryCode() {
    return String.join(
        "-",
        IntStream.range(0, RECOVERY_GROUPS)
            .mapToObj(i -> "%05d".formatted(chance.random().nextInt(GROUP_SIZE)))
            .toList());
  }

  private static List<String> digits(List<String> codes) {
    return codes.stream().map(code -> BETWEEN.matcher(code).replaceAll("")).toList();
  }

  /**
   * Asks the agent for the factor that waits from now on.
   *
   * @param typed the code that its authenticator shows
   * @return empty where the partner has no such agent, or no factor waits
   * @throws dev.vidame.directory.DirectoryException when the code is wrong
   */
  public Optional<Done<State>> confirm(
      PartnerId partner, AgentId agent, String typed, ChangeRequest request) {
    String code = BETWEEN.matcher(typed).replaceAll("");
    return changes.confirm(partner, agent, factor -> stepOf(factor, code), request);
  }

  /**
   * Makes other recovery codes; those that are left are good no more.
   *
   * @return empty where the partner has no such agent, or it is not asked for codes
   * @throws dev.vidame.directory.DirectoryException when too many hashes wait already
   */
  public Optional<Done<Shown>> replaceRecoveryCodes(
      PartnerId partner, AgentId agent, ChangeRequest request) {
    List<String> codes = newRecoveryCodes();
    return shown(
        changes.replaceRecoveryCodes(partner, agent, digits(codes), request),
        state -> new Shown(state, null, null, codes));
  }

  /**
   * Takes all that an agent has, after a loss.
   *
   * @return empty where the partner has no such agent, or it has nothing
   */
  public Optional<Done<State>> remove(PartnerId partner, AgentId agent, ChangeRequest request) {
    return changes.remove(partner, agent, request);
  }
}
