package dev.vidame.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a connection sends, and keeps nothing of it that was read. Of one thread at a time.
 *
 * <p>The library's reader links what it received to what it received after that. Once the garbage
 * collector has taken the end of such a chain for old, as it does with every connection that was
 * idle for a while, each later request of the connection becomes old, too, and only a full
 * collection frees it. So this one begins a new chain wherever everything was read.
 */
final class ForgetfulReader extends DataReader {
  /** Who looks at the body that is read in this thread; nobody where it is only read past. */
  static final ScopedValue<Room> ROOM = ScopedValue.newInstance();

  /** Beyond this a line between the parts of a body is nobody's but an attacker's. */
  static final int LONGEST_LINE = 1024;

  private static final Room NONE =
      new Room() {
        @Override
        public boolean take(int bytes) {
          return false;
        }

        @Override
        public void give(int bytes) {}
      };

  private final Supplier<byte @Nullable []> source;
  private DataReader chain;

  /**
   * Room for a part of a body while it arrives. The library passes nothing from a request to what
   * reads its connection, but both are of one thread.
   */
  interface Room {
    /**
     * Whether there is room, which must then be given back. Where there is none, the part is left
     * out.
     */
    boolean take(int bytes);

    /** Gives room back. */
    void give(int bytes);
  }

  /** What stands for a part of a body that nobody looks at. */
  private static final class Nothing {
    private static final byte[] BYTES = new byte[HttpListener.MAX_BODY_BYTES + 1];

    static BufferData of(int length) {
      return BufferData.createReadOnly(BYTES, 0, length);
    }
  }

  /**
   * A reader.
   *
   * @param source gives what is received next, and null at the end
   */
  @SuppressWarnings("removal") // a factory makes no subclass
  ForgetfulReader(Supplier<byte @Nullable []> source) {
    super(source);
    this.source = source;
    this.chain = DataReader.create(source);
  }

  private DataReader chain() {
    if (chain.available() == 0) {
      chain = DataReader.create(source);
    }
    return chain;
  }

  @Override
  public int available() {
    return chain.available();
  }

  @Override
  public void pullData() {
    chain().pullData();
  }

  @Override
  public void skip(int lenToSkip) {
    int left = lenToSkip;
    while (left > 0) {
      DataReader from = chain();
      from.ensureAvailable();
      int next = Math.min(from.available(), left);
      from.skip(next);
      left -= next;
    }
  }

  @Override
  public void ensureAvailable() {
    chain().ensureAvailable();
  }

  @Override
  public byte read() {
    return chain().read();
  }

  @Override
  public byte lookup() {
    return chain().lookup();
  }

  @Override
  public boolean startsWithNewLine() {
    return chain().startsWithNewLine();
  }

  @Override
  public boolean startsWith(byte[] prefix) {
    return chain().startsWith(prefix);
  }

  @Override
  public BufferData readBuffer() {
    return chain().readBuffer();
  }

  /**
   * As the library's, which is asked for whole chunks of a body, of whatever length the client
   * says, and keeps each packet until it has all. Here a chunk takes its length, for which there
   * must be room; where there is none it is read past. So is one that is longer than any body may
   * be, of which just enough is left for it to be refused.
   */
  @Override
  public BufferData readBuffer(int length) {
    DataReader from = chain();
    if (length <= from.available()) {
      return from.readBuffer(length);
    }
    if (length > HttpListener.MAX_BODY_BYTES) {
      skip(length);
      return Nothing.of(HttpListener.MAX_BODY_BYTES + 1);
    }
    Room room = ROOM.orElse(NONE);
    if (!room.take(length)) {
      skip(length);
      return Nothing.of(length);
    }
    try {
      return BufferData.create(copied(length));
    } finally {
      room.give(length);
    }
  }

  private byte[] copied(int length) {
    byte[] bytes = new byte[length];
    int filled = 0;
    while (filled < length) {
      DataReader from = chain();
      from.ensureAvailable();
      int next = Math.min(from.available(), length - filled);
      System.arraycopy(from.readBytes(next), 0, bytes, filled, next);
      filled += next;
    }
    return bytes;
  }

  @Override
  public BufferData getBuffer(int length) {
    return chain().getBuffer(length);
  }

  @Override
  public LazyString readLazyString(Charset charset, int len) {
    return chain().readLazyString(charset, len);
  }

  @Override
  public String readAsciiString(int len) {
    return chain().readAsciiString(len);
  }

  @Override
  public byte[] readBytes(int len) {
    return chain().readBytes(len);
  }

  /**
   * As the library's, which has no limit.
   *
   * @throws NumberFormatException when the line is longer than the length of a chunk can be
   */
  @Override
  public String readLine() {
    DataReader from = chain();
    int end = from.findNewLine(LONGEST_LINE);
    if (end >= LONGEST_LINE) {
      throw new NumberFormatException("A line of a body is longer than " + LONGEST_LINE);
    }
    String line = from.readAsciiString(end);
    from.skip(2);
    return line;
  }

  @Override
  public int findOrNewLine(byte b, int max) {
    return chain().findOrNewLine(b, max);
  }

  @Override
  public String debugDataHex() {
    return chain().debugDataHex();
  }

  @Override
  public int findNewLine(int max) {
    return chain().findNewLine(max);
  }
}
