package dev.vidame.server.dashboard;

import static dev.vidame.server.dashboard.Screens.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.OwnBrowsers;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several accounts at once, and the check of the records, in a real browser. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class SelectionInChromiumTest {
  private static final String SELECTED = "document.querySelector('[data-count]').textContent";

  @RegisterExtension private final OwnBrowsers browsers = new OwnBrowsers();
  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = servers.start(folder);
    Seats.define(server);
  }

  private Directory directory() {
    return server.server().directory();
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID());
  }

  private Chromium signedIn(String language) throws IOException {
    Chromium browser = browsers.start(server, language);
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    return browser;
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

  /** Tells what a browser tells where somebody chooses. */
  private static void choose(Chromium browser, String field, String value) {
    var _ =
        browser.evaluate(
            "(() => { const field = document.getElementById('"
                + field
                + "'); field.value = '"
                + value
                + "'; for (const told of ['input', 'change'])"
                + " field.dispatchEvent(new Event(told, {bubbles: true})); })()");
  }

  private static void focus(Chromium browser, String selector) {
    var _ = browser.evaluate("document.querySelector('" + selector + "').focus()");
  }

  @Test
  void threeOfALicenceAreDeletedByTheKeyboardAndBroughtBack() throws Exception {
    List<UserId> licensed = users(3, true);
    List<UserId> others = users(2, false);
    Chromium browser = signedIn("en");
    browser.go(CUSTOMER + "/users");
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
    browser.photograph("en-light-selected");
    focus(browser, "[formaction$=\"/selected/delete\"]");
    browser.enter();
    browser.awaitHeading("Delete users");
    browser.await("document.activeElement.id === 'notice'");
    assertThat(browser.evaluate("document.getElementById('notice').innerText"))
        .contains("Done: 3", "Refused: 0");
    assertThat(deleted(licensed)).isEqualTo(3);
    assertThat(deleted(others)).isZero();
    browser.photograph("en-light-selected-deleted");
    browser.tab();
    browser.enter();
    browser.awaitHeading("Restore users");

    assertThat(deleted(licensed)).isZero();
    assertThat(browser.evaluate("document.getElementById('notice').innerText")).contains("Done: 3");
    browser.requireQuiet();
  }

  @Test
  void lastLicenceGoesToOneOfTwoAndThePageSaysWhich() throws Exception {
    List<UserId> users = users(2, false);
    Chromium browser = signedIn("en");
    browser.go(CUSTOMER + "/users");
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
    browser.photograph("en-light-selected-refused");
    browser.requireQuiet();
  }

  private static String row(Chromium browser, UserId user) {
    return browser.evaluate(
        "document.querySelector('a[href$=\"" + user + "\"]').closest('tr').innerText");
  }

  /** The key that sends forms would otherwise do the first thing that can be done. */
  @Test
  void enterOnABoxDoesNothing() throws Exception {
    List<UserId> users = users(1, false);
    Chromium browser = signedIn("en");
    browser.go(CUSTOMER + "/users");
    browser.awaitHeading("Users");
    focus(browser, "[name=\"user." + users.getFirst() + "\"]");
    browser.enter();
    browser.space();
    browser.await(SELECTED + " === 'Selected: 1'");

    assertThat(browser.requests()).noneMatch(address -> address.contains("/selected"));
    assertThat(browser.evaluate("location.pathname")).isEqualTo(CUSTOMER + "/users");
    assertThat(deleted(users)).isZero();
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
    Chromium browser = signedIn("en");
    browser.go("/dashboard/records?customer=" + Tenancy.CUSTOMER);
    browser.click("#chain");
    browser.awaitHeading("Check the records");
    browser.click("#check");
    browser.await("!!document.getElementById('head-hash')");

    assertThat(browser.evaluate("document.getElementById('results').innerText"))
        .contains("Every row is there, and is as it was written: %,d".formatted(rows));
    browser.await("!document.querySelector('[data-copy]').hidden");
    browser.requireQuiet();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void everyPageCanBeReadByEverybody(String language, String theme) throws Exception {
    UserId user = users(1, true).getFirst();
    UserId gone = server.tenancy().newUser();
    server.sendAsAdmin(
        RawRequest.patch(
            TestServer.path(Tenancy.CUSTOMER, user), "{\"displayName\":\"Ada <b>Byron</b>\"}"));
    server.sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, gone)));
    Chromium browser = signedIn(language);
    browser.prefer(theme);
    String pictures = language + "-" + theme + "-";
    for (int width : List.of(1280, 360)) {
      browser.resize(width, 900);
      String at = pictures + (width == 360 ? "narrow-" : "");
      browser.go(CUSTOMER + "/users?state=all");
      browser.click("[data-all]");
      Screens.look(browser, at + "users-selected");
      choose(browser, "selected-sku", Seats.EMS);
      browser.click("[formaction$='/selected/licenses/assign']");
      browser.await(
          "location.pathname.endsWith('/selected') && document.readyState === 'complete'");
      Screens.look(browser, at + "selected");
      browser.go(CUSTOMER + "/selected");
      Screens.look(browser, at + "selected-none");
      browser.go(CUSTOMER + "/deleted");
      Screens.look(browser, at + "deleted-selected");
      browser.go(CUSTOMER + "/chain");
      Screens.look(browser, at + "chain");
      browser.go(CUSTOMER + "/chain?on=start");
      Screens.look(browser, at + "chain-whole");
    }
    browser.requireQuiet();
  }
}
