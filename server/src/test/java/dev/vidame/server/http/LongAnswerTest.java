package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.metrics.RequestMetrics;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LongAnswerTest {
  private static final int BYTES = 43_000;
  private static final int REQUESTS = 41;
  private static final long DELAYED_RECEIPT_MILLIS = 40;

  /** A system holds the receipt of a packet back for 40 ms if nothing is to be sent with it. */
  @Test
  void endOfALongAnswerDoesNotWaitForTheReceiptOfItsBeginning() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (HttpListener listener = HttpListener.prepare(UUID::randomUUID, anyPort)) {
      listener.start(api());
      long[] millis = new long[REQUESTS];
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
          InputStream in = new BufferedInputStream(socket.getInputStream())) {
        for (int i = 0; i < REQUESTS; i++) {
          long start = System.nanoTime();
          socket
              .getOutputStream()
              .write(
                  "GET /long HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          readAnswer(in);
          millis[i] = (System.nanoTime() - start) / 1_000_000;
        }
      }
      Arrays.sort(millis);

      assertThat(millis[REQUESTS / 2]).isLessThan(DELAYED_RECEIPT_MILLIS);
    }
  }

  private static void readAnswer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    assertThat(head.toString()).contains("Content-Length: " + BYTES);
    assertThat(in.readNBytes(BYTES)).hasSize(BYTES);
  }

  private static Api api() {
    Route route = Route.open("GET", "/long", "long", call -> Answer.json(200, new byte[BYTES]));
    RequestMetrics metrics = new RequestMetrics();
    return new Api(
        List.of(route),
        (authorization, client) -> {
          throw ApiErrors.notOffered();
        },
        Throttle.open(metrics),
        (bearer, customer) -> Optional.empty(),
        (call, operation, refusal) -> {},
        metrics,
        InstantSource.system());
  }
}
