package dev.vidame.server.dashboard;

import static dev.vidame.server.dashboard.Screens.CUSTOMER;
import static dev.vidame.server.dashboard.Screens.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.OwnBrowsers;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.StoreLock;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What pages look like when something is special: refused, not found, changed by others, wrong,
 * gone wrong, empty. Each is looked at in a real browser, in both languages and both themes.
 * Pictures are named after their templates, which {@link LookedAtTest} goes by.
 */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class StatesInChromiumTest {
  private static final String RECORDS = "/dashboard/records";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String BACK = "http://localhost:9/back";
  private static final String ALERT = "main [role=alert]";

  /** One deletion a minute, so that there is one too many. */
  private static final Map<String, String> SETTINGS =
      Map.of("limits.partner-deletions-per-minute", "1");

  @RegisterExtension private final OwnBrowsers browsers = new OwnBrowsers();
  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;
  private TestServer server;

  /** A browser whose pages are photographed and searched for faults. */
  private record Eye(Chromium browser, String pictures) {
    void look(String name) throws IOException {
      Screens.look(browser, pictures + name);
    }

    /** Looks at what is there once a selector finds something. */
    void lookAt(String name, String selector) throws IOException {
      browser.awaitThere(selector);
      look(name);
    }
  }

  @BeforeEach
  void start() {
    server = servers.start(folder, SETTINGS);
  }

  private Eye eye(String language, String theme) throws IOException {
    return new Eye(browsers.start(server, language, theme), language + "-" + theme + "-");
  }

  private void enter(Chromium browser, Role role, String password) {
    browser.fill("#username", server.tenancy().agent(role).userPrincipalName());
    browser.fill("#password", password);
    browser.click("form button");
  }

  private static void requireNothingElse(Chromium browser) {
    assertThat(browser.complaints())
        .as("but for what was refused")
        .allMatch(complaint -> complaint.matches("(?s).*status of (400|403|404|409|429|503) .*"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void pagesOfWhatWasDoneAndRefused(String language, String theme) throws Exception {
    UserId user = server.tenancy().newUser();
    UserId other = server.tenancy().newUser();
    String path = CUSTOMER + "/users/" + user;
    Eye eye = eye(language, theme);
    Chromium browser = eye.browser();
    Screens.signIn(browser, server, Role.ADMIN_AGENT);

    lookAtConflict(eye, path, user);
    browser.go(path);
    browser.fill("#usageLocation", "Nowhere");
    browser.click("form.edit button");
    eye.lookAt("user-faults", "[aria-invalid]");
    browser.go(path + "/password");
    browser.click("main form button");
    eye.lookAt("password-shown", "#new-password");
    browser.go(path);
    browser.click("form[action$='/delete'] button");
    eye.lookAt("users-undo", "#notice form");
    browser.go(CUSTOMER + "/users/" + other);
    browser.click("form[action$='/delete'] button");
    eye.lookAt("refusal-too-many", ALERT);
    browser.go(CUSTOMER + "/users/" + other);
    browser.evaluate("document.querySelector('form.edit [name=form_token]').value = 'x'");
    browser.click("form.edit button");
    eye.lookAt("refusal-of-a-form", ALERT);
    browser.go(HOME + "/" + Tenancy.OTHER_CUSTOMER);
    eye.lookAt("refusal-not-found", ALERT);
    lookAtFailure(eye, CUSTOMER + "/users/" + other);
    browser.go(HOME);
    browser.click(".sign-out button");
    eye.lookAt("signedout", "main [role=status] ~ p a");
    browser.go("/dashboard/signed-in?code=x");
    eye.lookAt("signedout-again", "main [role=status] ~ p a");
    Screens.signIn(browser, server, Role.HELPDESK_AGENT);
    browser.go(RECORDS);
    eye.lookAt("refusal-forbidden", ALERT);
    requireNothingElse(browser);
  }

  private void lookAtConflict(Eye eye, String path, UserId user) throws IOException {
    Chromium browser = eye.browser();
    browser.go(path);
    server.sendAsAdmin(
        RawRequest.patch(
            TestServer.path(Tenancy.CUSTOMER, user),
            "{\"displayName\":\"Grace <b>Hopper</b>\",\"phoneNumber\":\"12\"}"));
    browser.fill("#displayName", "Grace Murray");
    browser.fill("#firstName", "Grace");
    browser.click("form.edit button");
    eye.lookAt("conflict", "form.edit fieldset");
    browser.resize(360, 740);
    eye.look("conflict-narrow");
    browser.resize(1280, 900);
  }

  private void lookAtFailure(Eye eye, String path) throws Exception {
    Chromium browser = eye.browser();
    browser.go(path);
    browser.fill("#firstName", "Never");
    try (StoreLock _ = StoreLock.take(folder)) {
      browser.click("form.edit button");
      eye.lookAt("refusal-failed", ALERT);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void pagesWithPicturesAndEmptyOnes(String language, String theme) throws Exception {
    Seats.define(server);
    Seats.define(server, Seats.TENANT_WIDE, "WIDE", "Sku <img src=x onerror=alert(1)>", 0);
    UserId user = Seats.located(server, server.tenancy().newUser());
    assign(user, Seats.VISIO);
    assign(user, Seats.EMS);
    server.clock().advance(Duration.ofDays(3));
    server.send(
        RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, server.tenancy().newUser()))
            .token(server.tokens().of(Role.ADMIN_AGENT)));
    CustomerId empty = emptyCustomer();
    Eye eye = eye(language, theme);
    Chromium browser = eye.browser();
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    String none = HOME + "/" + empty;
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("account-states", CUSTOMER);
    pages.put("licenses-drawn", CUSTOMER + "/licenses");
    pages.put("records-drawn", RECORDS);
    pages.put("records-none", RECORDS + "?who=nobody&customer=" + Tenancy.OTHER_CUSTOMER);
    pages.put("account-without-users", none);
    pages.put("users-none", none + "/users");
    pages.put("users-no-match", CUSTOMER + "/users?q=nobody");
    pages.put("deleted-none", none + "/deleted");
    pages.put("licenses-none", none + "/licenses");
    for (Map.Entry<String, String> page : pages.entrySet()) {
      browser.go(page.getValue());
      eye.look(page.getKey());
      browser.resize(360, 740);
      eye.look(page.getKey() + "-narrow");
      browser.resize(1280, 900);
    }
    browser.go(RECORDS);
    browser.click(".picture details summary");
    eye.lookAt("records-table", ".picture details[open] table");
    assertThat(browser.heard())
        .as("what a picture is, and not each of its parts")
        .anyMatch(text -> text.matches("ima?ge? (User deleted|Utilisateur supprimé)"));
    requireNothingElse(browser);
  }

  private void assign(UserId user, String sku) {
    assertThat(
            server
                .sendAsAdmin(
                    RawRequest.of(
                            "POST", TestServer.path(Tenancy.CUSTOMER, user) + "/licenseupdates")
                        .body("{\"licensesToAssign\":[{\"skuId\":\"%s\"}]}".formatted(sku)))
                .status())
        .isEqualTo(201);
  }

  private CustomerId emptyCustomer() {
    CustomerId empty = new CustomerId(UUID.randomUUID());
    server
        .server()
        .directory()
        .customers()
        .create(
            new NewCustomer(empty, "Empty", "empty.example"),
            ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));
    return empty;
  }

  /** An application's wish that an agent sign in, with an answer by a form. */
  private String wish() {
    ApplicationId id = new ApplicationId(UUID.randomUUID());
    server
        .server()
        .directory()
        .partners()
        .createApplication(
            new Application(id, Tenancy.PARTNER, "Portal", false, false, List.of(BACK)), null);
    return "/common/oauth2/v2.0/authorize?"
        + Visitor.form(
            Map.of(
                "client_id",
                id.toString(),
                "redirect_uri",
                BACK,
                "response_type",
                "code",
                "response_mode",
                "form_post",
                "code_challenge",
                CHALLENGE,
                "code_challenge_method",
                "S256"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void pagesOfTheIssuer(String language, String theme) throws Exception {
    Authenticator hand = Authenticator.enrol(server, server.tenancy().agent(Role.SALES_AGENT));
    Eye eye = eye(language, theme);
    Chromium browser = eye.browser();
    String wish = wish();

    browser.go(wish);
    eye.lookAt("consent", "#username");
    browser.resize(360, 740);
    eye.look("consent-narrow");
    enter(browser, Role.SALES_AGENT, "wrong");
    eye.lookAt("consent-wrong", "#fault");
    browser.resize(1280, 900);
    browser.fill("#password", Tenancy.AGENT_PASSWORD);
    browser.click("form button");
    eye.lookAt("code", "#code");
    browser.fill("#code", hand.wrongCode());
    browser.click("form button");
    eye.lookAt("code-wrong", "#fault");
    browser.fill("#code", hand.code());
    browser.click("form button");
    eye.lookAt("back-to-the-application", "form[action^='http://localhost']");
    browser.go("/common/oauth2/v2.0/authorize?client_id=x");
    eye.lookAt("consent-refused", ALERT);

    JsonNode codes = server.tokens().deviceCodes();
    browser.open(codes.get("verification_uri").text());
    eye.lookAt("device", "#code");
    browser.fill("#code", "XXXX-XXXX");
    browser.click("form button");
    eye.lookAt("device-wrong", "#fault");
    browser.fill("#code", codes.get("user_code").text());
    browser.click("form button");
    eye.lookAt("device-consent", "#username");
    enter(browser, Role.ADMIN_AGENT, Tenancy.AGENT_PASSWORD);
    eye.lookAt("device-done", "[role=status]");
    requireNothingElse(browser);
  }
}
