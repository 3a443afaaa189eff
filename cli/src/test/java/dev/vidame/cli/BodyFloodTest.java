package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.sdk.PartnerClient;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers who send more at once than the heap holds, to a server with the launcher's memory. */
class BodyFloodTest {
  private static final int CONNECTIONS = 600;
  private static final int LARGEST = 256 * 1024;
  private static final int PIECE = 8 * 1024;
  private static final int CONNECTIONS_OF_CHUNKS = 30;
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int HUNDRED_MEGABYTES = 100 * MEBIBYTE;

  @TempDir private Path folder;
  private final List<Socket> sockets = new ArrayList<>();
  private Process server;
  private URI address;
  private PartnerClient client;
  private UserId user;

  @BeforeEach
  void start() throws Exception {
    user = Tenants.fill(Files.createDirectory(folder.resolve("data")), 1).getFirst();
    server =
        new ProcessBuilder(ServerProcess.launchedHere())
            .directory(folder.toFile())
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    String line =
        String.valueOf(
            new BufferedReader(
                    new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                .readLine());
    assertThat(line).startsWith("Serving at ");
    address = URI.create(line.split("[ ,]", -1)[2]);
    client = Tenants.client(address);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.destroyForcibly();
  }

  private Socket connect(String head) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    socket
        .getOutputStream()
        .write(
            ("POST /common/oauth2/token HTTP/1.1\r\nHost: here\r\n" + head)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** In turn, so that all are under way until the last one is at its end. */
  private void send(byte[] bytes, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      for (Socket socket : sockets) {
        socket.getOutputStream().write(bytes);
      }
    }
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private void assertServes(String name) {
    String changed =
        client
            .customers()
            .byId(Tenants.CUSTOMER)
            .users()
            .byId(user)
            .patch(CustomerUserUpdate.builder().displayName(name).build())
            .displayName();
    assertThat(changed).isEqualTo(name);
    assertThat(server.isAlive()).isTrue();
  }

  private void assertNothingRanOut() throws IOException {
    assertThat(Files.readString(folder.resolve("stderr"))).doesNotContain("OutOfMemory");
  }

  private static int status(Socket socket) throws IOException {
    byte[] begin = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    return Integer.parseInt(new String(begin, "HTTP/1.1 ".length(), 3, StandardCharsets.US_ASCII));
  }

  @Test
  void hundredsOfLargeBodiesAtOnceLeaveRoomForOthers() throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      boolean isChunked = i % 2 == 1;
      connect(
          isChunked
              ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(LARGEST) + "\r\n"
              : "Content-Length: " + LARGEST + "\r\n\r\n");
    }
    send(filled(PIECE), LARGEST / PIECE - 1);

    assertServes("While they send");

    send(filled(PIECE), 1);
    for (int i = 1; i < CONNECTIONS; i += 2) {
      sockets.get(i).getOutputStream().write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    List<Integer> statuses = new ArrayList<>();
    for (Socket socket : sockets) {
      statuses.add(status(socket));
    }
    assertThat(statuses).contains(400, 503).containsOnly(400, 503);
    assertServes("Afterwards");
    assertNothingRanOut();
  }

  /** A chunk of as many bytes as the client says, which nobody has asked for yet. */
  @Test
  void chunksAsLargeAsTheHeapAreNotKept() throws IOException {
    for (int i = 0; i < CONNECTIONS_OF_CHUNKS; i++) {
      connect("Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(12 * MEBIBYTE) + "\r\n");
    }
    send(filled(MEBIBYTE), 11);

    assertServes("While they send");
    assertNothingRanOut();
  }

  /** Each is a part of the heap, and all of them are more than it. */
  @Test
  void hundredMegabytesInChunksAreNotReadToTheirEnd() throws IOException {
    byte[] chunk = filled(MEBIBYTE);
    byte[] length = (Integer.toHexString(MEBIBYTE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 4; i++) {
      Socket socket = connect("Transfer-Encoding: chunked\r\n\r\n");
      int taken = 0;
      try {
        for (; taken < HUNDRED_MEGABYTES / MEBIBYTE; taken++) {
          socket.getOutputStream().write(length);
          socket.getOutputStream().write(chunk);
          socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException refused) {
        assertThat(refused).hasMessageMatching("(?i).*(broken pipe|reset|abort).*");
      }
      assertThat(taken).as("what the server reads past, and what lies on the way").isLessThan(64);
    }

    assertServes("Afterwards");
    assertNothingRanOut();
  }

  /** A line that says how long a chunk is, and never ends. */
  @Test
  void lineThatNeverEndsIsNotKept() throws IOException {
    connect("Transfer-Encoding: chunked\r\n\r\n");
    try {
      send(filled(MEBIBYTE), 320);
    } catch (IOException refused) {
      assertThat(refused).hasMessageMatching("(?i).*(broken pipe|reset|abort).*");
    }

    assertServes("Afterwards");
    assertNothingRanOut();
  }
}
