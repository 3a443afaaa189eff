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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real browser without a window, with a profile of its own, worked by its keyboard and its mouse
 * over the DevTools protocol. Used by one thread.
 */
public final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final String LISTENING = "DevTools listening on ";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String EVALUATE = "Runtime.evaluate";

  /** What it says of a page that is there no more. */
  private static final Set<String> LEFT =
      Set.of(
          "Inspected target navigated or closed",
          "Execution context was destroyed.",
          "Cannot find default execution context");

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> held = new LinkedBlockingQueue<>();
  private String session = "";
  private int lastId;

  private Chromium(Process process, URI address, HttpClient http) {
    this.process = process;
    this.socket = http.newWebSocketBuilder().buildAsync(address, new Receiver()).join();
  }

  public static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts the program; it wants pages in this language. */
  public static Chromium start(Path profile, HttpClient http, String language) throws IOException {
    Process process =
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
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Chromium browser = new Chromium(process, address(process), http);
    browser.openPage();
    return browser;
  }

  private static URI address(Process process) throws IOException {
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

  private void openPage() {
    String target = call("Target.createTarget", "{\"url\":\"about:blank\"}").get("targetId").text();
    session =
        call("Target.attachToTarget", "{\"targetId\":" + quoted(target) + ",\"flatten\":true}")
            .get("sessionId")
            .text();
    call("Page.enable", "{}");
    call("Emulation.setFocusEmulationEnabled", "{\"enabled\":true}");
    call("Log.enable", "{}");
    call("Runtime.enable", "{}");
    call("Network.enable", "{}");
    call("Accessibility.enable", "{}");
  }

  public void open(String address) {
    call("Page.navigate", "{\"url\":" + quoted(address) + "}");
  }

  /** What a script in the page would see; the page itself runs none. */
  public String evaluate(String expression) {
    return value(call(EVALUATE, evaluation(expression)));
  }

  private static String evaluation(String expression) {
    return "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":"
        + quoted(expression)
        + "}";
  }

  private static String value(JsonNode evaluated) {
    JsonNode result = evaluated.get("result");
    return result.has("value") ? String.valueOf(result.get("value").value()) : "";
  }

  /**
   * Waits until a page with this heading is shown whole, painted, and has the focus where it wants
   * it. A browser drops keys that are pressed earlier.
   */
  public void awaitHeading(String heading) {
    await(
        "document.readyState === 'complete' && !!document.querySelector('h1')"
            + " && document.querySelector('h1').textContent === "
            + quoted(heading));
    await("performance.getEntriesByType('paint').length > 0");
    await(
        "!document.querySelector('[autofocus]')"
            + " || document.activeElement === document.querySelector('[autofocus]')");
  }

  /** Waits until an expression is true. */
  public void await(String expression) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isTrue(expression)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Never true: " + expression + "\n\n" + evaluate("document.documentElement.outerHTML"));
      }
      Thread.onSpinWait();
    }
  }

  /** Nothing is true of a page that gives way to another one while it is asked. */
  private boolean isTrue(String expression) {
    JsonNode answer = answer(EVALUATE, evaluation(expression));
    if (answer.has("error") && LEFT.contains(answer.get("error").get("message").text())) {
      return false;
    }
    return value(result(EVALUATE, answer)).equals("true");
  }

  /** Types into what has the focus. */
  public void type(String text) {
    call("Input.insertText", "{\"text\":" + quoted(text) + "}");
  }

  public void tab() {
    key("Tab", 9, "");
  }

  public void enter() {
    key("Enter", 13, ",\"text\":\"\\r\"");
  }

  /** Lets pages see one of the two themes as the reader's wish. */
  public void prefer(String theme) {
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":" + quoted(theme) + "}]}");
  }

  /** Lets pages use the clipboard, as a person does who is asked. */
  public void allowClipboard() {
    call(
        "Browser.grantPermissions",
        "{\"permissions\":[\"clipboardReadWrite\",\"clipboardSanitizedWrite\"]}");
  }

  /** A window this wide and high. */
  public void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false}"
            .formatted(width, height));
  }

  /** Presses the mouse on the middle of what a selector finds first. */
  public void click(String selector) {
    String element = "document.querySelector(" + quoted(selector) + ")";
    await("!!" + element);
    String middle =
        evaluate(
            "(() => { const e = "
                + element
                + "; e.scrollIntoView({block:'center',behavior:'instant'}); const r = e.getBoundingClientRect();"
                + " return (r.x + r.width / 2) + ',' + (r.y + r.height / 2); })()");
    int comma = middle.indexOf(',');
    String at =
        "\"x\":%s,\"y\":%s,\"button\":\"left\",\"clickCount\":1"
            .formatted(middle.substring(0, comma), middle.substring(comma + 1));
    call("Input.dispatchMouseEvent", "{\"type\":\"mousePressed\"," + at + "}");
    call("Input.dispatchMouseEvent", "{\"type\":\"mouseReleased\"," + at + "}");
  }

  /** Puts a text in the place of what a field holds. */
  public void fill(String selector, String text) {
    String field = "document.querySelector(" + quoted(selector) + ")";
    await("!!" + field);
    evaluate("(() => { const e = " + field + "; e.focus(); e.select(); })()");
    type(text);
  }

  /** Chooses a file in a field for files. */
  public void choose(String selector, Path file) {
    long root = call("DOM.getDocument", "{\"depth\":0}").get("root").get("nodeId").number();
    long field =
        call("DOM.querySelector", "{\"nodeId\":" + root + ",\"selector\":" + quoted(selector) + "}")
            .get("nodeId")
            .number();
    call(
        "DOM.setFileInputFiles",
        "{\"nodeId\":" + field + ",\"files\":[" + quoted(file.toString()) + "]}");
  }

  /** Keeps a picture of the whole page. */
  public void photograph(Path file) throws IOException {
    photograph(file, true);
  }

  /** Keeps a picture of what the window shows of the page. */
  public void photographWindow(Path file) throws IOException {
    photograph(file, false);
  }

  private void photograph(Path file, boolean isWhole) throws IOException {
    String picture =
        call("Page.captureScreenshot", "{\"captureBeyondViewport\":" + isWhole + "}")
            .get("data")
            .text();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  /** The addresses that were asked for, by whatever page. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Forgets what the browser complained about. */
  public void forgive() {
    complaints.clear();
  }

  private void key(String name, int code, String more) {
    String key =
        "\"key\":\"%s\",\"code\":\"%s\",\"windowsVirtualKeyCode\":%d".formatted(name, name, code);
    call("Input.dispatchKeyEvent", "{\"type\":\"keyDown\"," + key + more + "}");
    call("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"," + key + "}");
  }

  /** What a screen reader hears: the role and the name of everything in the page that has both. */
  public List<String> heard() {
    return call("Accessibility.getFullAXTree", "{}").get("nodes").items().stream()
        .map(Chromium::roleAndName)
        .filter(text -> !text.endsWith(" "))
        .toList();
  }

  private static String roleAndName(JsonNode node) {
    return inner(node, "role") + " " + inner(node, "name");
  }

  private static String inner(JsonNode node, String member) {
    return node.has(member) && node.get(member).has("value")
        ? String.valueOf(node.get(member).get("value").value())
        : "";
  }

  /** What the browser complained about, such as a breach of a policy. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Presses the bar that ticks a box. */
  public void space() {
    String key = "\"key\":\" \",\"code\":\"Space\",\"windowsVirtualKeyCode\":32";
    call("Input.dispatchKeyEvent", "{\"type\":\"keyDown\"," + key + ",\"text\":\" \"}");
    call("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"," + key + "}");
  }

  /** Holds back answers from addresses like this, in which a star stands for anything. */
  public void hold(String addresses) {
    call(
        "Fetch.enable",
        "{\"patterns\":[{\"requestStage\":\"Response\",\"urlPattern\":"
            + quoted(addresses)
            + "}]}");
  }

  /** Waits until an answer is held back that has come. */
  public void awaitHeld() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (held.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("No answer came that could be held back");
      }
      Thread.onSpinWait();
    }
  }

  /** Lets the page have the answers that were held back, as far as it still wants them. */
  public void letHeldGo() {
    List<String> all = new ArrayList<>();
    held.drainTo(all);
    for (String one : all) {
      var _ = answer("Fetch.continueRequest", "{\"requestId\":" + quoted(one) + "}");
    }
  }

  private JsonNode call(String method, String parameters) {
    return result(method, answer(method, parameters));
  }

  private static JsonNode result(String method, JsonNode answer) {
    if (!answer.has("result")) {
      throw new AssertionError(method + " was answered " + answer);
    }
    return answer.get("result");
  }

  private JsonNode answer(String method, String parameters) {
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

  private static String quoted(String text) {
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

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    process.onExit().join();
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
        Map<String, JsonNode> members = message.members();
        JsonNode method = members.get("method");
        if (members.containsKey("id")) {
          answers.add(message);
        } else if (method != null && method.text().equals("Log.entryAdded")) {
          complaints.add(message.get("params").get("entry").toString());
        } else if (method != null && method.text().equals("Runtime.exceptionThrown")) {
          complaints.add(message.get("params").toString());
        } else if (method != null && method.text().equals("Network.requestWillBeSent")) {
          requests.add(message.get("params").get("request").get("url").text());
        } else if (method != null && method.text().equals("Fetch.requestPaused")) {
          held.add(message.get("params").get("requestId").text());
        }
      }
      from.request(1);
      return null;
    }
  }
}
