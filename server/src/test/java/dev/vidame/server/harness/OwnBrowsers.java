package dev.vidame.server.harness;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Browsers of single tests, each with a new profile; they end with their test. Where there is no
 * Chromium, the test is skipped.
 */
public final class OwnBrowsers implements BeforeEachCallback, AfterEachCallback {
  private final List<Chromium> started = new ArrayList<>();

  @Override
  public void beforeEach(ExtensionContext test) {
    assumeThat(ChromiumProgram.isThere()).isTrue();
  }

  /** A browser for the pages of a server, which it wants in a language. */
  public Chromium start(TestServer server, String language) throws IOException {
    Chromium browser = new Chromium(server.server().address(), language);
    started.add(browser);
    browser.openPage();
    return browser;
  }

  /** The same in a window of a usual size, and in a theme. */
  public Chromium start(TestServer server, String language, String theme) throws IOException {
    Chromium browser = start(server, language);
    browser.prefer(theme);
    browser.resize(1280, 900);
    return browser;
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException {
    for (Chromium browser : started) {
      browser.close();
    }
    started.clear();
  }
}
