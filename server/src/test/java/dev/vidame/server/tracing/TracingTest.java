package dev.vidame.server.tracing;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.tracing.Collector.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final long INTERNAL = 1;
  private static final long SERVER = 2;
  private static final long ERROR = 2;

  @TempDir private Path folder;

  private TestServer traced(Collector collector, String percent) {
    return TestServer.start(
        folder,
        Map.of("tracing.endpoint", collector.endpoint(), "tracing.sampled-percent", percent));
  }

  private static Sent await(Collector collector, UUID request) {
    return collector.await(
        span -> request.toString().equals(span.attributes().get("vidame.request_id")));
  }

  @Test
  void requestIsASpanOfItsCallersTrace() throws IOException {
    UUID request = UUID.randomUUID();
    UUID correlation = UUID.randomUUID();
    try (Collector collector = Collector.start();
        TestServer server = traced(collector, "0")) {
      server.sendAsAdmin(
          RawRequest.patch(foundingPath(), "{\"displayName\":\"Traced\"}")
              .id(request)
              .header("MS-CorrelationId", correlation.toString())
              .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01"));

      Sent span = await(collector, request);
      Sent write = collector.await(sent -> sent.name().equals("store.write"));

      assertThat(span.name()).isEqualTo("update_user");
      assertThat(span.kind()).isEqualTo(SERVER);
      assertThat(span.trace()).isEqualTo(TRACE);
      assertThat(span.parent()).isEqualTo(PARENT);
      assertThat(span.status()).isZero();
      assertThat(span.attributes())
          .containsEntry("http.request.method", "PATCH")
          .containsEntry("http.route", "/v1/customers/{customer}/users/{user}")
          .containsEntry("http.response.status_code", "200")
          .containsEntry("url.path", foundingPath())
          .containsEntry("vidame.correlation_id", correlation.toString())
          .containsEntry("vidame.partner_id", Tenancy.PARTNER.toString());
      assertThat(write.trace()).isEqualTo(TRACE);
      assertThat(write.parent()).isEqualTo(span.id());
      assertThat(write.kind()).isEqualTo(INTERNAL);
      assertThat(collector.services()).contains("vidame");
    }
  }

  @Test
  void callerWhoDoesNotSayIsTracedAsTheOperatorWants() throws IOException {
    UUID first = UUID.randomUUID();
    try (Collector collector = Collector.start()) {
      try (TestServer server = traced(collector, "100")) {
        server.sendAsAdmin(RawRequest.get(foundingPath()).id(first));
        Sent span = await(collector, first);

        assertThat(span.parent()).isEmpty();
        assertThat(span.trace()).hasSize(32).isNotEqualTo(TRACE);
        assertThat(collector.await(sent -> sent.name().equals("store.read")).trace()).hasSize(32);

        UUID unsampled = UUID.randomUUID();
        server.sendAsAdmin(
            RawRequest.get(foundingPath())
                .id(unsampled)
                .header("traceparent", "00-" + TRACE + "-" + PARENT + "-00"));
        UUID broken = UUID.randomUUID();
        server.sendAsAdmin(
            RawRequest.get(foundingPath()).id(broken).header("traceparent", "00-zz-zz-01"));

        assertThat(await(collector, broken).parent()).isEmpty();
      }
      // The stop has sent all that there was, so the one that its caller did not want never comes.
      assertThat(collector.spans()).noneMatch(span -> span.trace().equals(TRACE));
    }
  }

  @Test
  void nothingThatACallerMadeUpIsTold() throws IOException {
    String secret = "Planted-Secret-1";
    try (Collector collector = Collector.start()) {
      try (TestServer server = traced(collector, "100")) {
        server.sendAsAdmin(RawRequest.get("/" + secret));
        server.sendAsAdmin(
            RawRequest.get("/v1/customers/" + Tenancy.CUSTOMER + "/users/" + secret));
        server.sendAsAdmin(RawRequest.get("/v1/customers/" + secret + "?filter=" + secret));
        server.sendAsAdmin(RawRequest.of(secret, "/livez").header("tracestate", "a=" + secret));
        server.sendAsAdmin(
            RawRequest.patch(foundingPath(), "{\"displayName\":\"" + secret + "\"}"));
      }

      assertThat(collector.spans()).hasSizeGreaterThanOrEqualTo(5);
      assertThat(collector.spans().toString()).doesNotContainIgnoringCase(secret);
      assertThat(collector.spans())
          .anySatisfy(span -> {
            assertThat(span.name()).isEqualTo("unknown");
            assertThat(span.attributes())
                .containsEntry("http.response.status_code", "404")
                .doesNotContainKey("url.path");
          })
          .anySatisfy(span ->
              assertThat(span.attributes())
                  .containsEntry("url.path", "/v1/customers/" + Tenancy.CUSTOMER + "/users/{user}"))
          .anySatisfy(
              span -> assertThat(span.attributes()).containsEntry("http.request.method", "_OTHER"));
    }
  }

  @Test
  void failureOfTheStoreIsAnError() throws IOException {
    UUID request = UUID.randomUUID();
    try (Collector collector = Collector.start();
        TestServer server = traced(collector, "100")) {
      server.server().directory().close();
      server.sendWhateverComes(
          RawRequest.get(foundingPath()).id(request).token(server.tokens().admin()));

      Sent span = await(collector, request);
      Sent read = collector.await(sent -> sent.name().equals("store.read"));

      assertThat(span.status()).isEqualTo(ERROR);
      assertThat(span.attributes())
          .containsEntry("http.response.status_code", "503")
          .containsEntry("error.type", "503");
      assertThat(read.status()).isEqualTo(ERROR);
      assertThat(read.attributes()).containsEntry("error.type", "StoreUnavailable");
    }
  }

  /** Nobody waits for a collector that takes what comes and never answers, and little is kept. */
  @Test
  void deadCollectorHoldsUpNobodyAndIsNotSavedUpFor() throws IOException {
    int requests = 3 * OtlpTracing.MOST_WAITING;
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (Collector collector = Collector.start(mayAnswer)) {
      try (TestServer server = traced(collector, "100");
          RawConnection connection = server.connect()) {
        for (int i = 0; i < requests; i++) {
          RawAnswer answer = connection.exchange(RawRequest.get("/livez"));
          assertThat(answer.status()).isEqualTo(200);
        }
        mayAnswer.countDown();
      }

      // One request was under way, or two where the first was given up, and the rest had waited.
      assertThat(collector.spans().size())
          .isPositive()
          .isLessThanOrEqualTo(OtlpTracing.MOST_WAITING + 3 * OtlpTracing.MOST_AT_ONCE);
    }
  }

  @Test
  void collectorThatIsNotThereIsNoReasonNotToServe() throws IOException {
    String nobody;
    try (Collector collector = Collector.start()) {
      nobody = collector.endpoint();
    }
    long start;
    try (TestServer server = TestServer.start(folder, Map.of("tracing.endpoint", nobody))) {
      for (int i = 0; i < 100; i++) {
        assertThat(server.sendAsAdmin(RawRequest.get(foundingPath())).status()).isEqualTo(200);
      }
      start = System.nanoTime();
    }
    assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
  }
}
