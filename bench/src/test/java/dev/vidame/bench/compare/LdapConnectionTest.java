package dev.vidame.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.bench.BenchException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that takes one message and says what it is told to. */
class LdapConnectionTest {
  private static final HexFormat HEX = HexFormat.of();

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void bindIsAsTheStandardSays() throws Exception {
    CompletableFuture<String> heard = answer("300c02010161070a010004000400");
    try (LdapConnection connection = new LdapConnection(server.getLocalPort())) {
      connection.bind("cn=a", "pw");
    }

    assertThat(heard.get()).isEqualTo("3012020101600d020103" + "0404636e3d61" + "80027077");
  }

  @Test
  void replacedValueIsInASet() throws Exception {
    CompletableFuture<String> heard = answer("300c02010167070a010004000400");
    try (LdapConnection connection = new LdapConnection(server.getLocalPort())) {
      connection.replace("cn=a", "sn", "B");
    }

    assertThat(heard.get())
        .isEqualTo(
            "301d020101" + "6618" + "0404636e3d61" + "3010300e0a0102" + "30090402736e3103040142");
  }

  @Test
  void lengthsOfSeveralBytesAreRead() throws Exception {
    String entry = "64070403646e3d3000";
    CompletableFuture<String> heard =
        answer("3084000000" + "0c" + "020101" + entry + "300c02010165070a010004000400");
    try (LdapConnection connection = new LdapConnection(server.getLocalPort())) {
      assertThat(connection.read("cn=a")).contains("dn=");
    }
    assertThat(heard.get()).startsWith("30");
  }

  @Test
  void refusalEndsTheMeasurement() throws Exception {
    CompletableFuture<String> heard = answer("300c02010167070a013204000400");
    try (LdapConnection connection = new LdapConnection(server.getLocalPort())) {
      assertThatThrownBy(() -> connection.replace("cn=a", "sn", "B"))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("LDAP result 50");
    }
    assertThat(heard.get()).isNotEmpty();
  }

  @Test
  void entryThatIsNotThereEndsTheMeasurement()
      throws IOException, ExecutionException, InterruptedException {
    CompletableFuture<String> heard = answer("300c02010165070a010004000400");
    try (LdapConnection connection = new LdapConnection(server.getLocalPort())) {
      assertThatThrownBy(() -> connection.read("cn=a"))
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("cn=a");
    }
    assertThat(heard.get()).isNotEmpty();
  }

  /** What was sent, once this was said. */
  private CompletableFuture<String> answer(String hex) {
    CompletableFuture<String> heard = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            byte[] head = in.readNBytes(2);
            byte[] rest = in.readNBytes(head[1]);
            socket.getOutputStream().write(HEX.parseHex(hex));
            heard.complete(HEX.formatHex(head) + HEX.formatHex(rest));
          } catch (IOException e) {
            heard.completeExceptionally(e);
          }
        });
    return heard;
  }
}
