package dev.vidame.sdk;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One operation of the API, ready to be sent. Immutable. */
final class ApiCall<T extends @Nullable Object> {
  private static final String STANDARD_ROOT = "/v1";

  private final String root;
  private final String method;
  private final String path;
  private final List<String> headers;
  private final byte @Nullable [] body;
  private final Function<byte[], T> reader;

  private ApiCall(String method, String path, byte @Nullable [] body, Function<byte[], T> reader) {
    this(STANDARD_ROOT, method, path, List.of(), body, reader);
  }

  @SuppressWarnings("TooManyParameters") // one for each part of a request, seen by nobody else
  private ApiCall(
      String root,
      String method,
      String path,
      List<String> headers,
      byte @Nullable [] body,
      Function<byte[], T> reader) {
    this.root = root;
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
    this.reader = reader;
  }

  static <T> ApiCall<T> get(String path, Function<byte[], T> reader) {
    return new ApiCall<>("GET", path, null, reader);
  }

  /** Asks whether there is something; the answer has no body. */
  static ApiCall<Boolean> head(String path) {
    return new ApiCall<>("HEAD", path, null, body -> true);
  }

  static <T extends @Nullable Object> ApiCall<T> post(
      String path, byte[] body, Function<byte[], T> reader) {
    return new ApiCall<>("POST", path, body, reader);
  }

  static <T> ApiCall<T> put(String path, byte[] body, Function<byte[], T> reader) {
    return new ApiCall<>("PUT", path, body, reader);
  }

  static <T extends @Nullable Object> ApiCall<T> patch(
      String path, byte[] body, Function<byte[], T> reader) {
    return new ApiCall<>("PATCH", path, body, reader);
  }

  static ApiCall<@Nullable Void> delete(String path) {
    return new ApiCall<>("DELETE", path, null, ApiCall::nothing);
  }

  /** Reads nothing: for answers whose body tells nothing new. */
  static @Nullable Void nothing(byte[] body) {
    return null;
  }

  /** The same with further headers, names and values in turn. */
  ApiCall<T> withHeaders(List<String> namesAndValues) {
    return new ApiCall<>(root, method, path, namesAndValues, body, reader);
  }

  /** The same where only Vidame has it, apart from the API that it shares with others. */
  ApiCall<T> ofVidame() {
    return new ApiCall<>("/vidame/v1", method, path, headers, body, reader);
  }

  /** What the path is below of. */
  String root() {
    return root;
  }

  String method() {
    return method;
  }

  /** The path below the API's version, percent-encoded, with a slash before it. */
  String path() {
    return path;
  }

  List<String> headers() {
    return headers;
  }

  byte @Nullable [] body() {
    return body;
  }

  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /**
   * Whether two of it would not end like one: the second finds what the first has made or taken.
   */
  boolean findsItsOwnTrace(Failure failure) {
    return switch (method) {
      case "DELETE" -> failure.status() == 404;
      case "POST" -> failure.isNameTaken();
      default -> false;
    };
  }

  T read(byte[] answer) {
    return reader.apply(answer);
  }

  @Override
  public String toString() {
    return method + " " + path + (body == null ? "" : " " + Redaction.body(body));
  }

  /** A JSON text, ready to be sent. */
  static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
