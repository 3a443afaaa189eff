package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several accounts at once, and the check of the records, in a real browser. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class SelectionInChromiumTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String HOME = "/dashboard/customers";
  private static final String CUSTOMER = HOME + "/" + Tenancy.CUSTOMER;
  private static final String SELECTED = "document.querySelector('[data-count]').textContent";

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;

  @BeforeEach
  void start() {
    assumeThat(Chromium.isThere()).isTrue();
    server = TestServer.start(folder.resolve("server"));
    Seats.define(server);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    http.close();
  }

  private Directory directory() {
    return server.server().directory();
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }

  private Chromium signedIn(String language) throws IOException {
    Chromium browser =
        Chromium.start(folder.resolve("profile-" + UUID.randomUUID()), http, language);
    boolean isEnglish = language.equals("en");
    open(browser, HOME);
    browser.awaitHeading(isEnglish ? "Sign in" : "Se connecter");
    browser.type(server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName());
    browser.tab();
    browser.type(Tenancy.AGENT_PASSWORD);
    browser.enter();
    browser.awaitHeading(isEnglish ? "Customers" : "Clients");
    return browser;
  }

  private void open(Chromium browser, String path) {
    browser.open(server.server().address() + path);
    String here = path.replaceFirst("\\?.*", "");
    browser.await(
        "document.readyState === 'complete' && (location.pathname === '"
            + here
            + "' || !location.pathname.startsWith('/dashboard'))");
  }

  private List<UserId> users(int count, boolean isLicensed) {
    return Stream.generate(() -> Seats.located(server, server.tenancy().newUser()))
        .limit(count)
        .peek(user -> {
          if (isLicensed) {
            var _ =
                directory()
                    .licenses()
                    .update(
                        Tenancy.CUSTOMER,
                        new UserRef.ById(user),
                        new LicenseUpdate(
                            List.of(new LicenseUpdate.Assignment(Seats.EMS, List.of())), List.of()),
                        request());
          }
        })
        .toList();
  }

  private long deleted(List<UserId> users) {
    return users.stream()
        .filter(
            user -> directory().users().get(Tenancy.CUSTOMER, new UserRef.ById(user)).isDeleted())
        .count();
  }

  private static void choose(Chromium browser, String field, String value) {
    var _ =
        browser.evaluate(
            "(() => { const field = document.getElementById('"
                + field
                + "'); field.value = '"
                + value
                + "'; field.dispatchEvent(new Event('change', {bubbles: true})); })()");
  }

  private static void focus(Chromium browser, String selector) {
    var _ = browser.evaluate("document.querySelector('" + selector + "').focus()");
  }

  private void requireQuiet(Chromium browser) {
    assertThat(browser.complaints()).isEmpty();
    String own = server.server().address() + "/";
    assertThat(browser.requests())
        .allMatch(address ->
            address.startsWith(own)
                || address.startsWith("data:")
                || address.equals("about:blank"));
  }

  @Test
  void threeOfALicenceAreDeletedByTheKeyboardAndBroughtBack() throws Exception {
    List<UserId> licensed = users(3, true);
    List<UserId> others = users(2, false);
    try (Chromium browser = signedIn("en")) {
      open(browser, CUSTOMER + "/users");
      browser.await("!!window.htmx");
      choose(browser, "license", Seats.EMS);
      browser.await("document.querySelectorAll('[data-one]').length === 3");
      focus(browser, "[data-all]");
      browser.space();
      browser.await(SELECTED + " === 'Selected: 3'");
      browser.tab();
      browser.tab();
      focus(browser, "[data-one]");
      browser.space();
      browser.await(SELECTED + " === 'Selected: 2'");
      assertThat(browser.evaluate("document.querySelector('[data-all]').indeterminate"))
          .isEqualTo("true");
      browser.space();
      browser.await(SELECTED + " === 'Selected: 3'");
      assertThat(browser.heard())
          .contains(
              "group Select users here, and say below the list what to do with them.",
              "checkbox Select all on this page",
              "checkbox Select Display name",
              "heading With the selected users");
      browser.photograph(PICTURES.resolve("en-light-selected.png"));
      focus(browser, "[formaction$=\"/selected/delete\"]");
      browser.enter();
      browser.awaitHeading("Delete users");
      browser.await("document.activeElement.id === 'notice'");
      assertThat(browser.evaluate("document.getElementById('notice').innerText"))
          .contains("Done: 3", "Refused: 0");
      assertThat(deleted(licensed)).isEqualTo(3);
      assertThat(deleted(others)).isZero();
      browser.photograph(PICTURES.resolve("en-light-selected-deleted.png"));
      browser.tab();
      browser.enter();
      browser.awaitHeading("Restore users");

      assertThat(deleted(licensed)).isZero();
      assertThat(browser.evaluate("document.getElementById('notice').innerText"))
          .contains("Done: 3");
      requireQuiet(browser);
    }
  }

  @Test
  void lastLicenceGoesToOneOfTwoAndThePageSaysWhich() throws Exception {
    List<UserId> users = users(2, false);
    try (Chromium browser = signedIn("en")) {
      open(browser, CUSTOMER + "/users");
      for (UserId user : users) {
        browser.click("[name='user." + user + "']");
      }
      browser.await(SELECTED + " === 'Selected: 2'");
      choose(browser, "selected-sku", Seats.VISIO);
      browser.click("[formaction$='/selected/licenses/assign']");
      browser.awaitHeading("Assign licences of Visio Online Plan 2");

      long has =
          users.stream()
              .filter(user ->
                  !directory()
                      .licenses()
                      .of(Tenancy.CUSTOMER, new UserRef.ById(user), UserPages.ALL_GROUPS)
                      .isEmpty())
              .peek(user -> assertThat(row(browser, user)).contains("Done"))
              .count();
      assertThat(has).isEqualTo(1);
      assertThat(browser.evaluate("document.querySelector('main table').innerText"))
          .contains("Refused", "No license of the product is left.");
      assertThat(browser.evaluate("document.getElementById('notice').getAttribute('role')"))
          .isEqualTo("alert");
      assertThat(browser.heard()).contains("StaticText Done: 1", "StaticText Refused: 1");
      browser.photograph(PICTURES.resolve("en-light-selected-refused.png"));
      requireQuiet(browser);
    }
  }

  private static String row(Chromium browser, UserId user) {
    return browser.evaluate(
        "document.querySelector('a[href$=\"" + user + "\"]').closest('tr').innerText");
  }

  /** The key that sends forms would otherwise do the first thing that can be done. */
  @Test
  void enterOnABoxDoesNothing() throws Exception {
    List<UserId> users = users(1, false);
    try (Chromium browser = signedIn("en")) {
      open(browser, CUSTOMER + "/users");
      browser.awaitHeading("Users");
      focus(browser, "[name=\"user." + users.getFirst() + "\"]");
      browser.enter();
      browser.space();
      browser.await(SELECTED + " === 'Selected: 1'");

      assertThat(browser.requests()).noneMatch(address -> address.contains("/selected"));
      assertThat(browser.evaluate("location.pathname")).isEqualTo(CUSTOMER + "/users");
      assertThat(deleted(users)).isZero();
    }
  }

  @Test
  void longJournalIsCheckedByItselfToItsEnd() throws Exception {
    try (var threads = Executors.newFixedThreadPool(32)) {
      for (int i = 0; i < 11_000; i++) {
        String name = "Name " + i;
        threads.execute(() -> {
          var _ =
              directory()
                  .users()
                  .update(
                      Tenancy.CUSTOMER,
                      new UserRef.ById(Tenancy.USER),
                      CustomerUserUpdate.builder().displayName(name).build(),
                      new EntityTag.Any(),
                      request());
        });
      }
    }
    long rows = server.tenancy().changes();
    assertThat(rows).isGreaterThan(11_000);
    try (Chromium browser = signedIn("en")) {
      open(browser, "/dashboard/records?customer=" + Tenancy.CUSTOMER);
      browser.click("#chain");
      browser.awaitHeading("Check the records");
      browser.click("#check");
      browser.await("!!document.getElementById('head-hash')");

      assertThat(browser.evaluate("document.getElementById('results').innerText"))
          .contains("Every row is there, and is as it was written: %,d".formatted(rows));
      browser.await("!document.querySelector('[data-copy]').hidden");
      requireQuiet(browser);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void everyPageCanBeReadByEverybody(String language, String theme) throws Exception {
    Axe axe = new Axe();
    UserId user = users(1, true).getFirst();
    UserId gone = server.tenancy().newUser();
    server.sendAsAdmin(
        RawRequest.patch(
            TestServer.path(Tenancy.CUSTOMER, user), "{\"displayName\":\"Ada <b>Byron</b>\"}"));
    server.sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, gone)));
    try (Chromium browser = signedIn(language)) {
      browser.prefer(theme);
      String pictures = language + "-" + theme + "-";
      for (int width : List.of(1280, 360)) {
        browser.resize(width, 900);
        String at = pictures + (width == 360 ? "narrow-" : "");
        open(browser, CUSTOMER + "/users?state=all");
        browser.click("[data-all]");
        look(browser, axe, at + "users-selected");
        choose(browser, "selected-sku", Seats.EMS);
        browser.click("[formaction$='/selected/licenses/assign']");
        browser.await(
            "location.pathname.endsWith('/selected') && document.readyState === 'complete'");
        look(browser, axe, at + "selected");
        open(browser, CUSTOMER + "/selected");
        look(browser, axe, at + "selected-none");
        open(browser, CUSTOMER + "/deleted");
        look(browser, axe, at + "deleted-selected");
        open(browser, CUSTOMER + "/chain");
        look(browser, axe, at + "chain");
        open(browser, CUSTOMER + "/chain?on=start");
        look(browser, axe, at + "chain-whole");
      }
      requireQuiet(browser);
    }
  }

  private static void look(Chromium browser, Axe axe, String name) throws IOException {
    browser.photograph(PICTURES.resolve(name + ".png"));
    assertThat(axe.faults(browser)).as(name).isEqualTo("[]");
    assertThat(
            browser.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("nothing is beside the screen: " + name)
        .isEqualTo("true");
  }
}
