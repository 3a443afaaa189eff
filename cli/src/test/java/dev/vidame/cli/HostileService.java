package dev.vidame.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vidame.wire.JsonBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A service whose account has a display name that no Vidame would take. */
final class HostileService implements AutoCloseable {
  private final HttpServer server;

  private HostileService(HttpServer server) {
    this.server = server;
  }

  static HostileService answering(String displayName) {
    Map<String, Object> account =
        Map.of(
            "id", "4b10bf41-ab11-40e3-8c53-cd67849b50de",
            "userPrincipalName", "ada@contoso.example",
            "displayName", displayName);
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange ->
              answer(
                  exchange,
                  exchange.getRequestURI().getPath().endsWith("/users")
                      ? Map.of("totalCount", 1, "items", List.of(account))
                      : account));
      server.start();
      return new HostileService(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
    byte[] json = JsonBody.write(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
