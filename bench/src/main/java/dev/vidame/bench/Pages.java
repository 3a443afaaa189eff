package dev.vidame.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way to a deep page of a list, as a client goes there: page by page. */
final class Pages {
  private static final Pattern TOKEN = Pattern.compile("\"continuationToken\":\"([^\"]+)\"");

  private final URI list;
  private final String accessToken;

  /** Of a list, whose address has a query. */
  Pages(URI list, String accessToken) {
    this.list = list;
    this.accessToken = accessToken;
  }

  /** The continuation token of the page before this one, which is at least the second. */
  String tokenBefore(int deep) throws IOException {
    String continuation = "";
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int page = 1; page < deep; page++) {
        HttpResponse<String> answer =
            client.send(
                request(page, continuation),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        Matcher found = TOKEN.matcher(answer.body());
        if (answer.statusCode() != 200 || !found.find()) {
          throw new BenchException(
              "Page " + page + " is the last one, or was refused: " + answer.statusCode());
        }
        continuation = found.group(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
    return continuation;
  }

  private HttpRequest request(int page, String continuation) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(list + (page == 1 ? "" : "&seekOperation=Next")))
            .header("Authorization", "Bearer " + accessToken);
    if (page > 1) {
      request.header("MS-ContinuationToken", continuation);
    }
    return request.build();
  }
}
