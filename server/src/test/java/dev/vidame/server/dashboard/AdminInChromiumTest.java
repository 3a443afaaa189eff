package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.OwnBrowsers;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A partner's people and applications in a real browser. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class AdminInChromiumTest {
  @RegisterExtension private final OwnBrowsers browsers = new OwnBrowsers();
  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = servers.start(folder);
  }

  private static String shownOnce(Chromium browser) {
    return browser.evaluate("document.getElementById('shown-once').textContent");
  }

  @Test
  void agentIsCreatedGivenARoleAndSignsIn() throws Exception {
    Chromium browser = browsers.start(server, "en");
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.click("header a[href='/dashboard/agents']");
    browser.awaitHeading("Agents");
    browser.click("main a[href='/dashboard/agents/new']");
    browser.awaitHeading("New agent");
    browser.fill("#userPrincipalName", "grace@first.example");
    browser.fill("#displayName", "Grace");
    browser.click("form.edit button");
    browser.awaitText("#notice", "Grace was created.");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("notice");
    String password = shownOnce(browser);
    Screens.look(browser, "en-light-agent-created");

    browser.fill("#customer", Tenancy.DOMAIN);
    String day = server.clock().instant().plus(Duration.ofDays(9)).toString().substring(0, 10);
    var _ =
        browser.evaluate(
            "document.getElementById('role').value = 'directory_readers';"
                + " document.getElementById('endsAt').value = '"
                + day
                + "'; ''");
    browser.click("form[action$='/roles/give'] button");
    browser.awaitText("#notice", "The role directory_readers was given.");
    Screens.look(browser, "en-light-agent-role");
    assertThat(browser.complaints()).isEmpty();

    Chromium own = browsers.start(server, "en");
    Screens.signIn(own, Screens.CUSTOMER + "/users", "grace@first.example", password);
    own.awaitHeading("Users");
    own.open("/dashboard/agents");
    own.awaitHeading("You may not do this");
    own.click("main a[href^='/dashboard/why']");
    own.awaitHeading("Why is something not allowed?");
    assertThat(own.evaluate("document.getElementById('answer').innerText"))
        .contains("Not allowed", "None of the agent's roles suffices.", "admin_agent");
    assertThat(own.complaints()).allMatch(complaint -> complaint.contains("403"));
  }

  @Test
  void secretIsAddedAndCopied() throws Exception {
    Chromium browser = browsers.start(server, "en");
    browser.allowClipboard();
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.open("/dashboard/applications/" + server.tenancy().confidential().id());
    browser.awaitHeading("Application");
    browser.click("form[action$='/secrets'] button");
    browser.awaitText("#notice", "A secret was added.");
    String secret = shownOnce(browser);
    browser.click("[data-copy=shown-once]");
    browser.awaitText("#said", "copied");

    assertThat(browser.evaluate("navigator.clipboard.readText()")).isEqualTo(secret);
    assertThat(
            server
                .server()
                .directory()
                .partners()
                .client(server.tenancy().confidential().id(), secret))
        .isPresent();
    browser.requireQuiet();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void everyPageCanBeReadByEverybody(String language, String theme) throws Exception {
    Agent agent = AdminPagesTest.newAgent(server, Role.HELPDESK_AGENT);
    var _ = Authenticator.enrol(server.server().directory(), server.clock(), agent);
    Chromium browser = browsers.start(server, language, theme);
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    String pictures = language + "-" + theme + "-";
    Map<String, String> pages = pages(agent);
    Screens.lookAtAll(browser, pictures, pages);
    browser.resize(360, 740);
    Screens.lookAtAll(browser, pictures + "narrow-", pages);
    assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("404"));
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
    Chromium browser = browsers.start(server, "en");
    Screens.signIn(browser, server, Role.ADMIN_AGENT);
    browser.open("/dashboard/agents");
    browser.awaitHeading("Agents");
    browser.click("#q");
    browser.type("helpdesk");
    browser.await("document.querySelectorAll('#results tbody tr').length === 1");
    browser.await("document.getElementById('said').textContent === 'Agents on this page: 1'");

    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("q");
    assertThat(browser.complaints()).isEmpty();
  }
}
