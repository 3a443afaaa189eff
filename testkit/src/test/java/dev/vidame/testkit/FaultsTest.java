package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.harness.Until;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.wire.CustomerUserUpdate;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultsTest {
  private static final String ROUTE = "/v1/customers/{customer}/users/{user}";
  private static final String USERS = "/v1/customers/" + FoundingDocument.CUSTOMER + "/users";
  private static final String USER = USERS + "/" + FoundingDocument.USER;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Vidame vidame;
  private Http http;

  @BeforeAll
  static void start() {
    vidame = Vidame.start();
  }

  @AfterAll
  static void stop() {
    vidame.close();
  }

  @BeforeEach
  void reset() {
    vidame.reset();
    http = new Http(vidame);
  }

  @AfterEach
  void letGo() {
    http.close();
  }

  private int status() {
    return http.getAsAdmin(USER).statusCode();
  }

  @Test
  void gatewaysRefusalIsThatOfTheProductionLimiter() {
    vidame.faults().on("GET", ROUTE).times(1).gateway429(Duration.ofMillis(59_500));
    HttpResponse<String> scripted = http.getAsAdmin(USER);

    assertThat(scripted.statusCode()).isEqualTo(429);
    assertThat(scripted.headers().firstValue("Retry-After")).contains("60");
    try (Vidame limited =
            Vidame.builder().setting("limits.partner-requests-per-minute", "1").start();
        Http other = new Http(limited)) {
      limited.clock().stand();
      other.getAsAdmin(USER);
      HttpResponse<String> real = other.getAsAdmin(USER);
      assertThat(real.statusCode()).isEqualTo(429);
      assertThat(scripted.body()).isEqualTo(real.body());
      assertThat(scripted.headers().map().keySet()).isEqualTo(real.headers().map().keySet());
    }
    assertThat(status()).isEqualTo(200);
  }

  @Test
  void otherFormOf429IsThatOfAnError() {
    vidame.faults().on("GET", ROUTE).times(1).api429(SECOND);

    HttpResponse<String> answer = http.getAsAdmin(USER);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).startsWith("{\"code\":429,\"description\":");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void unavailableServerHasNotHeardOfTheRequest() {
    Fault fault = vidame.faults().on("PATCH", ROUTE).times(1).unavailable(SECOND);

    HttpResponse<String> answer =
        http.sendAsAdmin("PATCH", USER, "{\"displayName\":\"Not stored\"}");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"code\":800003");
    assertThat(http.getAsAdmin(USER).body()).doesNotContain("Not stored");
    assertThat(fault.hits()).isEqualTo(1);
  }

  @Test
  void latencyDelaysAndAResetEndsTheDelay() throws Exception {
    vidame.faults().on("GET", ROUTE).times(1).latency(Duration.ofMillis(80));
    long before = System.nanoTime();
    assertThat(status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(79));

    Fault endless = vidame.faults().on("GET", ROUTE).latency(Duration.ofHours(1));
    Thread waiting = Thread.ofVirtual().start(this::status);
    Until.met(() -> endless.hits() > 0);
    vidame.reset();
    assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void cutBeforeTheEffectLeavesNone() {
    vidame.faults().on("PATCH", ROUTE).times(1).cutBeforeEffect();

    assertThatThrownBy(() -> rename("Lost")).isInstanceOf(IOException.class);

    assertThat(http.getAsAdmin(USER).body()).doesNotContain("Lost");
  }

  @Test
  void cutAfterTheEffectLeavesIt() {
    vidame.faults().on("PATCH", ROUTE).times(1).cutAfterEffect();

    assertThatThrownBy(() -> rename("Kept")).isInstanceOf(IOException.class);

    assertThat(http.getAsAdmin(USER).body()).contains("\"displayName\":\"Kept\"");
    assertThat(vidame.exchanges())
        .anyMatch(exchange -> exchange.status() == 0 && exchange.fault().equals("cutAfterEffect"));
  }

  private void rename(String name) throws IOException {
    http.sendOrFail(
        "PATCH",
        USER,
        "{\"displayName\":\"" + name + "\"}",
        "Authorization",
        vidame.appUser().authorization());
  }

  @Test
  void tokenThatExpiresBetweenPagesIsRefusedUntilThereIsAnother() {
    vidame.user().create();
    String token = vidame.appUser().authorization();
    vidame.faults().on("GET", "/v1/customers/{c}/users").after(1).times(1).expireToken();
    HttpResponse<String> first = http.get(USERS + "?size=1", "Authorization", token);
    String continuation =
        first.body().replaceAll("(?s).*\"continuationToken\":\"([^\"]+)\".*", "$1");
    String next = USERS + "?seekOperation=Next";

    HttpResponse<String> refused =
        http.get(next, "Authorization", token, "MS-ContinuationToken", continuation);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(http.get(USER, "Authorization", token).statusCode())
        .as("the same one")
        .isEqualTo(401);
    assertThat(
            http.get(
                    next,
                    "Authorization",
                    vidame.appUser().authorization(),
                    "MS-ContinuationToken",
                    continuation)
                .statusCode())
        .as("another one")
        .isEqualTo(200);
  }

  @Test
  void scriptedExpiryIsAnsweredAsARealOne() {
    String token = vidame.appUser().authorization();
    vidame.faults().on("GET", ROUTE).times(1).expireToken();
    HttpResponse<String> scripted = http.get(USER, "Authorization", token);
    vidame.reset();
    vidame.clock().advance(Duration.ofHours(2));

    HttpResponse<String> real = http.get(USER, "Authorization", token);

    assertThat(scripted.statusCode()).isEqualTo(real.statusCode()).isEqualTo(401);
    assertThat(scripted.body()).isEqualTo(real.body());
    assertThat(scripted.headers().map().keySet()).isEqualTo(real.headers().map().keySet());
  }

  @Test
  void clientOfTheSdkGetsOverAnExpiredTokenAndACut() {
    PartnerClient client = vidame.client();
    vidame.faults().on("PATCH", ROUTE).times(1).expireToken();
    vidame.faults().on("PATCH", ROUTE).after(1).times(1).cutAfterEffect();

    var user =
        client
            .customers()
            .byId(FoundingDocument.CUSTOMER)
            .users()
            .byId(FoundingDocument.USER)
            .patch(CustomerUserUpdate.builder().displayName("In the end").build());

    assertThat(user.displayName()).isEqualTo("In the end");
    assertThat(vidame.exchanges()).extracting(Exchange::status).containsExactly(401, 0, 200);
  }

  @Test
  void countsAndConditionsPickRequests() {
    Fault second = vidame.faults().on("GET", ROUTE).after(1).times(1).unavailable(SECOND);
    assertThat(status()).isEqualTo(200);
    assertThat(status()).isEqualTo(503);
    assertThat(status()).isEqualTo(200);
    assertThat(second.hits()).isEqualTo(1);

    vidame
        .faults()
        .on("*", "/v1/**")
        .when(request ->
            request.body().contains("Broken") && request.header("MS-RequestId").isEmpty())
        .unavailable(SECOND);
    assertThat(status()).isEqualTo(200);
    assertThat(http.sendAsAdmin("PATCH", USER, "{\"displayName\":\"Broken\"}").statusCode())
        .isEqualTo(503);
    assertThat(http.sendAsAdmin("PATCH", USER, "{\"displayName\":\"Whole\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void routesMatchInEverySpellingThatTheServerTakes() {
    Fault fault = vidame.faults().on("get", ROUTE).unavailable(SECOND);

    for (String spelling :
        new String[] {
          USER.replace("/v1/customers", "/V1//Customers"), USER + "/", USER + "%20", USER
        }) {
      assertThat(http.getAsAdmin(spelling).statusCode()).as(spelling).isEqualTo(503);
    }
    assertThat(http.getAsAdmin(USERS).statusCode()).as("another route").isEqualTo(200);
    fault.remove();
    assertThat(status()).isEqualTo(200);
  }

  @Test
  void resetEndsFaultsAndExpiry() {
    String token = vidame.appUser().authorization();
    vidame.faults().onAll().expireToken();
    assertThat(http.get(USER, "Authorization", token).statusCode()).isEqualTo(401);

    vidame.reset();

    assertThat(http.get(USER, "Authorization", token).statusCode()).isEqualTo(200);
  }

  @Test
  void pathWithoutASlashIsRefused() {
    assertThatThrownBy(() -> vidame.faults().on("GET", "v1/customers"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v1/customers");
  }
}
