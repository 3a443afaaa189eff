package dev.vidame.server.http;

/** Answers the calls of one route. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a call whose caller has been found to have the right.
   *
   * @throws ApiException when the call is refused
   */
  Answer handle(Call call);
}
