package dev.vidame.directory.audit;

import dev.vidame.directory.audit.AuditTrail.Listed;
import dev.vidame.directory.audit.RefusedRequests.Found;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.History;
import dev.vidame.directory.journal.History.Span;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.storage.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads changes and refused requests side by side until a page is full. For one session. */
final class Scan<T> {
  private final Session session;
  private final AuditQuery query;
  private final PageQuery page;
  private final Function<AuditEntry, List<T>> records;
  private final Predicate<T> condition;

  private final boolean isNewestFirst;
  private final Place start;
  private final Names names;
  private final RefusedRequests.Cursor refused;
  private final List<Listed<T>> found = new ArrayList<>();

  @SuppressWarnings("TooManyParameters") // what a page is asked for with
  Scan(
      Session session,
      AuditQuery query,
      PageQuery page,
      Function<AuditEntry, List<T>> records,
      Predicate<T> condition) {
    this.session = session;
    this.query = query;
    this.page = page;
    this.records = records;
    this.condition = condition;
    isNewestFirst = page.seek() != PageQuery.Seek.BEFORE;
    start = page.seek() == PageQuery.Seek.FIRST ? Place.END : Place.of(page.key());
    names = new Names(session, query.partner());
    refused = new RefusedRequests.Cursor(session, query, isNewestFirst, start);
  }

  /** The page's records in the order of the reading, and one more if there is one. */
  List<Listed<T>> run() throws SQLException {
    Span inTime = History.between(session, query.from(), query.until());
    History.Selection selection =
        new History.Selection(
            query.partner(),
            query.customer(),
            part(inTime, start.position()),
            part(Span.ALL, start.seq()),
            isNewestFirst);
    History.scan(session, selection, this::visit);
    while (!isFull() && refused.peek() != null) {
      takeRefused();
    }
    return found;
  }

  private Span part(Span whole, long place) {
    return isNewestFirst ? whole.upTo(place) : whole.from(place);
  }

  private boolean visit(Entry change, long position) throws SQLException {
    Place place = new Place(position, 0, 0, change.seq());
    while (!isFull() && isBefore(refused.peek(), place)) {
      takeRefused();
    }
    if (!isFull() && query.holds(change.at())) {
      add(place, AuditTrail.entry(names, change));
    }
    return !isFull();
  }

  private boolean isBefore(@Nullable Found other, Place place) {
    return other != null && (other.place().compareTo(place) > 0) == isNewestFirst;
  }

  private void takeRefused() throws SQLException {
    Found next = refused.take();
    add(next.place(), AuditTrail.entry(names, next));
  }

  private void add(Place place, AuditEntry entry) {
    List<T> all = records.apply(entry);
    for (int i = 0; i < all.size() && !isFull(); i++) {
      int ordinal = isNewestFirst ? all.size() - 1 - i : i;
      Place here = place.at(ordinal);
      T record = all.get(ordinal);
      if (isBehindStart(here) && condition.test(record)) {
        found.add(new Listed<>(here.key(), record));
      }
    }
  }

  private boolean isBehindStart(Place place) {
    return isNewestFirst ? place.compareTo(start) < 0 : place.compareTo(start) > 0;
  }

  private boolean isFull() {
    return found.size() > page.size();
  }
}
