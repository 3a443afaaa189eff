package dev.vidame.server.dashboard;

import dev.vidame.server.harness.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Looks for what keeps people from reading a page or working with it. */
final class Axe {
  private static final String FIND =
      "axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(found.violations"
          + ".filter(each => ['serious', 'critical', 'moderate'].includes(each.impact))"
          + ".map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' | '))))";

  private final String script;

  Axe() throws IOException {
    try (InputStream in = open("/axe.min.js")) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(Axe.class.getResourceAsStream(resource), resource);
  }

  /** What is wrong with the page that a browser shows, as a JSON array. */
  String faults(Chromium browser) {
    var _ = browser.evaluate(script + "; 'read'");
    return browser.evaluate(FIND);
  }
}
