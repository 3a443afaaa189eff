package dev.vidame.directory.move;

import dev.vidame.directory.storage.WholeStore;
import dev.vidame.directory.storage.WholeStore.Cursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A store's customers one after the other, each with one digest over all its rows of all tables.
 * Reads every table once, side by side, and keeps one row of each. Not thread-safe.
 */
final class CustomerDigests implements AutoCloseable {
  private final List<Rows> tables = new ArrayList<>();

  CustomerDigests(WholeStore store, List<Shape> shapes) throws SQLException {
    try {
      for (Shape shape : shapes) {
        if (shape.table().isOfCustomers()) {
          Shape compared = shape.compared();
          Cursor cursor = store.cursor(compared.inOrder(store.dialect()), compared.kinds());
          Rows rows = new Rows(compared, cursor);
          tables.add(rows);
          rows.advance();
        }
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /**
   * A customer.
   *
   * @param customer its id
   * @param digest over its rows
   * @param lastSeq of its journal; 0 where it has none
   * @param lastHash of its journal; empty where it has none
   */
  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  record OfCustomer(UUID customer, byte[] digest, long lastSeq, byte[] lastHash) {}

  /** The order of GUIDs in every store, which is not Java's. */
  static int compare(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }

  /** The next customer, or null behind the last. */
  @Nullable OfCustomer next() throws SQLException {
    UUID next = null;
    for (Rows rows : tables) {
      if (rows.customer != null && (next == null || compare(rows.customer, next) < 0)) {
        next = rows.customer;
      }
    }
    return next == null ? null : digest(next);
  }

  private OfCustomer digest(UUID customer) throws SQLException {
    RowDigest digest = new RowDigest();
    long lastSeq = 0;
    byte[] lastHash = new byte[0];
    for (Rows rows : tables) {
      digest.table(rows.shape.table().name());
      boolean isJournal = rows.shape.table().name().equals(MovedTable.JOURNAL);
      while (customer.equals(rows.customer)) {
        List<@Nullable Object> row = Objects.requireNonNull(rows.row);
        digest.row(row);
        if (isJournal) {
          lastSeq = (Long) Objects.requireNonNull(row.get(rows.shape.index("seq")));
          lastHash = (byte[]) Objects.requireNonNull(row.get(rows.shape.index("hash")));
        }
        rows.advance();
      }
    }
    return new OfCustomer(customer, digest.take(), lastSeq, lastHash);
  }

  /** How many rows of each table were read so far. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    tables.forEach(rows -> counts.put(rows.shape.table().name(), rows.count));
    return counts;
  }

  /** How many rows were read so far. */
  long read() {
    return tables.stream().mapToLong(rows -> rows.count).sum();
  }

  @Override
  public void close() throws SQLException {
    for (Rows rows : tables) {
      rows.cursor.close();
    }
  }

  /** A table, with its next row. */
  private static final class Rows {
    private final Shape shape;
    private final Cursor cursor;
    private final int place;
    private @Nullable List<@Nullable Object> row;
    private @Nullable UUID customer;
    private long count;

    Rows(Shape shape, Cursor cursor) {
      this.shape = shape;
      this.cursor = cursor;
      this.place = shape.index(MovedTable.CUSTOMER);
    }

    void advance() throws SQLException {
      if (row != null) {
        count++;
      }
      row = cursor.next();
      customer = row == null ? null : (UUID) row.get(place);
    }
  }
}
