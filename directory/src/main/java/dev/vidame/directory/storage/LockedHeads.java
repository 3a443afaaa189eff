package dev.vidame.directory.storage;

import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ends of journals that one transaction has locked. Not thread-safe.
 *
 * <p>Whoever changes a customer locks the end of its journal first, so changes of one customer
 * happen one after the other, whichever process makes them, and each sees the one before it. What
 * the transaction appends moves the end in here; it is written once, before the commit.
 */
public final class LockedHeads {
  private static final String LOCK =
      "select seq, hash from journal_heads where customer_id = ? for update";

  private static final String FIRST =
      "insert into journal_heads (customer_id, seq, hash) values (?,?,?)"
          + " on conflict (customer_id) do nothing";

  private static final String UNUSED =
      "delete from journal_heads where customer_id = ? and seq = 0";

  private static final String MOVE =
      "update journal_heads set seq = ?, hash = ? where customer_id = ?";

  private static final int HASH_BYTES = 32;

  private final Session session;
  private final Map<CustomerId, Head> heads = new LinkedHashMap<>();
  private final Set<CustomerId> begun = new LinkedHashSet<>();
  private final Set<CustomerId> moved = new LinkedHashSet<>();

  LockedHeads(Session session) {
    this.session = session;
  }

  /**
   * The end of a journal.
   *
   * @param seq of the last row, 0 where there is none
   * @param hash of the last row, 32 bytes of zero where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  public record Head(long seq, byte[] hash) {
    /** Says where it is. */
    @Override
    public String toString() {
      return "Head[" + seq + "]";
    }
  }

  /** The end of a customer's journal, which nobody else can move until the transaction ends. */
  public Head of(CustomerId customer) throws SQLException {
    Head known = heads.get(customer);
    if (known != null) {
      return known;
    }
    Optional<Head> stored = lock(customer);
    if (stored.isEmpty()) {
      if (begin(customer)) {
        begun.add(customer);
      }
      stored = lock(customer);
    }
    Head head = stored.orElseThrow();
    heads.put(customer, head);
    return head;
  }

  /** Whether it was this transaction. */
  private boolean begin(CustomerId customer) throws SQLException {
    return session.update(
            FIRST,
            arguments -> arguments.uuid(customer.value()).number(0).bytes(new byte[HASH_BYTES]))
        == 1;
  }

  private Optional<Head> lock(CustomerId customer) throws SQLException {
    return session.one(
        LOCK,
        arguments -> arguments.uuid(customer.value()),
        row -> new Head(row.number(1), row.bytes(2)));
  }

  /** Moves the end of a journal that was locked. */
  public void move(CustomerId customer, Head head) {
    heads.put(customer, head);
    moved.add(customer);
  }

  /**
   * Writes what was moved, and leaves nothing of a journal that was about to begin and did not, as
   * when a customer's creation was refused. To be called right before the commit.
   */
  void write() throws SQLException {
    for (CustomerId customer : moved) {
      Head head = heads.get(customer);
      if (head != null) {
        session.update(
            MOVE,
            arguments -> arguments.number(head.seq()).bytes(head.hash()).uuid(customer.value()));
      }
    }
    begun.removeAll(moved);
    for (CustomerId customer : begun) {
      session.update(UNUSED, arguments -> arguments.uuid(customer.value()));
    }
    begun.clear();
    moved.clear();
  }
}
