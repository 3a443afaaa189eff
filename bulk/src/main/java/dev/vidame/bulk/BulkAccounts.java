package dev.vidame.bulk;

import dev.vidame.wire.CustomerId;
import java.util.function.Consumer;

/**
 * The accounts of one customer of one service: all that a bulk run asks of the world. Methods are
 * called by many threads at once, block while they wait, and do not try again by themselves.
 */
public interface BulkAccounts {

  /** Names the service, so that no plan is applied to another one; its address, for instance. */
  String service();

  /** The customer. */
  CustomerId customer();

  /** Reads an account, a deleted one too where the key is an id. */
  Reading read(AccountKey key);

  /**
   * Reads all deleted accounts that can be restored.
   *
   * @param each takes one after the other, without their versions where the service's list has none
   * @throws BulkException when the list cannot be read
   */
  void deleted(Consumer<Account> each);

  /**
   * Sends a change once, under its request id and for its version. The service makes it once at
   * most, however often it is sent.
   */
  Outcome change(Change change);
}
