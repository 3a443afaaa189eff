package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.metrics.RequestMetrics;
import dev.vidame.wire.JsonBody;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many connections there may be is bounded, whoever makes them. */
@Timeout(30)
class ConnectionLimitTest {
  /** So many of each kind. */
  private static final int SLOW_CLIENTS = Boolean.getBoolean("vidame.long") ? 2_500 : 150;

  private final AtomicInteger handled = new AtomicInteger();

  private HttpListener listener(ConnectionLimit room) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpListener listener =
        HttpListener.prepare(
            UUID::randomUUID, new HttpListener.Doorway(anyPort, null, Forwarders.none(), room));
    listener.start(api());
    return listener;
  }

  private Api api() {
    Route take =
        Route.open(
            "POST",
            "/take",
            "take",
            call -> {
              int length = call.request().body().length;
              handled.incrementAndGet();
              return length(length);
            });
    RequestMetrics metrics = new RequestMetrics();
    return new Api(
        List.of(take),
        (authorization, client) -> {
          throw ApiErrors.notOffered();
        },
        Throttle.open(metrics),
        (bearer, customer) -> Optional.empty(),
        (call, operation, refusal) -> {},
        metrics,
        InstantSource.system());
  }

  private static Answer length(int length) {
    return Answer.json(200, JsonBody.write(Map.of("length", length)));
  }

  private static RawRequest post(String path, int bytes) {
    return RawRequest.of("POST", path).body(new byte[bytes]);
  }

  @Test
  void connectionBeyondTheMostWaitsUntilAnotherEnds() throws IOException {
    try (HttpListener listener = listener(new ConnectionLimit(2));
        RawConnection second = new RawConnection(listener.port())) {
      second.exchange(post("/take", 1));
      RawConnection third;
      try (RawConnection first = new RawConnection(listener.port())) {
        first.exchange(post("/take", 1));
        third = new RawConnection(listener.port());
        third.send(post("/take", 1).bytes());
        for (int i = 0; i < 50; i++) {
          first.exchange(post("/take", 1));
          second.exchange(post("/take", 1));
        }
        assertThat(handled).hasValue(102);
      }

      try (third) {
        assertThat(third.read().status()).isEqualTo(200);
      }
    }
  }

  /**
   * Neither whoever sends a head byte by byte, nor whoever says nothing, takes more than a place.
   */
  @Test
  void slowAndIdleClientsKeepNobodyOutWhileThereIsAPlace() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    try (HttpListener listener = listener(new ConnectionLimit(2 * SLOW_CLIENTS + 1))) {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        slow.add(new RawConnection(listener.port()));
        slow.add(new RawConnection(listener.port()));
        slow.getLast().send(ascii("POST /take HTT"));
      }
      for (byte next : ascii("P/1.1\r\nHost: x\r\n")) {
        for (int i = 1; i < slow.size(); i += 2) {
          slow.get(i).send(new byte[] {next});
        }
      }

      try (RawConnection other = new RawConnection(listener.port())) {
        for (int i = 0; i < 50; i++) {
          assertThat(other.exchange(post("/take", 1)).status()).isEqualTo(200);
        }
      }

      assertThat(handled).as("none of the slow ones").hasValue(50);
      for (int i = 1; i < slow.size(); i += 2) {
        slow.get(i).send(ascii("Content-Length: 0\r\n\r\n"));
        assertThat(slow.get(i).read().status()).as("slow, and served").isEqualTo(200);
      }
    } finally {
      for (RawConnection connection : slow) {
        connection.close();
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void limitGrowsWithTheMemory() {
    long launchers = 160L << 20;

    assertThat(ConnectionLimit.of(launchers)).isEqualTo(new ConnectionLimit(1_706));
    assertThat(ConnectionLimit.of(1)).isEqualTo(new ConnectionLimit(256));
    assertThat(ConnectionLimit.of(1L << 50).connections()).isEqualTo(100_000);
    assertThat(ConnectionLimit.of(launchers).withConnections(0))
        .isEqualTo(ConnectionLimit.of(launchers));
    assertThat(ConnectionLimit.of(launchers).withConnections(7)).isEqualTo(new ConnectionLimit(7));
  }
}
