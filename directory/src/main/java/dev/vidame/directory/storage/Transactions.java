package dev.vidame.directory.storage;

import dev.vidame.wire.CustomerId;
import java.sql.SQLException;

/**
 * The only doors to the store. Thread-safe.
 *
 * <p>A unit of work may be run again after a passing fault, so it must not have effects outside its
 * session, other than those that it registers with {@link Session#onRollback} and {@link
 * Session#onCommit}.
 */
public interface Transactions extends AutoCloseable {

  /**
   * What is done in one transaction.
   *
   * @param <R> what comes out
   */
  @FunctionalInterface
  interface Work<R> {
    /** Runs in a transaction. An exception takes back all that this unit wrote. */
    R run(Session session) throws SQLException;
  }

  /** Which database keeps the store, and so whether other processes may write to it, too. */
  Dialect dialect();

  /**
   * Reads one consistent state, at least as new as every write that has returned.
   *
   * @throws dev.vidame.directory.DirectoryException when the store cannot answer
   */
  <R> R read(Work<R> work);

  /**
   * Reads with a single statement, which is a consistent state by itself and so needs no
   * transaction around it; otherwise as {@link #read}.
   */
  <R> R query(Work<R> statement);

  /**
   * Changes data of one customer. When this returns, the change is on disk; when it throws what the
   * work threw, nothing was changed.
   *
   * @param customer picks the lane: changes of one customer happen one after another, whichever
   *     processes make them
   * @throws dev.vidame.directory.DirectoryException also when too much waits already, or the store
   *     cannot answer
   */
  <R> R write(CustomerId customer, Work<R> work);

  /**
   * Changes data that belongs to no customer: partners, their agents and applications, keys. As
   * {@link #write}: such changes happen one after another, whichever processes make them, so what
   * one of them has read stays so until it has written. Changes of customers go on meanwhile; those
   * that rest on what is read here have to hold it.
   */
  <R> R writeShared(Work<R> work);

  /** Finishes what waits, then lets the store go. */
  @Override
  void close();
}
