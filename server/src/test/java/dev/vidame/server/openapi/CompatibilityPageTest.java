package dev.vidame.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The served routes, {@code docs/openapi.json} and {@code docs/compatibility.md} are the same. */
class CompatibilityPageTest {
  @RegisterExtension static final Served served = new Served();

  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /[^`]*)` \\|");
  private static final Pattern CLIENT_ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");

  private static Set<String> routesOf(JsonNode document) {
    Set<String> routes = new TreeSet<>();
    document
        .get("paths")
        .members()
        .forEach((path, methods) ->
            methods
                .members()
                .keySet()
                .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return routes;
  }

  private static Set<String> servedRoutes() {
    return routesOf(served.server().send(RawRequest.get("/openapi.json")).json());
  }

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("compatibility.md"));
  }

  private static List<String> rowsOf(Pattern row) throws IOException {
    return row.matcher(page()).results().map(found -> found.group(1)).toList();
  }

  @Test
  void pageNamesEachRouteOnce() throws IOException {
    assertThat(rowsOf(ROW)).doesNotHaveDuplicates();
  }

  @Test
  void pageAndServerNameTheSameRoutes() throws IOException {
    assertThat(new TreeSet<>(rowsOf(ROW))).isEqualTo(servedRoutes());
  }

  @Test
  void checkedInDocumentAndServerNameTheSameRoutes() throws IOException {
    JsonNode document = JsonNode.parse(Files.readAllBytes(DOCS.resolve("openapi.json")));

    assertThat(routesOf(document)).isEqualTo(servedRoutes());
  }

  /** A document that is made of the table could still be of another table than the router's. */
  @Test
  void everyNamedRouteIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String route : servedRoutes()) {
      RawAnswer answer = ask(route);
      boolean isThere = answer.status() == (route.contains(" /v1/") ? 401 : answer.status());
      if (!isThere
          || answer.status() == 405
          || (answer.status() == 404 && !route.contains("{file}"))) {
        missing.add(route + " " + answer.status());
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void tableOfClientsHasEveryDifferenceThatIsKnown() throws IOException {
    List<String> rows = rowsOf(CLIENT_ROW);

    assertThat(rows).hasSize(32).doesNotHaveDuplicates();
  }

  /** Asks without a token, which a route of the API refuses before it looks at anything else. */
  private static RawAnswer ask(String route) throws IOException {
    String[] parts = route.split(" ", 2);
    String target = parts[1].replaceAll("\\{\\w+}", "x");
    try (RawConnection connection = served.server().connect()) {
      return connection.exchange(RawRequest.of(parts[0], target));
    }
  }
}
