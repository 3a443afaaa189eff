package dev.vidame.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A request's body, of which no more is kept than the server takes, and than it has room for. Used
 * by one thread.
 */
final class RequestBody {
  /*
   * A connection that is closed while the client still sends is reset, and the reset overtakes the answer. So what is
   * too long, and what nobody asked for, is read to its end all the same, up to the listener's limit. Not so where the
   * client waits to be asked for its body: it is told at once, and because it may send the body or not, the connection
   * ends there.
   *
   * Room is taken for all of a body whose length is announced, before anything of it is read; where there is none, the
   * answer is sent at once, and the library reads past the body afterwards. Of others it is taken piece by piece.
   */

  private static final int PIECE_BYTES = BodyBudget.SMALL_BYTES;
  private static final int SKIPPED_BYTES = 1024;

  /** What a form has around its file. */
  private static final int FRAME_BYTES = 8 * 1024;

  private static final byte[] NONE = {};

  private final ServerRequest request;
  private final BodyBudget budget;
  private BodyBudget.Sender sender = BodyBudget.Sender.STRANGER;
  private long held;
  private boolean isFull;
  private boolean isRead;
  private boolean isBroken;

  RequestBody(ServerRequest request, BodyBudget budget) {
    this.request = request;
    this.budget = budget;
  }

  /** Says that the client has proved who it is, before anything is read. */
  void becomesKnown() {
    sender = BodyBudget.Sender.KNOWN;
  }

  /**
   * The whole body.
   *
   * @throws ApiException when it is too large, not framed as HTTP wants it, or more than there is
   *     room for at the moment
   */
  byte[] read() {
    return read(HttpListener.MAX_BODY_BYTES, ApiErrors.bodyTooLarge());
  }

  /**
   * The same with a file of up to so many bytes in it, where its length is announced; others are
   * never longer than usual.
   */
  byte[] readWithFile(int most) {
    return read(
        Math.max(HttpListener.MAX_BODY_BYTES, most + FRAME_BYTES), OwnErrors.fileTooLarge(most));
  }

  private byte[] read(int most, ApiException tooLarge) {
    OptionalLong announced = request.headers().contentLength();
    boolean isTooLarge = announced.orElse(0) > most;
    if (isTooLarge && isAwaitedByClient()) {
      throw tooLarge;
    }
    if (!isTooLarge && !take(announced.orElse(0))) {
      throw ApiErrors.bodiesFull();
    }
    isRead = true;
    if (!request.content().hasEntity()) {
      return NONE;
    }
    return reading(in -> {
      if (isTooLarge) {
        throw skipped(in, tooLarge);
      }
      return announced.isPresent()
          ? whole(in, (int) announced.getAsLong())
          : ScopedValue.where(ForgetfulReader.ROOM, new RoomForChunks()).call(() -> pieces(in));
    });
  }

  /** What is done with a body that arrives. */
  @FunctionalInterface
  private interface Reading {
    byte[] from(InputStream in) throws IOException;
  }

  private byte[] reading(Reading reading) {
    try {
      // Not closed where it breaks: that is to read to its end, which may never come.
      InputStream in = request.content().inputStream();
      byte[] body = reading.from(in);
      in.close();
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

  private static byte[] whole(InputStream in, int length) throws IOException {
    byte[] body = new byte[length];
    int read = in.readNBytes(body, 0, length);
    return read == length ? body : Arrays.copyOf(body, read);
  }

  private byte[] pieces(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean isAtEnd = false;
    while (!isAtEnd) {
      byte[] piece = take(PIECE_BYTES) ? in.readNBytes(PIECE_BYTES) : NONE;
      if (isFull) {
        throw skipped(in, ApiErrors.bodiesFull());
      }
      body.write(piece);
      if (body.size() > HttpListener.MAX_BODY_BYTES) {
        throw skipped(in, ApiErrors.bodyTooLarge());
      }
      isAtEnd = piece.length < PIECE_BYTES;
    }
    return body.toByteArray();
  }

  private boolean take(long bytes) {
    if (isFull || !budget.take(bytes, held + bytes, sender)) {
      isFull = true;
      return false;
    }
    held += bytes;
    return true;
  }

  private void give(long bytes) {
    budget.give(bytes, sender);
    held -= bytes;
  }

  /** Room for a chunk that has not arrived as a whole, beside the pieces that were taken of it. */
  private final class RoomForChunks implements ForgetfulReader.Room {
    @Override
    public boolean take(int bytes) {
      return RequestBody.this.take(bytes);
    }

    @Override
    public void give(int bytes) {
      RequestBody.this.give(bytes);
    }
  }

  /** Gives the room back that the body has; nobody may use it any more. */
  void release() {
    give(held);
  }

  /** Reads to the end and keeps nothing. */
  private ApiException skipped(InputStream in, ApiException refusal) throws IOException {
    release();
    isFull = true; // for what is still to come
    byte[] nobodys = new byte[SKIPPED_BYTES];
    int read = in.read(nobodys);
    while (read >= 0) {
      read = in.read(nobodys);
    }
    return refusal;
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
    if (!isRead && !isAwaitedByClient() && request.content().hasEntity()) {
      isRead = true;
      try {
        var _ =
            reading(in -> {
              throw skipped(in, ApiErrors.bodyTooLarge());
            });
      } catch (ApiException e) {
        // The answer has been found already, and does not depend on the body.
      }
    }
  }
}
