package dev.vidame.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a start consists of. */
@EnabledOnOs(OS.LINUX)
class ServerProcessTest {
  @TempDir private Path root;

  @BeforeEach
  void nameTheCheckout() {
    System.setProperty("vidame.root", root.toString());
  }

  @AfterEach
  void forgetTheCheckout() {
    System.clearProperty("vidame.root");
  }

  @Test
  void scriptThatBecomesJavaHasItsTimeWithinThatOfTheStart() throws IOException {
    int port = ServerProcess.freePort();
    List<String> command =
        List.of(
            "sh",
            "-c",
            "exec \"$0\" \"$@\"",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-m",
            "jdk.httpserver", // the smallest server that there is
            "-b",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-d",
            root.toString());

    try (RunScope scope = RunScope.open();
        ServerProcess server =
            ServerProcess.launch(scope, new ServerProcess.Address(port, "/"), command, Map.of())) {
      assertThat(server.untilJava()).isPositive().isLessThan(server.start());
    }
  }

  @Test
  void whatNeverIsJavaHasNoLauncher() throws IOException {
    try (RunScope scope = RunScope.open();
        FixedAnswer answers = new FixedAnswer("{}".getBytes(UTF_8));
        ServerProcess server =
            ServerProcess.launch(
                scope,
                new ServerProcess.Address(answers.address().getPort(), "/"),
                List.of("true"),
                Map.of())) {
      assertThat(server.start()).isGreaterThan(Duration.ZERO);
      assertThatThrownBy(server::untilJava).isInstanceOf(BenchException.class);
    }
  }
}
