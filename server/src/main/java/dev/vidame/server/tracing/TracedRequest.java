package dev.vidame.server.tracing;

import java.util.Optional;

/** What a trace needs to know of a request before it is answered. */
public interface TracedRequest {
  /** The method, as sent. */
  String method();

  /** The first value of a header, whose name matches in any case. */
  Optional<String> header(String name);
}
