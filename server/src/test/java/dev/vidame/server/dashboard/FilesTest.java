package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The styles and scripts of the pages. */
class FilesTest {
  @RegisterExtension static final Served served = new Served();

  private static final List<String> NAMES =
      List.of("base.css", "dashboard.css", "htmx.js", "dashboard.js");

  private static RawAnswer get(RawRequest request) {
    return new Visitor(served.server(), "en").exchange(request);
  }

  @Test
  void filesAreKeptForGoodUnderTheirHashes() throws IOException {
    Files files = new Files();
    for (String name : NAMES) {
      RawAnswer plain = get(RawRequest.get(files.address(name)));
      RawAnswer packed =
          get(RawRequest.get(files.address(name)).header("Accept-Encoding", "br, gzip;q=0.8"));
      RawAnswer unwilling =
          get(RawRequest.get(files.address(name)).header("Accept-Encoding", "gzip;q=0"));

      assertThat(plain.status()).isEqualTo(200);
      assertThat(plain.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
      assertThat(plain.header("Content-Type"))
          .startsWith(name.endsWith("js") ? "text/javascript" : "text/css");
      assertThat(plain.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(plain.all("Content-Encoding")).isEmpty();
      assertThat(unwilling.all("Content-Encoding")).isEmpty();
      assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
        assertThat(in.readAllBytes()).isEqualTo(plain.body());
      }
    }
  }

  /** A cookie with the browser's time zone is all that it keeps. */
  @Test
  void ownScriptStoresNothingAndMakesNoMarkup() {
    String script = get(RawRequest.get(new Files().address("dashboard.js"))).text();

    assertThat(script)
        .containsOnlyOnce("document.cookie = `vidame-zone=")
        .doesNotContain(
            "localStorage", "sessionStorage", "indexedDB", "innerHTML", "outerHTML", "postMessage")
        .doesNotContainPattern("\\beval\\(|insertAdjacentHTML|document\\.write|new Function");
    assertThat(script.split("document\\.cookie", -1)).hasSize(2);
  }

  @Test
  void allOfThemTogetherAreSmall() {
    assertThat(new Files().packedBytes()).isLessThan(60 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dashboard.css",
        "..%2fdashboard.css",
        "%2e%2e",
        "package-info.class",
        "0000000000000000-dashboard.css"
      })
  void nothingElseIsServed(String name) {
    assertThat(get(RawRequest.get("/dashboard/files/" + name)).status()).isEqualTo(404);
  }
}
