package dev.vidame.server.http;

import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a request's body, no further than the server takes one. */
final class RequestBody {
  private RequestBody() {}

  static byte[] read(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    if (request.headers().contentLength().orElse(0) > HttpListener.MAX_BODY_BYTES) {
      throw ApiErrors.bodyTooLarge();
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(HttpListener.MAX_BODY_BYTES + 1);
      if (body.length > HttpListener.MAX_BODY_BYTES) {
        throw ApiErrors.bodyTooLarge();
      }
      return body;
    } catch (RequestException e) {
      throw ApiErrors.malformedHttp(e.status().code());
    } catch (IOException e) {
      throw new UncheckedIOException("The body ended early", e);
    }
  }
}
