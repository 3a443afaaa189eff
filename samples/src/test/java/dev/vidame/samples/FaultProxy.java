package dev.vidame.samples;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server and does to requests what networks and gateways do. It tells
 * calls apart by their {@code MS-CorrelationId} and notes whoever comes back before the time that a
 * {@code Retry-After} named.
 */
final class FaultProxy implements AutoCloseable {
  /** What becomes of a request. */
  enum Fault {
    NONE,
    /** Passed on, late. */
    LATE,
    /** The connection is reset before the server hears of the request. */
    RESET_BEFORE,
    /** The connection is reset when the server has done its work. */
    RESET_AFTER,
    /** Half of the answer, then the end of the connection. */
    HALF,
    /** No answer at all. */
    SILENCE,
    /** 429, come back in a second. */
    THROTTLED,
    /** 503, come back at a time. */
    UNAVAILABLE_UNTIL,
    /** 503 from something on the way, once the server has done its work. */
    UNAVAILABLE_AFTER,
    /** 401: the token is over. */
    TOKEN_OVER
  }

  private static final Duration LATENCY = Duration.ofMillis(20);

  private final ServerSocket listener;
  private final URI server;
  private final Supplier<Fault> chance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Long> notBefore = new ConcurrentHashMap<>();
  private final Queue<String> tooEarly = new ConcurrentLinkedQueue<>();
  private final Map<Fault, AtomicInteger> done = new EnumMap<>(Fault.class);
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * Starts a proxy.
   *
   * @param chance what becomes of the next request; asked by many threads
   */
  FaultProxy(URI server, Supplier<Fault> chance) throws IOException {
    this.server = server;
    this.chance = chance;
    this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    for (Fault fault : Fault.values()) {
      done.put(fault, new AtomicInteger());
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Calls that came back before they were allowed to. */
  Queue<String> tooEarly() {
    return tooEarly;
  }

  /** How many requests of the API came. */
  int requests() {
    return requests.get();
  }

  int count(Fault fault) {
    AtomicInteger count = done.get(fault);
    return count == null ? 0 : count.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (SocketException e) {
        return; // The listener was closed.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      while (true) {
        Message request = Message.read(in);
        if (request == null || !answer(client, request)) {
          return;
        }
      }
    } catch (IOException e) {
      // A client that went away, or a reset of our own: what this is for.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  /** Answers whether the connection goes on. */
  private boolean answer(Socket client, Message request) throws IOException, InterruptedException {
    boolean isOfApi = request.line.contains(" /v1/");
    Fault fault = isOfApi ? chance.get() : Fault.NONE;
    if (isOfApi) {
      requests.incrementAndGet();
      noteTime(request);
    }
    done.getOrDefault(fault, new AtomicInteger()).incrementAndGet();
    return switch (fault) {
      case RESET_BEFORE, RESET_AFTER, HALF, SILENCE -> {
        breakOff(client, request, fault);
        yield false;
      }
      default -> {
        answerWhole(client.getOutputStream(), request, fault);
        yield true;
      }
    };
  }

  private void breakOff(Socket client, Message request, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case HALF -> {
        byte[] whole = pass(request);
        write(
            client.getOutputStream(),
            Arrays.copyOf(whole, whole.length - Math.min(20, whole.length / 2)));
      }
      case SILENCE -> closed.await();
      case RESET_AFTER -> {
        pass(request);
        client.setSoLinger(true, 0);
      }
      default -> client.setSoLinger(true, 0);
    }
  }

  private void answerWhole(OutputStream out, Message request, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case LATE -> {
        closed.await(LATENCY.toMillis(), TimeUnit.MILLISECONDS);
        write(out, pass(request));
      }
      case THROTTLED -> refuse(out, request, 429, 1);
      case UNAVAILABLE_UNTIL -> refuse(out, request, 503, 2);
      case UNAVAILABLE_AFTER -> {
        pass(request);
        write(out, head("503 Service Unavailable", "", "gone"));
      }
      case TOKEN_OVER ->
          write(
              out,
              head(
                  "401 Unauthorized",
                  "Content-Type: application/json\r\n",
                  "{\"code\":400,\"description\":\"Access denied\"}"));
      default -> write(out, pass(request));
    }
  }

  private void noteTime(Message request) {
    String call = request.header("MS-CorrelationId");
    Long allowed = notBefore.remove(call);
    long now = System.nanoTime();
    if (allowed != null && now < allowed) {
      tooEarly.add(call + " by " + Duration.ofNanos(allowed - now));
    }
  }

  private void refuse(OutputStream out, Message request, int status, int seconds)
      throws IOException {
    String after = Integer.toString(seconds);
    String date = "";
    if (status == 503) {
      ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
      date = "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now) + "\r\n";
      after = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(seconds));
    }
    notBefore.put(
        request.header("MS-CorrelationId"), System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    write(
        out,
        head(
            status + " Refused",
            date + "Retry-After: " + after + "\r\nContent-Type: application/json\r\n",
            "{ \"statusCode\": " + status + ", \"message\": \"Later.\" }"));
  }

  private static byte[] head(String status, String headers, String body) {
    return ("HTTP/1.1 "
            + status
            + "\r\n"
            + headers
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Asks the server on a connection of its own, and says what it answers. */
  private byte[] pass(Message request) throws IOException {
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      upstream.getOutputStream().write(request.bytes("Connection: close\r\n"));
      upstream.getOutputStream().flush();
      Message answer = Message.read(new BufferedInputStream(upstream.getInputStream()));
      if (answer == null) {
        throw new IOException("The server did not answer");
      }
      return answer.bytes("");
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket client : open) {
      client.close();
    }
  }

  /** A request or an answer with a length. */
  private static final class Message {
    private final String line;
    private final Map<String, String> headers;
    private final byte[] body;

    private Message(String line, Map<String, String> headers, byte[] body) {
      this.line = line;
      this.headers = headers;
      this.body = body;
    }

    static @Nullable Message read(InputStream in) throws IOException {
      String first = line(in);
      if (first.isEmpty()) {
        return null;
      }
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.merge(
            line.substring(0, colon), line.substring(colon + 1).trim(), (a, b) -> a + ", " + b);
      }
      if (headers.containsKey("Transfer-Encoding")) {
        throw new IllegalStateException("Chunks are not passed on here");
      }
      int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
      return new Message(first, headers, in.readNBytes(length));
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

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    byte[] bytes(String connection) {
      StringBuilder head = new StringBuilder(line).append("\r\n").append(connection);
      headers.forEach((name, value) -> {
        if (!name.equalsIgnoreCase("Connection")) {
          head.append(name).append(": ").append(value).append("\r\n");
        }
      });
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(body);
      return out.toByteArray();
    }
  }
}
