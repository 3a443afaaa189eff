package dev.vidame.server.oauth;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guesses and mass changes over HTTP. */
final class SignInAbuseTest {
  private static final String ENDPOINT = "/" + Tenancy.PARTNER + "/oauth2/token";
  private static final String HOME = "192.0.2.1";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            folder,
            Map.of(
                "listen.trusted-forwarders", "127.0.0.1",
                "limits.partner-password-resets-per-minute", "5",
                "limits.partner-deletions-per-minute", "3"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawAnswer ask(String form, String address) {
    return server.send(
        RawRequest.of("POST", ENDPOINT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Forwarded-For", address)
            .body(form));
  }

  private String right() {
    return server.tokens().passwordForm();
  }

  private String wrong() {
    return right().replaceFirst("(?<=&password=)[^&]*", "Wrong-Guess-1");
  }

  @Test
  void tenThousandGuessesFindTheDoorClosedAfterTenAndTheAgentWalksIn() {
    assertThat(wrong()).isNotEqualTo(right());
    assertThat(ask(right(), HOME).status()).isEqualTo(200);
    Map<Integer, Integer> statuses = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      RawAnswer answer = ask(wrong(), "198.51.%d.%d".formatted(i >> 8, i & 255));
      statuses.merge(answer.status(), 1, Integer::sum);
    }

    RawAnswer refused = ask(right(), "203.0.113.7");

    assertThat(statuses).isEqualTo(Map.of(400, 10, 429, 9_990));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
    assertThat(refused.json().get("error").text()).isEqualTo("temporarily_unavailable");
    assertThat(refused.json().get("error_codes").items().getFirst().value()).hasToString("50053");
    assertThat(ask(right(), HOME).status()).isEqualTo(200);
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(ask(right(), "203.0.113.7").status()).isEqualTo(200);
  }

  @Test
  void namesThatNobodyHasAreLockedAlike() {
    String nobody = wrong().replaceAll("username=[^&]*", "username=nobody%40partner.example");
    for (int i = 0; i < 10; i++) {
      assertThat(ask(nobody, "198.51.100." + i).status()).isEqualTo(400);
    }

    RawAnswer refused = ask(nobody, "198.51.100.99");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
  }

  @Test
  void guessedSecretsOfApplicationsLockAlike() {
    String form =
        "grant_type=client_credentials&client_id="
            + server.tenancy().confidential().id()
            + "&client_secret=guess";
    for (int i = 0; i < 10; i++) {
      assertThat(ask(form, "198.51.100." + i).status()).isEqualTo(401);
    }

    assertThat(ask(form, "198.51.100.99").status()).isEqualTo(429);
  }

  @Test
  void resetsOfAPartnerAreCappedAndTheRefusalIsRecorded() {
    String body = "{\"passwordProfile\":{\"password\":\"Reset-Reset-1\"}}";
    for (int i = 0; i < 5; i++) {
      assertThat(server.sendAsAdmin(RawRequest.patch(foundingPath(), body)).outcome())
          .isEqualTo("200");
    }

    RawAnswer refused =
        server.sendAsAdmin(RawRequest.patch(foundingPath(), body).header("X-Locale", "fr-FR"));

    assertThat(refused.outcome()).isEqualTo("403/2000");
    assertThat(refused.text()).contains("Réessayez dans 12 secondes");
    assertThat(server.sendAsAdmin(RawRequest.get("/v1/auditrecords?size=1")).text())
        .contains("update_customer_user", "failed", "More accounts are changed so");
    String name = "{\"displayName\":\"Not a reset\"}";
    assertThat(server.sendAsAdmin(RawRequest.patch(foundingPath(), name)).outcome())
        .isEqualTo("200");
    server.clock().advance(Duration.ofSeconds(12));
    assertThat(server.sendAsAdmin(RawRequest.patch(foundingPath(), body)).outcome())
        .isEqualTo("200");
  }

  @Test
  void deletionsOfAPartnerAreCappedAndOthersAreNot() {
    for (int i = 0; i < 3; i++) {
      assertThat(delete(server.tenancy().newUser())).isEqualTo("204");
    }

    assertThat(delete(server.tenancy().newUser())).isEqualTo("403/2000");
    RawRequest others =
        RawRequest.of("DELETE", TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER));
    assertThat(server.send(others.token(server.tokens().otherAdmin())).outcome()).isEqualTo("204");
  }

  private String delete(UserId user) {
    return server
        .sendAsAdmin(RawRequest.of("DELETE", TestServer.path(Tenancy.CUSTOMER, user)))
        .outcome();
  }
}
