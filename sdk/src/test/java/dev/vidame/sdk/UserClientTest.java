package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.ACCOUNT;
import static dev.vidame.sdk.Bench.CUSTOMER;
import static dev.vidame.sdk.Bench.PATH;
import static dev.vidame.sdk.Bench.UPDATE;
import static dev.vidame.sdk.Bench.USER;
import static dev.vidame.sdk.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.sdk.ScriptedServer.Received;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.UserDomainType;
import dev.vidame.wire.UserState;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserClientTest {
  private final TestTime time = new TestTime();

  @Test
  void getSendsTheHeadersOfTheApi() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      CustomerUser user = Bench.user(server, time).get();

      assertThat(user.id()).isEqualTo(USER);
      Received request = server.received().get(0);
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.target()).isEqualTo(PATH);
      assertThat(request.header("Authorization")).isEqualTo("Bearer token-1");
      assertThat(request.header("Accept")).isEqualTo("application/json");
      assertThat(request.header("MS-CorrelationId")).isEqualTo(TestTime.id(1).toString());
      assertThat(request.header("MS-RequestId")).isEqualTo(TestTime.id(2).toString());
      assertThat(request.header("MS-PartnerCenter-Client")).isEqualTo("Vidame Java SDK");
      assertThat(request.header("User-Agent")).matches("vidame-java/\\d+\\.\\d+\\.\\d+.*");
      assertThat(request.headers())
          .doesNotContainKeys(
              "X-Locale", "MS-PartnerCenter-Application", "Content-Type", "If-Match", "Upgrade");
    }
  }

  @Test
  void patchSendsTheUpdateAsJson() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      CustomerUser user = Bench.user(server, time).patch(UPDATE);

      assertThat(user.displayName()).isEqualTo("Grace");
      Received request = server.received().get(0);
      assertThat(request.method()).isEqualTo("PATCH");
      assertThat(request.target()).isEqualTo(PATH);
      assertThat(request.header("Content-Type")).isEqualTo("application/json");
      assertThat(request.body())
          .isEqualTo(
              "{\"displayName\":\"Grace\",\"attributes\":{\"objectType\":\"CustomerUser\"}}");
    }
  }

  @Test
  void localeAndApplicationNameAreSentWhenSet() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      PartnerClient client =
          Bench.client(server, time)
              .locale(Locale.CANADA_FRENCH)
              .applicationName("Joiner Mover Leaver 2")
              .build();

      Bench.user(client).get();

      Received request = server.received().get(0);
      assertThat(request.header("X-Locale")).isEqualTo("fr-CA");
      assertThat(request.header("MS-PartnerCenter-Application")).isEqualTo("Joiner Mover Leaver 2");
    }
  }

  @Test
  void everyCallHasItsOwnRequestIdAndTheClientsCorrelationId() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      UserClient user = Bench.user(server, time);

      user.get();
      user.patch(UPDATE);

      assertThat(server.receivedHeaders("MS-RequestId")).doesNotHaveDuplicates().hasSize(2);
      assertThat(server.receivedHeaders("MS-CorrelationId"))
          .containsOnly(TestTime.id(1).toString());
    }
  }

  @Test
  void optionsSetIdsAndEntityTag() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      UUID request = TestTime.id(100);
      UUID correlation = TestTime.id(200);
      RequestOptions options =
          RequestOptions.none()
              .withRequestId(request)
              .withCorrelationId(correlation)
              .withIfMatch(new EntityTag("\"7\""));

      PartnerResponse<CustomerUser> response =
          Bench.user(server, time).patchWithResponse(UPDATE, options);

      assertThat(server.received().get(0).header("MS-RequestId")).isEqualTo(request.toString());
      assertThat(server.received().get(0).header("MS-CorrelationId"))
          .isEqualTo(correlation.toString());
      assertThat(server.received().get(0).header("If-Match")).isEqualTo("\"7\"");
      assertThat(response.requestId()).isEqualTo(request);
      assertThat(response.correlationId()).isEqualTo(correlation);
    }
  }

  @Test
  void readingIgnoresTheEntityTagOption() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      Bench.user(server, time)
          .getWithResponse(RequestOptions.none().withIfMatch(new EntityTag("\"7\"")));

      assertThat(server.received().get(0).headers()).doesNotContainKey("If-Match");
    }
  }

  @Test
  void responseTellsVersionAndReplay() {
    try (ScriptedServer server =
        ScriptedServer.playing(
            answer(200, ACCOUNT, "ETag: \"8\"", "MS-Replayed: true"), answer(200, ACCOUNT))) {
      UserClient user = Bench.user(server, time);

      PartnerResponse<CustomerUser> replayed =
          user.patchWithResponse(UPDATE, RequestOptions.none());
      PartnerResponse<CustomerUser> plain = user.getWithResponse(RequestOptions.none());

      assertThat(replayed.entityTag()).isEqualTo(new EntityTag("\"8\""));
      assertThat(replayed.replayed()).isTrue();
      assertThat(replayed.status()).isEqualTo(200);
      assertThat(plain.entityTag()).isNull();
      assertThat(plain.replayed()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "/gate/way", "/gate/way/"})
  void endpointMayHaveAPathAndFinalSlashes(String path) {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      URI endpoint = URI.create(server.uri() + path);
      String prefix = path.contains("gate") ? "/gate/way" : "";

      Bench.user(Bench.client(server, time).endpoint(endpoint).build()).get();

      assertThat(server.received().get(0).target()).isEqualTo(prefix + PATH);
    }
  }

  @Test
  void userPrincipalNameIsPercentEncodedInThePath() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      UsersClient users = Bench.client(server, time).build().customers().byId(CUSTOMER).users();

      users.byId("o'h#a/r?a%20@contoso.example").get();

      assertThat(server.received().get(0).target())
          .isEqualTo(
              "/v1/customers/" + CUSTOMER + "/users/o%27h%23a%2Fr%3Fa%2520%40contoso.example");
    }
  }

  @Test
  void textThatIsNoUserIsRefusedBeforeAnythingIsSent() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT))) {
      UsersClient users = Bench.client(server, time).build().customers().byId(CUSTOMER).users();

      assertThatIllegalArgumentException().isThrownBy(() -> users.byId(".."));
      assertThatIllegalArgumentException().isThrownBy(() -> users.byId(""));
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void answerMayHaveByteOrderMarkPascalCaseNullsAndUnknownThings() {
    String answer =
        "\uFEFF{\"Id\":\"4B10BF41-AB11-40E3-8C53-CD67849B50DE\",\"DisplayName\":\"Grace\","
            + "\"FirstName\":null,\"PasswordProfile\":null,\"State\":\"Hibernating\","
            + "\"UserDomainType\":\"Managed\",\"SoftDeletionTime\":null,\"Shoe\":{\"size\":[41]},"
            + "\"Links\":{\"Self\":{\"Uri\":\"/customers/c/users/u\",\"Body\":null}}}";
    try (ScriptedServer server = ScriptedServer.playing(answer(200, answer))) {
      CustomerUser user = Bench.user(server, time).get();

      assertThat(user.id()).isEqualTo(USER);
      assertThat(user.displayName()).isEqualTo("Grace");
      assertThat(user.firstName()).isNull();
      assertThat(user.state()).isEqualTo(UserState.UNRECOGNIZED);
      assertThat(user.userDomainType()).isEqualTo(UserDomainType.MANAGED);
      assertThat(user.self()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"id\":", "<html>"})
  void successThatCannotBeReadSaysSo(String body) {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, body))) {
      UserClient user = Bench.user(server, time);

      assertThatThrownBy(() -> user.patch(UPDATE))
          .isExactlyInstanceOf(PartnerException.class)
          .hasMessageContaining("answer cannot be read")
          .satisfies(e -> assertThat(((PartnerException) e).status()).isEqualTo(200));
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void anEntityTagThatNoHeaderCanCarryIsNoTag() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, ACCOUNT, "ETag: \"\u00e9\""))) {
      PartnerResponse<CustomerUser> response =
          Bench.user(server, time).getWithResponse(RequestOptions.none());

      assertThat(response.entityTag()).isNull();
    }
  }

  @Test
  void aRedirectIsNotFollowedWithTheToken() {
    try (ScriptedServer other = ScriptedServer.playing(answer(200, ACCOUNT));
        ScriptedServer server =
            ScriptedServer.playing(answer(307, "", "Location: " + other.uri() + "/elsewhere"))) {
      UserClient user = Bench.user(server, time);

      assertThatThrownBy(user::get).isInstanceOf(PartnerException.class);
      assertThat(other.received()).isEmpty();
    }
  }
}
