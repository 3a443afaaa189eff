package dev.vidame.directory.journal;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Row;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what a partner did, in either direction of time. */
public final class History {
  /*
   * Positions follow the clock of this machine, which may be set back a little now and then. Whoever looks for a time
   * looks this much around it.
   */
  private static final Duration CLOCK_SLACK = Duration.ofHours(1);

  private static final ByDialect OF_PARTNER =
      ByDialect.rowsOfPartner(Journal.COLUMNS, " order by position");

  private static final ByDialect OF_PARTNER_BACKWARDS =
      ByDialect.rowsOfPartner(Journal.COLUMNS, " order by position desc");

  /** The sign keeps SQLite from reading by these positions instead of the index's end. */
  private static final String CONDITION =
      "of_seq between ?5 and ?6 and +position between ?3 and ?4 and partner_id = ?2";

  private static final ByDialect OF_CUSTOMER =
      ByDialect.rowsOfCustomer(Journal.COLUMNS + ", position", CONDITION, " order by of_seq");

  private static final ByDialect OF_CUSTOMER_BACKWARDS =
      ByDialect.rowsOfCustomer(Journal.COLUMNS + ", position", CONDITION, " order by of_seq desc");

  private static final int POSITION = 17;

  private History() {}

  /**
   * What is to be read.
   *
   * @param partner whose changes
   * @param customer only those of this customer; null for all
   * @param positions where in the journal
   * @param seqs where in the customer's journal; ignored where there is no customer
   * @param isNewestFirst the order
   */
  public record Selection(
      PartnerId partner,
      @Nullable CustomerId customer,
      Span positions,
      Span seqs,
      boolean isNewestFirst) {}

  /**
   * Places from one to another.
   *
   * @param first the first that counts
   * @param last the last that counts; none do where it is before the first
   */
  public record Span(long first, long last) {
    /** Everything. */
    public static final Span ALL = new Span(0, Long.MAX_VALUE);

    /** Those of these that are not behind a place. */
    public Span upTo(long place) {
      return new Span(first, Math.min(last, place));
    }

    /** Those of these that are not before a place. */
    public Span from(long place) {
      return new Span(Math.max(first, place), last);
    }
  }

  /** Looks at a change, and tells whether to go on to the next. */
  @FunctionalInterface
  public interface Visitor {
    /** Visits a change at its position in the journal. */
    boolean visit(Entry entry, long position) throws SQLException;
  }

  /**
   * The positions outside of which no change lies between two moments. Some that it holds may lie
   * before or behind, too.
   */
  public static Span between(Session session, Instant from, Instant until) throws SQLException {
    if (session.dialect() == Dialect.POSTGRESQL) {
      return new Span(
          EndsInStore.position(from.minus(CLOCK_SLACK)),
          EndsInStore.position(until.plus(CLOCK_SLACK)));
    }
    Positions journal = Positions.OF_JOURNAL;
    long last = journal.last(session);
    return new Span(
        journal.firstSince(session, last, from.minus(CLOCK_SLACK)),
        journal.firstSince(session, last, until.plus(CLOCK_SLACK)));
  }

  /** The positions before which no change lies that is not before a moment. */
  static Span since(Session session, Instant from) throws SQLException {
    Instant first = from.minus(CLOCK_SLACK);
    return Span.ALL.from(
        session.dialect() == Dialect.POSTGRESQL
            ? EndsInStore.position(first)
            : Positions.OF_JOURNAL.firstSince(session, Positions.OF_JOURNAL.last(session), first));
  }

  static ByDialect statement(Selection selection) {
    if (selection.customer() == null) {
      return selection.isNewestFirst() ? OF_PARTNER_BACKWARDS : OF_PARTNER;
    }
    return selection.isNewestFirst() ? OF_CUSTOMER_BACKWARDS : OF_CUSTOMER;
  }

  /** Reads change by change for as long as the visitor wants. */
  public static void scan(Session session, Selection selection, Visitor visitor)
      throws SQLException {
    CustomerId customer = selection.customer();
    session.scan(
        statement(selection).in(session),
        arguments -> {
          if (customer != null) {
            arguments.uuid(customer.value());
          }
          arguments
              .uuid(selection.partner().value())
              .number(selection.positions().first())
              .number(selection.positions().last());
          if (customer != null) {
            arguments.number(selection.seqs().first()).number(selection.seqs().last());
          }
        },
        row -> visit(row, visitor));
  }

  private static boolean visit(Row row, Visitor visitor) throws SQLException {
    return visitor.visit(Journal.entry(row), row.number(POSITION));
  }
}
