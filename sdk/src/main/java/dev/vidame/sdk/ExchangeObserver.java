package dev.vidame.sdk;

/**
 * Is told of every attempt that a {@link PartnerClient} makes, retries included, for printing and
 * testing. Requests for tokens are not shown.
 *
 * <p>It is called on the calling thread, after the attempt and before the next one, by as many
 * threads as use the client: it must be thread-safe, and time it takes is added to the call.
 */
@FunctionalInterface
public interface ExchangeObserver {

  /**
   * Takes note of one attempt. An exception thrown here never changes the call's outcome: it is
   * logged as a warning to the system logger {@code dev.vidame.sdk} and dropped. Errors are passed
   * on.
   */
  void exchanged(Exchange exchange);
}
