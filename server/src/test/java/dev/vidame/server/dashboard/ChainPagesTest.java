package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerUserUpdate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a customer's journal, without any script. */
class ChainPagesTest {
  private static final String CHAIN = "/dashboard/customers/" + Tenancy.CUSTOMER + "/chain";
  private static final Pattern GO_ON = Pattern.compile("<a id=\"go-on\" href=\"([^\"]+)\"");
  private static final Pattern HASH = Pattern.compile("<code id=\"head-hash\">([0-9a-f]{64})<");

  @TempDir private Path folder;
  private TestServer server;
  private Visitor admin;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    admin = Visitor.signedIn(server, server.tenancy().agent(Role.ADMIN_AGENT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void change(int times) {
    Directory directory = server.server().directory();
    try (var threads = Executors.newFixedThreadPool(32)) {
      for (int i = 0; i < times; i++) {
        String name = "Name " + i;
        threads.execute(() -> {
          var _ =
              directory
                  .users()
                  .update(
                      Tenancy.CUSTOMER,
                      new UserRef.ById(Tenancy.USER),
                      CustomerUserUpdate.builder().displayName(name).build(),
                      new EntityTag.Any(),
                      ChangeRequest.once(Actor.operator(Tenancy.PARTNER), UUID.randomUUID()));
        });
      }
    }
  }

  private RawAnswer get(String address) {
    RawAnswer answer = admin.get(address);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = SharedStore.connect(folder);
        Statement jdbc = connection.createStatement()) {
      if (!SharedStore.isPostgres()) {
        jdbc.execute("pragma busy_timeout = 10000");
      }
      jdbc.execute(statement);
    }
  }

  private static String ofCustomer() {
    return " and customer_id = " + SharedStore.literal(Tenancy.CUSTOMER.value());
  }

  @Test
  void wholeChainIsToldWithItsEnds() {
    change(9);
    long rows = server.tenancy().changes();

    RawAnswer before = get(CHAIN);
    RawAnswer page = get(CHAIN + "?on=start");

    assertThat(before.text()).contains("Rows to be checked: " + rows, CHAIN + "?on=start");
    assertThat(page.text())
        .contains(
            "Every row is there, and is as it was written: " + rows,
            "<dt>The first</dt><dd><time datetime=\"2026-11-22T10:00:00Z\"",
            "<dt>The last</dt>")
        .doesNotContain("role=\"alert\"");
    Matcher hash = HASH.matcher(page.text());
    assertThat(hash.find()).isTrue();
    assertThat(Arrays.copyOf(HexFormat.of().parseHex(hash.group(1)), 16))
        .isEqualTo(server.server().directory().changes().end(Tenancy.CUSTOMER).mark());
    assertThat(get("/dashboard/records?customer=" + Tenancy.CUSTOMER).text())
        .contains("href=\"" + CHAIN + "\"");
    assertThat(get("/dashboard/records").text()).doesNotContain("/chain");
    assertThat(get("/dashboard/records?customer=" + Tenancy.OTHER_CUSTOMER).text())
        .doesNotContain("/chain");
  }

  @Test
  void longChainIsCheckedInPartsThatLeadOnToEachOther() {
    change(5_100);
    long rows = server.tenancy().changes();

    RawAnswer first = get(CHAIN + "?on=start");
    Matcher link = GO_ON.matcher(first.text());
    assertThat(link.find()).as(first.text()).isTrue();
    String next = Visitor.unescaped(link.group(1));
    RawAnswer last = get(next);

    assertThat(first.text())
        .contains("Checked so far: 5,000 of %,d".formatted(rows), "value=\"5000\"");
    assertThat(last.text()).contains("as it was written: %,d".formatted(rows));
    assertThat(get(next.substring(0, next.length() - 4) + "AAAA").text())
        .as("an address that was altered begins anew")
        .contains("Checked so far: 5,000");
    server.clock().advance(Duration.ofMinutes(29));
    get(CHAIN);
    server.clock().advance(Duration.ofMinutes(29));
    get(CHAIN);
    server.clock().advance(Duration.ofMinutes(5));
    assertThat(get(next).text()).as("after an hour, too").contains("Checked so far: 5,000");
  }

  @Test
  void brokenRowIsNamed() throws SQLException {
    change(20);
    sql(
        "update journal set changes = '{\"displayName\":[\"a\",\"b\"]}' where seq = 12"
            + ofCustomer());
    assertThat(get(CHAIN + "?on=start").text())
        .contains(
            "Row 12 tells another change than the one that was written.",
            "<dt>Good rows</dt><dd>11</dd>",
            "role=\"alert\"")
        .doesNotContain("Every row is there");
    sql("update journal set at = at + 1 where seq = 10" + ofCustomer());
    assertThat(get(CHAIN + "?on=start").text()).contains("Row 10 is not the one");
    sql("update journal set operation = 'user.nothing' where seq = 8" + ofCustomer());
    assertThat(get(CHAIN + "?on=start").text()).contains("Row 8 cannot be read");
    sql("delete from journal where seq = 5" + ofCustomer());
    assertThat(get(CHAIN + "?on=start").text()).contains("Row 5 is missing.");
  }

  @Test
  void onlyWhoMayReadTheChangesMayCheckThem() {
    for (Role role : Role.values()) {
      Visitor visitor = Visitor.signedIn(server, server.tenancy().agent(role));
      assertThat(visitor.get(CHAIN + "?on=start").status())
          .as(role.name())
          .isEqualTo(role == Role.ADMIN_AGENT ? 200 : 403);
    }
    assertThat(
            admin
                .get(
                    CHAIN.replace(Tenancy.CUSTOMER.toString(), Tenancy.OTHER_CUSTOMER.toString())
                        + "?on=start")
                .status())
        .isEqualTo(404);
    Map<String, String> none = Map.of();
    assertThat(admin.post(CHAIN, none).status()).isEqualTo(405);
  }
}
