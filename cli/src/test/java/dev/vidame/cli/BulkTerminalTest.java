package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.bulk.RunFiles;
import dev.vidame.harness.Until;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real terminal and without one, ended by Ctrl-C. */
@EnabledOnOs(OS.LINUX) // script and its options are those of Linux
class BulkTerminalTest {
  private static final int ROWS = 600;

  @TempDir private Path folder;
  private Path plan = Path.of("");

  @BeforeEach
  void fill() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    var _ = Tenants.fill(data, 0);
    Tenants.addMany(data, ROWS);
    StringBuilder text = new StringBuilder("userPrincipalName,displayName\n");
    for (int i = 1; i <= ROWS; i++) {
      text.append("many").append(i).append('@').append(Tenants.DOMAIN).append(",New\n");
    }
    plan = Files.writeString(folder.resolve("people.csv"), text);
  }

  private ServerProcess serve() throws IOException {
    return ServerProcess.start(folder.resolve("data"));
  }

  private void plan(URI server, String token) throws IOException, InterruptedException {
    try (BulkProcess run = BulkProcess.start(folder, server, token, "plan", plan.toString())) {
      assertThat(run.await()).as(run.err()).isZero();
      assertThat(run.err()).doesNotContain("\r");
    }
    plan = Path.of(plan + ".plan");
  }

  private Process onTerminal(URI server, String token, String... arguments) throws IOException {
    String command =
        BulkProcess.command(arguments).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", command, "/dev/null").redirectErrorStream(true);
    BulkProcess.environment(builder, server, token);
    return builder.start();
  }

  @Test
  void terminalShowsABarAndCtrlCEndsTheRun() throws Exception {
    try (ServerProcess server = serve()) {
      String token = Tenants.credential(server.address()).token().value();
      plan(server.address(), token);
      Process terminal =
          onTerminal(server.address(), token, "apply", plan.toString(), "--rate", "150");
      OutputStream keyboard = terminal.getOutputStream();
      StringBuilder screen = new StringBuilder();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(terminal.getInputStream(), StandardCharsets.UTF_8))) {
        boolean isPressed = false;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
          screen.append((char) c);
          if (!isPressed && screen.indexOf("/s  ") >= 0) {
            isPressed = true;
            keyboard.write(3);
            keyboard.flush();
          }
        }
      }

      assertThat(terminal.waitFor()).isEqualTo(130);
      assertThat(screen.toString())
          .contains("\r[")
          .contains(" left")
          .contains("It was interrupted. Go on with: vidame bulk resume " + plan);
      try (BulkProcess run =
          BulkProcess.start(folder, server.address(), token, "resume", plan.toString())) {
        assertThat(run.await()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(ROWS + " changed.\n");
      }
    }
  }

  @Test
  void nothingThatAPlanShowsStandsBehindItsBar() throws Exception {
    try (ServerProcess server = serve()) {
      String token = Tenants.credential(server.address()).token().value();
      Screen screen = new Screen();
      Process terminal = onTerminal(server.address(), token, "plan", plan.toString());

      screen.write(new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8));

      assertThat(terminal.waitFor()).isZero();
      assertThat(screen.lines())
          .anyMatch(line -> line.startsWith("~ update "))
          .noneMatch(line -> line.contains("comparing"));
    }
  }

  @Test
  void withoutATerminalThereAreLinesAndTheSignalEndsTheRun() throws Exception {
    try (ServerProcess server = serve()) {
      String token = Tenants.credential(server.address()).token().value();
      plan(server.address(), token);
      Path journal = new RunFiles(plan).run();
      try (BulkProcess run =
          BulkProcess.start(
              folder, server.address(), token, "apply", plan.toString(), "--rate", "150")) {
        Until.met(() -> !run.isAlive() || (Files.exists(journal) && Files.size(journal) >= 2000));
        run.interrupt();

        assertThat(run.await()).isEqualTo(130);
        assertThat(run.err())
            .doesNotContain("\r")
            .contains("  applying")
            .contains("It was interrupted.");
        assertThat(run.out()).contains("not done yet");
      }
    }
  }
}
