package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many requests that are nearly right. None may be answered with a server error, late, or with a
 * body that breaks the rules for all answers.
 */
class FuzzTest {
  @RegisterExtension static final Served served = new Served();

  private static final int WORKERS = 8;
  private static final int REQUESTS_PER_WORKER = 2_500;

  private static final List<String> NAMES =
      List.of(
          "usageLocation",
          "id",
          "userPrincipalName",
          "firstName",
          "lastName",
          "displayName",
          "immutableId",
          "phoneNumber",
          "passwordProfile",
          "password",
          "forceChangePassword",
          "state",
          "attributes",
          "objectType",
          "links",
          "userDomainType",
          "companyProfile",
          "billingProfile",
          "defaultAddress",
          "country",
          "culture",
          "domain",
          "verifiedDomainName",
          "authenticationType",
          "roleId",
          "licensesToAssign",
          "licensesToRemove",
          "skuId",
          "excludedPlans",
          "",
          "\uD83D\uDE00");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "1",
          "-0.0e5",
          "1e999999",
          "\"\"",
          "\"FR\"",
          "\"active\"",
          "\"inactive\"",
          "\"CustomerUser\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\uD83D\uDE00\"",
          "'single'",
          "{}",
          "[]",
          "{\"password\":null}",
          "[[[[]]]]",
          "[{\"skuId\":\"x\"}]",
          "[\"x\"]",
          "\"" + Tenancy.USER + "\"",
          "/* comment */ 1",
          "NaN",
          "\"a@b\"",
          "\"x@abcdefgh1234.ccsctp.net\"",
          "\"true\"",
          "{\"objectType\":\"x\"}");

  private static final List<String> TARGETS =
      List.of(
          TestServer.foundingPath(),
          "/v1/customers/" + Tenancy.CUSTOMER + "/users",
          TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER),
          "/v1/customers/" + Tenancy.CUSTOMER + "/users/emailid@" + Tenancy.DOMAIN,
          TestServer.foundingPath() + "/resetpassword",
          "/v1/customers",
          "/v1/customers/" + Tenancy.CUSTOMER + "/profiles/billing",
          "/v1/customers/" + Tenancy.CUSTOMER + "/verifieddomain",
          TestServer.foundingPath() + "/directoryroles",
          TestServer.foundingPath() + "/licenses?licenseGroupIds=group1",
          TestServer.foundingPath() + "/licenseupdates",
          "/v1/customers/" + Tenancy.CUSTOMER + "/subscribedskus",
          "/v1/customers/" + Tenancy.CUSTOMER + "/directoryroles",
          "/v1/customers/"
              + Tenancy.CUSTOMER
              + "/directoryroles/729827e3-9c14-49f7-bb1b-9608f156bbb8/usermembers");

  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Content-Type",
          "If-Match",
          "MS-RequestId",
          "MS-CorrelationId",
          "X-Locale",
          "MS-Contract-Version",
          "Content-Encoding",
          "Origin",
          "Cookie",
          "Range",
          "X-Forwarded-For");

  private static final List<String> HEADER_VALUES =
      List.of(
          "",
          "*",
          "*/*",
          ",",
          ";",
          "application/json",
          "text/html",
          "\"3\"",
          "W/\"",
          "v1",
          "v2",
          "\u00E9\u00FF",
          "a\tb",
          "b1317092-f087-471e-a637-f66523b2b94c",
          "0",
          "-1",
          "gzip",
          "bytes=0-1",
          "x".repeat(3000));

  @Test
  void nearlyRightRequestsAreAnswered() throws InterruptedException, ExecutionException {
    long seed = Long.getLong("vidame.seed", new Random().nextLong());
    System.out.println("FuzzTest seed " + seed + " (repeat with -Dvidame.seed=" + seed + ")");
    Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();

    Together.run(
        WORKERS,
        worker ->
            () -> {
              new Worker(new Random(seed + worker), statuses).run();
              return worker;
            });

    System.out.println("FuzzTest statuses " + statuses);
    assertThat(new TreeMap<>(statuses).keySet()).contains(200, 204, 400, 401, 403, 404, 405);
    assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(WORKERS * REQUESTS_PER_WORKER);
  }

  /** Sends requests, most of them over one connection. */
  private static final class Worker {
    private final Random random;
    private final Map<Integer, Integer> statuses;

    Worker(Random random, Map<Integer, Integer> statuses) {
      this.random = random;
      this.statuses = statuses;
    }

    void run() throws IOException {
      RawConnection connection = served.server().connect();
      try {
        for (int i = 0; i < REQUESTS_PER_WORKER; i++) {
          RawRequest request = request();
          RawAnswer answer = answer(connection, request);
          statuses.merge(answer.status(), 1, Integer::sum);
          if (answer.first("Connection").isPresent()) {
            connection.close();
            connection = served.server().connect();
          }
        }
      } finally {
        connection.close();
      }
    }

    private static RawAnswer answer(RawConnection connection, RawRequest request) {
      try {
        RawAnswer answer = connection.exchange(request);
        boolean isExpected = answer.status() < 500 || answer.outcome().equals("501/0");
        assertThat(isExpected).as("%s", answer).isTrue();
        served.server().check(request, answer);
        return answer;
      } catch (IOException | AssertionError e) {
        throw new AssertionError(
            "For the request\n\n"
                + new String(request.bytes(), StandardCharsets.ISO_8859_1)
                + "\n\n"
                + e.getMessage(),
            e);
      }
    }

    private RawRequest request() {
      RawRequest request = RawRequest.of(method(), target());
      if (chance(95)) {
        request = request.token(token());
      }
      if (chance(50)) {
        request = request.id(new UUID(0x4000L, random.nextInt(1000)));
      }
      while (chance(30)) {
        request = request.header(pick(HEADERS), pick(HEADER_VALUES));
      }
      if (chance(80)) {
        request = request.body(body());
      }
      return chance(10) && request.body().length > 0
          ? request.chunked(1 + random.nextInt(50))
          : request;
    }

    private String method() {
      return chance(60) ? "PATCH" : pick(List.of("GET", "POST", "PUT", "DELETE", "X-ODD", "HEAD"));
    }

    private String token() {
      String token = served.server().tokens().admin();
      return chance(97) ? token : mutated(token, "AZaz09-_.");
    }

    private String target() {
      String target = pick(TARGETS);
      if (chance(25)) {
        target = mutated(target, "/%.-_@+~:;=&?#{}\"'[]|^`aZ09");
      }
      return target.startsWith("/") ? target : "/" + target;
    }

    private byte[] body() {
      byte[] body = object(0).getBytes(StandardCharsets.UTF_8);
      if (chance(20) && body.length > 0) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      if (chance(5)) {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        marked.writeBytes(body);
        return marked.toByteArray();
      }
      return body;
    }

    private String object(int depth) {
      StringBuilder json = new StringBuilder("{");
      while (chance(70)) {
        String name = pick(NAMES);
        json.append('"').append(chance(20) ? name.toUpperCase(Locale.ROOT) : name).append("\":");
        json.append(chance(15) && depth < 20 ? object(depth + 1) : pick(VALUES)).append(',');
      }
      return json.append(chance(95) ? "}" : "").toString();
    }

    private String mutated(String text, String alphabet) {
      StringBuilder mutated = new StringBuilder(text);
      int place = random.nextInt(mutated.length());
      char c = alphabet.charAt(random.nextInt(alphabet.length()));
      switch (random.nextInt(3)) {
        case 0 -> mutated.setCharAt(place, c);
        case 1 -> mutated.insert(place, c);
        default -> mutated.deleteCharAt(place);
      }
      return mutated.toString();
    }

    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }
  }
}
