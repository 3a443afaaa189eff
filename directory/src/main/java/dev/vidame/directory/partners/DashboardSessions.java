package dev.vidame.directory.partners;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.directory.storage.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in to the dashboard, for all servers over the store. Thread-safe. A session is
 * found by the hash of what its browser holds, and nothing else of that is here.
 *
 * <p>To find one is one read, together with its agent. When it was used is noted with the first
 * request and then so seldom that a session may end that much too early, never too late.
 */
public final class DashboardSessions {
  /** A session that is idle may end so much too early. */
  private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

  /** With short limits, no more of them than a tenth. */
  private static final int NOTES_IN_IDLE = 10;

  /** Small, so that no sign-in waits for long. */
  private static final int PURGED_BY_SIGN_INS = 20;

  private static final String INSERT =
      "insert into dashboard_sessions (key_hash, partner_id, agent_id, issuer_id, password_mark,"
          + " is_multi_factor, started_at, used_at) values (?,?,?,?,?,?,?,?)";

  private static final String FIND =
      "select a.agent_id, a.partner_id, a.upn, a.display_name, a.roles, a.is_disabled,"
          + " a.password_hash, s.password_mark, s.is_multi_factor, s.issuer_id, s.started_at,"
          + " s.used_at, s.notice, s.new_secret"
          + " from dashboard_sessions s"
          + " join agents a on a.partner_id = s.partner_id and a.agent_id = s.agent_id"
          + " where s.key_hash = ? and (s.issuer_id is null or exists (select 1"
          + " from issuer_sign_ins i"
          + " where i.partner_id = s.partner_id and i.issuer_id = s.issuer_id))";

  private static final String USE =
      "update dashboard_sessions set used_at = ?1 where key_hash = ?2 and used_at < ?1";

  private static final String END = "delete from dashboard_sessions where key_hash = ?";

  private static final String CHANGE_MARK =
      "update dashboard_sessions set password_mark = ?"
          + " where partner_id = ? and agent_id = ? and password_mark = ?";

  private static final String FORGET_AGENT = "delete from dashboard_sessions where agent_id = ?";

  private static final String FORGET_ISSUER =
      "delete from dashboard_sessions where partner_id = ? and issuer_id = ?";

  private static final String END_OLD_OF_AGENT =
      "delete from dashboard_sessions"
          + " where partner_id = ? and agent_id = ? and (used_at <= ? or started_at <= ?)";

  private static final String END_SURPLUS_OF_AGENT =
      "delete from dashboard_sessions where partner_id = ?1 and agent_id = ?2 and key_hash in"
          + " (select key_hash from dashboard_sessions where partner_id = ?1 and agent_id = ?2"
          + " order by used_at desc, key_hash limit 1000 offset ?3)";

  private static final String COUNT = "select count(*) from dashboard_sessions";

  /** Who has the most makes room, so that no partner drives out those of another. */
  private static final String END_SURPLUS =
      "delete from dashboard_sessions where key_hash in (select key_hash from dashboard_sessions"
          + " where partner_id = (select partner_id from dashboard_sessions"
          + " group by partner_id order by count(*) desc, partner_id limit 1)"
          + " order by used_at, key_hash limit ?)";

  private static final String PURGE =
      "delete from dashboard_sessions where key_hash in"
          + " (select key_hash from dashboard_sessions where used_at <= ?"
          + " order by used_at, key_hash limit ?)";

  private static final String KEEP_NOTICE =
      "update dashboard_sessions set notice = ? where key_hash = ?";

  private static final String KEEP_SECRET =
      "update dashboard_sessions set new_secret = ? where key_hash = ?";

  private static final String KEEP_SELECTION =
      "update dashboard_sessions set selection = ? where key_hash = ?";

  private static final String SELECTION =
      "select selection from dashboard_sessions where key_hash = ? and selection is not null";

  private static final String TAKE_NOTICE =
      "update dashboard_sessions set notice = null where key_hash = ? and notice = ?";

  private static final String TAKE_SECRET =
      "update dashboard_sessions set new_secret = null where key_hash = ? and new_secret = ?";

  private final Transactions transactions;
  private final Clock clock;

  /**
   * How long sessions last, and how many there are.
   *
   * @param idle after how long without a request one ends
   * @param longest after how long one ends in any case
   * @param ofAgent how many an agent has at most; a further one ends the one unused for longest
   * @param inAll how many there are at most; a further one ends the one unused for longest of the
   *     partner that has the most
   */
  public record Limits(Duration idle, Duration longest, int ofAgent, int inAll) {
    private boolean isGoing(Instant startedAt, Instant usedAt, Instant now) {
      return now.isBefore(usedAt.plus(idle)) && now.isBefore(startedAt.plus(longest));
    }

    private Duration betweenNotes() {
      Duration share = idle.dividedBy(NOTES_IN_IDLE);
      return share.compareTo(BETWEEN_NOTES) < 0 ? share : BETWEEN_NOTES;
    }
  }

  /**
   * Who signed in.
   *
   * @param agent the agent
   * @param mark of the password, which is another one for another password
   * @param isMultiFactor whether a second factor was shown
   * @param issuer the trusted provider that said so; null for a password
   */
  public record Who(Agent agent, String mark, boolean isMultiFactor, @Nullable UUID issuer) {}

  /**
   * A session that goes on.
   *
   * @param who signed in, as the agent is now
   * @param startedAt since when
   * @param notice what the next page is to tell, as it was kept; null for nothing
   * @param newSecret what the next page of it is to show, as it was kept; null for nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // for its reader, and never compared
  public record Found(
      Who who, Instant startedAt, byte @Nullable [] notice, byte @Nullable [] newSecret) {
    /** Never shows what was kept. */
    @Override
    public String toString() {
      return "Found[" + who.agent().id() + "]";
    }
  }

  /** What is kept for a later page, once. */
  public enum Kept {
    /** What was done. */
    NOTICE,
    /** A password or a secret that was made. */
    NEW_SECRET
  }

  /** Sessions in a store. */
  public DashboardSessions(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Begins a session, under the hash of what the browser will hold. */
  public void start(byte[] keyHash, Who who, Limits limits) {
    var _ = transactions.writeShared(session -> start(session, keyHash, who, limits));
  }

  /** Keeps an agent's sessions, whose password is the same under another mark. */
  static void changeMark(Session session, Partners.Proved before, String mark) throws SQLException {
    Agent agent = before.agent();
    session.update(
        CHANGE_MARK,
        arguments ->
            arguments
                .text(mark)
                .uuid(agent.partner().value())
                .uuid(agent.id().value())
                .text(before.mark()));
  }

  private int start(Session session, byte[] keyHash, Who who, Limits limits) throws SQLException {
    Instant now = clock.instant();
    purge(session, now.minus(limits.idle()), PURGED_BY_SIGN_INS);
    makeRoom(session, who.agent(), limits, now);
    return session.update(
        INSERT,
        arguments ->
            arguments
                .bytes(keyHash)
                .uuid(who.agent().partner().value())
                .uuid(who.agent().id().value())
                .uuid(who.issuer())
                .text(who.mark())
                .bool(who.isMultiFactor())
                .instant(now)
                .instant(now));
  }

  private static void makeRoom(Session session, Agent agent, Limits limits, Instant now)
      throws SQLException {
    session.update(
        END_OLD_OF_AGENT,
        arguments ->
            arguments
                .uuid(agent.partner().value())
                .uuid(agent.id().value())
                .instant(now.minus(limits.idle()))
                .instant(now.minus(limits.longest())));
    session.update(
        END_SURPLUS_OF_AGENT,
        arguments ->
            arguments
                .uuid(agent.partner().value())
                .uuid(agent.id().value())
                .number(limits.ofAgent() - 1));
    long surplus = session.one(COUNT, none -> {}, row -> row.number(1)).orElse(0L);
    surplus -= limits.inAll() - 1;
    while (surplus > 0) {
      long ended = surplus;
      surplus -= session.update(END_SURPLUS, arguments -> arguments.number(ended));
    }
  }

  /**
   * The session of a browser, while its agent may go on with it: not one who is disabled, gone or
   * has another password, nor one of a provider that is trusted no more. It counts as used.
   */
  public Optional<Found> find(byte[] keyHash, Limits limits) {
    Optional<Stored> stored =
        transactions.query(
            session -> session.one(FIND, arguments -> arguments.bytes(keyHash), Stored::of));
    Instant now = clock.instant();
    Optional<Stored> going =
        stored.filter(
            it -> it.isWelcome() && limits.isGoing(it.found().startedAt(), it.usedAt(), now));
    if (going.isPresent() && isToBeNoted(going.get(), limits, now)) {
      note(keyHash, now);
    }
    return going.map(Stored::found);
  }

  /** Pages can be read where nothing can be written, as all that is read. */
  private void note(byte[] keyHash, Instant now) {
    try {
      var _ =
          transactions.writeShared(
              session -> session.update(USE, arguments -> arguments.instant(now).bytes(keyHash)));
    } catch (DirectoryException e) {
      if (!(e.failure() instanceof Failure.StoreUnavailable)
          && !(e.failure() instanceof Failure.Overloaded)) {
        throw e;
      }
    }
  }

  /** The first use always: a sign-in that nobody came back with makes room before others. */
  private static boolean isToBeNoted(Stored stored, Limits limits, Instant now) {
    boolean isFirst =
        stored.usedAt().equals(stored.found().startedAt()) && now.isAfter(stored.usedAt());
    return isFirst || !now.isBefore(stored.usedAt().plus(limits.betweenNotes()));
  }

  /** Ends a session. */
  public void end(byte[] keyHash) {
    var _ =
        transactions.writeShared(
            session -> session.update(END, arguments -> arguments.bytes(keyHash)));
  }

  /** Ends all sessions of an agent. */
  static void forget(Session session, AgentId agent) throws SQLException {
    session.update(FORGET_AGENT, arguments -> arguments.uuid(agent.value()));
  }

  /** Ends all sessions that came of a provider. */
  static void forget(Session session, PartnerId partner, UUID issuer) throws SQLException {
    session.update(FORGET_ISSUER, arguments -> arguments.uuid(partner.value()).uuid(issuer));
  }

  /** Keeps something for a later page, in the place of what was kept before. */
  public void keep(byte[] keyHash, Kept kind, byte[] sealed) {
    var _ =
        transactions.writeShared(session ->
            switch (kind) {
              case NOTICE ->
                  session.update(KEEP_NOTICE, arguments -> arguments.bytes(sealed).bytes(keyHash));
              case NEW_SECRET ->
                  session.update(KEEP_SECRET, arguments -> arguments.bytes(sealed).bytes(keyHash));
            });
  }

  /** Keeps what became of accounts that were selected, in the place of the last ones. */
  public void keepSelection(byte[] keyHash, byte[] sealed) {
    var _ =
        transactions.writeShared(session ->
            session.update(KEEP_SELECTION, arguments -> arguments.bytes(sealed).bytes(keyHash)));
  }

  /** What became of the accounts that were selected last, as it was kept; it stays. */
  public Optional<byte[]> selection(byte[] keyHash) {
    return transactions.query(session ->
        session.one(SELECTION, arguments -> arguments.bytes(keyHash), row -> row.bytes(1)));
  }

  /**
   * Takes what was kept. Of any number of calls at a time, at whatever servers, one gets it.
   *
   * @return whether this is the one
   */
  public boolean take(byte[] keyHash, Kept kind, byte[] sealed) {
    return transactions.writeShared(session ->
        switch (kind) {
          case NOTICE ->
              session.update(TAKE_NOTICE, arguments -> arguments.bytes(keyHash).bytes(sealed));
          case NEW_SECRET ->
              session.update(TAKE_SECRET, arguments -> arguments.bytes(keyHash).bytes(sealed));
        })
        == 1;
  }

  /**
   * Removes sessions that have ended for want of use.
   *
   * @param atOnce how many at most
   * @return how many there were
   */
  public int purge(Limits limits, int atOnce) {
    Instant last = clock.instant().minus(limits.idle());
    return transactions.writeShared(session -> purge(session, last, atOnce));
  }

  private static int purge(Session session, Instant last, int atOnce) throws SQLException {
    return session.update(PURGE, arguments -> arguments.instant(last).number(atOnce));
  }

  private record Stored(Found found, String markNow, Instant usedAt) {
    static Stored of(Row row) throws SQLException {
      AgentTable.Stored agent = AgentTable.stored(row);
      Who who = new Who(agent.agent(), row.text(8), row.bool(9), row.optionalUuid(10));
      return new Stored(
          new Found(who, row.instant(11), row.optionalBytes(13), row.optionalBytes(14)),
          Partners.Proved.of(agent).mark(),
          row.instant(12));
    }

    boolean isWelcome() {
      return !found.who().agent().isDisabled() && found.who().mark().equals(markNow);
    }
  }
}
