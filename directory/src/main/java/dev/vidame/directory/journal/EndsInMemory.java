package dev.vidame.directory.journal;

import dev.vidame.directory.storage.LockedHeads.Head;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ends that the only writer remembers, so that an append reads nothing: each recent customer's head
 * and the last position. When a unit of work is taken back, its heads are forgotten; its positions
 * stay out of use, as nothing needs them to be without gaps.
 */
final class EndsInMemory implements JournalEnds {
  private static final int REMEMBERED_HEADS = 32_768;

  private static final String HEAD =
      JournalIndex.rowsOfCustomer("seq, hash", "") + " order by of_seq desc limit 1";

  private final Map<CustomerId, Head> heads =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CustomerId, Head> eldest) {
          return size() > REMEMBERED_HEADS;
        }
      };

  private final JournalIndex index = new JournalIndex();
  private long lastPosition = -1;

  @Override
  public Head head(Session session, CustomerId customer) throws SQLException {
    Head known = heads.get(customer);
    if (known != null) {
      return known;
    }
    Head stored =
        session
            .one(
                HEAD,
                arguments -> arguments.uuid(customer.value()),
                row -> new Head(row.number(1), row.bytes(2)))
            .orElse(new Head(0, Chain.start()));
    heads.put(customer, stored);
    return stored;
  }

  @Override
  public long lastSeq(Session session, CustomerId customer) throws SQLException {
    return head(session, customer).seq();
  }

  @Override
  public long nextPosition(Session session) throws SQLException {
    lastPosition = lastPosition(session) + 1;
    return lastPosition;
  }

  @Override
  public long lastPosition(Session session) throws SQLException {
    if (lastPosition < 0) {
      lastPosition = Positions.OF_JOURNAL.last(session);
    }
    return lastPosition;
  }

  @Override
  public void appended(Session session, CustomerId customer, Head end, long position)
      throws SQLException {
    index.appended(session, position);
    heads.put(customer, end);
    session.onRollback(() -> heads.remove(customer));
  }
}
