package dev.vidame.server.http;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.DeviceCodes;
import dev.vidame.directory.partners.Role;
import dev.vidame.harness.Until;
import dev.vidame.server.harness.ApiSchemas;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers who ask too often are told (wire-spec §7.4). */
@Timeout(60)
class ThrottleTest {
  private static final String PARTNER = "limits.partner-requests-per-minute";
  private static final String CUSTOMER = "limits.customer-requests-per-minute";
  private static final String HOLD = "limits.java-client-hold-milliseconds";
  private static final String CLIENT = "MS-PartnerCenter-Client";
  private static final String JAVA = "Partner Center Java SDK";

  private static final RawRequest GET = RawRequest.get(foundingPath());
  private static final RawRequest ROLES =
      RawRequest.get("/v1/customers/" + Tenancy.CUSTOMER + "/directoryroles");
  private static final RawRequest CUSTOMERS = RawRequest.get("/v1/customers");

  @TempDir private Path folder;

  private TestServer start(String... settings) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return TestServer.start(folder, map);
  }

  @Test
  void refusalIsTheGatewaysToTheByte() {
    try (TestServer server = start(CUSTOMER, "2")) {
      server.sendAsAdmin(GET);
      server.sendAsAdmin(GET);
      UUID id = UUID.randomUUID();

      RawAnswer refused = server.sendAsAdmin(GET.id(id).header("X-Locale", "fr-FR"));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.text())
          .isEqualTo(
              "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in 30"
                  + " seconds.\" }");
      assertThat(refused.header("Retry-After")).isEqualTo("30");
      assertThat(refused.header("MS-RequestId")).isEqualTo(id.toString());
      assertThat(refused.header("X-Locale")).isEqualTo("fr-FR");
      byte[] document = server.send(RawRequest.get("/openapi.json")).body();
      assertThat(
              new ApiSchemas(document).faults("#/components/schemas/RateLimitBody", refused.body()))
          .isEmpty();
    }
  }

  @Test
  void retryAfterIsEnoughAndAMillisecondLessIsNot() {
    try (TestServer server = start(CUSTOMER, "12")) {
      for (int i = 0; i < 12; i++) {
        assertThat(server.sendAsAdmin(GET).outcome()).isEqualTo("200");
      }
      assertThat(server.sendAsAdmin(GET).header("Retry-After")).isEqualTo("5");

      server.clock().advance(Duration.ofSeconds(5).minusMillis(1));
      assertThat(server.sendAsAdmin(GET).header("Retry-After")).isEqualTo("1");
      server.clock().advance(Duration.ofMillis(1));
      assertThat(server.sendAsAdmin(GET).outcome()).isEqualTo("200");
      assertThat(server.sendAsAdmin(GET).status()).isEqualTo(429);
    }
  }

  @Test
  void nothingIsLimitedUnlessTheOperatorSaysSo() {
    try (TestServer server = start()) {
      for (int i = 0; i < 300; i++) {
        assertThat(server.sendAsAdmin(GET).outcome()).isEqualTo("200");
      }
    }
  }

  @Test
  void everyRouteOfACustomerCountsForItAndForNoOther() {
    try (TestServer server = start(CUSTOMER, "3")) {
      assertThat(server.sendAsAdmin(GET).status()).isEqualTo(200);
      assertThat(server.sendAsAdmin(ROLES).status()).isEqualTo(200);
      assertThat(server.sendAsAdmin(RawRequest.patch(foundingPath(), "{")).status()).isEqualTo(400);

      assertThat(server.sendAsAdmin(ROLES).status()).isEqualTo(429);
      assertThat(
              server.sendAsAdmin(RawRequest.get(foundingPath().toUpperCase(Locale.ROOT))).status())
          .isEqualTo(429);
      assertThat(server.sendAsAdmin(CUSTOMERS).status()).isEqualTo(200);
      String foreign = "/v1/customers/" + Tenancy.OTHER_CUSTOMER + "/users";
      assertThat(server.sendAsAdmin(RawRequest.get(foreign)).outcome()).isEqualTo("403/20002");
    }
  }

  /** All agents and applications of a partner are the partner. */
  @Test
  void partnersLimitIsForAllItsCallersAndForNoOtherPartner() {
    try (TestServer server = start(PARTNER, "3")) {
      server.sendAsAdmin(CUSTOMERS);
      server.send(CUSTOMERS.token(server.tokens().appOnly()));
      server.send(GET.token(server.tokens().of(Role.HELPDESK_AGENT)));

      assertThat(server.sendAsAdmin(CUSTOMERS).status()).isEqualTo(429);
      assertThat(server.sendAsAdmin(RawRequest.get("/v1/customers/x/users")).status())
          .isEqualTo(429);
      assertThat(server.send(CUSTOMERS.token(server.tokens().appOnly())).status()).isEqualTo(429);
      assertThat(server.send(CUSTOMERS.token(server.tokens().otherAdmin())).outcome())
          .isEqualTo("200");
    }
  }

  /** Who could claim to be another partner could use up what is left to it. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "garbage", "forged"})
  void whoProvesNothingTakesNothing(String kind) {
    try (TestServer server = start(PARTNER, "1", CUSTOMER, "1")) {
      String admin = server.tokens().admin();
      RawRequest request =
          switch (kind) {
            case "none" -> GET;
            case "garbage" -> GET.token("x");
            default -> GET.token(admin.substring(0, admin.lastIndexOf('.') + 1) + "AAAA");
          };
      for (int i = 0; i < 20; i++) {
        assertThat(server.send(request).status()).isEqualTo(401);
      }

      assertThat(server.sendAsAdmin(GET).outcome()).isEqualTo("200");
    }
  }

  /** Behind a proxy, whose callers come from several addresses. */
  @Test
  void floodOfForgedTokensIsRefusedUnreadAndHurtsNoTokenThatIsKnown() {
    try (TestServer server =
        start(
            "auth.address-refused-tokens-per-minute",
            "5",
            "listen.trusted-forwarders",
            "127.0.0.1")) {
      String admin = server.tokens().admin();
      RawRequest known = GET.header("X-Forwarded-For", "192.0.2.1").token(admin);
      assertThat(server.send(known).outcome()).isEqualTo("200");
      RawRequest forged =
          GET.header("X-Forwarded-For", "192.0.2.1")
              .token(admin.substring(0, admin.lastIndexOf('.') + 1) + "AAAA");
      for (int i = 0; i < 5; i++) {
        assertThat(server.send(forged).status()).isEqualTo(401);
      }

      RawAnswer refused = server.send(forged);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("12");
      assertThat(refused.text()).startsWith("{ \"statusCode\": 429");
      RawRequest exchange =
          RawRequest.of("POST", "/generatetoken")
              .header("X-Forwarded-For", "192.0.2.1")
              .token(admin.substring(0, admin.lastIndexOf('.') + 1) + "BBBB");
      assertThat(server.send(exchange).status()).as("at every door").isEqualTo(429);
      assertThat(server.send(known).outcome()).isEqualTo("200");
      String fresh = server.tokens().appOnly();
      RawRequest another = CUSTOMERS.token(fresh);
      assertThat(server.send(another.header("X-Forwarded-For", "192.0.2.1")).status())
          .isEqualTo(429);
      assertThat(server.send(another.header("X-Forwarded-For", "198.51.100.7")).outcome())
          .isEqualTo("200");
      assertThat(server.send(another.header("X-Forwarded-For", "192.0.2.1")).outcome())
          .as("known by now")
          .isEqualTo("200");
      server.clock().advance(Duration.ofSeconds(12));
      assertThat(server.send(forged).status()).isEqualTo(401);
    }
  }

  @Test
  void keysAndTheDescriptionAreNotLimited() {
    try (TestServer server = start(PARTNER, "1", CUSTOMER, "1")) {
      for (int i = 0; i < 5; i++) {
        assertThat(server.send(RawRequest.get("/.well-known/jwks.json")).status()).isEqualTo(200);
        assertThat(server.send(RawRequest.get("/openapi.json")).status()).isEqualTo(200);
      }
    }
  }

  private static RawAnswer ask(TestServer server, String form) {
    return server.send(server.tokens().request(form));
  }

  /** Each costs a signature, so they count as requests of whoever has proved who asks. */
  @Test
  void tokensOfAPartnerCountAgainstItsLimitAndWhatProvesNothingDoesNot() {
    try (TestServer server = start(PARTNER, "3")) {
      String form = server.tokens().applicationForm();
      for (int i = 0; i < 5; i++) {
        assertThat(ask(server, form + "-wrong").status()).isEqualTo(401);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(ask(server, form).status()).isEqualTo(200);
      }

      RawAnswer refused = ask(server, form);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("20");
      assertThat(refused.json().get("error").text()).isEqualTo("temporarily_unavailable");
      assertThat(refused.json().get("error_codes").items().getFirst().value()).hasToString("90055");
      assertThat(ask(server, server.tokens().passwordForm()).status()).isEqualTo(429);
      assertThat(server.sendAsAdmin(CUSTOMERS).status()).isEqualTo(429);
      String others =
          form.replace(
              server.tenancy().confidential().id().toString(),
              server.tenancy().otherApplication().id().toString());
      RawRequest ofOthers =
          server.tokens().requestAt("/" + Tenancy.OTHER_PARTNER + "/oauth2/token", others);
      assertThat(server.send(ofOthers).status()).isEqualTo(200);
      server.clock().advance(Duration.ofSeconds(20));
      assertThat(ask(server, form).status()).isEqualTo(200);
    }
  }

  @Test
  void exchangedTokenCountsAsWell() {
    try (TestServer server = start(PARTNER, "1")) {
      RawRequest exchange =
          RawRequest.of("POST", "/generatetoken")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .body("grant_type=jwt_token");
      assertThat(server.sendAsAdmin(exchange).status()).isEqualTo(200);

      RawAnswer refused = server.sendAsAdmin(exchange);

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("60");
      assertThat(refused.text()).startsWith("{ \"statusCode\": 429");
    }
  }

  /** A refresh token that was used up for a refusal would end the whole session later. */
  @Test
  void refusedRefreshUsesNothingUp() {
    try (TestServer server = start(PARTNER, "2")) {
      RawAnswer signedIn = ask(server, server.tokens().passwordForm());
      String refresh =
          "grant_type=refresh_token&client_id=%s&client_secret=%s&refresh_token=%s"
              .formatted(
                  server.tenancy().confidential().id(),
                  Tenancy.APPLICATION_SECRET,
                  signedIn.json().get("refresh_token").text());
      assertThat(ask(server, server.tokens().applicationForm()).status()).isEqualTo(200);
      assertThat(ask(server, refresh).status()).isEqualTo(429);
      server.clock().advance(Duration.ofHours(25));

      assertThat(ask(server, refresh).status()).as("no replay behind the grace").isEqualTo(200);
    }
  }

  /** So is what a person allowed for a device, which could not ask again. */
  @Test
  void refusedDeviceKeepsWhatItWasAllowed() {
    try (TestServer server = start(PARTNER, "1")) {
      JsonNode pair = server.tokens().deviceCodes();
      String poll =
          "grant_type=device_code&client_id=%s&device_code=%s"
              .formatted(server.tenancy().publicClient().id(), pair.get("device_code").text());
      for (int i = 0; i < 3; i++) {
        assertThat(ask(server, poll).status()).as("waiting costs nothing").isEqualTo(400);
      }
      DeviceCodes codes = server.server().directory().deviceCodes();
      String userCode = pair.get("user_code").text().replace("-", "");
      assertThat(codes.allow(userCode, server.tenancy().agent(Role.ADMIN_AGENT).id(), false))
          .isTrue();
      assertThat(ask(server, server.tokens().applicationForm()).status()).isEqualTo(200);
      assertThat(ask(server, poll).status()).isEqualTo(429);
      server.clock().advance(Duration.ofMinutes(1));

      assertThat(ask(server, poll).status()).isEqualTo(200);
    }
  }

  /** Neither the body nor the store is looked at, and a repetition is a request like any other. */
  @Test
  void refusedChangeDoesNothingAndMayBeRepeatedUnderItsId() {
    try (TestServer server = start(CUSTOMER, "1")) {
      server.sendAsAdmin(GET);
      long before = server.tenancy().changes();
      RawRequest change =
          RawRequest.patch(foundingPath(), "{\"firstName\":\"Later\"}").id(UUID.randomUUID());
      for (int i = 0; i < 5; i++) {
        assertThat(server.sendAsAdmin(change).status()).isEqualTo(429);
      }
      assertThat(server.tenancy().changes()).isEqualTo(before);
      assertThat(server.sendAsAdmin(RawRequest.get("/v1/auditrecords")).text())
          .contains("\"operationStatus\":\"succeeded\"")
          .doesNotContain("\"operationStatus\":\"failed\"");

      server.clock().advance(Duration.ofMinutes(1));
      RawAnswer changed = server.sendAsAdmin(change);

      assertThat(changed.outcome()).isEqualTo("200");
      assertThat(changed.isReplayed()).isFalse();
      assertThat(server.tenancy().changes()).isEqualTo(before + 1);
    }
  }

  @Test
  void refusalOfAHeadAndOfABodyThatWasSentAheadKeepTheConnection() throws IOException {
    try (TestServer server = start(PARTNER, "1")) {
      server.sendAsAdmin(CUSTOMERS);
      String token = server.tokens().admin();
      RawRequest head = RawRequest.of("HEAD", "/v1/domains/x.example").token(token);
      try (RawConnection connection = server.connect()) {
        RawAnswer refused = connection.exchange(head);
        server.check(head, refused);
        assertThat(refused.status()).isEqualTo(429);
      }

      List<RawAnswer> answers =
          server.sendPipelined(
              List.of(
                  RawRequest.patch(foundingPath(), "{}").token(token),
                  GET,
                  RawRequest.patch(foundingPath(), "{}").token(token)));

      assertThat(answers).extracting(RawAnswer::status).containsExactly(429, 401, 429);
    }
  }

  @Test
  void callersAtOnceGetExactlyTheLimit() throws InterruptedException, ExecutionException {
    try (TestServer server = start(CUSTOMER, "20")) {
      List<Integer> statuses = Together.run(32, caller -> () -> server.sendAsAdmin(GET).status());

      assertThat(statuses).filteredOn(status -> status == 200).hasSize(20);
      assertThat(statuses).filteredOn(status -> status == 429).hasSize(12);
    }
  }

  /** The client asks again within milliseconds, without end, whatever it is told. */
  @Test
  void javaClientWaitsForItsRefusalAndOthersDoNot() {
    try (TestServer server = start(CUSTOMER, "1", HOLD, "2000")) {
      server.sendAsAdmin(GET);

      assertThat(time(server, GET)).isLessThan(Duration.ofSeconds(2));
      assertThat(time(server, GET.header(CLIENT, "Partner Center .NET SDK")))
          .isLessThan(Duration.ofSeconds(2));
      assertThat(time(server, GET.header(CLIENT, JAVA))).isGreaterThan(Duration.ofMillis(1_999));
      server.clock().advance(Duration.ofMinutes(1));
      assertThat(server.sendAsAdmin(GET.header(CLIENT, JAVA)).outcome()).isEqualTo("200");
    }
  }

  private static Duration time(TestServer server, RawRequest request) {
    long start = System.nanoTime();
    assertThat(server.sendAsAdmin(request).status()).isEqualTo(429);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** More clients are held than there are processors, others are served, and a stop ends it. */
  @Test
  void heldClientsAreCountedKeepNobodyElseWaitingAndEndWithTheServer() throws IOException {
    int port = freePort();
    TestServer server = start(CUSTOMER, "1", HOLD, "60000", "metrics.port", Integer.toString(port));
    server.sendAsAdmin(GET);
    RawRequest hasty = GET.header(CLIENT, JAVA).token(server.tokens().admin());
    RawConnection[] clients = new RawConnection[50];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = server.connect();
      clients[i].send(hasty.bytes());
    }
    Until.met(() -> scrape(port).contains("\nvidame_held_answers 50.0\n"));
    assertThat(scrape(port))
        .contains(
            "vidame_rate_limited_requests_total{limit=\"customer\",operation=\"get_user\"} 50.0");
    assertThat(server.sendAsAdmin(CUSTOMERS).outcome()).isEqualTo("200");

    server.close();

    for (RawConnection client : clients) {
      RawAnswer refused = client.read();
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Connection")).isEqualTo("close");
      client.close();
    }
  }

  private static String scrape(int port) throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      return connection.exchange(RawRequest.get("/metrics")).text();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
