package dev.vidame.sdk;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One operation of the API, ready to be sent. Immutable. */
final class ApiCall<T> {
  private final String method;
  private final String path;
  private final byte @Nullable [] body;
  private final Function<byte[], T> reader;

  private ApiCall(String method, String path, byte @Nullable [] body, Function<byte[], T> reader) {
    this.method = method;
    this.path = path;
    this.body = body;
    this.reader = reader;
  }

  static <T> ApiCall<T> get(String path, Function<byte[], T> reader) {
    return new ApiCall<>("GET", path, null, reader);
  }

  static <T> ApiCall<T> patch(String path, byte[] body, Function<byte[], T> reader) {
    return new ApiCall<>("PATCH", path, body, reader);
  }

  String method() {
    return method;
  }

  /** The path below the API's version, percent-encoded, with a slash before it. */
  String path() {
    return path;
  }

  byte @Nullable [] body() {
    return body;
  }

  boolean isRead() {
    return method.equals("GET");
  }

  T read(byte[] answer) {
    return reader.apply(answer);
  }
}
