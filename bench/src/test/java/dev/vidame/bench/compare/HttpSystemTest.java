package dev.vidame.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vidame.bench.BenchException;
import dev.vidame.bench.Rate;
import dev.vidame.bench.RunScope;
import dev.vidame.bench.Template;
import dev.vidame.bench.Wrk;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real load by wrk, where it is installed, on a server that does as it should, or does not. */
class HttpSystemTest {
  private static final int USERS = 20;
  private static final Pattern NAME = Pattern.compile("\\{\"name\":\"([^\"]*)\"}");
  private static final Plan SHORT = new Plan(USERS, 1, 4, 1, 1, 1);

  /**
   * How many requests to the same path come before one that waited on its connection: with all
   * paths, more of each of wrk's threads than it has connections, many times over.
   */
  private static final int OVERTAKING = 40;

  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Map<String, List<String>> waiting = new ConcurrentHashMap<>();
  private final Set<String> requestIds = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean isForgetful;
  private volatile boolean isOvertaken;
  private volatile int status = 200;
  private volatile int listed = Operation.PAGE;
  private HttpServer server;
  private RunScope scope;

  @BeforeEach
  void start() throws IOException {
    assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
    System.setProperty("vidame.root", Path.of("..").toAbsolutePath().normalize().toString());
    scope = RunScope.open();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
      scope.close();
    }
    threads.close();
    System.clearProperty("vidame.root");
  }

  @Test
  void changesAreMadeAndFoundAgain() throws IOException {
    Rate rate = measured(Operation.CHANGE);

    assertThat(rate.answers()).isPositive();
    assertThat(names.values()).allMatch(name -> name.startsWith("Name "));
    assertThat(requestIds).hasSizeGreaterThan((int) rate.answers());
  }

  @Test
  void changeThatComesLateIsFoundAgain() throws IOException {
    isOvertaken = true;

    Rate rate = measured(Operation.CHANGE);

    assertThat(rate.answers()).isGreaterThan(USERS * OVERTAKING);
    assertThat(waiting.values()).allSatisfy(late -> assertThat(late).hasSize(OVERTAKING));
  }

  @Test
  void changeThatIsAnsweredAndNotMadeFails() {
    isForgetful = true;

    assertThatThrownBy(() -> measured(Operation.CHANGE))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("that was answered, but it has");
  }

  @Test
  void refusalFailsAndSaysWhat() {
    status = 503;

    assertThatThrownBy(() -> measured(Operation.READ))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("503");
  }

  @Test
  void shortListFails() {
    listed = 99;

    assertThatThrownBy(() -> measured(Operation.LIST))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("99 accounts and not 100");
  }

  private Rate measured(Operation operation) throws IOException {
    Path users = scope.folder().resolve("users");
    Files.write(users, IntStream.range(0, USERS).mapToObj("/users/%04d"::formatted).toList());
    Path list = Files.writeString(scope.folder().resolve("list"), "/users\n");
    HttpSystem.Manners manners =
        new HttpSystem.Manners(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            () -> "token",
            users,
            list,
            new HttpSystem.Change(
                "PUT", "Request-Id", "{\"name\":\"" + Template.VALUE + "\"}", "name", "kept"),
            "name");
    try (HttpSystem system = new HttpSystem(new Wrk(scope, users, SHORT.connections()), manners)) {
      return system.measure(operation, SHORT);
    }
  }

  /** As if each request but the first ones to a path came when others had overtaken it. */
  private String stored(String path, String name) {
    if (!isOvertaken) {
      return name;
    }
    List<String> late = waiting.computeIfAbsent(path, any -> new ArrayList<>());
    synchronized (late) {
      late.add(name);
      return late.size() > OVERTAKING ? late.removeFirst() : late.getFirst();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Matcher name = NAME.matcher(sent);
      if (name.matches()) {
        requestIds.add(exchange.getRequestHeaders().getFirst("Request-Id"));
        names.put(path, isForgetful ? "Name of old" : stored(path, name.group(1)));
      }
      String one =
          "{\"name\":\"%s\",\"kept\":\"yes\"}".formatted(names.getOrDefault(path, "Name at first"));
      String body = path.equals("/users") ? "[" + (one + ",").repeat(listed) + "]" : one;
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
