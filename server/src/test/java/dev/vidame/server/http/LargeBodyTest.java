package dev.vidame.server.http;

import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeBodyTest {
  @RegisterExtension static final Served served = new Served();

  private static final int MAX_BODY_BYTES = 256 * 1024;

  @Test
  void nestingAMillionDeepIsTooLarge() {
    RawRequest request = RawRequest.patch(foundingPath(), "[".repeat(1_000_000));

    assertThat(served.server().sendAsAdmin(request).outcome()).isEqualTo("413/800002");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, MAX_BODY_BYTES})
  void bodyOfExactlyTheLimitIsRead(int chunk) {
    byte[] body = padded(MAX_BODY_BYTES);
    UserId user = served.server().tenancy().newUser();
    RawRequest request =
        RawRequest.of("PATCH", TestServer.path(Tenancy.CUSTOMER, user))
            .token(served.server().tokens().admin());

    assertThat(served.server().send(request.body(body)).outcome()).isEqualTo("200");
    assertThat(served.server().send(request.body(body).chunked(Math.max(chunk, 64))).outcome())
        .isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX_BODY_BYTES + 1, 300 * 1024, 1024 * 1024, 5 * 1024 * 1024})
  void largerBodyIsRefusedHoweverItIsSent(int size) {
    byte[] body = padded(size);
    RawRequest request =
        RawRequest.of("PATCH", foundingPath()).token(served.server().tokens().admin());

    assertThat(served.server().send(request.body(body)).outcome()).isEqualTo("413/800002");
    assertThat(served.server().send(request.body(body).chunked(8000)).outcome())
        .isEqualTo("413/800002");
  }

  /** Nothing of it is waited for, and no room is made. */
  @Test
  void hundredMegabytesAreRefusedBeforeAByteOfThemHasCome() throws IOException {
    try (RawConnection connection = served.server().connect()) {
      String head =
          "PATCH %s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\nContent-Length: 104857600\r\n\r\n"
              .formatted(foundingPath(), served.server().tokens().admin());
      connection.send(head.getBytes(StandardCharsets.US_ASCII));

      assertThat(connection.read().outcome()).isEqualTo("413/800002");
    }
  }

  /** Whoever is refused before the body is looked at gets that answer, however long the body is. */
  @ParameterizedTest
  @ValueSource(ints = {100, MAX_BODY_BYTES + 1, 5 * 1024 * 1024})
  void refusalWithoutReadingTheBodyArrives(int size) {
    RawRequest request = RawRequest.of("PATCH", foundingPath()).body(padded(size));

    assertThat(served.server().send(request).outcome()).isEqualTo("401/800001");
    assertThat(served.server().send(request.chunked(8000)).outcome()).isEqualTo("401/800001");
  }

  private static byte[] padded(int size) {
    byte[] body = new byte[size];
    Arrays.fill(body, (byte) ' ');
    byte[] json = "{\"displayName\":\"Padded\"}".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(json, 0, body, 0, json.length);
    return body;
  }
}
