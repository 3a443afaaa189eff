package dev.vidame.sdk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on loopback whose every answer is written byte by byte, so that it can also
 * answer half, late or never.
 */
final class ScriptedServer implements AutoCloseable {

  /** A request as it came. Header names match in any case. */
  record Received(String method, String target, Map<String, String> headers, String body) {
    String header(String name) {
      String value = headers.get(name);
      if (value == null) {
        throw new AssertionError("No header " + name + " in " + headers);
      }
      return value;
    }
  }

  /** What goes out; the connection is closed after an exception. */
  interface Script {
    void play(OutputStream out) throws IOException;
  }

  /** Chooses the answer to a request. */
  interface Handler {
    Script answer(Received request);
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ScriptedServer(ServerSocket listener, Handler handler) {
    this.listener = listener;
    this.handler = handler;
  }

  static ScriptedServer start(Handler handler) {
    try {
      ScriptedServer server =
          new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), handler);
      daemon(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers the first request with the first script and so on; the last one answers the rest. */
  static ScriptedServer playing(Script... scripts) {
    int[] next = {0};
    return start(request -> {
      synchronized (next) {
        return scripts[Math.min(next[0]++, scripts.length - 1)];
      }
    });
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  List<Received> received() {
    return received;
  }

  List<String> receivedHeaders(String name) {
    return received.stream().map(request -> request.header(name)).toList();
  }

  /** A complete answer. */
  static Script answer(int status, String body, String... headers) {
    return answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static Script answer(int status, byte[] body, String... headers) {
    return out -> {
      out.write(head(status, body.length, headers));
      out.write(body);
      out.flush();
    };
  }

  /** The head and the first bytes of an answer that goes on, and then the end of the connection. */
  static Script cut(int status, String beginning) {
    return out -> {
      out.write(head(status, beginning.length() + 100));
      out.write(beginning.getBytes(StandardCharsets.UTF_8));
      out.flush();
      throw new IOException("cut");
    };
  }

  /** No byte at all, and the end of the connection. */
  static Script drop() {
    return out -> {
      throw new IOException("dropped");
    };
  }

  /** Nothing, until the server closes. */
  Script silence() {
    return silenceAfter(new byte[0]);
  }

  /** A head and some bytes, and then nothing until the server closes. */
  Script stall(int status, String beginning) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head(status, beginning.length() + 100));
    bytes.writeBytes(beginning.getBytes(StandardCharsets.UTF_8));
    return silenceAfter(bytes.toByteArray());
  }

  private Script silenceAfter(byte[] bytes) {
    return out -> {
      out.write(bytes);
      out.flush();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("silent to the end");
    };
  }

  private static byte[] head(int status, int length, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (status != 204) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (SocketException e) {
        return; // The listener was closed.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Received request = read(in);
      while (request != null) {
        received.add(request);
        handler.answer(request).play(socket.getOutputStream());
        request = read(in);
      }
    } catch (IOException e) {
      // A script that ends the connection, or a client that went away: both are part of a test.
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable Received read(InputStream in) throws IOException {
    String requestLine = line(in);
    if (requestLine.isEmpty()) {
      return null;
    }
    String[] parts = requestLine.split(" ", 3);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Received(parts[0], parts[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
