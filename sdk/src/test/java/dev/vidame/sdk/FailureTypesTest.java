package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.ACCOUNT;
import static dev.vidame.sdk.Bench.UPDATE;
import static dev.vidame.sdk.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FailureTypesTest {
  private final TestTime time = new TestTime();

  @ParameterizedTest
  @CsvSource({
    "400, 3000, PartnerException",
    "400, 2055, VersionMismatchException",
    "401, 400, AuthenticationException",
    "403, 20002, AccessDeniedException",
    "403, 900150, AccessDeniedException",
    "404, 60002, NotFoundException",
    "404, 60003, NotFoundException",
    "409, 990001, NameTakenException",
    "409, 990002, NameTakenException",
    "409, 990003, ConflictException",
    "409, 0, ConflictException",
    "412, 0, VersionMismatchException",
    "417, 800036, PartnerException",
    "422, 0, PartnerException",
    "429, 0, ThrottledException",
    "500, 800003, OutcomeUnknownException",
    "501, 0, PartnerException",
    "503, 0, OutcomeUnknownException"
  })
  void typeTellsHowToAct(int status, int code, String type) {
    String body = "{\"code\":" + code + ",\"description\":\"why\"}";
    try (ScriptedServer server = ScriptedServer.playing(answer(status, body))) {
      PartnerClient client = Bench.client(server, time).retryPolicy(RetryPolicy.none()).build();
      PartnerException failure =
          catchThrowableOfType(PartnerException.class, () -> Bench.user(client).patch(UPDATE));

      assertThat(failure).isNotNull();
      assertThat(Objects.requireNonNull(failure).getClass().getSimpleName()).isEqualTo(type);
      assertThat(failure.status()).isEqualTo(status);
    }
  }

  @Test
  void waitThatWouldOutlastTheCallIsNotBegun() {
    try (ScriptedServer server =
        ScriptedServer.playing(answer(429, "", "Retry-After: 30"), answer(200, ACCOUNT))) {
      RequestOptions options = RequestOptions.none().withTimeout(Duration.ofSeconds(20));
      ThrottledException failure =
          catchThrowableOfType(
              ThrottledException.class, () -> Bench.user(server, time).getWithResponse(options));

      assertThat(failure).isNotNull();
      assertThat(server.received()).hasSize(1);
      assertThat(time.sleeps()).isEmpty();
    }
  }

  @Test
  void waitThatFitsIsMade() {
    try (ScriptedServer server =
        ScriptedServer.playing(answer(429, "", "Retry-After: 10"), answer(200, ACCOUNT))) {
      RequestOptions options = RequestOptions.none().withTimeout(Duration.ofSeconds(20));

      assertThat(Bench.user(server, time).getWithResponse(options).status()).isEqualTo(200);
      assertThat(time.sleeps()).hasSize(1);
    }
  }

  @Test
  void attemptEndsWithTheCallsTime() {
    ScriptedServer[] holder = new ScriptedServer[1];
    try (ScriptedServer server =
        ScriptedServer.start(request -> Objects.requireNonNull(holder[0]).silence())) {
      holder[0] = server;
      RequestOptions options = RequestOptions.none().withTimeout(Duration.ofMillis(150));
      PartnerClient client = Bench.client(server, time).retryPolicy(RetryPolicy.none()).build();
      PartnerException failure =
          catchThrowableOfType(
              PartnerException.class, () -> Bench.user(client).getWithResponse(options));

      assertThat(Objects.requireNonNull(failure).description()).contains("PT0.15S");
    }
  }

  @Test
  void timeThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.none().withTimeout(Duration.ZERO));
  }
}
