package dev.vidame.server.dashboard;

import static dev.vidame.server.dashboard.Screens.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Chromium;
import dev.vidame.server.harness.OwnBrowsers;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the photographs that the README shows, of a server on which something has been done. With
 * {@code -Dvidame.accept-pictures=true} they become those in {@code docs/pictures}; CONTRIBUTING.md
 * has the command.
 */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class ReadmeInChromiumTest {
  private static final Path KEPT = Path.of("..", "docs", "pictures");
  private static final long LARGEST_BYTES = 150 * 1024;
  private static final int WEEKS = 4;

  @RegisterExtension private final OwnBrowsers browsers = new OwnBrowsers();
  @RegisterExtension private final OwnServers servers = new OwnServers();
  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = servers.start(folder);
  }

  private void send(RawRequest request) {
    RawAnswer answer = server.send(request.token(server.tokens().of(Role.ADMIN_AGENT)));
    assertThat(answer.status()).as(answer.toString()).isLessThan(300);
  }

  private void patch(UserId user, String body) {
    send(RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, user), body));
  }

  /** Four weeks of work: much on Mondays, little on Fridays, nothing at weekends. */
  private List<UserId> work() {
    Seats.define(server);
    List<UserId> users = new ArrayList<>();
    for (int day = 0; day < WEEKS * 7; day++) {
      int weekday = day % 7;
      for (int i = 0; i < 5 - weekday; i++) {
        UserId user = server.tenancy().newUser();
        patch(user, "{\"usageLocation\":\"FR\",\"displayName\":\"Front desk %d\"}".formatted(day));
        users.add(user);
      }
      if (weekday == 3) {
        send(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, users.removeFirst())));
      }
      if (weekday < 2 && day < 14) {
        send(
            RawRequest.of(
                    "POST", TestServer.path(Tenancy.CUSTOMER, users.getLast()) + "/licenseupdates")
                .body("{\"licensesToAssign\":[{\"skuId\":\"%s\"}]}".formatted(Seats.EMS)));
      }
      server.clock().advance(Duration.ofDays(1));
    }
    return users;
  }

  private void take(Chromium browser, String name) throws IOException {
    Path taken = browser.photographWindow("readme-" + name);
    assertThat(Files.size(taken)).as(name).isLessThan(LARGEST_BYTES);
    if (Boolean.getBoolean("vidame.accept-pictures")) {
      Files.createDirectories(KEPT);
      Files.copy(taken, KEPT.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void photographsOfTheReadme() throws Exception {
    List<UserId> users = work();
    UserId user = users.getLast();
    Chromium browser = browsers.start(server, "en", "light");
    browser.resize(1000, 700);
    Screens.signIn(browser, server, Role.ADMIN_AGENT);

    browser.go(CUSTOMER);
    take(browser, "account");
    String path = CUSTOMER + "/users/" + user;
    browser.go(path);
    patch(user, "{\"displayName\":\"Reception\",\"phoneNumber\":\"+33 1 00 00 00 00\"}");
    browser.fill("#displayName", "Reception, ground floor");
    browser.fill("#usageLocation", "BE");
    browser.click("form.edit button");
    browser.awaitHeading("Somebody else has changed this account");
    take(browser, "conflict");
    browser.go("/dashboard/records");
    browser.resize(1000, 860);
    take(browser, "records");
  }
}
