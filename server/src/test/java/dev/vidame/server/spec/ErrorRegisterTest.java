package dev.vidame.server.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every refusal that wire-spec's tables name, in English and in French: {@code register/errors.txt}
 * lists them to be read beside the tables.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorRegisterTest {
  private static final String FILE = "/register/errors.txt";

  /** The tables' rows, as status and code; what a fault gets has tests of its own below. */
  private static final String TABLES =
      """
      §1.8 401/800001 401/400 401/900420 403/2032 403/900150
      §2.11 400/2000 400/900118 403/20002 404/60003 403/1002 403/600006
      §3.10 400/2000 400/3000 400/800002 400/900126 400/2055 401/800001 401/400 403/2032 403/900150
      §3.10 403/20002 404/60002 404/60003 409/990001
      §4.7 400/2000 403/900150 403/20002 404/60003
      §5.4 400/3000 400/60012
      §7.10 501/0 401/400 404/1000 403/1002 400/2000 403/2032 400/2055 400/3000 403/20002 404/60002
      §7.10 404/60003 400/60012 400/400056 401/800001 400/800002 417/800036 400/900126 400/900127
      §7.10 400/900141 403/900150 409/990003
      §2.3 400/600002 400/600049 400/600050 400/600051 400/800018 409/990002 400/3000
      """;

  /** The codes of §7.10, whose rows may stand under the section that they belong to. */
  private static final String REGISTER =
      """
      501/0 401/400 404/1000 403/1002 400/2000 403/2032 400/2055 400/3000 403/20002 404/60002
      404/60003 400/60012 400/400056 400/600002 400/600049 400/600050 400/600051 403/600006
      401/800001 400/800002 400/800018 417/800036 400/900118 400/900126 400/900127 400/900141
      403/900150 401/900420 409/990001 409/990002 409/990003
      """;

  private final TestServer server;
  private final ErrorWorld world;

  ErrorRegisterTest(@TempDir Path folder) {
    server = TestServer.start(folder);
    world = new ErrorWorld(server);
  }

  @AfterAll
  void stop() {
    assertThat(server.server().directory().verifyJournal(Tenancy.CUSTOMER).isIntact()).isTrue();
    server.close();
  }

  /**
   * A row of the file.
   *
   * @param title the section, and when
   * @param caller who asks
   * @param request what is asked; null where the refusal is never sent
   * @param status the answer's, with code and source, and a property where its rule is broken
   * @param english the description, or what the rule says
   * @param french the same
   * @param data what else the answer says, in both languages
   */
  record Row(
      String title,
      String caller,
      @Nullable RawRequest request,
      List<String> status,
      String english,
      String french,
      List<String> data) {
    String section() {
      return title.substring(0, title.indexOf(' '));
    }

    String outcome() {
      return status.get(0) + "/" + status.get(1);
    }

    @Override
    public String toString() {
      return title + ": " + outcome();
    }
  }

  private static List<Row> rows() {
    String text;
    try (InputStream in =
        Objects.requireNonNull(ErrorRegisterTest.class.getResourceAsStream(FILE))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.stream(text.replaceAll("(?m)^#.*\n", "").split("\n\n+", -1))
        .map(String::strip)
        .filter(block -> !block.isEmpty())
        .map(block -> row(block.lines().toList()))
        .toList();
  }

  private static Row row(List<String> lines) {
    if (lines.get(1).startsWith("never ")) {
      List<String> status = List.of(lines.get(1).split(" ", -1)).subList(1, 3);
      return new Row(lines.getFirst(), "", null, status, lines.get(2), "", List.of());
    }
    String[] request = lines.get(1).split(" ", 3);
    RawRequest sent = RawRequest.of(request[1], request[2]);
    int next = 2;
    for (; lines.get(next).startsWith("  "); next++) {
      String line = lines.get(next).strip();
      int colon = line.indexOf(": ");
      sent =
          line.startsWith("{") || line.startsWith("[")
              ? sent.body(line)
              : sent.header(line.substring(0, colon), line.substring(colon + 2));
    }
    return new Row(
        lines.getFirst(),
        request[0],
        sent,
        List.of(lines.get(next).split(" ", -1)),
        lines.get(next + 1),
        lines.get(next + 2),
        lines.subList(next + 3, lines.size()));
  }

  static Stream<Row> answered() {
    return rows().stream().filter(row -> row.request() != null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answered")
  void refusalIsTheRegisters(Row row) {
    long before = server.tenancy().changes();

    RawAnswer english = send(row, "en-US");
    RawAnswer french = send(row, "fr-FR");

    check(row, english, wanted(row, "Invalid property: %s. ", "%s: ", row.english(), 0));
    check(row, french, wanted(row, "Propriété non valide : %s. ", "%s : ", row.french(), 1));
    assertThat(server.tenancy().changes()).isEqualTo(before);
  }

  private RawAnswer send(Row row, String locale) {
    RawRequest request = Objects.requireNonNull(row.request());
    RawRequest filled =
        RawRequest.of(request.method(), world.filled(request.target()))
            .body(world.filled(new String(request.body(), StandardCharsets.UTF_8)))
            .header("X-Locale", locale);
    for (var header : request.headers()) {
      filled = filled.header(header.name(), world.filled(header.value()));
    }
    return server.sendWhateverComes(world.as(row.caller(), filled));
  }

  /** Description and data. */
  private record Wanted(String description, List<String> data) {}

  private Wanted wanted(Row row, String description, String datum, String text, int language) {
    String filled = world.filled(text);
    if (row.status().size() > 3) {
      String property = row.status().get(3);
      return new Wanted(
          description.formatted(property) + filled, List.of(datum.formatted(property) + filled));
    }
    String data = row.data().get(Math.min(language, row.data().size() - 1));
    return new Wanted(
        filled, JsonNode.parse(world.filled(data).getBytes(StandardCharsets.UTF_8)).texts());
  }

  private static void check(Row row, RawAnswer answer, Wanted wanted) {
    JsonNode body = answer.json();
    assertThat(answer.outcome()).as(answer.toString()).isEqualTo(row.outcome());
    assertThat(body.get("description").text()).isEqualTo(wanted.description());
    assertThat(body.get("data").texts()).isEqualTo(wanted.data());
    assertThat(body.get("source").text()).isEqualTo(row.status().get(2));
  }

  @Test
  void everyRowOfTheTablesIsThere() {
    Set<String> wanted = new TreeSet<>();
    for (String line : TABLES.lines().toList()) {
      String[] words = line.split(" ", -1);
      Arrays.stream(words).skip(1).forEach(outcome -> wanted.add(words[0] + " " + outcome));
    }

    Set<String> there =
        rows().stream()
            .map(row -> row.section() + " " + row.outcome())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(there).containsAll(wanted);
    assertThat(rows().stream().map(Row::outcome).toList())
        .containsAll(List.of(REGISTER.strip().split("\\s+", -1)));
  }

  @Test
  void whatIsNeverSentSaysWhy() {
    List<String> never = new ArrayList<>();
    for (Row row : rows()) {
      if (row.request() == null) {
        never.add(row.outcome());
        assertThat(row.english()).as(row.title()).hasSizeGreaterThan(20);
      }
    }

    assertThat(never)
        .containsExactlyInAnyOrder(
            "403/1002", "403/1002", "400/400056", "417/800036", "400/900127");
  }

  /** §7.10, fault: something in the store is not what it must be. */
  @Test
  void faultSaysNothingOfItself(@TempDir Path own) throws SQLException {
    try (TestServer broken = TestServer.start(own)) {
      Seats.define(broken);
      try (Connection store = SharedStore.connect(own);
          Statement statement = store.createStatement()) {
        statement.executeUpdate("update subscribed_skus set license_group = 'group9'");
      }
      RawRequest request =
          RawRequest.get("/v1/customers/" + Tenancy.CUSTOMER + "/subscribedskus")
              .token(broken.tokens().admin());

      assertThat(broken.sendWhateverComes(request).text())
          .isEqualTo(
              "{\"code\":800003,\"description\":\"Unexpected service error\",\"data\":[],"
                  + "\"source\":\"PartnerApiServiceControllers\"}");
      RawAnswer french = broken.sendWhateverComes(request.header("X-Locale", "fr-FR"));
      assertThat(french.outcome()).isEqualTo("500/800003");
      assertThat(french.json().get("description").text()).isEqualTo("Erreur de service inattendue");
    }
  }
}
