package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.seed.FoundingDocument;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClockTest {
  private static final String USER =
      "/v1/customers/" + FoundingDocument.CUSTOMER + "/users/" + FoundingDocument.USER;

  private Vidame vidame;
  private Http http;

  @BeforeEach
  void start() {
    vidame = Vidame.start();
    http = new Http(vidame);
  }

  @AfterEach
  void stop() {
    http.close();
    vidame.close();
  }

  @Test
  void tokensExpireWhenTheClockMoves() {
    String token = vidame.appUser().authorization();
    assertThat(http.get(USER, "Authorization", token).statusCode()).isEqualTo(200);

    vidame.clock().advance(Duration.ofHours(2));

    assertThat(http.get(USER, "Authorization", token).statusCode()).isEqualTo(401);
    assertThat(http.getAsAdmin(USER).statusCode()).isEqualTo(200);
  }

  @Test
  void clientOfTheSdkSignsInAgainWhenItsTokenHasExpired() {
    var user =
        vidame
            .client()
            .customers()
            .byId(FoundingDocument.CUSTOMER)
            .users()
            .byId(FoundingDocument.USER);
    assertThat(user.get().id()).isEqualTo(FoundingDocument.USER);

    vidame.clock().advance(Duration.ofHours(2));

    assertThat(user.get().id()).isEqualTo(FoundingDocument.USER);
    assertThat(vidame.exchanges()).extracting(Exchange::status).containsExactly(200, 401, 200);
  }

  @Test
  void deletedAccountIsGoneAfterThirtyDays() {
    SeededUser user = vidame.user().deleted().create();
    String restore = "{\"state\":\"active\"}";

    vidame.clock().advance(Duration.ofDays(30).minusMinutes(1));
    assertThat(http.getAsAdmin(user.path()).body()).contains("\"state\":\"inactive\"");
    vidame.clock().advance(Duration.ofMinutes(2));

    assertThat(http.getAsAdmin(user.path()).statusCode()).isEqualTo(404);
    assertThat(http.sendAsAdmin("PATCH", user.path(), restore).statusCode()).isEqualTo(404);
  }

  @Test
  void clockStandsAndGoesAndIsBackAfterAReset() {
    Instant wanted = Instant.parse("2030-02-28T23:59:59Z");
    vidame.clock().standAt(wanted);
    assertThat(vidame.clock().instant()).isEqualTo(wanted);
    vidame.clock().advance(Duration.ofSeconds(1));
    assertThat(vidame.clock().instant()).isEqualTo("2030-03-01T00:00:00Z");
    SeededUser user = vidame.user().deleted().create();
    assertThat(http.getAsAdmin(user.path()).body())
        .contains("\"softDeletionTime\":\"2030-03-01T00:00:00Z\"");

    vidame.clock().go();
    assertThat(vidame.clock().instant()).isBetween(wanted, wanted.plusSeconds(60));
    vidame.reset();

    assertThat(Duration.between(vidame.clock().instant(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void serverCanStartAtATimeOfTheTestsChoice() {
    Instant time = Instant.parse("2031-01-01T00:00:00Z");
    try (Vidame other = Vidame.builder().standingAt(time).start();
        Http client = new Http(other)) {
      assertThat(client.getAsAdmin(USER).statusCode()).isEqualTo(200);
      other.clock().advance(Duration.ofDays(1));

      other.reset();

      assertThat(other.clock().instant()).isEqualTo(time);
      assertThat(client.getAsAdmin(USER).statusCode()).isEqualTo(200);
    }
  }
}
