package dev.vidame.server.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.http.Answer.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays a file of exchanges against a server.
 *
 * <p>A file holds requests, each followed by a line {@code ---} and the answer to it, and lines
 * {@code ===} between exchanges; lines with {@code #} before a request are for the reader. A name
 * in double braces stands for a value that the test gives; in an answer, one that it did not give
 * takes whatever fits and stands for it from then on. The answer's JSON is laid out for the reader:
 * its blanks and line ends outside of texts are not compared, everything else is, byte by byte, and
 * so are the headers, except for their order.
 */
public final class Golden {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

  private static final String GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private final TestServer server;
  private final Map<String, String> values = new HashMap<>();

  public Golden(TestServer server) {
    this.server = server;
    values.put("token", server.tokens().admin());
    values.put("host", "localhost:" + server.port());
    values.put("partner", Tenancy.PARTNER.toString());
    values.put("client", server.tenancy().confidential().id().toString());
    values.put("secret", Tenancy.APPLICATION_SECRET);
  }

  /** The same with a placeholder's value. */
  public Golden with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** Plays the exchanges of {@code golden/name.http} in order. */
  public void play(String name) {
    for (String exchange : read(name).split("(?m)^===\n", -1)) {
      String[] halves = exchange.split("(?m)^---\n", -1);
      RawRequest request = request(filled(halves[0]));
      RawAnswer answer = server.sendWhateverComes(request);
      compare(name, halves[1], answer);
    }
  }

  private static String read(String name) {
    try (InputStream in =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name + ".http"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String filled(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(given(match.group(1))));
  }

  private String given(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new AssertionError("Nothing was given for {{" + name + "}}");
    }
    return value;
  }

  private static RawRequest request(String text) {
    String uncommented = text.replaceAll("(?m)^#.*\n", "").stripLeading();
    int headEnd = uncommented.indexOf("\n\n");
    List<String> head = uncommented.substring(0, headEnd).lines().toList();
    String[] requestLine = head.getFirst().split(" ", 3);
    RawRequest request =
        RawRequest.of(requestLine[0], requestLine[1])
            .body(uncommented.substring(headEnd + 2).stripTrailing());
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      request = request.header(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return request;
  }

  private void compare(String name, String expected, RawAnswer answer) {
    int headEnd = expected.indexOf("\n\n");
    List<String> head = expected.substring(0, headEnd).lines().toList();
    assertThat("HTTP/1.1 " + answer.status()).as(name).isEqualTo(head.getFirst());
    match(name, sorted(head.subList(1, head.size())), sorted(lines(answer.headers())));
    match(name, compact(expected.substring(headEnd + 2)), answer.text());
  }

  private static List<String> lines(List<Header> headers) {
    return headers.stream().map(header -> header.name() + ": " + header.value()).toList();
  }

  private static String sorted(List<String> lines) {
    List<String> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparing(line -> line.substring(0, line.indexOf(':'))));
    return String.join("\n", sorted);
  }

  /** Without the blanks and line ends that stand outside of texts. */
  static String compact(String json) {
    StringBuilder compact = new StringBuilder(json.length());
    boolean isInText = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"' && !(isInText && json.charAt(i - 1) == '\\')) {
        isInText = !isInText;
      }
      if (isInText || !Character.isWhitespace(c)) {
        compact.append(c);
      }
    }
    return compact.toString();
  }

  private void match(String name, String expected, String actual) {
    StringBuilder pattern = new StringBuilder();
    List<String> found = new ArrayList<>();
    Matcher placeholders = PLACEHOLDER.matcher(expected);
    int end = 0;
    while (placeholders.find()) {
      pattern.append(Pattern.quote(expected.substring(end, placeholders.start())));
      pattern.append(pattern(placeholders.group(1), found));
      end = placeholders.end();
    }
    pattern.append(Pattern.quote(expected.substring(end)));
    Matcher matcher = Pattern.compile(pattern.toString()).matcher(actual);
    if (!matcher.matches()) {
      assertThat(actual).as(name).isEqualTo(expected);
    }
    for (int i = 0; i < found.size(); i++) {
      values.put(found.get(i), matcher.group(i + 1));
    }
  }

  private String pattern(String placeholder, List<String> found) {
    String value = values.get(placeholder);
    if (value != null) {
      return Pattern.quote(value);
    }
    return switch (placeholder) {
      case "date" -> "[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT";
      case "length" -> "[0-9]+";
      case "any-guid" -> GUID;
      case "any" -> "[^\"]+";
      default -> {
        int earlier = found.indexOf(placeholder);
        if (earlier < 0) {
          found.add(placeholder);
        }
        yield earlier < 0 ? "([^\"\\s]+)" : "\\" + (earlier + 1);
      }
    };
  }
}
