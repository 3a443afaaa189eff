package dev.vidame.server.http;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
  @RegisterExtension static final Served served = new Served();

  private static String token() {
    return served.server().tokens().admin();
  }

  @Test
  void connectionIsKeptForTheNextRequest() throws IOException {
    RawRequest request = RawRequest.get(foundingPath()).token(token());

    try (RawConnection connection = served.server().connect()) {
      for (int i = 0; i < 10; i++) {
        assertThat(connection.exchange(request).outcome()).isEqualTo("200");
      }
    }
  }

  @Test
  void connectionIsClosedWhenTheClientAsks() throws IOException {
    RawRequest request =
        RawRequest.get(foundingPath()).token(token()).header("Connection", "close");

    try (RawConnection connection = served.server().connect()) {
      assertThat(connection.exchange(request).outcome()).isEqualTo("200");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void requestsSentAheadAreAnsweredInTurn() {
    List<RawRequest> requests = new ArrayList<>();
    List<UserId> users = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      UserId user = served.server().tenancy().newUser();
      users.add(user);
      String path = TestServer.path(Tenancy.CUSTOMER, user);
      RawRequest update = RawRequest.patch(path, "{\"displayName\":\"Number " + i + "\"}");
      requests.add(update.token(token()).id(UUID.randomUUID()));
      requests.add(RawRequest.get(path).token(token()).id(UUID.randomUUID()));
    }

    List<RawAnswer> answers = served.server().sendPipelined(requests);

    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).outcome()).isEqualTo("200");
      assertThat(answers.get(i).json().get("id").text()).isEqualTo(users.get(i / 2).toString());
      assertThat(answers.get(i).json().get("displayName").text()).isEqualTo("Number " + i / 2);
    }
  }

  /** A body that no one reads must not be taken for the next request. */
  @Test
  void bodyOfARefusedRequestIsSkipped() {
    String smuggled = new String(RawRequest.get("/smuggled").bytes(), StandardCharsets.US_ASCII);
    RawRequest get = RawRequest.get(foundingPath());

    List<RawAnswer> answers =
        served
            .server()
            .sendPipelined(
                List.of(
                    get.body(smuggled),
                    RawRequest.patch(foundingPath(), smuggled),
                    get.body(smuggled).chunked(10),
                    RawRequest.of("PUT", foundingPath()).body(smuggled),
                    RawRequest.of("POST", "/nowhere").body(smuggled),
                    get.token(token())));

    assertThat(answers)
        .extracting(RawAnswer::outcome)
        .containsExactly("401/800001", "401/800001", "401/800001", "405/800002", "404/1000", "200");
  }

  /** What stood behind the head would be read as the next answer. */
  @Test
  void answerToHeadIsItsHeadAlone() throws IOException {
    try (RawConnection connection = served.server().connect()) {
      for (String target : new String[] {foundingPath(), "/", "/x/oauth2/token"}) {
        RawRequest head = RawRequest.of("HEAD", target).token(token());
        RawAnswer answer = connection.exchange(head);

        served.server().check(head, answer);
        assertThat(Integer.parseInt(answer.header("Content-Length"))).isPositive();
        assertThat(connection.exchange(RawRequest.get(foundingPath()).token(token())).outcome())
            .isEqualTo("200");
      }
    }
  }

  /** The client has not begun to send, so the connection must end: nobody knows what comes next. */
  @Test
  void bodyIsNotAskedForWhenTheCallerIsRefused() throws IOException {
    RawRequest request = RawRequest.patch(foundingPath(), "{}").header("Expect", "100-continue");

    try (RawConnection connection = served.server().connect()) {
      connection.send(request.head());
      RawAnswer answer = connection.read();

      assertThat(answer.outcome()).isEqualTo("401/800001");
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void announcedBodyThatIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
    RawRequest request =
        RawRequest.of("PATCH", foundingPath())
            .token(token())
            .header("Expect", "100-continue")
            .header("Content-Length", "1000000");

    try (RawConnection connection = served.server().connect()) {
      connection.send(request.head());

      assertThat(connection.read().outcome()).isEqualTo("413/800002");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/3.0\r\nHost: a\r\n\r\n",
        "GET /\r\nHost: a\r\n\r\n",
        "nonsense\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nNo colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nBad\u0001Name: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nName : x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
        "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "PATCH / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"
      })
  void whatIsNotHttpIsRefusedWithAJsonBody(String bytes) {
    RawAnswer answer = served.server().sendBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(answer.status()).isBetween(400, 499);
  }

  @Test
  void longPathsAndHeadersAreRefused() {
    String path = "/" + "x".repeat(20_000);
    String value = "x".repeat(100_000);

    assertThat(served.server().sendBytes(RawRequest.get(path).bytes()).status()).isIn(400, 414);
    assertThat(served.server().sendBytes(RawRequest.get("/").header("X", value).bytes()).status())
        .isIn(400, 431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 50\r\n\r\n{\"displayName\":",
        "Content-Length: 50\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n32\r\n{\"displayName\":",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n"
      })
  void bodyThatEndsEarlyIsNoBody(String rest) throws IOException {
    long before = served.server().tenancy().changes();
    RawRequest request = RawRequest.of("PATCH", foundingPath()).token(token());
    String head =
        new String(request.header("Content-Length", "").head(), StandardCharsets.ISO_8859_1)
            .replace("Content-Length: \r\n\r\n", "");

    try (RawConnection connection = served.server().connect()) {
      connection.send((head + rest).getBytes(StandardCharsets.ISO_8859_1));
      connection.endOutput();

      assertThat(connection.readUnlessClosed().map(RawAnswer::outcome))
          .isIn(Optional.empty(), Optional.of("400/800002"));
    }
    assertThat(served.server().tenancy().changes()).isEqualTo(before);
    assertThat(served.server().send(request.body("{}")).outcome()).isEqualTo("200");
  }

  @Test
  void clientThatOffersHttp2IsAnsweredInHttp1() {
    RawRequest request =
        RawRequest.get(foundingPath())
            .header("Connection", "Upgrade, HTTP2-Settings")
            .header("Upgrade", "h2c")
            .header("HTTP2-Settings", "AAMAAABkAAQAAP__");

    assertThat(served.server().sendAsAdmin(request).outcome()).isEqualTo("200");
  }
}
