package dev.vidame.directory.partners;

import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BinaryOperator;

/**
 * The statements over second factors and recovery codes. What changes how an agent signs in ends
 * its refresh tokens.
 */
public final class SecondFactorTable {
  private static final String FIND =
      "select factor_id, secret, recovery_salt, created_at, enrolled_at, last_step,"
          + " wrong_codes from second_factors where partner_id = ? and agent_id = ? and is_enrolled = ?";

  private static final String INSERT =
      "insert into second_factors (partner_id, agent_id, is_enrolled, factor_id, secret,"
          + " recovery_salt, created_at) values (?,?,0,?,?,?,?)";

  private static final String ENROL =
      "update second_factors set is_enrolled = 1, enrolled_at = ?, last_step = ?"
          + " where partner_id = ? and agent_id = ? and is_enrolled = 0";

  private static final String USE_STEP =
      "update second_factors set last_step = ?, wrong_codes = 0"
          + " where partner_id = ? and agent_id = ? and is_enrolled = 1 and factor_id = ?"
          + " and last_step < ? and wrong_codes < ?";

  private static final String WRONG_CODES =
      "select wrong_codes from second_factors"
          + " where partner_id = ? and agent_id = ? and is_enrolled = 1 and factor_id = ?";

  private static final String COUNT_WRONG_CODE =
      "update second_factors set wrong_codes = wrong_codes + 1"
          + " where partner_id = ? and agent_id = ? and is_enrolled = 1 and factor_id = ?"
          + " and wrong_codes < ?";

  private static final String FORGET_WRONG_CODES =
      "update second_factors set wrong_codes = 0"
          + " where partner_id = ? and agent_id = ? and is_enrolled = 1 and factor_id = ?"
          + " and wrong_codes > 0";

  private static final String SET_SALT =
      "update second_factors set recovery_salt = ?"
          + " where partner_id = ? and agent_id = ? and is_enrolled = 1";

  private static final String DELETE =
      "delete from second_factors where partner_id = ? and agent_id = ? and factor_id = ?";

  private static final String INSERT_CODE =
      "insert into recovery_codes (partner_id, agent_id, factor_id, code_hash) values (?,?,?,?)";

  private static final String USE_CODE =
      "delete from recovery_codes where partner_id = ? and agent_id = ? and factor_id = ?"
          + " and code_hash = ?";

  private static final String COUNT_CODES =
      "select count(*) from recovery_codes"
          + " where partner_id = ? and agent_id = ? and factor_id = ?";

  private static final String DELETE_CODES =
      "delete from recovery_codes where partner_id = ? and agent_id = ? and factor_id = ?";

  private static final String ALL =
      "select partner_id, agent_id, is_enrolled, factor_id, secret from second_factors";

  private static final String REWRITE =
      "update second_factors set secret = ?"
          + " where partner_id = ? and agent_id = ? and is_enrolled = ?";

  private SecondFactorTable() {}

  /** The factor that is asked for; empty for none. */
  public static Optional<SecondFactor> enrolled(Session session, Agent agent) throws SQLException {
    return find(session, agent, true);
  }

  /** The factor that waits for its first code; empty for none. */
  public static Optional<SecondFactor> pending(Session session, Agent agent) throws SQLException {
    return find(session, agent, false);
  }

  private static Optional<SecondFactor> find(Session session, Agent agent, boolean isEnrolled)
      throws SQLException {
    return session.one(
        FIND, arguments -> key(arguments, agent).bool(isEnrolled), SecondFactorTable::factor);
  }

  /** Stores a factor that waits for its first code, in the place of one that did. */
  public static void insert(
      Session session, Agent agent, SecondFactor factor, RecoveryCodes recoveryCodes)
      throws SQLException {
    Optional<SecondFactor> before = pending(session, agent);
    if (before.isPresent()) {
      delete(session, agent, before.get());
    }
    session.update(
        INSERT,
        arguments ->
            key(arguments, agent)
                .uuid(factor.id())
                .text(factor.secret())
                .uuid(recoveryCodes.salt())
                .instant(factor.createdAt()));
    insertCodes(session, agent, factor, recoveryCodes);
  }

  /** From now on asks for the factor that waited, and no more for the one before. */
  public static void enrol(Session session, Agent agent, long step, Instant now)
      throws SQLException {
    Optional<SecondFactor> before = enrolled(session, agent);
    if (before.isPresent()) {
      delete(session, agent, before.get());
    }
    session.update(ENROL, arguments -> key(arguments.instant(now).number(step), agent));
    RefreshTokens.revoke(session, agent.id(), now);
  }

  /**
   * Whether this is the first code of its step or a later one, and the factor takes codes; then it
   * is used up, and wrong ones are forgotten.
   */
  static boolean useStep(Session session, Agent agent, UUID factor, long step) throws SQLException {
    return session.update(
            USE_STEP,
            arguments ->
                key(arguments.number(step), agent)
                    .uuid(factor)
                    .number(step)
                    .number(SecondFactor.MOST_WRONG_CODES))
        == 1;
  }

  /** Whether there is such a code; then it is used up. */
  static boolean useCode(Session session, Agent agent, UUID factor, byte[] hash)
      throws SQLException {
    return session.update(USE_CODE, arguments -> key(arguments, agent).uuid(factor).bytes(hash))
        == 1;
  }

  /** How many codes of the factor that is asked for were wrong in a row; empty where it is gone. */
  static OptionalInt wrongCodes(Session session, Agent agent, UUID factor) throws SQLException {
    Optional<Integer> count =
        session.one(
            WRONG_CODES,
            arguments -> key(arguments, agent).uuid(factor),
            row -> (int) row.number(1));
    return count.isPresent() ? OptionalInt.of(count.get()) : OptionalInt.empty();
  }

  /** Counts a wrong code, unless there are as many as there may be. */
  static void countWrongCode(Session session, Agent agent, UUID factor) throws SQLException {
    session.update(
        COUNT_WRONG_CODE,
        arguments -> key(arguments, agent).uuid(factor).number(SecondFactor.MOST_WRONG_CODES));
  }

  /** Forgets that codes were wrong; writes nothing where none was. */
  static void forgetWrongCodes(Session session, Agent agent, UUID factor) throws SQLException {
    session.update(FORGET_WRONG_CODES, arguments -> key(arguments, agent).uuid(factor));
  }

  /** How many recovery codes are left. */
  public static int countCodes(Session session, Agent agent, SecondFactor factor)
      throws SQLException {
    return session
        .one(
            COUNT_CODES,
            arguments -> key(arguments, agent).uuid(factor.id()),
            row -> (int) row.number(1))
        .orElse(0);
  }

  /** Puts other codes in the place of those that are left. */
  public static void replaceCodes(
      Session session, Agent agent, SecondFactor enrolled, RecoveryCodes recoveryCodes)
      throws SQLException {
    deleteCodes(session, agent, enrolled);
    session.update(SET_SALT, arguments -> key(arguments.uuid(recoveryCodes.salt()), agent));
    insertCodes(session, agent, enrolled, recoveryCodes);
  }

  private static void insertCodes(
      Session session, Agent agent, SecondFactor factor, RecoveryCodes recoveryCodes)
      throws SQLException {
    for (byte[] hash : recoveryCodes.hashes()) {
      session.update(INSERT_CODE, arguments -> key(arguments, agent).uuid(factor.id()).bytes(hash));
    }
  }

  private static void deleteCodes(Session session, Agent agent, SecondFactor factor)
      throws SQLException {
    session.update(DELETE_CODES, arguments -> key(arguments, agent).uuid(factor.id()));
  }

  private static void delete(Session session, Agent agent, SecondFactor factor)
      throws SQLException {
    deleteCodes(session, agent, factor);
    session.update(DELETE, arguments -> key(arguments, agent).uuid(factor.id()));
  }

  /** Removes what the agent has. Only the loss of a factor that is asked for ends anything. */
  public static void deleteAll(Session session, Agent agent, Instant now) throws SQLException {
    Optional<SecondFactor> pending = pending(session, agent);
    if (pending.isPresent()) {
      delete(session, agent, pending.get());
    }
    Optional<SecondFactor> enrolled = enrolled(session, agent);
    if (enrolled.isPresent()) {
      delete(session, agent, enrolled.get());
      RefreshTokens.revoke(session, agent.id(), now);
    }
  }

  private record Place(UUID partner, UUID agent, boolean isEnrolled, UUID factor, String secret) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return "Place[" + factor + "]";
    }
  }

  /** Stores each secret in another form, which is made of the factor's id and the old form. */
  static int rewrite(Session session, BinaryOperator<String> form) throws SQLException {
    int changed = 0;
    List<Place> places =
        session.list(
            ALL,
            arguments -> {},
            row -> new Place(row.uuid(1), row.uuid(2), row.bool(3), row.uuid(4), row.text(5)));
    for (Place place : places) {
      String other = form.apply(place.factor().toString(), place.secret());
      if (!other.equals(place.secret())) {
        session.leaveNoTrace();
        session.update(
            REWRITE,
            arguments ->
                arguments
                    .text(other)
                    .uuid(place.partner())
                    .uuid(place.agent())
                    .bool(place.isEnrolled()));
        changed++;
      }
    }
    return changed;
  }

  private static Arguments key(Arguments arguments, Agent agent) throws SQLException {
    return arguments.uuid(agent.partner().value()).uuid(agent.id().value());
  }

  private static SecondFactor factor(Row row) throws SQLException {
    return new SecondFactor(
        row.uuid(1),
        row.text(2),
        row.uuid(3),
        row.instant(4),
        row.optionalInstant(5),
        row.number(6),
        (int) row.number(7));
  }
}
