package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The time tells no more than the answer: of a hundred requests that name what is another
 * partner's, ninety-five are answered as fast as of those that name nothing, to five milliseconds.
 *
 * <p>A machine that does something else for a moment delays whatever is asked just then. So the two
 * are asked in turns, each as often first, and share what happens to them; and of several rounds
 * the median counts, since a moment spoils one round, whichever way, while a path through the code
 * that takes longer does so in all of them. The least of them would hide such a path as soon as one
 * round went the other way by chance.
 */
final class ForeignTimeTest {
  private static final boolean IS_LONG = Boolean.getBoolean("vidame.long");
  private static final int ROUNDS = IS_LONG ? 9 : 3;
  private static final int PAIRS = IS_LONG ? 300 : 1_000;
  private static final Duration APART = Duration.ofMillis(5);
  private static final String ROLE = "62e90394-69f5-4237-9190-012177145e10";

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /**
   * A kind of route, asked for a customer of somebody else or for an account of somebody else as if
   * it were an own customer's.
   *
   * @param path behind the customer
   * @param status of its refusal
   */
  record Asked(String method, String path, String body, boolean isOwn, int status) {
    static Asked foreignCustomer(String method, String path, String body) {
      return new Asked(method, path, body, false, 403);
    }

    static Asked foreignUser(String method, String path, String body) {
      return new Asked(method, path, body, true, 404);
    }

    RawRequest request(UUID customer, UUID user) {
      String base = path.endsWith("/revert") ? "/vidame/v1" : "/v1";
      String target =
          "%s/customers/%s%s"
              .formatted(
                  base,
                  isOwn ? Tenancy.CUSTOMER : customer,
                  path.replace("{user}", user.toString()));
      return RawRequest.of(method, target)
          .header("Content-Type", "application/json")
          .body(body.replace("{user}", user.toString()))
          .token(server.tokens().admin());
    }

    @Override
    public String toString() {
      return method + " " + (isOwn ? "own customer" : "foreign customer") + path;
    }
  }

  private static final String CHANGE = "{\"displayName\":\"Stolen\"}";
  private static final String NEW =
      "{\"userPrincipalName\":\"new@other.example\",\"displayName\":\"New\",\"usageLocation\":\"FR\"}";
  private static final String MEMBER = "{\"id\":\"{user}\"}";
  private static final String LICENSES = "{\"licensesToAssign\":[{\"skuId\":\"{user}\"}]}";
  private static final String MEMBERS = "/directoryroles/" + ROLE + "/usermembers";

  static Stream<Asked> asked() {
    List<Asked> all =
        List.of(
            Asked.foreignCustomer("GET", "/users/{user}", ""),
            Asked.foreignCustomer("PATCH", "/users/{user}", CHANGE),
            Asked.foreignCustomer("DELETE", "/users/{user}", ""),
            Asked.foreignCustomer("POST", "/users", NEW),
            Asked.foreignCustomer("GET", "/users", ""),
            Asked.foreignCustomer("GET", "", ""),
            Asked.foreignCustomer("GET", "/users/{user}/directoryroles", ""),
            Asked.foreignCustomer("POST", MEMBERS, MEMBER),
            Asked.foreignCustomer("DELETE", MEMBERS + "/{user}", ""),
            Asked.foreignCustomer("GET", "/users/{user}/licenses", ""),
            Asked.foreignCustomer("POST", "/users/{user}/licenseupdates", LICENSES),
            Asked.foreignCustomer("GET", "/subscribedskus", ""),
            Asked.foreignCustomer("GET", "/changes", ""),
            Asked.foreignCustomer("POST", "/users/{user}/revert", "{\"toSeq\":1}"),
            Asked.foreignUser("GET", "/users/{user}", ""),
            Asked.foreignUser("PATCH", "/users/{user}", CHANGE),
            Asked.foreignUser("DELETE", "/users/{user}", ""),
            Asked.foreignUser("GET", "/users/{user}/directoryroles", ""),
            Asked.foreignUser("POST", MEMBERS, MEMBER),
            Asked.foreignUser("DELETE", MEMBERS + "/{user}", ""),
            Asked.foreignUser("GET", "/users/{user}/licenses", ""),
            Asked.foreignUser("POST", "/users/{user}/licenseupdates", LICENSES),
            Asked.foreignUser("POST", "/users/{user}/revert", "{\"toSeq\":1}"));
    return IS_LONG ? all.stream() : all.stream().limit(1);
  }

  @ParameterizedTest
  @MethodSource("asked")
  void foreignTakesAsLongAsUnknown(Asked asked) throws IOException {
    Random random = new Random();
    long[] apart = new long[ROUNDS];
    try (RawConnection connection = server.connect()) {
      for (int round = 0; round < ROUNDS; round++) {
        apart[round] = apart(connection, asked, random);
      }
    }
    Arrays.sort(apart);
    long median = apart[ROUNDS / 2];

    System.out.printf(
        "p95 of foreign against unknown: %s: %d microseconds apart, of %s%n",
        asked, median / 1000, Arrays.toString(Arrays.stream(apart).map(it -> it / 1000).toArray()));
    assertThat(Duration.ofNanos(Math.abs(median))).isLessThan(APART);
  }

  /** By how much the p95 of what is foreign is above that of what is unknown, in nanoseconds. */
  private static long apart(RawConnection connection, Asked asked, Random random)
      throws IOException {
    long[] foreign = new long[PAIRS];
    long[] unknown = new long[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      RawRequest ofOthers =
          asked.request(Tenancy.OTHER_CUSTOMER.value(), Tenancy.OTHER_USER.value());
      RawRequest ofNobody = asked.request(newId(random), newId(random));
      boolean isForeignFirst = i % 2 == 0;
      if (isForeignFirst) {
        foreign[i] = nanos(connection, ofOthers, asked.status());
      }
      unknown[i] = nanos(connection, ofNobody, asked.status());
      if (!isForeignFirst) {
        foreign[i] = nanos(connection, ofOthers, asked.status());
      }
    }
    return p95(foreign) - p95(unknown);
  }

  private static UUID newId(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static long nanos(RawConnection connection, RawRequest request, int status)
      throws IOException {
    byte[] bytes = request.bytes();
    long start = System.nanoTime();
    connection.send(bytes);
    int answered = connection.read().status();
    long taken = System.nanoTime() - start;
    assertThat(answered).as(request.target()).isEqualTo(status);
    return taken;
  }

  private static long p95(long[] times) {
    Arrays.sort(times);
    return times[times.length * 95 / 100];
  }
}
