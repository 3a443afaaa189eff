package dev.vidame.server.dashboard;

import static dev.vidame.server.dashboard.Screens.CUSTOMER;
import static dev.vidame.server.dashboard.Screens.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.OwnBrowsers;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day's work in a real browser, and every page looked at in both languages and both themes. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class DashboardInChromiumTest {
  @RegisterExtension private final OwnBrowsers browsers = new OwnBrowsers();
  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = servers.start(folder);
    Seats.define(server);
    for (int i = 0; i < 60; i++) {
      server
          .server()
          .directory()
          .customers()
          .create(
              new NewCustomer(
                  new CustomerId(UUID.randomUUID()),
                  "Company %02d".formatted(i),
                  "company%02d.example".formatted(i)),
              ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));
    }
  }

  private User stored(UserId user) {
    return server.server().directory().users().get(Tenancy.CUSTOMER, new UserRef.ById(user));
  }

  private void patch(UserId user, String body) {
    server.sendAsAdmin(RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, user), body));
  }

  @Test
  void microsoftIdIsFoundWhileTypingAndCopied() throws Exception {
    Chromium browser = browsers.start(server, "en");
    browser.allowClipboard();
    Screens.signIn(browser, server, Role.HELPDESK_AGENT);
    browser.click("#q");
    for (char each : "Customer".toCharArray()) {
      browser.type(String.valueOf(each));
    }
    browser.await("document.querySelectorAll('#results tbody tr').length === 1");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("q");
    browser.await("document.getElementById('said').textContent === 'Customers on this page: 1'");
    browser.await("location.search.includes('q=Customer')");
    browser.click("#results tbody a");
    browser.awaitHeading("Account");

    browser.click("[data-copy=microsoft-id]");
    browser.awaitText("#said", "copied");

    assertThat(browser.evaluate("navigator.clipboard.readText()"))
        .isEqualTo(Tenancy.CUSTOMER.toString());
    browser.requireQuiet();
  }

  /** Or whoever clicks on what was found would have it replaced under the mouse. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/dashboard/customers,#q",
    "users,#q",
    "/dashboard/agents,#q",
    "/dashboard/applications,#q",
    "/dashboard/records,#who"
  })
  void whoLeavesTheSearchLoadsNothing(String list, String field) throws Exception {
    Chromium browser = atList(path(list));
    var _ =
        browser.evaluate(
            "window.loads = 0, window.settled = 0,"
                + " document.body.addEventListener('htmx:beforeRequest', () => { window.loads++; }),"
                + " document.body.addEventListener('htmx:afterSettle', () => { window.settled++; })");
    browser.fill(field, "e");
    browser.await("window.settled > 0");
    assertThat(browser.evaluate("window.loads")).isEqualTo("1");

    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo(field.substring(1));
    var _ = browser.evaluate("document.activeElement.blur()");

    assertThat(browser.evaluate("document.activeElement === document.body")).isEqualTo("true");
    assertThat(browser.evaluate("window.loads")).isEqualTo("1");
  }

  private static String path(String list) {
    return list.equals("users") ? CUSTOMER + "/users" : list;
  }

  /** A browser of somebody who is signed in, at a list whose script is there. */
  private Chromium atList(String path) throws Exception {
    Chromium browser = browsers.start(server, "en");
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.go(path);
    browser.await("!!window.htmx");
    return browser;
  }

  /** The older answer is held back until the newer one is shown, and comes then. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/dashboard/customers,Company 0,Company 05",
    "users,Searched 0,Searched 05",
    "/dashboard/records,x,admin"
  })
  void olderAnswerIsNeverShownOverANewerOne(String list, String older, String newer)
      throws Exception {
    for (int i = 0; i < 7; i++) {
      patch(server.tenancy().newUser(), "{\"displayName\":\"Searched %02d\"}".formatted(i));
    }
    String path = path(list);
    String field = path.endsWith("records") ? "#who" : "#q";
    String shown = "document.querySelectorAll('#results tbody tr, #results ol > li').length";
    Chromium browser = atList(path);
    var _ =
        browser.evaluate(
            "document.body.addEventListener('htmx:beforeSend', e => {"
                + " window.asked = (window.asked ?? []).concat(e.detail.xhr); })");
    String parameter = field.substring(1) + "=" + older.replace(" ", "%20");
    browser.hold("*" + path + "*" + parameter + "&*");
    browser.fill(field, older);
    browser.awaitHeld();
    browser.fill(field, newer);
    browser.await(
        "location.search.includes('"
            + newer.replace(" ", "%20")
            + "') || "
            + "location.search.includes('"
            + newer.replace(" ", "+")
            + "')");
    String newest = browser.evaluate("document.getElementById('results').innerText");
    String rows = browser.evaluate(shown);

    browser.letHeldGo();
    browser.await("window.asked.every(xhr => xhr.readyState === 4 || xhr.readyState === 0)");

    assertThat(browser.evaluate("document.getElementById('results').innerText")).isEqualTo(newest);
    assertThat(browser.evaluate(shown)).isEqualTo(rows).isNotEqualTo("0");
    assertThat(browser.evaluate("document.querySelector('" + field + "').value")).isEqualTo(newer);
    browser.requireQuiet();
  }

  @Test
  void pagesOfAListFollowWithoutLosingTheFocus() throws Exception {
    Chromium browser = browsers.start(server, "en");
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.click("#next-page");
    browser.await("!!document.getElementById('previous-page')");

    browser.await("document.activeElement !== document.body");
    browser.await("location.search.includes('after=')");
    browser.click("#previous-page");
    browser.await("!!document.getElementById('next-page')");
    browser.requireQuiet();
  }

  @Test
  void accountIsChangedAndAConflictMerged() throws Exception {
    UserId user = server.tenancy().newUser();
    String path = CUSTOMER + "/users/" + user;
    Chromium browser = browsers.start(server, "en");
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.open(path);
    browser.awaitHeading("User");
    browser.fill("#displayName", "Grace Hopper");
    browser.fill("#usageLocation", "FR");
    browser.enter();
    browser.awaitText("#notice", "Grace Hopper was saved.");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("notice");
    assertThat(stored(user).usageLocation()).isEqualTo("FR");

    patch(user, "{\"firstName\":\"Theirs\",\"phoneNumber\":\"12\"}");
    browser.fill("#firstName", "Mine");
    browser.fill("#lastName", "Murray");
    browser.click("form.edit button");
    browser.awaitHeading("Somebody else has changed this account");
    assertThat(browser.heard()).anyMatch(text -> text.contains("Nothing of yours was saved yet"));
    Screens.look(browser, "en-light-conflict");
    browser.click("form.edit button");
    browser.awaitText("#notice", "Grace Hopper was saved.");

    assertThat(stored(user).firstName()).isEqualTo("Mine");
    assertThat(stored(user).lastName()).isEqualTo("Murray");
    assertThat(stored(user).phoneNumber()).isEqualTo("12");
    assertThat(browser.complaints())
        .as("but for the conflict")
        .singleElement()
        .asString()
        .contains("409");
  }

  @Test
  void passwordIsResetAndAnAccountDeletedAndRestored() throws Exception {
    UserId user = server.tenancy().newUser();
    String path = CUSTOMER + "/users/" + user;
    Chromium browser = browsers.start(server, "en");
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.open(path + "/password");
    browser.awaitHeading("Reset the password");
    browser.click("main form button");
    browser.await("!!document.getElementById('new-password')");
    assertThat(browser.evaluate("document.getElementById('new-password').textContent"))
        .matches("([A-Za-z2-9]{4}-){3}[A-Za-z2-9]{4}");
    Screens.look(browser, "en-light-password");

    browser.open(path);
    browser.awaitHeading("User");
    browser.click("form[action$='/delete'] button");
    browser.awaitText("#notice", "Display name was deleted.");
    browser.awaitPath(CUSTOMER + "/users");
    assertThat(stored(user).isDeleted()).isTrue();
    browser.photograph("en-light-undo");
    browser.tab();
    browser.enter();
    browser.awaitText("#notice", "Display name was restored.");

    assertThat(stored(user).isDeleted()).isFalse();
    browser.requireQuiet();
  }

  @Test
  void lastLicenceIsAssigned() throws Exception {
    UserId user = Seats.located(server, server.tenancy().newUser());
    String path = CUSTOMER + "/users/" + user;
    Chromium browser = browsers.start(server, "en");
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.open(path);
    browser.awaitHeading("User");
    browser.click("button[aria-label='Assign a licence of Visio Online Plan 2']");
    browser.awaitText("#notice", "A licence of Visio Online Plan 2 was assigned.");
    browser.open(CUSTOMER + "/licenses");
    browser.awaitHeading("Licences");

    assertThat(browser.evaluate("document.querySelector('main table').innerText"))
        .containsPattern("Visio Online Plan 2[\\s\\S]*1\\s+0\\s+1");
    browser.requireQuiet();
  }

  @Test
  void helpdeskAsksAnywayAndHearsWhy() throws Exception {
    Chromium browser = browsers.start(server, "en");
    Screens.signIn(browser, server, Role.HELPDESK_AGENT);
    assertThat(browser.heard()).doesNotContain("link Records");
    browser.open("/dashboard/records");
    browser.awaitHeading("You may not do this");

    assertThat(browser.heard())
        .anyMatch(text -> text.contains("Roles of the partner that suffice: admin_agent"));
    assertThat(browser.complaints())
        .as("but for the refusal")
        .singleElement()
        .asString()
        .contains("403");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void everyPageCanBeReadByEverybody(String language, String theme) throws Exception {
    UserId user = Seats.located(server, server.tenancy().newUser());
    UserId deleted = server.tenancy().newUser();
    patch(user, "{\"displayName\":\"Grace <b>Hopper</b>\"}");
    server.sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, deleted)));
    String pictures = language + "-" + theme + "-";
    Chromium browser = browsers.start(server, language, theme);
    browser.open(HOME);
    browser.awaitHeading(Screens.isEnglish(browser) ? "Sign in" : "Se connecter");
    Screens.look(browser, pictures + "sign-in");
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.requireQuiet();
    Screens.lookAtAll(browser, pictures, pages(user, deleted));
    browser.resize(360, 740);
    for (String page : List.of(HOME, CUSTOMER, CUSTOMER + "/users/" + user)) {
      browser.go(page);
      Screens.look(browser, pictures + "narrow-" + page.replace('/', '_'));
    }
    assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("404"));
  }

  private static Map<String, String> pages(UserId user, UserId deleted) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("customers", HOME);
    pages.put("customers-none", HOME + "?q=nobody");
    pages.put("account", CUSTOMER);
    pages.put("users", CUSTOMER + "/users");
    pages.put("deleted", CUSTOMER + "/deleted");
    pages.put("licenses", CUSTOMER + "/licenses");
    pages.put("user", CUSTOMER + "/users/" + user);
    pages.put("user-deleted", CUSTOMER + "/users/" + deleted);
    pages.put("password-form", CUSTOMER + "/users/" + user + "/password");
    pages.put("records", "/dashboard/records");
    pages.put("not-found", "/dashboard/nothing");
    return pages;
  }
}
