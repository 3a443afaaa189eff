package dev.vidame.testkit;

import dev.vidame.server.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A request, for conditions of faults. Used by one thread. */
public final class Incoming {
  private final KeptRequest request;

  Incoming(KeptRequest request) {
    this.request = request;
  }

  /** The method, in upper case. */
  public String method() {
    return request.method();
  }

  /** The path as sent. */
  public String path() {
    return request.rawPath();
  }

  /** The query as sent, without the question mark; empty where there is none. */
  public String query() {
    return request.rawQuery();
  }

  /** The first value of a header, whose name matches in any case. */
  public Optional<String> header(String name) {
    return request.header(name);
  }

  /** The body; empty where there is none, or one that the server would not read. */
  public String body() {
    try {
      return new String(request.body(), StandardCharsets.UTF_8);
    } catch (ApiException e) {
      return "";
    }
  }
}
