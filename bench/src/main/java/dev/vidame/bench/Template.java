package dev.vidame.bench;

import java.net.URI;
import java.nio.file.Path;

/**
 * A request with gaps, for any server.
 *
 * @param server who is asked
 * @param method the method
 * @param paths a file of paths, one a line and all of one width; each request has a random one
 * @param headers lines of headers, each with its end
 * @param requestIdHeader the header with an id that no other request has; empty for none
 * @param body the body, with {@link #VALUE} where each request's value goes; empty for none
 */
@SuppressWarnings("TooManyParameters") // the parts of a request
public record Template(
    URI server, String method, Path paths, String headers, String requestIdHeader, String body) {
  /** Stands for what no other request of the run says. */
  public static final String VALUE = "@VALUE@";
}
