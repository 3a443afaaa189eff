package dev.vidame.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** A request's body, of which no more is kept than the server takes. Used by one thread. */
final class RequestBody {
  /*
   * A connection that is closed while the client still sends is reset, and the reset overtakes the answer. So what is
   * too long, and what nobody asked for, is read to its end all the same, up to the listener's limit. Not so where the
   * client waits to be asked for its body: it is told at once, and because it may send the body or not, the connection
   * ends there.
   */

  private final ServerRequest request;
  private boolean isRead;
  private boolean isBroken;

  RequestBody(ServerRequest request) {
    this.request = request;
  }

  /**
   * The whole body.
   *
   * @throws ApiException when it is too large, or not framed as HTTP wants it
   */
  byte[] read() {
    OptionalLong announced = request.headers().contentLength();
    boolean isTooLarge = announced.orElse(0) > HttpListener.MAX_BODY_BYTES;
    if (isTooLarge && isAwaitedByClient()) {
      throw ApiErrors.bodyTooLarge();
    }
    isRead = true;
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      // Room for just what was announced: the stream takes 16 KiB to begin with where it is not
      // told.
      byte[] body =
          in.readNBytes(isTooLarge ? 0 : (int) announced.orElse(HttpListener.MAX_BODY_BYTES + 1));
      if (isTooLarge || body.length > HttpListener.MAX_BODY_BYTES) {
        in.transferTo(OutputStream.nullOutputStream());
        throw ApiErrors.bodyTooLarge();
      }
      return body;
    } catch (RequestException e) {
      isBroken = true;
      throw ApiErrors.malformedHttp(e.status().code());
    } catch (DataReader.InsufficientDataAvailableException
        | NumberFormatException
        | UncheckedIOException
        | IOException e) {
      // In turn: the client has stopped within its body; a chunk's length is no number; the line
      // broke.
      isBroken = true;
      throw ApiErrors.invalidRequest("The body ends before its announced end.");
    }
  }

  /** Whether the client waits for word that it may send the body. */
  private boolean isAwaitedByClient() {
    return request.headers().contains(HeaderValues.EXPECT_100) && !isRead;
  }

  /** Whether nobody can tell where the next request on the connection would begin. */
  boolean endsConnection() {
    return isBroken || isAwaitedByClient();
  }

  /** Reads what nobody asked for, so that the answer arrives although the connection ends. */
  void skip() {
    if (!isRead && !isAwaitedByClient()) {
      try {
        read();
      } catch (ApiException e) {
        // The answer has been found already, and does not depend on the body.
      }
    }
  }
}
