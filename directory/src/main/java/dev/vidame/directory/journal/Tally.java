package dev.vidame.directory.journal;

import dev.vidame.directory.journal.History.Span;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a partner did, by kind and by quarter of an hour, of which days can be made wherever
 * somebody lives. Reads so many of the newest changes and no more, whatever there is.
 */
public final class Tally {
  /** So many changes are counted at most. */
  public static final int MOST = 20_000;

  /** Days begin at a multiple of it everywhere. */
  static final Duration SLOT = Duration.ofMinutes(15);

  private static final String COUNTED = "at, operation";

  /** Its arguments are the partner, the first and the last position, and how many. */
  static final ByDialect OF_PARTNER =
      grouped(ByDialect.rowsOfPartner(COUNTED, " order by position desc limit ?4"));

  /**
   * Its arguments are the customer, the first and the last {@code seq}, the first position, and the
   * partner. The position says only what need not be read.
   */
  static final ByDialect OF_CUSTOMER =
      grouped(
          ByDialect.rowsOfCustomer(
              COUNTED, "of_seq between ?2 and ?3 and +position >= ?4 and partner_id = ?5", ""));

  private Tally() {}

  /**
   * What is to be counted.
   *
   * @param partner whose changes
   * @param customer only those of this customer; null for all
   * @param from the first moment that counts
   * @param most how many at most; of a customer, how many of all partners together
   */
  public record Wanted(PartnerId partner, @Nullable CustomerId customer, Instant from, int most) {}

  /**
   * Changes of one kind in one quarter of an hour.
   *
   * @param slot when it began
   * @param operation the kind
   * @param changes how many
   */
  public record Count(Instant slot, Operation operation, long changes) {}

  /**
   * What was counted.
   *
   * @param counts in no order
   * @param wholeSince behind this moment every change is counted, and before it perhaps none; null
   *     where all that were wanted are
   */
  public record Counted(List<Count> counts, @Nullable Instant wholeSince) {
    /** Copies the counts. */
    public Counted {
      counts = List.copyOf(counts);
    }
  }

  /** A group as it was read, with its oldest change. */
  private record Group(Count count, Instant oldest) {}

  private static ByDialect grouped(ByDialect rows) {
    return new ByDialect(grouped(rows.sqlite()), grouped(rows.postgresql()));
  }

  private static String grouped(String rows) {
    return "select at / "
        + SLOT.toNanos() / 1_000
        + ", operation, count(*), min(at) from ("
        + rows
        + ") counted group by 1, 2";
  }

  /** Counts. Wants a view that does not change between two statements. */
  public static Counted of(Session session, Wanted wanted) throws SQLException {
    CustomerId customer = wanted.customer();
    return customer == null ? ofPartner(session, wanted) : ofCustomer(session, wanted, customer);
  }

  private static Counted ofPartner(Session session, Wanted wanted) throws SQLException {
    Span inTime = History.since(session, wanted.from());
    List<Group> groups =
        session.list(
            OF_PARTNER.in(session),
            arguments ->
                arguments
                    .uuid(wanted.partner().value())
                    .number(inTime.first())
                    .number(inTime.last())
                    .number(wanted.most()),
            row -> group(row.number(1), row.text(2), row.number(3), row.instant(4)));
    long read = groups.stream().mapToLong(group -> group.count().changes()).sum();
    Instant oldest =
        groups.stream().map(Group::oldest).min(Instant::compareTo).orElse(wanted.from());
    boolean isCut = read >= wanted.most() && oldest.isAfter(wanted.from());
    return counted(groups, wanted, isCut ? oldest : null);
  }

  private static Counted ofCustomer(Session session, Wanted wanted, CustomerId customer)
      throws SQLException {
    long last = Journal.end(session, customer).seq();
    long first = Math.max(1, last - wanted.most() + 1);
    Span inTime = History.since(session, wanted.from());
    List<Group> groups =
        session.list(
            OF_CUSTOMER.in(session),
            arguments ->
                arguments
                    .uuid(customer.value())
                    .number(first)
                    .number(last)
                    .number(inTime.first())
                    .uuid(wanted.partner().value()),
            row -> group(row.number(1), row.text(2), row.number(3), row.instant(4)));
    Instant before =
        Journal.page(session, customer, first - 2, 1).stream()
            .filter(entry -> entry.seq() == first - 1)
            .map(Entry::at)
            .filter(at -> !at.isBefore(wanted.from()))
            .findFirst()
            .orElse(null);
    return counted(groups, wanted, before);
  }

  private static Group group(long slot, String operation, long changes, Instant oldest) {
    Instant start = Instant.EPOCH.plus(SLOT.multipliedBy(slot));
    return new Group(new Count(start, Operation.of(operation), changes), oldest);
  }

  private static Counted counted(List<Group> groups, Wanted wanted, @Nullable Instant wholeSince) {
    List<Count> counts = new ArrayList<>();
    for (Group group : groups) {
      if (!group.count().slot().isBefore(wanted.from())) {
        counts.add(group.count());
      }
    }
    return new Counted(counts, wholeSince);
  }
}
