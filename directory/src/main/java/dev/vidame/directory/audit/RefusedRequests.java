package dev.vidame.directory.audit;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The requests that were refused, of the last 90 days and no more than some ten thousand of a
 * partner.
 */
final class RefusedRequests {
  /** So many of a partner's are kept, and a few more until the next cleaning. */
  static final int KEPT = 10_000;

  private static final int CLEAN_EVERY = 256;
  private static final int PAGE = 100;

  private static final String COLUMNS =
      "number, customer_id, after_position, after_seq, at, actor_id, application_id,"
          + " correlation_id, operation, subject, code, description";

  private static final String INSERT =
      "insert into refused_requests (customer_id, after_position, after_seq, at, actor_id,"
          + " application_id, correlation_id, operation, subject, code, description, partner_id,"
          + " request_key) values (?,?,?,?,?,?,?,?,?,?,?,?,?) on conflict do nothing";

  /** Where no sequence gives numbers, a position does, which only grows. */
  private static final String INSERT_NUMBERED =
      "insert into refused_requests (customer_id, after_position, after_seq, at, actor_id,"
          + " application_id, correlation_id, operation, subject, code, description, partner_id,"
          + " request_key, number) values (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?2)"
          + " on conflict do nothing";

  private static final String DELETE_OLD = "delete from refused_requests where at < ?";

  private static final String DELETE_SURPLUS =
      "delete from refused_requests where partner_id = ?1 and number <="
          + " (select number from refused_requests where partner_id = ?1"
          + " order by after_position desc, number desc limit 1 offset ?2)";

  private static final String ONE =
      "select " + COLUMNS + " from refused_requests where partner_id = ? and number = ?";

  private static final String OF_PARTNER =
      "select "
          + COLUMNS
          + " from refused_requests where partner_id = ?1 and (after_position, number) %s (?2, ?3)"
          + " and at between ?4 and ?5 and (?6 is null or customer_id = ?6)"
          + " order by after_position %s, number %s limit ?7";

  private static final String BACKWARDS = OF_PARTNER.formatted("<", "desc", "desc");
  private static final String FORWARDS = OF_PARTNER.formatted(">", "", "");

  private final Journal journal;
  private final Clock clock;

  /** How many each partner made since the start. */
  private final Map<PartnerId, Integer> sinceCleaning = new HashMap<>();

  RefusedRequests(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** One of them, with its place. */
  record Found(
      Place place,
      Instant at,
      Actor actor,
      @Nullable CustomerId customer,
      UUID correlationId,
      AuditEntry.Refusal refusal) {}

  /** Remembers one; a repetition of it is the same. For the writing side. */
  void remember(Session session, RefusedRequest refused, Instant oldest) throws SQLException {
    CustomerId customer = refused.customer();
    Actor actor = refused.request().actor();
    long position = journal.lastPosition(session);
    long seq = customer == null ? 0 : journal.lastSeq(session, customer);
    session.update(
        session.dialect() == Dialect.SQLITE ? INSERT : INSERT_NUMBERED,
        arguments ->
            arguments
                .uuid(customer == null ? null : customer.value())
                .number(position)
                .number(seq)
                .instant(clock.instant())
                .uuid(actor.agent().map(AgentId::value).orElse(null))
                .uuid(actor.application().value())
                .uuid(refused.request().correlationId())
                .text(refused.operation())
                .text(refused.subject())
                .number(refused.reason().code())
                .text(refused.reason().description())
                .uuid(actor.partner().value())
                .bytes(refused.request().key().bytes()));
    cleanNowAndThen(session, actor.partner(), oldest);
  }

  private void cleanNowAndThen(Session session, PartnerId partner, Instant oldest)
      throws SQLException {
    if (sinceCleaning.merge(partner, 1, Integer::sum) % CLEAN_EVERY == 1) {
      session.update(DELETE_OLD, arguments -> arguments.instant(oldest));
      session.update(DELETE_SURPLUS, arguments -> arguments.uuid(partner.value()).number(KEPT));
    }
  }

  static Optional<Found> one(Session session, PartnerId partner, long number) throws SQLException {
    return session.one(
        ONE,
        arguments -> arguments.uuid(partner.value()).number(number),
        row -> found(row, partner));
  }

  private static Found found(Row row, PartnerId partner) throws SQLException {
    UUID customer = row.optionalUuid(2);
    UUID agent = row.optionalUuid(6);
    long number = row.number(1);
    return new Found(
        new Place(row.number(3), number, 0, row.number(4)),
        row.instant(5),
        new Actor(
            partner, agent == null ? null : new AgentId(agent), new ApplicationId(row.uuid(7))),
        customer == null ? null : new CustomerId(customer),
        row.uuid(8),
        new AuditEntry.Refusal(
            number,
            row.text(9),
            row.optionalText(10),
            new RefusedRequest.Reason((int) row.number(11), row.text(12))));
  }

  /** A partner's, one after the other in one direction. For one session. */
  static final class Cursor {
    private final Session session;
    private final AuditQuery query;
    private final boolean isNewestFirst;
    private final Deque<Found> ahead = new ArrayDeque<>();
    private Place last;
    private boolean isExhausted;

    /**
     * A cursor.
     *
     * @param from where to begin; what is at this place itself is included
     */
    Cursor(Session session, AuditQuery query, boolean isNewestFirst, Place from) {
      this.session = session;
      this.query = query;
      this.isNewestFirst = isNewestFirst;
      long beside = isNewestFirst ? from.refusal() + 1 : from.refusal() - 1;
      this.last = new Place(from.position(), beside, 0, 0);
    }

    /** The next one, which stays the next until it is taken; null where there is none. */
    @Nullable Found peek() throws SQLException {
      if (ahead.isEmpty() && !isExhausted) {
        List<Found> page = read();
        isExhausted = page.size() < PAGE;
        ahead.addAll(page);
        if (!page.isEmpty()) {
          last = page.getLast().place();
        }
      }
      return ahead.peek();
    }

    Found take() {
      return ahead.remove();
    }

    private List<Found> read() throws SQLException {
      CustomerId customer = query.customer();
      return session.list(
          isNewestFirst ? BACKWARDS : FORWARDS,
          arguments ->
              arguments
                  .uuid(query.partner().value())
                  .number(last.position())
                  .number(last.refusal())
                  .instant(query.from())
                  .instant(query.until())
                  .uuid(customer == null ? null : customer.value())
                  .number(PAGE),
          row -> found(row, query.partner()));
    }
  }
}
