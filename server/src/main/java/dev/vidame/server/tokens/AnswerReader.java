package dev.vidame.server.tokens;

import dev.vidame.server.tokens.BoundedRetriever.Answered;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one answer of HTTP/1.1 (RFC 9112) on a connection that carries no other. Not thread-safe.
 *
 * <p>What is not clear is refused: who sends it may be anybody. Whatever comes, no more of it is
 * read than a head of usual size and a body as long as is wanted, twice that where it comes in
 * small pieces.
 */
final class AnswerReader {
  private static final int MOST_HEAD_BYTES = 32 * 1024;

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(;.*)?");

  private static final String CONTENT_LENGTH = "content-length";
  private static final String TRANSFER_ENCODING = "transfer-encoding";
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final InputStream in;
  private final int mostBytes;
  private int left;

  /**
   * A reader.
   *
   * @param in should be buffered
   * @param mostBytes of a body; an answer with a longer one is refused
   */
  AnswerReader(InputStream in, int mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
    this.left = MOST_HEAD_BYTES + 2 * mostBytes;
  }

  /** The answer; interim ones that come before it are passed over. */
  Answered read() throws IOException {
    int status;
    Map<String, String> framing;
    do {
      Matcher line = STATUS.matcher(line());
      if (!line.matches()) {
        throw new ProtocolException("The answer does not begin as one of HTTP/1.1 does");
      }
      status = Integer.parseInt(line.group(1));
      framing = framing();
    } while (status < 200);
    return new Answered(status, new String(body(status, framing), StandardCharsets.UTF_8));
  }

  /** The headers that tell where the body ends; it has one end, or none can be told. */
  private Map<String, String> framing() throws IOException {
    Map<String, String> framing = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw new ProtocolException("A header cannot be read");
      }
      String name = header.group(1).toLowerCase(Locale.ROOT);
      boolean isFraming = name.equals(CONTENT_LENGTH) || name.equals(TRANSFER_ENCODING);
      if (isFraming && framing.put(name, header.group(2).strip()) != null) {
        throw new ProtocolException("The length of the body is told twice");
      }
    }
    if (framing.size() > 1) {
      throw new ProtocolException("The length of the body is told in two ways");
    }
    return framing;
  }

  private byte[] body(int status, Map<String, String> framing) throws IOException {
    if (status == NO_CONTENT || status == NOT_MODIFIED) {
      return new byte[0];
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String encoding = framing.get(TRANSFER_ENCODING);
    String length = framing.get(CONTENT_LENGTH);
    if (encoding != null) {
      if (!encoding.equalsIgnoreCase("chunked")) {
        throw new ProtocolException("The body is encoded in a way that was not asked for");
      }
      readChunks(body);
    } else if (length != null) {
      if (!LENGTH.matcher(length).matches()) {
        throw new ProtocolException("The length of the body cannot be read");
      }
      read(Integer.parseInt(length), body);
    } else {
      for (int next = next(); next >= 0; next = next()) {
        requireRoom(1, body);
        body.write(next);
      }
    }
    return body.toByteArray();
  }

  /** What may follow the last chunk is nothing that anybody wants to know. */
  private void readChunks(ByteArrayOutputStream body) throws IOException {
    int size = chunkSize();
    while (size > 0) {
      read(size, body);
      if (!line().isEmpty()) {
        throw new ProtocolException("A chunk is longer than it says");
      }
      size = chunkSize();
    }
  }

  private int chunkSize() throws IOException {
    Matcher size = CHUNK.matcher(line());
    if (!size.matches()) {
      throw new ProtocolException("The size of a chunk cannot be read");
    }
    return Integer.parseInt(size.group(1), 16);
  }

  private void read(int bytes, ByteArrayOutputStream body) throws IOException {
    requireRoom(bytes, body);
    for (int i = 0; i < bytes; i++) {
      body.write(present());
    }
  }

  private void requireRoom(int bytes, ByteArrayOutputStream body) throws ProtocolException {
    if (bytes > mostBytes - body.size()) {
      throw new ProtocolException("The body is longer than " + mostBytes + " bytes");
    }
  }

  /** Without what ends it. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = present(); next != '\n'; next = present()) {
      line.append((char) next);
    }
    int end = line.length() - 1;
    if (end >= 0 && line.charAt(end) == '\r') {
      line.setLength(end);
    }
    return line.toString();
  }

  private int present() throws IOException {
    int next = next();
    if (next < 0) {
      throw new EOFException("The answer ends before its end");
    }
    return next;
  }

  private int next() throws IOException {
    if (left == 0) {
      throw new ProtocolException("The answer is longer than any that is expected");
    }
    left--;
    return in.read();
  }
}
