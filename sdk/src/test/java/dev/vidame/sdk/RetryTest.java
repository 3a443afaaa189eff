package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.ACCOUNT;
import static dev.vidame.sdk.Bench.UPDATE;
import static dev.vidame.sdk.ScriptedServer.answer;
import static dev.vidame.sdk.ScriptedServer.cut;
import static dev.vidame.sdk.ScriptedServer.drop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.sdk.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RetryTest {
  private static final Script OK = answer(200, ACCOUNT);
  private static final Duration SHORT = Duration.ofMillis(150);

  private final TestTime time = new TestTime();

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void changeThatMayHaveBeenMadeIsRepeatedUnderItsRequestId(int status) {
    try (ScriptedServer server = ScriptedServer.playing(answer(status, ""), OK)) {
      Bench.user(server, time).patch(UPDATE);

      assertThat(server.received()).hasSize(2);
      assertThat(server.receivedHeaders("MS-RequestId")).containsOnly(TestTime.id(2).toString());
    }
  }

  @Test
  void throttledChangeIsRepeatedUnderAFreshRequestId() {
    try (ScriptedServer server = ScriptedServer.playing(answer(429, ""), OK)) {
      PartnerResponse<?> response =
          Bench.user(server, time).patchWithResponse(UPDATE, RequestOptions.none());

      assertThat(server.receivedHeaders("MS-RequestId")).doesNotHaveDuplicates().hasSize(2);
      assertThat(response.requestId()).hasToString(server.receivedHeaders("MS-RequestId").get(1));
    }
  }

  @Test
  void requestIdStaysAfterAThrottlingThatFollowsALostAnswer() {
    try (ScriptedServer server = ScriptedServer.playing(drop(), answer(429, ""), OK)) {
      Bench.user(server, time).patch(UPDATE);

      assertThat(server.received()).hasSize(3);
      assertThat(server.receivedHeaders("MS-RequestId")).containsOnly(TestTime.id(2).toString());
    }
  }

  @Test
  void forcedRequestIdStaysAfterAThrottling() {
    try (ScriptedServer server = ScriptedServer.playing(answer(429, ""), OK)) {
      Bench.user(server, time)
          .patchWithResponse(UPDATE, RequestOptions.none().withRequestId(TestTime.id(77)));

      assertThat(server.receivedHeaders("MS-RequestId"))
          .containsExactly(TestTime.id(77).toString(), TestTime.id(77).toString());
    }
  }

  @Test
  void halfAnAnswerIsRepeated() {
    try (ScriptedServer server = ScriptedServer.playing(cut(200, "{\"id\":"), OK)) {
      assertThat(Bench.user(server, time).patch(UPDATE).displayName()).isEqualTo("Grace");

      assertThat(server.receivedHeaders("MS-RequestId")).containsOnly(TestTime.id(2).toString());
    }
  }

  @Test
  void changeWithoutAnyAnswerEndsInDoubt() {
    try (ScriptedServer server = ScriptedServer.playing(drop())) {
      OutcomeUnknownException e =
          catchThrowableOfType(
              OutcomeUnknownException.class, () -> Bench.user(server, time).patch(UPDATE));

      assertThat(e.requestId()).isEqualTo(TestTime.id(2));
      assertThat(e.correlationId()).isEqualTo(TestTime.id(1));
      assertThat(e.status()).isZero();
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void readWithoutAnyAnswerIsNoDoubt() {
    try (ScriptedServer server = ScriptedServer.playing(drop())) {
      assertThatThrownBy(() -> Bench.user(server, time).get())
          .isExactlyInstanceOf(PartnerException.class)
          .hasMessageContaining("broke")
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void throttlingAfterALostAnswerLeavesTheDoubt() {
    try (ScriptedServer server = ScriptedServer.playing(drop(), answer(429, ""))) {
      assertThatThrownBy(() -> Bench.user(server, time).patch(UPDATE))
          .isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Test
  void refusalOfTheChangeItselfEndsTheDoubt() {
    try (ScriptedServer server =
        ScriptedServer.playing(drop(), answer(400, "{\"code\":3000,\"description\":\"Bad\"}"))) {
      assertThatThrownBy(() -> Bench.user(server, time).patch(UPDATE))
          .isExactlyInstanceOf(PartnerException.class)
          .hasMessageContaining("HTTP 400, code 3000: Bad");
    }
  }

  @Test
  void attemptThatIsStillRunningLeavesTheDoubt() {
    String running = "{\"code\":990003,\"description\":\"In flight\"}";
    try (ScriptedServer server = ScriptedServer.playing(drop(), answer(409, running))) {
      assertThatThrownBy(() -> Bench.user(server, time).patch(UPDATE))
          .isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Test
  void serverErrorIsRepeatedForReadingOnly() {
    try (ScriptedServer server = ScriptedServer.playing(answer(500, ""), OK, answer(500, ""), OK)) {
      Bench.user(server, time).get();

      assertThatThrownBy(() -> Bench.user(server, time).patch(UPDATE))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(server.received()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 405, 409, 412, 415, 422, 501})
  void refusalIsNotRepeated(int status) {
    try (ScriptedServer server = ScriptedServer.playing(answer(status, ""))) {
      PartnerException e =
          catchThrowableOfType(
              PartnerException.class, () -> Bench.user(server, time).patch(UPDATE));

      assertThat(e.status()).isEqualTo(status);
      assertThat(e).isNotInstanceOf(OutcomeUnknownException.class);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void attemptsAreBoundedAndWaitsDouble() {
    try (ScriptedServer server = ScriptedServer.playing(answer(503, ""))) {
      PartnerClient client =
          Bench.client(server, time).retryPolicy(RetryPolicy.standard().withMaxAttempts(6)).build();

      assertThatThrownBy(() -> Bench.user(client).get()).isInstanceOf(PartnerException.class);

      assertThat(server.received()).hasSize(6);
      assertThat(time.sleeps())
          .containsExactly(
              Duration.ofMillis(500),
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              Duration.ofSeconds(4),
              Duration.ofSeconds(5));
    }
  }

  @Test
  void retryAfterIsNeverUndercut() {
    try (ScriptedServer server = ScriptedServer.playing(answer(429, "", "Retry-After: 57"), OK)) {
      PartnerClient client =
          Bench.client(server, time).surroundings(time.surroundings(TestTime.LOW)).build();

      Bench.user(client).get();

      assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(57));
    }
  }

  @Test
  void retryAfterDateIsMeasuredByTheServersClock() {
    try (ScriptedServer server =
        ScriptedServer.playing(
            answer(
                503,
                "",
                "Date: Tue, 03 Feb 2026 10:00:00 GMT",
                "Retry-After: Tue, 03 Feb 2026 10:00:07 GMT"),
            OK)) {
      PartnerClient client =
          Bench.client(server, time).surroundings(time.surroundings(TestTime.LOW)).build();

      Bench.user(client).get();

      assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7));
    }
  }

  @Test
  void retryAfterBeyondPatienceFailsAtOnce() {
    try (ScriptedServer server = ScriptedServer.playing(answer(429, "", "Retry-After: 61"), OK)) {
      PartnerException e =
          catchThrowableOfType(PartnerException.class, () -> Bench.user(server, time).get());

      assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(61));
      assertThat(e).hasMessageContaining("retry after 61 s");
      assertThat(server.received()).hasSize(1);
      assertThat(time.sleeps()).isEmpty();
    }
  }

  @Test
  void retriesStopWhenTheBudgetIsSpentAndComeBackWithSuccess() {
    Script fail = answer(503, "");
    try (ScriptedServer server =
        ScriptedServer.playing(fail, fail, fail, fail, OK, OK, OK, OK, OK, fail, OK)) {
      PartnerClient client =
          Bench.client(server, time).retryPolicy(RetryPolicy.standard().withBudget(10)).build();
      UserClient user = Bench.user(client);

      assertThatThrownBy(user::get).isInstanceOf(PartnerException.class);
      int afterFirst = server.received().size();
      assertThatThrownBy(user::get).isInstanceOf(PartnerException.class);
      int afterSecond = server.received().size();
      for (int i = 0; i < 5; i++) {
        user.get();
      }
      user.get();

      assertThat(afterFirst).isEqualTo(3);
      assertThat(afterSecond).isEqualTo(4);
      assertThat(server.received()).hasSize(11);
    }
  }

  @Test
  void refusedConnectionIsRepeatedAndLeavesNoDoubt() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    PartnerClient client =
        PartnerClient.builder()
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .credential(PartnerCredential.fixed("t"))
            .surroundings(time.surroundings(TestTime.LOW))
            .build();

    assertThatThrownBy(() -> Bench.user(client).patch(UPDATE))
        .isExactlyInstanceOf(PartnerException.class)
        .hasMessageContaining("No connection to http://127.0.0.1:" + port);
    assertThat(time.sleeps()).hasSize(2);
  }

  @Test
  void silenceEndsInATimeoutAndIsRepeatedUnderItsRequestId() {
    AtomicReference<ScriptedServer> self = new AtomicReference<>();
    try (ScriptedServer server =
        ScriptedServer.start(
            request -> self.get().received().size() == 1 ? self.get().silence() : OK)) {
      self.set(server);
      PartnerClient client = Bench.client(server, time).requestTimeout(SHORT).build();

      Bench.user(client).patch(UPDATE);

      assertThat(server.receivedHeaders("MS-RequestId"))
          .containsExactly(TestTime.id(2).toString(), TestTime.id(2).toString());
    }
  }

  @Test
  void bodyThatStallsEndsInATimeoutToo() {
    AtomicReference<ScriptedServer> self = new AtomicReference<>();
    try (ScriptedServer server = ScriptedServer.start(request -> self.get().stall(200, "{"))) {
      self.set(server);
      PartnerClient client =
          Bench.client(server, time).requestTimeout(SHORT).retryPolicy(RetryPolicy.none()).build();

      assertThatThrownBy(() -> Bench.user(client).patch(UPDATE))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("within " + SHORT);
    }
  }

  @Test
  void interruptDuringTheExchangeIsKeptAndThrown() throws InterruptedException {
    AtomicReference<ScriptedServer> self = new AtomicReference<>();
    CountDownLatch arrived = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          arrived.countDown();
          return self.get().silence();
        })) {
      self.set(server);
      UserClient user = Bench.user(server, time);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>();
      Thread caller =
          new Thread(() -> {
            thrown.set(catchThrowableOfType(PartnerException.class, () -> user.patch(UPDATE)));
            flag.set(Thread.currentThread().isInterrupted());
          });
      caller.start();
      arrived.await();

      caller.interrupt();
      caller.join();

      assertThat(thrown.get())
          .isInstanceOf(OutcomeUnknownException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(flag.get()).isTrue();
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void interruptBetweenAttemptsIsKeptAndThrown() {
    try (ScriptedServer server = ScriptedServer.playing(answer(429, ""))) {
      Surroundings calm = time.surroundings(TestTime.LOW);
      Surroundings interrupting =
          new Surroundings(
              calm.clock(),
              pause -> {
                throw new InterruptedException();
              },
              calm.random(),
              calm.requestIds());
      PartnerClient client = Bench.client(server, time).surroundings(interrupting).build();

      assertThatThrownBy(() -> Bench.user(client).patch(UPDATE))
          .isExactlyInstanceOf(PartnerException.class)
          .hasCauseInstanceOf(InterruptedException.class);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.received()).hasSize(1);
    }
  }
}
