package dev.vidame.server.harness;

import static dev.vidame.server.harness.ChromiumProgram.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Until;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/**
 * A real browser without a window, with a profile of its own, worked by its keyboard and its mouse
 * over the DevTools protocol. Used by one thread.
 */
public final class Chromium {
  private static final Path PICTURES = Path.of("target", "screenshots");

  private final URI home;
  private final String language;
  private final ChromiumProgram program;
  private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> held = new LinkedBlockingQueue<>();

  /**
   * Starts with a new profile.
   *
   * @param home the server whose pages it opens
   * @param language in which it wants pages
   */
  Chromium(URI home, String language) throws IOException {
    this.home = home;
    this.language = language;
    this.program = new ChromiumProgram(language, this::happened);
  }

  void openPage() {
    program.openPage();
    call("Page.enable", "{}");
    call("Emulation.setFocusEmulationEnabled", "{\"enabled\":true}");
    call("Log.enable", "{}");
    call("Runtime.enable", "{}");
    call("Network.enable", "{}");
    call("Accessibility.enable", "{}");
  }

  public String language() {
    return language;
  }

  /** Opens a page of the server by its path, or any other by its whole address. */
  public void open(String address) {
    call("Page.navigate", "{\"url\":" + quoted(home.resolve(address).toString()) + "}");
  }

  /** Opens a page of the server, and waits until it is there, and not another in its place. */
  public void go(String path) {
    open(path);
    awaitPath(path.replaceFirst("\\?.*", ""));
  }

  /** Waits until a page of the server is there. */
  public void awaitPath(String path) {
    await("document.readyState === 'complete' && location.pathname === " + quoted(path));
  }

  /** Waits until a whole page is there in which a selector finds something. */
  public void awaitThere(String selector) {
    await(
        "document.readyState === 'complete' && !!document.querySelector(" + quoted(selector) + ")");
  }

  /** Waits until what a selector finds in a whole page says this, among others. */
  public void awaitText(String selector, String text) {
    await(
        "document.readyState === 'complete' && (document.querySelector("
            + quoted(selector)
            + ")?.textContent ?? '').includes("
            + quoted(text)
            + ")");
  }

  /** What a script in the page would see; the page itself runs none. */
  public String evaluate(String expression) {
    return value(call("Runtime.evaluate", question(expression)));
  }

  private static String question(String expression) {
    return "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":"
        + quoted(expression)
        + "}";
  }

  private static String value(JsonNode answer) {
    JsonNode result = answer.get("result");
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

  /** Waits until an expression is true, be it of a page that comes meanwhile. */
  public void await(String expression) {
    Until.met(
        ChromiumProgram.PATIENCE,
        () -> isTrue(expression),
        () -> expression + "\n\n" + evaluate("document.documentElement.outerHTML"));
  }

  /** Whether a page says so; one that goes while it is asked does not answer. */
  private boolean isTrue(String expression) {
    JsonNode answer = program.answer("Runtime.evaluate", question(expression));
    return answer.has("result") && value(answer.get("result")).equals("true");
  }

  /** Types into what has the focus. */
  public void type(String text) {
    call("Input.insertText", "{\"text\":" + quoted(text) + "}");
  }

  public void tab() {
    key("Tab", "Tab", 9, "");
  }

  public void enter() {
    key("Enter", "Enter", 13, ",\"text\":\"\\r\"");
  }

  /** Presses the bar that ticks a box. */
  public void space() {
    key(" ", "Space", 32, ",\"text\":\" \"");
  }

  /** Fills in a form whose first field has the focus, and sends it. */
  public void signIn(String name, String password) {
    type(name);
    tab();
    type(password);
    enter();
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

  /** Keeps a picture of the whole page under a name. */
  public void photograph(String name) throws IOException {
    photograph(name, true);
  }

  /** Keeps a picture of what the window shows of the page, in a file. */
  public Path photographWindow(String name) throws IOException {
    return photograph(name, false);
  }

  private Path photograph(String name, boolean isWhole) throws IOException {
    String picture =
        call("Page.captureScreenshot", "{\"captureBeyondViewport\":" + isWhole + "}")
            .get("data")
            .text();
    Files.createDirectories(PICTURES);
    return Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(picture));
  }

  /** The addresses that were asked for, by whatever page. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void key(String name, String place, int code, String more) {
    String key =
        "\"key\":\"%s\",\"code\":\"%s\",\"windowsVirtualKeyCode\":%d".formatted(name, place, code);
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

  /**
   * Requires that there were no complaints, and no requests to others.
   *
   * @param others beginnings of addresses that were asked for beside the server's
   */
  public void requireQuiet(String... others) {
    assertThat(complaints()).isEmpty();
    assertThat(requests())
        .allMatch(address ->
            address.startsWith(home + "/")
                || Stream.of(others).anyMatch(address::startsWith)
                || address.startsWith("data:")
                || address.equals("about:blank"));
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
    Until.met(
        ChromiumProgram.PATIENCE, () -> !held.isEmpty(), () -> "no answer that could be held back");
  }

  /** Lets the page have the answers that were held back, as far as it still wants them. */
  public void letHeldGo() {
    List<String> all = new ArrayList<>();
    held.drainTo(all);
    for (String one : all) {
      var _ = program.answer("Fetch.continueRequest", "{\"requestId\":" + quoted(one) + "}");
    }
  }

  private JsonNode call(String method, String parameters) {
    return program.call(method, parameters);
  }

  void close() throws IOException {
    program.close();
  }

  private void happened(JsonNode event) {
    switch (event.get("method").text()) {
      case "Log.entryAdded" -> complaints.add(event.get("params").get("entry").toString());
      case "Runtime.exceptionThrown" -> complaints.add(event.get("params").toString());
      case "Network.requestWillBeSent" ->
          requests.add(event.get("params").get("request").get("url").text());
      case "Fetch.requestPaused" -> held.add(event.get("params").get("requestId").text());
      default -> {} // tells nothing that tests ask
    }
  }
}
