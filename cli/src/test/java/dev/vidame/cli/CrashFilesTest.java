package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.sdk.PartnerClient;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crash of the JVM leaves a report, which people send to each other, and nothing secret in it.
 */
@EnabledOnOs(OS.LINUX)
class CrashFilesTest {
  private static final String KEY =
      Base64.getEncoder()
          .encodeToString("Planted key, of 32 bytes exactly".getBytes(StandardCharsets.US_ASCII));

  private static final String NEW_PASSWORD = "Planted-Password-77";

  @TempDir private Path folder;

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    // The system may write core files, as far as the JVM lets it.
    command.addAll(List.of("bash", "-c", "ulimit -c unlimited; exec \"$@\"", "bash"));
    command.addAll(ServerProcess.launchedHere());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("stderr").toFile());
    builder.environment().put("VIDAME_SECRETS_KEY", KEY);
    return builder.start();
  }

  @Test
  void nothingSecretIsLeftByACrash() throws Exception {
    UserId user = Tenants.fill(Files.createDirectory(folder.resolve("data")), 1).getFirst();
    Process server = start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String line = String.valueOf(out.readLine());
      assertThat(line).startsWith("Serving at ");
      PartnerClient client = Tenants.client(URI.create(line.split("[ ,]", -1)[2]));
      client
          .customers()
          .byId(Tenants.CUSTOMER)
          .users()
          .byId(user)
          .patch(
              CustomerUserUpdate.builder()
                  .passwordProfile(PasswordProfile.temporary(NEW_PASSWORD))
                  .build());

      crash(server);
      out.lines().forEach(rest -> assertThat(rest).doesNotContain("Planted"));
    } finally {
      server.destroyForcibly();
    }

    List<Path> left = left();
    assertThat(left).anyMatch(file -> name(file).startsWith("hs_err_"));
    assertThat(left).noneMatch(file -> name(file).startsWith("core"));
    for (Path file : left) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain(KEY, NEW_PASSWORD, Tenants.PASSWORD, Tenants.SECRET, "eyJ", "\"d\":");
    }
  }

  private static void crash(Process server) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-SEGV", Long.toString(server.pid())).start();
    assertThat(kill.waitFor()).isZero();
    assertThat(server.waitFor()).isNotZero();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** All files but those of the store. */
  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
