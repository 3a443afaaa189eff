package dev.vidame.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that shows the API, as browsers ask for it. */
class ViewerTest {
  @RegisterExtension static final Served served = new Served();

  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private static RawAnswer get(String path) throws IOException {
    return get(RawRequest.get(path));
  }

  private static RawAnswer get(RawRequest request) throws IOException {
    try (RawConnection connection = served.server().connect()) {
      return connection.exchange(request.header("Accept", "text/html"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/", "/Docs"})
  void pageIsServed(String path) throws IOException {
    RawAnswer answer = get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.text()).startsWith("<!doctype html>");
  }

  @Test
  void everythingThatThePageLinksToIsServedHere() throws IOException {
    List<String> links =
        LINK.matcher(get("/docs").text()).results().map(found -> found.group(1)).toList();

    assertThat(links).hasSizeGreaterThan(4).allMatch(link -> link.startsWith("/"));
    for (String link : links) {
      assertThat(get(link).status()).as(link).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "swagger-ui-bundle.js, text/javascript; charset=utf-8",
    "start.js, text/javascript; charset=utf-8",
    "swagger-ui.css, text/css; charset=utf-8",
    "favicon-32x32.png, image/png"
  })
  void filesSayWhatTheyAre(String name, String type) throws IOException {
    RawAnswer answer = get("/docs/" + name);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(type);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.body().length).isPositive();
  }

  @Test
  void policyAllowsNothingFromElsewhereAndNoScriptOfThePageItself() throws IOException {
    RawAnswer page = get("/docs");

    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http");
    assertThat(page.text()).doesNotContain("<script>", "<style", "onload=");
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws IOException {
    RawAnswer first = get("/docs/swagger-ui.css");

    RawAnswer second =
        get(RawRequest.get("/docs/swagger-ui.css").header("If-None-Match", first.header("ETag")));
    RawAnswer other =
        get(RawRequest.get("/docs/start.js").header("If-None-Match", first.header("ETag")));

    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(second.body()).isEmpty();
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void connectionGoesOnBehindNothingNew() throws IOException {
    String tag = get("/docs").header("ETag");
    try (RawConnection connection = served.server().connect()) {
      assertThat(connection.exchange(RawRequest.get("/docs").header("If-None-Match", tag)).status())
          .isEqualTo(304);
      assertThat(connection.exchange(RawRequest.get("/openapi.json")).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/index.html",
        "/docs/swagger-ui.js",
        "/docs/oauth2-redirect.html",
        "/docs/..",
        "/docs/%2e%2e",
        "/docs/..%2f..%2fcomponents.json",
        "/docs/%2e%2e%2fcomponents.json",
        "/docs/..%5c..%5ccomponents.json",
        "/docs/%2fetc%2fpasswd",
        "/docs/start.js%00",
        "/docs/start.js%2f",
        "/docs/../openapi.json",
        "/docs/viewer/start.js",
        "/docs/META-INF",
        "/docs/START.JS"
      })
  void nothingElseIsServed(String path) throws IOException {
    assertThat(get(path).outcome()).isEqualTo("404/1000");
  }
}
