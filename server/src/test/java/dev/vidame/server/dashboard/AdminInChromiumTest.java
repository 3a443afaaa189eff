package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A partner's people and applications in a real browser. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class AdminInChromiumTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String HOME = "/dashboard/customers";
  private static final String USERS = HOME + "/" + Tenancy.CUSTOMER + "/users";

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;

  @BeforeEach
  void start() {
    assumeThat(Chromium.isThere()).isTrue();
    server = TestServer.start(folder.resolve("server"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    http.close();
  }

  private Chromium browser(String language) throws IOException {
    return Chromium.start(folder.resolve("profile-" + UUID.randomUUID()), http, language);
  }

  private void open(Chromium browser, String path) {
    browser.open(server.server().address() + path);
  }

  private void signIn(Chromium browser, String name, String password, String page) {
    open(browser, page);
    browser.await(
        "document.readyState === 'complete' && document.activeElement.name === 'username'");
    browser.type(name);
    browser.tab();
    browser.type(password);
    browser.enter();
    awaitHere(browser, page);
  }

  private void signInAsAdmin(Chromium browser) {
    signIn(
        browser,
        server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName(),
        Tenancy.AGENT_PASSWORD,
        HOME);
  }

  private static void awaitHere(Chromium browser, String path) {
    browser.await("document.readyState === 'complete' && location.pathname === '" + path + "'");
  }

  private static void awaitNotice(Chromium browser, String text) {
    browser.await(
        "document.readyState === 'complete' && (document.getElementById('notice')?.textContent ?? '').includes('"
            + text
            + "')");
  }

  private static String shownOnce(Chromium browser) {
    return browser.evaluate("document.getElementById('shown-once').textContent");
  }

  private static void look(Chromium browser, Axe axe, String name) throws IOException {
    browser.photograph(PICTURES.resolve(name + ".png"));
    assertThat(axe.faults(browser)).as(name).isEqualTo("[]");
  }

  @Test
  void agentIsCreatedGivenARoleAndSignsIn() throws Exception {
    String password;
    Axe axe = new Axe();
    try (Chromium browser = browser("en")) {
      signInAsAdmin(browser);
      browser.click("header a[href='/dashboard/agents']");
      browser.awaitHeading("Agents");
      browser.click("main a[href='/dashboard/agents/new']");
      browser.awaitHeading("New agent");
      browser.fill("#userPrincipalName", "grace@first.example");
      browser.fill("#displayName", "Grace");
      browser.click("form.edit button");
      awaitNotice(browser, "Grace was created.");
      assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("notice");
      password = shownOnce(browser);
      look(browser, axe, "en-light-agent-created");

      browser.fill("#customer", Tenancy.DOMAIN);
      String day = server.clock().instant().plus(Duration.ofDays(9)).toString().substring(0, 10);
      var _ =
          browser.evaluate(
              "document.getElementById('role').value = 'directory_readers';"
                  + " document.getElementById('endsAt').value = '"
                  + day
                  + "'; ''");
      browser.click("form[action$='/roles/give'] button");
      awaitNotice(browser, "The role directory_readers was given.");
      look(browser, axe, "en-light-agent-role");
      assertThat(browser.complaints()).isEmpty();
    }
    try (Chromium browser = browser("en")) {
      signIn(browser, "grace@first.example", password, USERS);
      browser.awaitHeading("Users");
      open(browser, "/dashboard/agents");
      browser.awaitHeading("You may not do this");
      browser.click("main a[href^='/dashboard/why']");
      browser.awaitHeading("Why is something not allowed?");
      assertThat(browser.evaluate("document.getElementById('answer').innerText"))
          .contains("Not allowed", "None of the agent's roles suffices.", "admin_agent");
      assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("403"));
    }
  }

  @Test
  void secretIsAddedAndCopied() throws Exception {
    try (Chromium browser = browser("en")) {
      browser.allowClipboard();
      signInAsAdmin(browser);
      open(browser, "/dashboard/applications/" + server.tenancy().confidential().id());
      browser.awaitHeading("Application");
      browser.click("form[action$='/secrets'] button");
      awaitNotice(browser, "A secret was added.");
      String secret = shownOnce(browser);
      browser.click("[data-copy=shown-once]");
      browser.await("document.getElementById('said').textContent.includes('copied')");

      assertThat(browser.evaluate("navigator.clipboard.readText()")).isEqualTo(secret);
      assertThat(
              server
                  .server()
                  .directory()
                  .partners()
                  .client(server.tenancy().confidential().id(), secret))
          .isPresent();
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests())
          .allMatch(address ->
              address.startsWith(server.server().address() + "/")
                  || address.startsWith("data:")
                  || address.equals("about:blank"));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void everyPageCanBeReadByEverybody(String language, String theme) throws Exception {
    Axe axe = new Axe();
    Agent agent = AdminPagesTest.newAgent(server, Role.HELPDESK_AGENT);
    var _ = Authenticator.enrol(server.server().directory(), server.clock(), agent);
    try (Chromium browser = browser(language)) {
      browser.prefer(theme);
      browser.resize(1280, 900);
      signInAsAdmin(browser);
      Map<String, String> pages = pages(agent);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        open(browser, page.getValue());
        awaitHere(browser, page.getValue().replaceFirst("\\?.*", ""));
        look(browser, axe, language + "-" + theme + "-" + page.getKey());
      }
      browser.resize(360, 740);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        open(browser, page.getValue());
        awaitHere(browser, page.getValue().replaceFirst("\\?.*", ""));
        assertThat(
                browser.evaluate(
                    "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            .as("nothing is beside a narrow screen: " + page)
            .isEqualTo("true");
        look(browser, axe, language + "-" + theme + "-narrow-" + page.getKey());
      }
      assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("404"));
    }
  }

  private Map<String, String> pages(Agent agent) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("agents", "/dashboard/agents");
    pages.put("agents-none", "/dashboard/agents?q=nobody-at-all");
    pages.put("agent", "/dashboard/agents/" + agent.id());
    pages.put("newagent", "/dashboard/agents/new");
    pages.put("applications", "/dashboard/applications");
    pages.put("application", "/dashboard/applications/" + server.tenancy().confidential().id());
    pages.put("application-own", "/dashboard/applications/" + OwnApplications.of(Tenancy.PARTNER));
    pages.put("newapplication", "/dashboard/applications/new");
    pages.put("why", "/dashboard/why");
    pages.put(
        "why-not",
        "/dashboard/why/agent?operation=delete_user&customer="
            + Tenancy.CUSTOMER
            + "&agent="
            + agent.id());
    pages.put("why-nobody", "/dashboard/why/agent?operation=delete_user&agent=nobody");
    return pages;
  }

  /** Typing finds an agent, and the focus stays where it was. */
  @Test
  void agentIsFoundWhileTyping() throws Exception {
    try (Chromium browser = browser("en")) {
      signInAsAdmin(browser);
      open(browser, "/dashboard/agents");
      browser.awaitHeading("Agents");
      browser.click("#q");
      browser.type("helpdesk");
      browser.await("document.querySelectorAll('#results tbody tr').length === 1");
      browser.await("document.getElementById('said').textContent === 'Agents on this page: 1'");

      assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("q");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
