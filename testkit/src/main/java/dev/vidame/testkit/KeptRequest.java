package dev.vidame.testkit;

import dev.vidame.server.http.Request;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request whose body stays readable, and whose token can be made bad. Used by one thread. */
final class KeptRequest implements Request {
  private static final String AUTHORIZATION = "Authorization";

  private final Request request;
  private byte @Nullable [] body;
  private boolean isTokenSpoilt;

  KeptRequest(Request request) {
    this.request = request;
  }

  /** What was read of the body so far. */
  Optional<byte[]> readBody() {
    return Optional.ofNullable(body);
  }

  /** From now on the server sees a token whose signature is not good. */
  void spoilToken() {
    isTokenSpoilt = true;
  }

  /** The token as it was sent. */
  Optional<String> token() {
    return request.header(AUTHORIZATION);
  }

  @Override
  public InetAddress client() {
    return request.client();
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String rawPath() {
    return request.rawPath();
  }

  @Override
  public String rawQuery() {
    return request.rawQuery();
  }

  @Override
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  @Override
  public List<String> headers(String name) {
    List<String> sent = request.headers(name);
    return isTokenSpoilt && name.equalsIgnoreCase(AUTHORIZATION)
        ? sent.stream().map(KeptRequest::spoilt).toList()
        : sent;
  }

  /** The signature without its first characters: as good as one whose time is over. */
  private static String spoilt(String authorization) {
    int dot = authorization.lastIndexOf('.');
    return dot < 0 ? authorization + "x" : authorization.substring(0, dot + 1) + "AAAA";
  }

  @Override
  public byte[] body() {
    byte[] known = body;
    if (known == null) {
      known = request.body();
      body = known;
    }
    return known;
  }
}
