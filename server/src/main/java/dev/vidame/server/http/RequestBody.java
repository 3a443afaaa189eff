package dev.vidame.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Reads a request's body and keeps no more of it than the server takes. */
final class RequestBody {
  /*
   * What is too long is read to its end all the same, up to the listener's limit: a connection that is closed while the
   * client still sends is reset, and the reset overtakes the answer. Who asks before it sends is told at once.
   */

  private RequestBody() {}

  static byte[] read(ServerRequest request) {
    boolean isAnnounced =
        request.headers().contentLength().orElse(0) > HttpListener.MAX_BODY_BYTES;
    if (isAnnounced && request.headers().contains(HeaderNames.EXPECT)) {
      throw ApiErrors.bodyTooLarge();
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(isAnnounced ? 0 : HttpListener.MAX_BODY_BYTES + 1);
      if (isAnnounced || body.length > HttpListener.MAX_BODY_BYTES) {
        in.transferTo(OutputStream.nullOutputStream());
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
