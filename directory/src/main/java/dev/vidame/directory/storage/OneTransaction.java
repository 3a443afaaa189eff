package dev.vidame.directory.storage;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;

/**
 * Doors that all lead into one transaction that is under way: what passes through them happens as a
 * whole or not at all. Good for that transaction's time and thread only.
 */
public final class OneTransaction implements Transactions {
  private final Session session;

  /** Doors into the transaction of this session, on the writing side. */
  public OneTransaction(Session session) {
    this.session = session;
  }

  private <R> R run(Work<R> work) {
    try {
      return work.run(session);
    } catch (SQLException e) {
      throw new DirectoryException(new Failure.StoreUnavailable(), e);
    }
  }

  @Override
  public Dialect dialect() {
    return session.dialect();
  }

  @Override
  public <R> R read(Work<R> work) {
    return run(work);
  }

  @Override
  public <R> R query(Work<R> statement) {
    return run(statement);
  }

  @Override
  public <R> R write(CustomerId customer, Work<R> work) {
    return run(same -> same.inLane(customer, work));
  }

  @Override
  public <R> R writeShared(Work<R> work) {
    return run(work);
  }

  /** Does nothing: the transaction is somebody else's. */
  @Override
  public void close() {}
}
