package dev.vidame.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Reads UTF-8 and nothing else, skips a byte order mark, and takes the digest of all bytes on the
 * way. Used by one thread.
 */
final class Utf8Text extends Reader {
  private static final int CHUNK = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final MessageDigest digest;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private long offset;
  private long line = 1;
  private boolean isBegun;
  private boolean isOver;

  /** What is no UTF-8, and where. */
  static final class Fault extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    Fault(long line, String message) {
      super(message);
      this.line = line;
    }

    long line() {
      return line;
    }
  }

  Utf8Text(InputStream in, MessageDigest digest) {
    this.in = in;
    this.digest = digest;
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    CharBuffer out = CharBuffer.wrap(target, from, length).slice();
    long firstLine = line;
    while (out.position() == 0) {
      int before = bytes.position();
      CoderResult result = decoder.decode(bytes, out, isOver);
      advance(before);
      // What stands before a fault is read first; the fault is met again next time.
      if (result.isError() && out.position() == 0) {
        throw fault();
      }
      if (!isBegun && out.position() > 0) {
        isBegun = true;
        dropByteOrderMark(out);
      }
      if (out.position() == 0) {
        if (isOver) {
          return -1;
        }
        fill();
      }
    }
    out.flip();
    requireNoNul(out, firstLine);
    return out.limit();
  }

  private static void dropByteOrderMark(CharBuffer out) {
    if (out.get(0) == BYTE_ORDER_MARK) {
      out.flip().get();
      out.compact();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int start = bytes.position();
    int count = in.read(bytes.array(), start, bytes.remaining());
    if (count < 0) {
      isOver = true;
    } else {
      digest.update(bytes.array(), start, count);
      bytes.position(start + count);
    }
    bytes.flip();
  }

  private void advance(int before) {
    for (int i = before; i < bytes.position(); i++) {
      if (bytes.get(i) == '\n') {
        line++;
      }
    }
    offset += bytes.position() - before;
  }

  private Fault fault() {
    return new Fault(
        line,
        String.format(
            "The file is not UTF-8: byte 0x%02X at offset %d. Save it as UTF-8 and try again.",
            bytes.get(bytes.position()), offset));
  }

  /** A NUL is what half of UTF-16 looks like. */
  private static void requireNoNul(CharBuffer text, long firstLine) throws Fault {
    long at = firstLine;
    for (int i = 0; i < text.limit(); i++) {
      if (text.get(i) == 0) {
        throw new Fault(at, "The file holds NUL characters, as UTF-16 does. Save it as UTF-8.");
      }
      at += text.get(i) == '\n' ? 1 : 0;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
