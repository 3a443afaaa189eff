package dev.vidame.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** What all requests of this library have in common. */
final class HttpRequests {
  private static final String USER_AGENT = "vidame-java/" + SdkVersion.VALUE;

  private HttpRequests() {}

  static HttpRequest.Builder to(URI uri) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("User-Agent", USER_AGENT);
    // Without TLS the JDK would ask every server to upgrade to HTTP/2, which helps nobody here.
    return "http".equalsIgnoreCase(uri.getScheme())
        ? builder.version(HttpClient.Version.HTTP_1_1)
        : builder;
  }
}
