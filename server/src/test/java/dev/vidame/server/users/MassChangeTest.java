package dev.vidame.server.users;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.LogLines;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unusually many resets and deletions are marked where they are recorded. */
class MassChangeTest {
  private static final String WATCH = "dev.vidame.server.http.MassWatch";
  private static final String RESET = "{\"passwordProfile\":{\"password\":\"Reset-Reset-1\"}}";

  @TempDir private Path folder;
  private TestServer server;
  private LogLines lines;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, Map.of("limits.mass-change-warning-per-minute", "3"));
    lines = LogLines.of(WATCH);
  }

  @AfterEach
  void stop() {
    lines.close();
    server.close();
  }

  private RawAnswer reset() {
    return server.sendAsAdmin(RawRequest.patch(foundingPath(), RESET));
  }

  private RawAnswer delete(UserId user) {
    return server.sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, user)));
  }

  /** How the last rows of the customer's journal are marked; empty text for one that is not. */
  private List<String> marks(int rows) {
    List<Entry> all = server.server().directory().journal(Tenancy.CUSTOMER, 0, 10_000);
    return all.subList(all.size() - rows, all.size()).stream()
        .map(entry ->
            entry.changes().stream()
                .filter(field -> field.field().equals(FieldChange.MASS))
                .map(field -> String.valueOf(field.after()))
                .findFirst()
                .orElse(""))
        .toList();
  }

  private List<JsonNode> records(int count) {
    return server
        .sendAsAdmin(RawRequest.get("/v1/auditrecords?size=" + count))
        .json()
        .get("items")
        .items();
  }

  private static String data(JsonNode record) {
    List<String> items = new ArrayList<>();
    for (JsonNode item : record.get("customizedData").items()) {
      items.add(item.get("key").text() + "=" + item.get("value").text());
    }
    return String.join(" ", items);
  }

  @Test
  void resetsBeyondTheUsualAreMarkedWithTheirNumber() {
    for (int i = 0; i < 5; i++) {
      assertThat(reset().outcome()).isEqualTo("200");
    }

    assertThat(marks(5)).containsExactly("", "", "", "4", "5");
    assertThat(server.server().directory().verifyJournal(Tenancy.CUSTOMER).isIntact()).isTrue();
    List<JsonNode> records = records(5);
    assertThat(records)
        .allMatch(it -> it.get("operationType").text().equals("reset_customer_user_password"));
    assertThat(records.stream().map(MassChangeTest::data))
        .containsExactly(
            "CustomerUserId=" + Tenancy.USER + " MassOperationCount=5",
            "CustomerUserId=" + Tenancy.USER + " MassOperationCount=4",
            "CustomerUserId=" + Tenancy.USER,
            "CustomerUserId=" + Tenancy.USER,
            "CustomerUserId=" + Tenancy.USER);
    assertThat(records.getFirst().get("resourceNewValue").text()).doesNotContain("flag", "mass");
    assertThat(lines.startingWith("WARNING"))
        .containsExactly(
            "WARNING Unusually many changes: kind=password_reset partner="
                + Tenancy.PARTNER
                + " moreThan=3 within a minute");
  }

  @Test
  void deletionsAreCountedByThemselves() {
    for (int i = 0; i < 3; i++) {
      reset();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(delete(server.tenancy().newUser()).outcome()).isEqualTo("204");
    }

    assertThat(marks(1)).containsExactly("4");
    JsonNode record = records(1).getFirst();
    assertThat(record.get("operationType").text()).isEqualTo("delete_customer_user");
    assertThat(data(record)).endsWith(" MassOperationCount=4");
  }

  @Test
  void anotherMinuteAndAnotherPartnerBeginAnew() {
    for (int i = 0; i < 4; i++) {
      reset();
    }
    String theirs = TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER);
    server.send(RawRequest.patch(theirs, RESET).token(server.tokens().otherAdmin()));
    assertThat(server.server().directory().journal(Tenancy.OTHER_CUSTOMER, 0, 100).getLast())
        .extracting(Entry::changes)
        .asString()
        .doesNotContain("flag:");

    server.clock().advance(Duration.ofMinutes(1));
    reset();

    assertThat(marks(2)).containsExactly("4", "");
  }

  @Test
  void markIsNoPropertyOfTheAccount() {
    RawRequest request = RawRequest.patch(foundingPath(), RESET).id(UUID.randomUUID());
    RawAnswer first = server.sendAsAdmin(request);
    for (int i = 0; i < 3; i++) {
      reset();
    }
    assertThat(marks(1)).containsExactly("4");

    RawAnswer again = server.sendAsAdmin(request);
    RawAnswer stale =
        server.sendAsAdmin(
            RawRequest.patch(foundingPath(), "{\"displayName\":\"Stale\"}")
                .header("If-Match", first.header("ETag")));

    assertThat(again.header("MS-Replayed")).isEqualTo("true");
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(stale.outcome()).isEqualTo("400/2055");
    assertThat(stale.text()).contains("password").doesNotContain("flag");
  }

  /** What finds no account is counted too, so it takes no hundred accounts to see the mark. */
  private String markAfter(int requests) {
    UserId nobody = new UserId(UUID.randomUUID());
    for (int i = 0; i < requests; i++) {
      assertThat(delete(nobody).status()).isEqualTo(404);
    }
    assertThat(delete(server.tenancy().newUser()).outcome()).isEqualTo("204");
    return marks(1).getFirst();
  }

  @Test
  void nothingIsMarkedWhereTheOperatorWantsNone() {
    server.close();
    server =
        TestServer.start(
            folder.resolve("none"), Map.of("limits.mass-change-warning-per-minute", "0"));

    assertThat(markAfter(110)).isEmpty();
  }

  @Test
  void hundredAMinuteAreUsualUnlessTheOperatorSaysOtherwise() {
    server.close();
    server = TestServer.start(folder.resolve("usual"));

    assertThat(markAfter(99)).isEmpty();
    assertThat(markAfter(0)).isEqualTo("101");
  }
}
