package dev.vidame.server.tokens;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.vidame.server.tokens.OutboundConnections.Connection;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a small document within a time that covers all of it, however slowly it comes. Follows no
 * redirect: where keys are is what an operator said. Thread-safe.
 */
final class BoundedRetriever implements ResourceRetriever, AutoCloseable {
  /*
   * Java's own client looks names up by itself, and nobody learns where it connects to before it has. So a request is made
   * here, on a connection whose address was looked at; there are few of them, and each has one for itself.
   */

  /** Providers' key sets have some kilobytes. */
  static final int MOST_BYTES = 64 * 1024;

  private static final int OK = 200;

  private final Duration patience;
  private final OutboundConnections connections;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A retriever.
   *
   * @param patience from the lookup of the host to the last byte that comes
   */
  BoundedRetriever(Duration patience) {
    this(patience, OutboundConnections.standard());
  }

  BoundedRetriever(Duration patience, OutboundConnections connections) {
    this.patience = patience;
    this.connections = connections;
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    Answered answer = sent("GET", URI.create(url.toString()), Map.of(), "");
    if (answer.status() != OK) {
      throw new IOException("The key set was answered with " + answer.status());
    }
    return new Resource(answer.body(), "application/json");
  }

  /**
   * What a server answered.
   *
   * @param status of HTTP
   * @param body as UTF-8
   */
  record Answered(int status, String body) {
    /** Never shows the body, which may hold tokens. */
    @Override
    public String toString() {
      return "Answered[" + status + "]";
    }
  }

  /**
   * Sends a form, with the same patience.
   *
   * @param headers what else goes along
   */
  Answered post(URI url, String form, Map<String, String> headers) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/x-www-form-urlencoded");
    all.put("Content-Length", Integer.toString(form.getBytes(StandardCharsets.UTF_8).length));
    return sent("POST", url, all, form);
  }

  private Answered sent(String method, URI url, Map<String, String> headers, String body)
      throws IOException {
    byte[] request = request(method, url, headers, body);
    try {
      return awaited(threads.submit(() -> exchanged(url, request)));
    } catch (RejectedExecutionException e) {
      throw new IOException("The server stops", e);
    }
  }

  private static byte[] request(String method, URI url, Map<String, String> headers, String body) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String target = ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", ascii.getHost() + (ascii.getPort() < 0 ? "" : ":" + ascii.getPort()));
    all.put("User-Agent", "Vidame");
    all.put("Accept", "application/json");
    all.put("Accept-Encoding", "identity");
    all.put("Connection", "close");
    all.putAll(headers);
    StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body.getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private Answered exchanged(URI url, byte[] request) throws IOException {
    try (Connection connection = connections.open(url, patience)) {
      connection.socket().getOutputStream().write(request);
      return new AnswerReader(
              new BufferedInputStream(connection.socket().getInputStream()), MOST_BYTES)
          .read();
    }
  }

  private Answered awaited(Future<Answered> coming) throws IOException {
    try {
      return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("The key set took longer than " + patience, e);
    } catch (ExecutionException e) {
      throw new IOException("The key set could not be fetched, " + kindOf(e), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the key set came", e);
    } finally {
      coming.cancel(true); // which closes the connection: its thread is a virtual one
    }
  }

  /** Not its message, which may hold what the other server sent. */
  private static String kindOf(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return (cause == null ? failure : cause).getClass().getSimpleName();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
