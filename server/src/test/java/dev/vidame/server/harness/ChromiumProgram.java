package dev.vidame.server.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The running program, over a new profile, and its DevTools protocol: calls, each of which is
 * answered, and events that come on a thread of their own. Used by one thread.
 */
final class ChromiumProgram implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final String LISTENING = "DevTools listening on ";

  private final OwnFolder profile = OwnFolder.create();
  private final Process process;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final Consumer<JsonNode> events;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private String session = "";
  private int lastId;

  /**
   * Starts it.
   *
   * @param language in which it wants pages
   * @param events is given each whole
   */
  ChromiumProgram(String language, Consumer<JsonNode> events) throws IOException {
    this.events = events;
    this.process = process(language);
    this.socket = http.newWebSocketBuilder().buildAsync(address(), new Receiver()).join();
  }

  static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  private Process process(String language) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--accept-lang=" + language,
                "--user-data-dir=" + profile.path(),
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    // It would leave a socket behind elsewhere.
    program.environment().put("TMPDIR", profile.path().toString());
    return program.start();
  }

  private URI address() throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("The browser did not start");
    }
    Thread.ofVirtual().start(() -> said.lines().forEach(more -> {}));
    return URI.create(line.substring(LISTENING.length()));
  }

  /** Opens a page, which further calls are about. */
  void openPage() {
    String target = call("Target.createTarget", "{\"url\":\"about:blank\"}").get("targetId").text();
    session =
        call("Target.attachToTarget", "{\"targetId\":" + quoted(target) + ",\"flatten\":true}")
            .get("sessionId")
            .text();
  }

  /** The result of a call that must succeed. */
  JsonNode call(String method, String parameters) {
    JsonNode answer = answer(method, parameters);
    if (!answer.has("result")) {
      throw new AssertionError(method + " was answered " + answer);
    }
    return answer.get("result");
  }

  /** The answer to a call, which may be a refusal. */
  JsonNode answer(String method, String parameters) {
    int id = ++lastId;
    String of = session.isEmpty() ? "" : ",\"sessionId\":" + quoted(session);
    socket
        .sendText(
            "{\"id\":%d,\"method\":\"%s\",\"params\":%s%s}".formatted(id, method, parameters, of),
            true)
        .join();
    try {
      JsonNode answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      while (answer != null && answer.get("id").number() != id) {
        answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      if (answer == null) {
        throw new AssertionError(method + " was not answered");
      }
      return answer;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      json.append(
          switch (c) {
            case '"', '\\' -> "\\" + c;
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c);
          });
    }
    return json.append('"').toString();
  }

  /** Ends it with its helpers, which would go on writing for a moment, and removes the profile. */
  @Override
  public void close() throws IOException {
    socket.abort();
    http.close();
    List<ProcessHandle> helpers = process.descendants().toList();
    process.destroy();
    process.onExit().join();
    helpers.forEach(ProcessHandle::destroyForcibly);
    profile.close();
  }

  /** Puts the parts of messages together. */
  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        JsonNode message = JsonNode.parse(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
        if (message.has("id")) {
          answers.add(message);
        } else {
          events.accept(message);
        }
      }
      from.request(1);
      return null;
    }
  }
}
