package dev.vidame.server.dashboard;

import dev.vidame.server.harness.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Looks for what keeps people from reading a page or working with it. */
final class Axe {
  private static final String FIND =
      "axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(found.violations"
          + ".filter(each => ['serious', 'critical', 'moderate'].includes(each.impact))"
          + ".map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' | '))))";

  private static final String SCRIPT = script();

  private Axe() {}

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with the page that a browser shows, as a JSON array. */
  static String faults(Chromium browser) {
    var _ = browser.evaluate(SCRIPT + "; 'read'");
    return browser.evaluate(FIND);
  }
}
