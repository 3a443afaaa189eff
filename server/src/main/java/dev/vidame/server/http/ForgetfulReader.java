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
  private final Supplier<byte @Nullable []> source;
  private DataReader chain;

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
    chain().skip(lenToSkip);
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

  @Override
  public BufferData readBuffer(int length) {
    return chain().readBuffer(length);
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

  @Override
  public String readLine() {
    return chain().readLine();
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
