package dev.vidame.server.tokens;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a small document within a time that covers all of it, however slowly it comes. Follows no
 * redirect: where keys are is what an operator said. Thread-safe.
 */
final class BoundedRetriever implements ResourceRetriever, AutoCloseable {
  /** Providers' key sets have some kilobytes. */
  static final int MOST_BYTES = 64 * 1024;

  private static final int OK = 200;

  private final Duration patience;

  /** Made when it is first needed: most servers trust nobody else, and a start should be short. */
  private @Nullable HttpClient http;

  /**
   * A retriever.
   *
   * @param patience from the first byte that is sent to the last one that comes
   */
  BoundedRetriever(Duration patience) {
    this.patience = patience;
  }

  private synchronized HttpClient client() {
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(patience)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
    }
    return http;
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url.toString()))
            .timeout(patience)
            .header("Accept", "application/json")
            .build();
    HttpResponse<byte[]> response = sent(request);
    if (response.statusCode() != OK) {
      throw new IOException("The key set was answered with " + response.statusCode());
    }
    return new Resource(new String(response.body(), StandardCharsets.UTF_8), "application/json");
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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(patience)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    headers.forEach(request::header);
    HttpResponse<byte[]> response = sent(request.build());
    return new Answered(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> sent(HttpRequest request) throws IOException {
    return awaited(
        client().sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES)));
  }

  private HttpResponse<byte[]> awaited(CompletableFuture<HttpResponse<byte[]>> coming)
      throws IOException {
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
      coming.cancel(true);
    }
  }

  /** Not its message, which may hold what the other server sent. */
  private static String kindOf(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return (cause == null ? failure : cause).getClass().getSimpleName();
  }

  @Override
  public synchronized void close() {
    if (http != null) {
      http.shutdownNow();
      http.close();
    }
  }
}
