package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.util.Map;

/** What tests of pages in a real browser do again and again. */
final class Screens {
  static final String HOME = "/dashboard/customers";
  static final String CUSTOMER = HOME + "/" + Tenancy.CUSTOMER;

  private Screens() {}

  /** Signs in and sees the customers. */
  static void signIn(Chromium browser, TestServer server, Role role) {
    signIn(browser, HOME, server.tenancy().agent(role).userPrincipalName(), Tenancy.AGENT_PASSWORD);
    browser.awaitHeading(isEnglish(browser) ? "Customers" : "Clients");
  }

  /** Goes to a page by way of the form, with nothing but the keyboard. */
  static void signIn(Chromium browser, String page, String name, String password) {
    browser.open(page);
    browser.awaitHeading(isEnglish(browser) ? "Sign in" : "Se connecter");
    browser.signIn(name, password);
    browser.awaitPath(page);
  }

  static boolean isEnglish(Chromium browser) {
    return browser.language().equals("en");
  }

  /** Keeps a picture of a page in which nobody misses anything. */
  static void look(Chromium browser, String name) throws IOException {
    browser.photograph(name);
    assertThat(Axe.faults(browser)).as(name).isEqualTo("[]");
    assertThat(
            browser.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("nothing is beside the window: " + name)
        .isEqualTo("true");
  }

  /**
   * Looks at one page after the other.
   *
   * @param pages by the ends of their pictures' names
   */
  static void lookAtAll(Chromium browser, String prefix, Map<String, String> pages)
      throws IOException {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      browser.go(page.getValue());
      look(browser, prefix + page.getKey());
    }
  }
}
