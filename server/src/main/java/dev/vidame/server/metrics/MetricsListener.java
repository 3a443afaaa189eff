package dev.vidame.server.metrics;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.InetAddress;

/** Serves the metrics to Prometheus, on the loopback address only. Thread-safe. */
public final class MetricsListener implements AutoCloseable {
  private final WebServer server;

  private MetricsListener(WebServer server) {
    this.server = server;
  }

  /**
   * Listens at the port.
   *
   * @throws IllegalStateException when the port cannot be bound
   */
  public static MetricsListener start(RequestMetrics metrics, int port) {
    HttpRouting.Builder routing =
        HttpRouting.builder()
            .get(
                "/metrics",
                (request, response) ->
                    response
                        .header(HeaderNames.CONTENT_TYPE, RequestMetrics.CONTENT_TYPE)
                        .send(metrics.render()));
    WebServer server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(port)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .routing(routing)
            .build();
    server.start();
    if (!server.isRunning()) {
      throw new IllegalStateException("Cannot serve metrics at port " + port);
    }
    return new MetricsListener(server);
  }

  @Override
  public void close() {
    server.stop();
  }
}
