package dev.vidame.server.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
  @TempDir private Path folder;

  /** What a handler of the root would print. */
  private static final class Printed extends Handler {
    final List<String> lines = new CopyOnWriteArrayList<>();

    Printed() {
      setFormatter(new JsonLines());
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(getFormatter().format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static JsonNode parsed(String line) {
    assertThat(line).endsWith("}\n");
    assertThat(line.strip()).doesNotContain("\n");
    return JsonNode.parse(line.strip().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode formatted(LogRecord line) {
    return parsed(new JsonLines().format(line));
  }

  @Test
  void lineOfARequestNamesIt() {
    Printed printed = new Printed();
    Logger logger = Logger.getLogger("dev.vidame.server.http");
    logger.addHandler(printed);
    UUID request = UUID.randomUUID();
    UUID correlation = UUID.randomUUID();
    try (TestServer server = TestServer.start(folder)) {
      server.send(
          RawRequest.get(TestServer.foundingPath())
              .id(request)
              .header("MS-CorrelationId", correlation.toString())
              .token(server.tokens().of(Role.BILLING_ADMIN)));
    } finally {
      logger.removeHandler(printed);
    }

    assertThat(printed.lines).hasSize(1);
    JsonNode line = parsed(printed.lines.getFirst());
    assertThat(line.members().keySet())
        .containsExactly(
            "time",
            "level",
            "logger",
            "message",
            "operation",
            "requestId",
            "correlationId",
            "partner");
    assertThat(Instant.parse(line.get("time").text())).isNotNull();
    assertThat(line.get("level").text()).isEqualTo("INFO");
    assertThat(line.get("logger").text()).isEqualTo("dev.vidame.server.http.DenialLog");
    assertThat(line.get("message").text()).contains("may not get_user");
    assertThat(line.get("operation").text()).isEqualTo("get_user");
    assertThat(line.get("requestId").text()).isEqualTo(request.toString());
    assertThat(line.get("correlationId").text()).isEqualTo(correlation.toString());
    assertThat(line.get("partner").text()).isEqualTo(Tenancy.PARTNER.toString());
  }

  @Test
  void lineOfNoRequestNamesNone() {
    LogRecord record = new LogRecord(Level.WARNING, "Of {0}\nand \"more\" \u0000");
    record.setLoggerName("dev.vidame.some");
    record.setParameters(new Object[] {"one"});

    JsonNode line = formatted(record);

    assertThat(line.members().keySet()).containsExactly("time", "level", "logger", "message");
    assertThat(line.get("message").text()).isEqualTo("Of one\nand \"more\" \u0000");
  }

  @Test
  void whatWasThrownIsOneText() {
    LogRecord record = new LogRecord(Level.SEVERE, "Broken");
    record.setThrown(new IllegalStateException("outer", new IllegalArgumentException("inner")));

    JsonNode line = formatted(record);

    assertThat(line.get("level").text()).isEqualTo("ERROR");
    assertThat(line.get("error").text())
        .contains("IllegalStateException: outer", "IllegalArgumentException: inner", "\tat ");
    assertThat(line.has("logger")).isFalse();
  }

  @Test
  void levelsAreThoseOfTheLoggersThatAreUsed() {
    List<Level> levels =
        List.of(Level.FINEST, Level.FINER, Level.FINE, Level.CONFIG, Level.INFO, Level.OFF);

    assertThat(levels.stream().map(level -> formatted(new LogRecord(level, "x"))).toList())
        .extracting(line -> line.get("level").text())
        .containsExactly("TRACE", "TRACE", "DEBUG", "DEBUG", "INFO", "ERROR");
  }

  @Test
  void requestIsKnownOnItsThreadAndOnlyThere() throws InterruptedException {
    RequestContext context = new RequestContext(UUID.randomUUID(), UUID.randomUUID());
    context.trace("0af7651916cd43dd8448eb211c80319c");
    LogRecord record = new LogRecord(Level.INFO, "x");

    String inside = context.run(() -> new JsonLines().format(record));
    JsonNode elsewhere =
        context.run(() -> {
          CopyOnWriteArrayList<JsonNode> lines = new CopyOnWriteArrayList<>();
          Thread other = Thread.ofVirtual().start(() -> lines.add(formatted(record)));
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return lines.getFirst();
        });

    assertThat(parsed(inside).get("trace").text()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(parsed(inside).get("operation").text()).isEqualTo("unknown");
    assertThat(elsewhere.has("requestId")).isFalse();
    assertThat(formatted(record).has("requestId")).isFalse();
  }
}
