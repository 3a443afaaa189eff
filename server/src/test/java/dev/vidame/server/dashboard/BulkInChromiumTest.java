package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.OwnBrowsers;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bulk changes in a real browser: a bar that moves by itself, and pages that all can read. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class BulkInChromiumTest {
  private static final int CAP = 60;

  @RegisterExtension private final OwnBrowsers browsers = new OwnBrowsers();
  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;

  /** So many deletions go through at once; further ones wait until the test moves the clock. */
  private TestServer start() {
    return servers.start(
        folder.resolve("server"),
        Map.of("limits.partner-deletions-per-minute", Integer.toString(CAP)));
  }

  private static void signIn(Chromium browser, TestServer server) {
    String admin = server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName();
    Screens.signIn(browser, Runs.LIST, admin, Tenancy.AGENT_PASSWORD);
    browser.awaitHeading(Screens.isEnglish(browser) ? "Bulk changes" : "Modifications en masse");
  }

  private static void awaitState(Chromium browser, String state) {
    browser.awaitThere("#run[data-state=" + state + "]");
  }

  private Path file(List<UserId> users, int deleted) throws IOException {
    StringBuilder csv = new StringBuilder("id,displayName,operation\n");
    for (int i = 0; i < users.size() - deleted; i++) {
      csv.append(users.get(i)).append(",Changed ").append(i).append(",\n");
    }
    for (UserId user : users.subList(users.size() - deleted, users.size())) {
      csv.append(user).append(",,delete\n");
    }
    csv.append("not-a-guid,Name,\n").append(UUID.randomUUID()).append(",Nobody,\ntoo,few\n");
    return Files.writeString(folder.resolve("people.csv"), csv);
  }

  @Test
  void fiveHundredRowsAreFollowedOnTheirWay() throws Exception {
    TestServer server = start();
    List<UserId> users = Runs.users(server, 497);
    Map<UserId, String> before = Runs.inUse(server);
    Chromium browser = browsers.start(server, "en");
    browser.resize(1280, 900);
    signIn(browser, server);
    browser.choose("#file", file(users, CAP + 10));
    browser.click("form.edit button");
    awaitState(browser, "PLANNED");
    assertThat(browser.evaluate("document.querySelector('#run table').innerText"))
        .contains("not-a-guid", "There is no such account.", "it has 2 cells");
    browser.photograph("en-light-bulk-plan");

    browser.click("form[action$='/apply'] button");
    awaitState(browser, "APPLYING");
    var _ = browser.evaluate("window.isStill = true");
    browser.await("!!document.getElementById('run-stop')");
    var _ = browser.evaluate("document.getElementById('run-stop').focus()");
    browser.await("document.querySelector('#run progress').value === 487");
    assertThat(browser.evaluate("document.querySelector('#run progress').max")).isEqualTo("497");
    assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("run-stop");
    browser.photograph("en-light-bulk-progress");

    server.clock().advance(Duration.ofMinutes(1));
    awaitState(browser, "APPLIED");
    assertThat(browser.evaluate("window.isStill")).as("without a new page").isEqualTo("true");
    browser.await("document.activeElement.id === 'run'");
    assertThat(browser.evaluate("document.getElementById('said').textContent"))
        .isEqualTo("Every row has ended.");
    assertThat(browser.evaluate("document.querySelector('#run dl').innerText")).contains("497");

    browser.click("form[action$='/undo'] button");
    awaitState(browser, "UNDONE");
    browser.photograph("en-light-bulk-undone");
    browser.requireQuiet();
    assertThat(Runs.inUse(server)).isEqualTo(before);
  }

  @Test
  void tooLargeAFileIsToldBeforeItIsSent() throws Exception {
    TestServer server =
        servers.start(folder.resolve("server"), Map.of("dashboard.bulk-most-kilobytes", "1"));
    Path large = Files.writeString(folder.resolve("large.csv"), "x".repeat(1025));
    Chromium browser = browsers.start(server, "en");
    signIn(browser, server);

    browser.choose("#file", large);
    browser.await("document.getElementById('file').validationMessage.includes('too large')");
    browser.choose("#file", Files.writeString(folder.resolve("small.csv"), "id\n"));
    browser.await("document.getElementById('file').validationMessage === ''");

    browser.requireQuiet();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"en,light", "en,dark", "fr,light", "fr,dark"})
  void everyStateCanBeReadByEverybody(String language, String theme) throws Exception {
    TestServer server = start();
    List<UserId> users = Runs.users(server, CAP + 4);
    String name = language + "-" + theme + "-";
    Chromium browser = browsers.start(server, language, theme);
    signIn(browser, server);
    Screens.look(browser, name + "bulk-upload");
    browser.choose("#file", file(users, CAP + 2));
    browser.click("form.edit button");
    awaitState(browser, "PLANNED");
    Screens.look(browser, name + "bulkrun-planned");
    browser.click("form[action$='/apply'] button");
    awaitState(browser, "APPLYING");
    Screens.look(browser, name + "bulkrun-applying");
    browser.click("#run-stop");
    awaitState(browser, "APPLY_STOPPED");
    Screens.look(browser, name + "bulkrun-stopped");
    browser.resize(360, 740);
    Screens.look(browser, name + "bulkrun-narrow");
    browser.click("form[action$='/undo'] button");
    awaitState(browser, "UNDONE");
    Screens.look(browser, name + "bulkrun-undone");
    browser.open(Runs.LIST);
    browser.awaitThere("main table a");
    Screens.look(browser, name + "bulk-runs");
    browser.requireQuiet();
  }
}
