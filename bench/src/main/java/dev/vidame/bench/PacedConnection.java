package dev.vidame.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection with one request under way at most. One thread sends, another receives; handing the
 * idle connection back is what orders them.
 */
final class PacedConnection implements AutoCloseable {
  private static final int LARGEST_ANSWER = 16 * 1024;
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(LARGEST_ANSWER);
  private volatile long intended;

  private PacedConnection(SocketChannel channel) {
    this.channel = channel;
  }

  static PacedConnection open(InetSocketAddress server, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    PacedConnection connection = new PacedConnection(channel);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** Sends a request, which fits the socket's buffer. */
  void send(ByteBuffer request, long intendedNanos) throws IOException {
    intended = intendedNanos;
    channel.write(request);
    if (request.hasRemaining()) {
      throw new IOException("The kernel did not take a request at once");
    }
  }

  /** When the request under way was meant to leave, by {@link System#nanoTime}. */
  long intended() {
    return intended;
  }

  /** Reads what is there; true when the answer is whole. */
  boolean receive() throws IOException {
    if (channel.read(answer) < 0) {
      throw new EOFException("The server closed a connection");
    }
    String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    int endOfHead = text.indexOf(END_OF_HEAD);
    if (endOfHead < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(text);
    if (!text.startsWith("HTTP/1.1 200 ") || !length.find()) {
      throw new IOException("Answered with " + text.lines().findFirst().orElse(""));
    }
    if (text.length() < endOfHead + END_OF_HEAD.length() + Integer.parseInt(length.group(1))) {
      return false;
    }
    answer.clear();
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
