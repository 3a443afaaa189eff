package dev.vidame.server.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vidame.harness.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A collector of traces, as far as OTLP over HTTP goes: keeps the spans that it is sent. */
final class Collector implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch mayAnswer;
  private final List<Sent> spans = new CopyOnWriteArrayList<>();
  private final List<String> services = new CopyOnWriteArrayList<>();

  /** A span as it came. */
  record Sent(
      String trace,
      String id,
      String parent,
      String name,
      long kind,
      long status,
      Map<String, String> attributes) {}

  private Collector(HttpServer server, CountDownLatch mayAnswer) {
    this.server = server;
    this.mayAnswer = mayAnswer;
    server.setExecutor(threads);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  static Collector start() throws IOException {
    return start(new CountDownLatch(0));
  }

  /** One that takes what comes and answers nobody until it may. */
  static Collector start(CountDownLatch mayAnswer) throws IOException {
    return new Collector(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
        mayAnswer);
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if ("application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
        Protobuf.of(body).messages(1).forEach(this::keep);
      }
      mayAnswer.await();
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private void keep(Protobuf resourceSpans) {
    resourceSpans
        .messages(1)
        .forEach(
            resource -> services.add(attributes(resource, 1).getOrDefault("service.name", "")));
    for (Protobuf scope : resourceSpans.messages(2)) {
      scope.messages(2).forEach(span -> spans.add(sent(span)));
    }
  }

  private static Sent sent(Protobuf span) {
    HexFormat hex = HexFormat.of();
    return new Sent(
        hex.formatHex(span.bytes(1)),
        hex.formatHex(span.bytes(2)),
        hex.formatHex(span.bytes(4)),
        span.text(5),
        span.number(6),
        span.messages(15).stream().mapToLong(status -> status.number(3)).sum(),
        attributes(span, 9));
  }

  private static Map<String, String> attributes(Protobuf of, int number) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Protobuf pair : of.messages(number)) {
      Protobuf value = pair.messages(2).getFirst();
      attributes.put(pair.text(1), value.has(1) ? value.text(1) : Long.toString(value.number(3)));
    }
    return attributes;
  }

  List<Sent> spans() {
    return spans;
  }

  List<String> services() {
    return services;
  }

  /** The first span that fits, once it has come. */
  Sent await(Predicate<Sent> wanted) {
    Until.met(() -> spans.stream().anyMatch(wanted));
    return spans.stream().filter(wanted).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    mayAnswer.countDown();
    server.stop(0);
    threads.close();
  }
}
