package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.ACCOUNT;
import static dev.vidame.sdk.Bench.UPDATE;
import static dev.vidame.sdk.ScriptedServer.answer;
import static dev.vidame.sdk.ScriptedServer.drop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.sdk.ScriptedServer.Script;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenRenewalTest {
  private static final Script DENIED =
      answer(401, "{\"code\":400,\"description\":\"Access denied\"}");

  private final TestTime time = new TestTime();
  private final AtomicInteger fetched = new AtomicInteger();
  private final PartnerCredential counting =
      new CachedCredential(
          () ->
              new AccessToken(
                  "token-" + fetched.incrementAndGet(), time.instant().plusSeconds(3600)),
          time);

  @Test
  void refusedTokenIsRenewedAndTheCallRepeatedOnceUnderAFreshRequestId() {
    try (ScriptedServer server = ScriptedServer.playing(DENIED, answer(200, ACCOUNT))) {
      Bench.user(Bench.client(server, time).credential(counting).build()).patch(UPDATE);

      assertThat(server.receivedHeaders("Authorization"))
          .containsExactly("Bearer token-1", "Bearer token-2");
      assertThat(server.receivedHeaders("MS-RequestId")).doesNotHaveDuplicates();
      assertThat(time.sleeps()).isEmpty();
    }
  }

  @Test
  void tokenThatIsRefusedAgainEndsTheCall() {
    try (ScriptedServer server = ScriptedServer.playing(DENIED)) {
      UserClient user = Bench.user(Bench.client(server, time).credential(counting).build());

      assertThatThrownBy(user::get)
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("HTTP 401, code 400: Access denied");
      assertThat(server.received()).hasSize(2);
      assertThat(fetched).hasValue(2);
    }
  }

  @Test
  void renewalIsPossibleWithoutRetries() {
    try (ScriptedServer server = ScriptedServer.playing(DENIED, answer(200, ACCOUNT))) {
      PartnerClient client =
          Bench.client(server, time).credential(counting).retryPolicy(RetryPolicy.none()).build();

      Bench.user(client).get();

      assertThat(server.received()).hasSize(2);
    }
  }

  @Test
  void fixedTokenIsNotSentAgain() {
    try (ScriptedServer server = ScriptedServer.playing(DENIED)) {
      assertThatThrownBy(() -> Bench.user(server, time).get())
          .isInstanceOf(AuthenticationException.class);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void changeInDoubtStaysInDoubtWhenTheTokenIsRefused() {
    try (ScriptedServer server = ScriptedServer.playing(drop(), DENIED)) {
      UserClient user = Bench.user(Bench.client(server, time).credential(counting).build());

      OutcomeUnknownException e =
          catchThrowableOfType(OutcomeUnknownException.class, () -> user.patch(UPDATE));

      assertThat(e.status()).isEqualTo(401);
      assertThat(server.receivedHeaders("MS-RequestId"))
          .hasSize(3)
          .containsOnly(e.requestId() + "");
    }
  }

  @Test
  void changeInDoubtStaysInDoubtWhenThereIsNoTokenForAnotherAttempt() {
    PartnerException noToken = new PartnerException(Failure.withoutAnswer("no"), null);
    AtomicInteger asked = new AtomicInteger();
    PartnerCredential once =
        () -> {
          if (asked.getAndIncrement() > 0) {
            throw noToken;
          }
          return new AccessToken("t", null);
        };
    try (ScriptedServer server = ScriptedServer.playing(drop())) {
      UserClient user = Bench.user(Bench.client(server, time).credential(once).build());

      assertThatThrownBy(() -> user.patch(UPDATE))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasCause(noToken);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void failureToGetTheFirstTokenReachesTheCallerAsItIs() {
    PartnerException noToken = new PartnerException(Failure.withoutAnswer("no"), null);
    PartnerCredential never =
        () -> {
          throw noToken;
        };
    try (ScriptedServer server = ScriptedServer.playing(drop())) {
      UserClient user = Bench.user(Bench.client(server, time).credential(never).build());

      assertThatThrownBy(() -> user.patch(UPDATE)).isSameAs(noToken);
      assertThat(server.received()).isEmpty();
    }
  }
}
