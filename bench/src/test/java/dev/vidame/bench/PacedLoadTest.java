package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedLoadTest {
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final PacedLoad.Plan ONE_SECOND = new PacedLoad.Plan(200, 1, 4);

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void everyRequestIsAnsweredAndCounted() throws IOException {
    answer(200, 0);

    PacedLoad.Result result = PacedLoad.run(address(), ONE_SECOND, number -> REQUEST);

    assertThat(result.rate().answers()).isEqualTo(200);
    assertThat(requests).hasValue(200);
  }

  /**
   * One of 200 requests holds the server for 300 ms; a client that waited for it would count one
   * slow request and not the sixty that should have left meanwhile.
   */
  @Test
  void requestsThatHadToWaitCountFromWhenTheyWereDue() throws IOException {
    answer(200, 300);

    PacedLoad.Result result = PacedLoad.run(address(), ONE_SECOND, number -> REQUEST);

    assertThat(result.rate().answers()).isEqualTo(200);
    assertThat(result.rate().p99Millis()).isGreaterThan(200);
  }

  @Test
  void refusedRequestEndsTheRun() {
    answer(500, 0);

    assertThatThrownBy(() -> PacedLoad.run(address(), ONE_SECOND, number -> REQUEST))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("500");
  }

  private void answer(int status, int stallMillis) {
    server.createContext(
        "/",
        exchange -> {
          if (requests.incrementAndGet() == 100) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(stallMillis));
          }
          byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }
}
