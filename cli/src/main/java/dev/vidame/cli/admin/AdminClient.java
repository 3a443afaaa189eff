package dev.vidame.cli.admin;

import dev.vidame.wire.ErrorBody;
import dev.vidame.wire.JsonBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the operators' routes of a server. Used by one thread. */
final class AdminClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI base;
  private final String secret;

  AdminClient(URI base, String secret) {
    this.base = base;
    this.secret = secret;
  }

  /** A path under {@code /admin/v1}; each segment may hold anything. */
  static String path(String... segments) {
    StringBuilder path = new StringBuilder("/admin/v1");
    for (String segment : segments) {
      String encoded = URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
      path.append('/').append(encoded);
    }
    return path.toString();
  }

  byte[] get(String path) {
    return send("GET", path, null);
  }

  byte[] delete(String path) {
    return send("DELETE", path, null);
  }

  byte[] send(String method, String path, @Nullable Map<String, ? extends @Nullable Object> body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + secret)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(JsonBody.write(body)))
            .build();
    HttpResponse<byte[]> response = exchange(request);
    if (response.statusCode() >= 300) {
      throw refused(response);
    }
    return response.body();
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AdminException(
          AdminException.UNAVAILABLE,
          "No answer from "
              + base
              + ". Does the server run? Name it with --url or "
              + Connection.URL_VARIABLE
              + ". ("
              + e
              + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException(AdminException.UNAVAILABLE, "Interrupted; it may have been done.");
    }
  }

  private AdminException refused(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    ErrorBody error = ErrorBody.fromJson(response.body());
    String said =
        error == null
            ? base + " answered " + status + ", and not as this service does."
            : error.description() + " (" + status + "/" + error.code() + ")";
    return switch (status) {
      case 401 ->
          new AdminException(
              AdminException.NO_PERMISSION,
              said
                  + " Is the secret an operator's? See "
                  + Connection.SECRET_VARIABLE
                  + " and --secret-file.");
      case 404 ->
          new AdminException(
              AdminException.REFUSED, said + " Check the ids; the list commands show them.");
      default ->
          new AdminException(
              status >= 500 || error == null ? AdminException.UNAVAILABLE : AdminException.REFUSED,
              said);
    };
  }
}
