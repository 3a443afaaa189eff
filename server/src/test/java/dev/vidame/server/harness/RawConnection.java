package dev.vidame.server.harness;

import dev.vidame.server.http.Answer.Header;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One HTTP/1.1 connection over a plain socket, which adds and hides nothing. */
public final class RawConnection implements AutoCloseable {
  private static final int LONGEST_WAIT_MILLIS = 5_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  public RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LONGEST_WAIT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Sends a request and reads its answer. */
  public RawAnswer exchange(RawRequest request) throws IOException {
    send(request.bytes());
    return read(request.method().equals("HEAD"));
  }

  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Says that nothing more will be sent. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads one answer. */
  public RawAnswer read() throws IOException {
    return read(false);
  }

  /** Reads one answer, or nothing when the server closes the connection instead. */
  public Optional<RawAnswer> readUnlessClosed() throws IOException {
    in.mark(1);
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    in.reset();
    return Optional.of(read());
  }

  /** Whether the server has closed the connection, with nothing more to read. */
  public boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  private RawAnswer read(boolean isHead) throws IOException {
    String statusLine = line();
    if (!statusLine.startsWith("HTTP/1.1 ")) {
      throw new AssertionError("Not a status line: " + statusLine);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    List<Header> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    RawAnswer head = new RawAnswer(status, headers, new byte[0]);
    boolean hasBody = !isHead && status >= 200 && status != 204 && status != 304;
    return hasBody ? new RawAnswer(status, headers, body(head)) : head;
  }

  private byte[] body(RawAnswer head) throws IOException {
    int length = Integer.parseInt(head.header("Content-Length"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("The body ended after " + body.length + " of " + length + " bytes");
    }
    return body;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The connection ended in a line: " + line);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
