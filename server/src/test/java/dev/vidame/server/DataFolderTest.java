package dev.vidame.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.settings.SettingsLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server needs to start, and what it says when it cannot have it. */
class DataFolderTest {
  @TempDir private Path temporary;

  private VidameServer start(Path folder, String... settings) throws StartException {
    Map<String, String> flags =
        new HashMap<>(Map.of("data.folder", folder.toString(), "listen.port", "0"));
    for (int i = 0; i < settings.length; i += 2) {
      flags.put(settings[i], settings[i + 1]);
    }
    return VidameServer.start(
        SettingsLoader.load(Optional.empty(), Map.of(), flags), new MovableClock());
  }

  @Test
  void folderIsMadeForItsOwnerOnly() throws Exception {
    Path folder = temporary.resolve("a/b");

    try (VidameServer server = start(folder)) {
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(server.address().getPort()).isPositive();
    }
  }

  /** The signing key is in there, and an operator's folder is often readable by all. */
  @Test
  void filesAreTheirOwnersOnlyInAnyFolder() throws Exception {
    Path folder =
        Files.createDirectory(
            temporary.resolve("open"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

    try (VidameServer server = start(folder);
        Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(server.address()).isNotNull();
      assertThat(all).hasSizeGreaterThanOrEqualTo(3);
      assertThat(all).allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void folderIsOneServersAtATime() throws Exception {
    Path folder = temporary.resolve("data");
    try (VidameServer first = start(folder)) {
      assertThatThrownBy(() -> start(folder))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "The data folder "
                  + folder
                  + " is in use by another server. Stop it, or set data.folder.");
      assertThat(first.address()).isNotNull();
    }

    start(folder).close();
  }

  @Test
  void fileInPlaceOfTheFolderIsSaidToBeOne() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(() -> start(file))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("The data folder " + file + " cannot be used: ");
  }

  @Test
  void fileThatIsNoStoreIsRefused() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("data"));
    Files.writeString(folder.resolve("vidame.db"), "This is no database. ".repeat(1000));

    assertThatThrownBy(() -> start(folder))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("The store " + folder.resolve("vidame.db") + " cannot be opened.");
  }

  @Test
  void portThatIsTakenIsNamedAndTheFolderLetGo() throws Exception {
    Path folder = temporary.resolve("data");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> start(folder, "listen.port", port))
          .isInstanceOf(StartException.class)
          .hasMessageContaining(port)
          .hasMessageContaining("Set listen.port.");
      assertThatThrownBy(() -> start(folder, "metrics.port", port))
          .isInstanceOf(StartException.class)
          .hasMessageContaining(port)
          .hasMessageContaining("Set metrics.port.");
    }

    start(folder).close();
  }
}
