package dev.vidame.directory.move;

import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.move.CustomerDigests.OfCustomer;
import dev.vidame.directory.storage.WholeStore;
import dev.vidame.directory.storage.WholeStore.Cursor;
import dev.vidame.directory.storage.WholeStore.Kind;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares two stores row by row: what belongs to no customer table by table, the rest customer by
 * customer, and the order of the journal. Of each customer's journal in the copy, the end and every
 * link of the chain are checked.
 */
final class Proof {
  /** So many differences tell enough. */
  private static final int MOST_FAULTS = 10;

  private static final String HEAD = "select seq, hash from journal_heads where customer_id = ?";
  private static final String HEADS = "select count(*) from journal_heads";

  /** What a partner's audit records go by; in a file, by its index and the rows behind that. */
  private static final String ORDER_IN_FILE =
      "select p.of_partner, j.customer_id, j.seq, p.position from journal_of_partners p"
          + " cross join journal j on j.position = p.position"
          + " union all select partner_id, customer_id, seq, position from journal"
          + " where position > (select position from journal_indexed) order by 1, 4";

  private static final String ORDER =
      "select partner_id, customer_id, seq from journal order by partner_id, position";

  private final WholeStore source;
  private final WholeStore target;
  private final List<Shape> shapes;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final RowDigest all = new RowDigest();
  private long customers;
  private long journals;

  Proof(WholeStore source, WholeStore target, List<Shape> shapes) {
    this.source = source;
    this.target = target;
    this.shapes = shapes;
  }

  /**
   * What was found.
   *
   * @param faults the first differences; none where the copy is proved
   * @param counts how many rows of each table there are
   * @param customers how many customers have any rows
   * @param digest over everything
   */
  @SuppressWarnings("ArrayRecordComponent") // shown only
  record Result(List<String> faults, Map<String, Long> counts, long customers, byte[] digest) {}

  /** Compares. Both stores are to hold still. */
  Result run(Progress progress, long total) throws SQLException {
    for (Shape shape : shapes) {
      if (!shape.table().isOfCustomers()) {
        compareTable(shape.compared());
      }
    }
    compareOrder();
    compareCustomers(progress, total);
    if (journals != target.number(HEADS)) {
      fault("The copy has ends of journals that are not there");
    }
    return new Result(List.copyOf(faults), counts, customers, all.take());
  }

  private void fault(String text) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(text);
    }
  }

  private void compareTable(Shape shape) throws SQLException {
    String name = shape.table().name();
    Whole from = whole(source, shape.inOrder(source.dialect()), shape.kinds());
    Whole to = whole(target, shape.inOrder(target.dialect()), shape.kinds());
    counts.put(name, from.count());
    all.table(name).part(from.digest());
    if (from.count() != to.count()) {
      fault("Table " + name + " has " + from.count() + " rows, its copy " + to.count());
    } else if (!Arrays.equals(from.digest(), to.digest())) {
      fault("Table " + name + " has rows that differ in its copy");
    }
  }

  private void compareOrder() throws SQLException {
    List<Kind> kinds = List.of(Kind.ID, Kind.ID, Kind.NUMBER);
    byte[] from = whole(source, ORDER_IN_FILE, kinds).digest();
    if (!Arrays.equals(from, whole(target, ORDER, kinds).digest())) {
      fault("The rows of the journal have another order in the copy");
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  private record Whole(long count, byte[] digest) {}

  private static Whole whole(WholeStore store, String sql, List<Kind> kinds) throws SQLException {
    RowDigest digest = new RowDigest();
    long count = 0;
    try (Cursor rows = store.cursor(sql, kinds)) {
      for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
        digest.row(row);
        count++;
      }
    }
    return new Whole(count, digest.take());
  }

  private void compareCustomers(Progress progress, long total) throws SQLException {
    try (CustomerDigests ofSource = new CustomerDigests(source, shapes);
        CustomerDigests ofTarget = new CustomerDigests(target, shapes)) {
      OfCustomer from = ofSource.next();
      OfCustomer to = ofTarget.next();
      while (from != null || to != null) {
        int order = order(from, to);
        if (order == 0 && from != null && to != null) {
          compare(from, to);
        } else if (order < 0 && from != null) {
          fault("Customer " + from.customer() + " is not in the copy");
        } else if (to != null) {
          fault("Customer " + to.customer() + " is in the copy only");
        }
        from = order <= 0 ? ofSource.next() : from;
        to = order >= 0 ? ofTarget.next() : to;
        progress.at("Comparing", Math.min(ofSource.read(), total), total);
      }
      compareCounts(ofSource.counts(), ofTarget.counts());
    }
  }

  private static int order(@Nullable OfCustomer from, @Nullable OfCustomer to) {
    if (from == null) {
      return 1;
    }
    return to == null ? -1 : CustomerDigests.compare(from.customer(), to.customer());
  }

  private void compareCounts(Map<String, Long> from, Map<String, Long> to) {
    counts.putAll(from);
    from.forEach((table, count) -> {
      if (!count.equals(to.get(table))) {
        fault("Table " + table + " has " + count + " rows, its copy " + to.get(table));
      }
    });
  }

  private void compare(OfCustomer from, OfCustomer to) throws SQLException {
    customers++;
    all.part(from.digest());
    if (!Arrays.equals(from.digest(), to.digest())) {
      fault("Customer " + from.customer() + " has rows that differ in the copy");
    }
    if (to.lastSeq() > 0) {
      journals++;
      checkJournal(to.customer(), to.lastSeq(), to.lastHash());
    }
  }

  private void checkJournal(UUID customer, long lastSeq, byte[] lastHash) throws SQLException {
    List<List<@Nullable Object>> head =
        target.rows(HEAD, List.of(Kind.NUMBER, Kind.BYTES), customer);
    if (head.isEmpty()
        || !Long.valueOf(lastSeq).equals(head.getFirst().get(0))
        || !(head.getFirst().get(1) instanceof byte[] hash)
        || !Arrays.equals(hash, lastHash)) {
      fault("The end of the journal of customer " + customer + " is not its last row");
    }
    Journal.verify(target.session(), new CustomerId(customer))
        .fault()
        .ifPresent(fault -> fault("In the journal of customer " + customer + ", " + fault));
  }
}
