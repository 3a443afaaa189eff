package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.users.ForeignProbes.Kind;
import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
  private static final Kind[] KINDS = Kind.values();

  /** What each page has of its own, which nobody can foresee. */
  private static final Pattern OF_THE_FORM =
      Pattern.compile("(name=\"(?:request|form_token)\" value=\")[^\"]*");

  /** The answer that shows that a probe came as far as to look for what it names. */
  private static final Map<Kind, String> LOOKED_FOR =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Kind.CUSTOMER_OF_PATH, "403/20002"),
              Map.entry(Kind.USER_OF_PATH, "404/60002"),
              Map.entry(Kind.USER_OF_BODY, "404/60002"),
              Map.entry(Kind.MEMBER_OF_BODY, "404/60002"),
              Map.entry(Kind.LICENSE_OF_BODY, "400/3000"),
              Map.entry(Kind.REVERTED, "404/60002"),
              Map.entry(Kind.FILTER_OF_USERS, "200"),
              Map.entry(Kind.FILTER_OF_CUSTOMERS, "200"),
              Map.entry(Kind.FILTER_OF_RECORDS, "200"),
              Map.entry(Kind.RECORD_OF_PATH, "404/1000"),
              Map.entry(Kind.CURSOR_OF_HEADER, "400/3000"),
              Map.entry(Kind.CURSOR_OF_QUERY, "400/3000"),
              Map.entry(Kind.CURSOR_OF_FEED, "400/3000"),
              Map.entry(Kind.OF_APPLICATION_ALONE, "403/2032"),
              Map.entry(Kind.PAGE, "404"),
              Map.entry(Kind.FORM, "404")));

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nothingIsLearnedOrChanged() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("Cross-tenant probes, seed " + seed);
    Random random = new Random(seed);
    ForeignIds foreign = ForeignIds.ofOtherPartner(server);
    // The same all along, as refused requests are told to whoever made them, by what they named.
    ForeignIds nobodys = foreign.ofNobody(random);
    ForeignProbes probes = new ForeignProbes(server);
    RawRequest located = RawRequest.patch(TestServer.foundingPath(), "{\"usageLocation\":\"FR\"}");
    assertThat(server.sendAsAdmin(located).status()).isEqualTo(200);
    long others = changes(Tenancy.OTHER_CUSTOMER);
    long own = changes(Tenancy.CUSTOMER);
    List<String> leaks = new ArrayList<>();
    Map<Kind, Map<String, Integer>> outcomes = new EnumMap<>(Kind.class);
    try (RawConnection connection = server.connect()) {
      for (int i = 0; i < PROBES; i++) {
        Kind kind = KINDS[i % KINDS.length];
        long shape = random.nextLong();
        RawRequest asked = probes.of(kind, new Random(shape), foreign);
        RawAnswer answer = exchange(connection, probes, asked);
        RawAnswer unknown =
            exchange(connection, probes, probes.of(kind, new Random(shape), nobodys));
        var _ =
            outcomes
                .computeIfAbsent(kind, any -> new TreeMap<>())
                .merge(outcome(answer), 1, Integer::sum);
        String seen = seen(asked, answer, foreign);
        String expected = seen(asked, unknown, nobodys);
        if (answer.toString().contains(ForeignIds.MARK) || !seen.equals(expected)) {
          leaks.add(kind + " " + asked.target() + ": " + seen + " and " + expected);
        }
      }
    }

    System.out.println("Cross-tenant probes: " + outcomes);
    assertThat(leaks).as("seed %s", seed).isEmpty();
    requireReach(outcomes);
    RawRequest account =
        RawRequest.get(TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER))
            .token(server.tokens().otherAdmin());
    assertThat(server.send(account).text()).as("its own partner").contains(ForeignIds.MARK);
    assertThat(changes(Tenancy.OTHER_CUSTOMER)).isEqualTo(others);
    assertThat(changes(Tenancy.CUSTOMER)).as("nothing of others was put into it").isEqualTo(own);
  }

  /** Each kind as often as the others, and not refused for its form alone. */
  private static void requireReach(Map<Kind, Map<String, Integer>> outcomes) {
    assertThat(LOOKED_FOR).containsOnlyKeys(KINDS);
    int each = PROBES / KINDS.length;
    Set<Integer> statuses = new TreeSet<>();
    for (Kind kind : KINDS) {
      Map<String, Integer> ofKind = outcomes.getOrDefault(kind, Map.of());
      assertThat(ofKind.values().stream().mapToInt(Integer::intValue).sum())
          .as(kind.name())
          .isGreaterThanOrEqualTo(each);
      assertThat(ofKind.getOrDefault(LOOKED_FOR.get(kind), 0))
          .as(kind + " " + ofKind)
          .isGreaterThan(each / 4);
      ofKind.keySet().forEach(outcome -> statuses.add(Integer.valueOf(outcome.substring(0, 3))));
    }
    assertThat(statuses).contains(200, 303, 400, 403, 404, 405);
  }

  private long changes(CustomerId customer) {
    return server.server().directory().verifyJournal(customer).verifiedUpTo();
  }

  /** As a browser does it, what a form leads to belongs to its answer. */
  private RawAnswer exchange(RawConnection connection, ForeignProbes probes, RawRequest request)
      throws IOException {
    RawAnswer answer = connection.exchange(request);
    if (answer.status() != 303) {
      return answer;
    }
    String address = server.server().address().toString();
    String target = answer.header("Location");
    RawAnswer told =
        connection.exchange(
            probes.ofBrowser(RawRequest.get(target.replaceFirst("^" + address, ""))));
    return new RawAnswer(303, answer.headers(), told.body());
  }

  private static boolean isJson(RawAnswer answer) {
    return answer
        .first("Content-Type")
        .filter(type -> type.startsWith("application/json"))
        .isPresent();
  }

  private static String outcome(RawAnswer answer) {
    return isJson(answer) ? answer.outcome() : Integer.toString(answer.status());
  }

  /**
   * Status and body, whosever ids are in it. Of records, how many: what was refused before is told
   * of both, with links that go on at ids of their own.
   */
  private static String seen(RawRequest asked, RawAnswer answer, ForeignIds ids) {
    if (asked.target().startsWith("/v1/auditrecords?") && answer.status() == 200) {
      return "200 " + answer.json().get("items").items().size();
    }
    String body = OF_THE_FORM.matcher(answer.text()).replaceAll("$1");
    return answer.status() + " " + ids.blanked(body);
  }
}
