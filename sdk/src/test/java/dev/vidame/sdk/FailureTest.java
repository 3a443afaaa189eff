package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.UPDATE;
import static dev.vidame.sdk.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.sdk.ScriptedServer.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  private final TestTime time = new TestTime();

  private PartnerException failureOf(Script script) {
    try (ScriptedServer server = ScriptedServer.playing(script)) {
      PartnerClient client = Bench.client(server, time).retryPolicy(RetryPolicy.none()).build();
      return catchThrowableOfType(PartnerException.class, () -> Bench.user(client).patch(UPDATE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"60002", "\"60002\"", "\" 60002 \""})
  void codeIsReadAsNumberAndAsText(String code) {
    PartnerException e =
        failureOf(
            answer(
                404,
                "\uFEFF{\"Code\":"
                    + code
                    + ",\"Description\":\"User object Id is not found\",\"data\":[\"a\",\"b\"],"
                    + "\"source\":\"UserAccounts\"}"));

    assertThat(e.status()).isEqualTo(404);
    assertThat(e.code()).isEqualTo(60002);
    assertThat(e.description()).isEqualTo("User object Id is not found");
    assertThat(e.data()).containsExactly("a", "b");
    assertThat(e.requestId()).isEqualTo(TestTime.id(2));
    assertThat(e.correlationId()).isEqualTo(TestTime.id(1));
    assertThat(e.retryAfter()).isNull();
    assertThat(e)
        .hasMessage(
            "HTTP 404, code 60002: User object Id is not found [a, b] [MS-RequestId "
                + TestTime.id(2)
                + ", MS-CorrelationId "
                + TestTime.id(1)
                + "]");
  }

  @Test
  void plainTextRefusalIsTheDescription() {
    PartnerException e =
        failureOf(
            answer(
                403,
                "This resource can't be accessed by application credentials.\r\n",
                "Content-Type: text/plain"));

    assertThat(e.status()).isEqualTo(403);
    assertThat(e.code()).isZero();
    assertThat(e.description())
        .isEqualTo("This resource can't be accessed by application credentials.");
  }

  @Test
  void gatewaysThrottlingIsUnderstood() {
    PartnerException e =
        failureOf(
            answer(
                429,
                "{ \"statusCode\": 429, \"message\": \"Try again in 57 seconds.\" }",
                "Retry-After: 57"));

    assertThat(e.status()).isEqualTo(429);
    assertThat(e.description()).isEqualTo("Try again in 57 seconds.");
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(57));
  }

  @Test
  void servicesThrottlingIsUnderstood() {
    PartnerException e =
        failureOf(
            answer(429, "{\"code\":\"800429\",\"description\":\"Slow down\"}", "Retry-After: 3"));

    assertThat(e.code()).isEqualTo(800429);
    assertThat(e.description()).isEqualTo("Slow down");
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "<html><body>Bad gateway</body></html>", "{\"odd\":1}", "[1]", "{\"co"})
  void bodyWithoutAReasonStillHasADescription(String body) {
    PartnerException e = failureOf(answer(404, body));

    assertThat(e.description()).isEqualTo("The service gave no reason");
    assertThat(e.data()).isEmpty();
  }

  @Test
  void longTextIsCut() {
    PartnerException e = failureOf(answer(404, "x".repeat(100_000)));

    assertThat(e.description()).hasSize(1025).endsWith("x…");
  }

  @Test
  void staleEntityTagIsAVersionMismatch() {
    PartnerException old =
        failureOf(answer(400, "{\"code\":2055,\"description\":\"Etag is no longer valid\"}"));
    PartnerException plain = failureOf(answer(412, ""));
    PartnerException other = failureOf(answer(404, "{\"code\":2055,\"description\":\"x\"}"));

    assertThat(old).isInstanceOf(VersionMismatchException.class);
    assertThat(plain).isInstanceOf(VersionMismatchException.class);
    assertThat(other).isNotInstanceOf(VersionMismatchException.class);
  }

  @Test
  void unauthorizedWithoutChallengeHeaderIsAnAuthenticationFailure() {
    PartnerException e = failureOf(answer(401, "{\"code\":400,\"description\":\"Access denied\"}"));

    assertThat(e).isInstanceOf(AuthenticationException.class);
    assertThat(((AuthenticationException) e).oauthError()).isNull();
  }

  @Test
  void exceptionSurvivesSerialization() throws IOException, ClassNotFoundException {
    PartnerException e =
        failureOf(answer(404, "{\"code\":60002,\"description\":\"Gone\",\"data\":[\"a\"]}"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(e);
    }

    PartnerException copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (PartnerException) in.readObject();
    }

    assertThat(copy.getMessage()).isEqualTo(e.getMessage());
    assertThat(copy.data()).containsExactly("a");
  }
}
