package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.ACCOUNT;
import static dev.vidame.sdk.Bench.PATH;
import static dev.vidame.sdk.ScriptedServer.answer;
import static dev.vidame.sdk.ScriptedServer.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExchangeObserverTest {
  private static final CustomerUserUpdate RESET =
      CustomerUserUpdate.builder()
          .displayName("Grace")
          .passwordProfile(PasswordProfile.temporary("testPw@!122B"))
          .build();

  private final TestTime time = new TestTime();
  private final List<Exchange> seen = new ArrayList<>();

  @Test
  void everyAttemptIsShownWithoutItsSecrets() {
    String echo = "{\"id\":null,\"passwordProfile\":{\"password\":\"testPw@!122B\"}}";
    try (ScriptedServer server =
        ScriptedServer.playing(
            answer(503, "busy"), answer(200, echo, "ETag: \"2\"", "Set-Cookie: a=secret"))) {
      PartnerClient client = Bench.client(server, time).observer(seen::add).build();

      Bench.user(client).patch(RESET);

      assertThat(seen).extracting(Exchange::attempt).containsExactly(1, 2);
      Exchange.Request request = seen.get(1).request();
      assertThat(request.method()).isEqualTo("PATCH");
      assertThat(request.uri()).isEqualTo(URI.create(server.uri() + PATH));
      assertThat(request.headers().get("authorization")).containsExactly("***");
      assertThat(request.headers().get("MS-RequestId")).hasSize(1);
      assertThat(request.body())
          .isEqualTo(
              "{\"displayName\":\"Grace\",\"passwordProfile\":{\"password\":\"***\","
                  + "\"forceChangePassword\":true},\"attributes\":{\"objectType\":\"CustomerUser\"}}");
      Exchange.Response first = seen.get(0).response();
      assertThat(first).isNotNull();
      assertThat(first.status()).isEqualTo(503);
      assertThat(first.body()).isEqualTo("busy");
      Exchange.Response second = seen.get(1).response();
      assertThat(second).isNotNull();
      assertThat(second.headers().get("etag")).containsExactly("\"2\"");
      assertThat(second.headers().get("set-cookie")).containsExactly("***");
      assertThat(second.body())
          .isEqualTo("{\"id\":null,\"passwordProfile\":{\"password\":\"***\"}}");
      assertThat(seen.toString()).doesNotContain("testPw").doesNotContain("token-1");
      assertThat(seen.get(1).duration()).isPositive();
      assertThat(seen.get(1).failure()).isNull();
    }
  }

  @Test
  void attemptWithoutAnAnswerIsShownWithItsReason() {
    try (ScriptedServer server = ScriptedServer.playing(cut(200, "{"), answer(200, ACCOUNT))) {
      PartnerClient client = Bench.client(server, time).observer(seen::add).build();

      Bench.user(client).get();

      assertThat(seen.get(0).response()).isNull();
      assertThat(seen.get(0).failure()).contains("broke");
      assertThat(seen.get(0).request().body()).isNull();
      assertThat(seen.get(1).response()).isNotNull();
    }
  }

  @Test
  void whatIsShownCannotBeChanged() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      PartnerClient client = Bench.client(server, time).observer(seen::add).build();

      Bench.user(client).get();

      Map<String, List<String>> headers = seen.get(0).request().headers();
      assertThatThrownBy(headers::clear).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> headers.values().iterator().next().clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void observerThatThrowsDoesNotBreakTheCall() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      PartnerClient client =
          Bench.client(server, time)
              .observer(exchange -> {
                seen.add(exchange);
                throw new IllegalStateException("an observer of a test that always throws");
              })
              .build();

      assertThat(Bench.user(client).get().displayName()).isEqualTo("Grace");
      assertThat(seen).hasSize(1);
    }
  }
}
