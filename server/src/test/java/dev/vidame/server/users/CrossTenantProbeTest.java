package dev.vidame.server.users;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One partner asks for what another has, with the other's ids in every place that takes one, and
 * learns no more than of ids that nobody has.
 */
final class CrossTenantProbeTest {
  private static final int PROBES = Boolean.getBoolean("vidame.long") ? 200_000 : 3_000;
  private static final int TIMED = Boolean.getBoolean("vidame.long") ? 5_000 : 1_000;
  private static final int ROUNDS = 3;
  private static final String MARK = "Foreign-Mark";
  private static final UUID ID = UUID.fromString("b1317092-f087-471e-a637-f66523b2b94c");
  private static final String ROLE = "62e90394-69f5-4237-9190-012177145e10";

  @TempDir private Path folder;
  private TestServer server;
  private String cursor = "";
  private String record = "";

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    String others = server.tokens().otherAdmin();
    String account = TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER);
    String body =
        "{\"displayName\":\""
            + MARK
            + "\",\"firstName\":\""
            + MARK
            + "\",\"lastName\":\""
            + MARK
            + "\"}";
    assertThat(server.send(RawRequest.patch(account, body).token(others)).status()).isEqualTo(200);
    String users = "/v1/customers/" + Tenancy.OTHER_CUSTOMER + "/users";
    for (int i = 0; i < 3; i++) {
      String created =
          "{\"userPrincipalName\":\"%s-%d@other.example\",\"displayName\":\"%s\",\"passwordProfile\":{\"password\":\"abCD123*\"}}"
              .formatted(MARK, i, MARK);
      RawRequest create = RawRequest.of("POST", users).body(created).token(others);
      assertThat(server.send(create).status()).isEqualTo(201);
    }
    RawAnswer page = server.send(RawRequest.get(users + "?size=1").token(others));
    cursor = requireNonNull(page.json().get("continuationToken").text());
    RawAnswer records = server.send(RawRequest.get("/v1/auditrecords?size=1").token(others));
    record = requireNonNull(records.json().get("items").items().getFirst().get("id").text());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Ids of somebody, or of nobody. */
  private record Ids(String customer, String user, String name, String record, String cursor) {
    static Ids ofNobody(Random random) {
      String customer = new UUID(random.nextLong(), random.nextLong()).toString();
      return new Ids(
          customer,
          new UUID(random.nextLong(), random.nextLong()).toString(),
          "nobody-%d@nowhere.example".formatted(random.nextInt()),
          Tenancy.PARTNER + "_" + customer + "_updatecustomeruser_1",
          "none");
    }
  }

  @Test
  void nothingIsLearnedOrChanged() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("Cross-tenant probes, seed " + seed);
    Random random = new Random(seed);
    Ids foreign =
        new Ids(
            Tenancy.OTHER_CUSTOMER.toString(),
            Tenancy.OTHER_USER.toString(),
            "somebody@other.example",
            record,
            cursor);
    long changes = changes();
    List<String> leaks = new ArrayList<>();
    Set<Integer> statuses = new TreeSet<>();
    try (RawConnection connection = server.connect()) {
      for (int i = 0; i < PROBES; i++) {
        long shape = random.nextLong();
        RawRequest asked = probe(new Random(shape), foreign);
        RawAnswer answer = connection.exchange(asked);
        RawAnswer unknown = connection.exchange(probe(new Random(shape), Ids.ofNobody(random)));
        statuses.add(answer.status());
        if (answer.toString().contains(MARK) || !outcome(answer).equals(outcome(unknown))) {
          leaks.add(
              asked.method()
                  + " "
                  + asked.target()
                  + ": "
                  + outcome(answer)
                  + " and "
                  + outcome(unknown));
        }
      }
    }

    assertThat(leaks).as("seed %d", seed).isEmpty();
    assertThat(statuses).contains(200, 400, 403, 404, 405);
    String account = TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER);
    RawRequest seen = RawRequest.get(account).token(server.tokens().otherAdmin());
    assertThat(server.send(seen).text()).as("its own partner").contains(MARK);
    assertThat(changes()).isEqualTo(changes);
  }

  private long changes() {
    return server.server().directory().verifyJournal(Tenancy.OTHER_CUSTOMER).verifiedUpTo();
  }

  /** Status, code and text; of a list also how many there are. */
  private static String outcome(RawAnswer answer) {
    if (answer.body().length == 0) {
      return Integer.toString(answer.status());
    }
    return answer.status() >= 400
        ? answer.outcome() + " " + answer.json().get("description").value()
        : answer.status()
            + " "
            + (answer.json().has("items") ? answer.json().get("items").items().size() : "");
  }

  private RawRequest probe(Random random, Ids ids) {
    String own = "/v1/customers/" + Tenancy.CUSTOMER;
    String others = "/v1/customers/" + ids.customer();
    String user = random.nextBoolean() ? ids.user() : ids.name();
    String change = "{\"id\":\"" + ids.user() + "\",\"displayName\":\"Stolen\"}";
    String method = List.of("GET", "PATCH", "DELETE", "POST", "PUT").get(random.nextInt(5));
    String rest =
        List.of(
                "",
                "/users",
                "/users/" + user,
                "/users/" + user + "/resetpassword",
                "/users/" + user + "/directoryroles",
                "/users/" + user + "/licenses",
                "/users/" + user + "/licenseupdates",
                "/directoryroles",
                "/directoryroles/" + ROLE + "/usermembers",
                "/directoryroles/" + ROLE + "/usermembers/" + ids.user(),
                "/subscribedskus",
                "/profiles/company",
                "/profiles/billing",
                "/verifieddomain",
                "/changes")
            .get(random.nextInt(15));
    RawRequest request =
        switch (random.nextInt(9)) {
          case 0, 1, 2 ->
              RawRequest.of(method, others + rest).body(method.equals("GET") ? "" : change);
          case 3 ->
              RawRequest.of(method.equals("GET") ? "GET" : "PATCH", own + "/users/" + user)
                  .body(method.equals("GET") ? "" : "{\"displayName\":\"Stolen\"}");
          case 4 -> RawRequest.patch(own + "/users", change);
          case 5 ->
              RawRequest.get(
                  own
                      + "/users?filter="
                      + filter("UserPrincipalName", random.nextBoolean() ? ids.name() : "a"));
          case 6 ->
              RawRequest.get(own + "/users?seekOperation=Next")
                  .header("MS-ContinuationToken", ids.cursor());
          case 7 -> RawRequest.get("/v1/auditrecords/" + ids.record());
          default ->
              RawRequest.get("/v1/auditrecords?filter=" + filter("CustomerId", ids.customer()));
        };
    return request
        .id(ID)
        .header("MS-CorrelationId", ID.toString())
        .header("Content-Type", "application/json")
        .token(server.tokens().admin());
  }

  private static String filter(String field, String value) {
    return URLEncoder.encode(
        "{\"Field\":\"" + field + "\",\"Value\":\"" + value + "\",\"Operator\":\"starts_with\"}",
        StandardCharsets.UTF_8);
  }

  /** The time tells no more than the answer. The best of three rounds, as machines hiccup. */
  @Test
  void foreignTakesAsLongAsUnknown() throws IOException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long[] foreign = new long[TIMED];
      long[] unknown = new long[TIMED];
      Random random = new Random(round);
      try (RawConnection connection = server.connect()) {
        for (int i = 0; i < TIMED; i++) {
          foreign[i] = nanos(connection, Tenancy.OTHER_CUSTOMER.toString());
          unknown[i] = nanos(connection, new UUID(random.nextLong(), random.nextLong()).toString());
        }
      }
      least = Math.min(least, Math.abs(p95(foreign) - p95(unknown)));
    }

    System.out.println("p95 of foreign against unknown: " + least / 1000 + " microseconds apart");
    assertThat(least).isLessThan(5_000_000);
  }

  private long nanos(RawConnection connection, String customer) throws IOException {
    RawRequest request =
        RawRequest.get("/v1/customers/" + customer + "/users/" + Tenancy.OTHER_USER)
            .token(server.tokens().admin());
    long start = System.nanoTime();
    RawAnswer answer = connection.exchange(request);
    long taken = System.nanoTime() - start;
    assertThat(answer.status()).isEqualTo(403);
    return taken;
  }

  private static long p95(long[] times) {
    Arrays.sort(times);
    return times[times.length * 95 / 100];
  }
}
