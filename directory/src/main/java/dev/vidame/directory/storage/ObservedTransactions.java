package dev.vidame.directory.storage;

import dev.vidame.directory.observation.TransactionObserver;
import dev.vidame.directory.observation.TransactionObserver.Ending;
import dev.vidame.directory.observation.TransactionObserver.Kind;
import dev.vidame.wire.CustomerId;
import java.util.function.Supplier;

/** {@link Transactions} that tell of each one. Thread-safe. */
public final class ObservedTransactions implements Transactions {
  private final Transactions transactions;
  private final TransactionObserver observer;

  /** The same transactions, told to an observer. */
  public ObservedTransactions(Transactions transactions, TransactionObserver observer) {
    this.transactions = transactions;
    this.observer = observer;
  }

  @Override
  public Dialect dialect() {
    return transactions.dialect();
  }

  @Override
  public <R> R read(Work<R> work) {
    return told(Kind.READ, () -> transactions.read(work));
  }

  @Override
  public <R> R query(Work<R> statement) {
    return told(Kind.READ, () -> transactions.query(statement));
  }

  @Override
  public <R> R write(CustomerId customer, Work<R> work) {
    return told(Kind.WRITE, () -> transactions.write(customer, work));
  }

  @Override
  public <R> R writeShared(Work<R> work) {
    return told(Kind.WRITE, () -> transactions.writeShared(work));
  }

  private <R> R told(Kind kind, Supplier<R> transaction) {
    Ending ending = observer.began(kind);
    R result;
    try {
      result = transaction.get();
    } catch (RuntimeException | Error e) {
      ending.ended(e);
      throw e;
    }
    ending.ended(null);
    return result;
  }

  @Override
  public void close() {
    transactions.close();
  }
}
