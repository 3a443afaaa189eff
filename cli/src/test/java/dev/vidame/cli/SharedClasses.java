package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The program's classes as a JVM has them in memory once a server has started (class data sharing),
 * with which the next one starts for two thirds of the processor time. Made once for each JVM that
 * runs tests, and gone with it. A JVM takes them only where its class path is all jars.
 */
final class SharedClasses {
  private static final String OF_TESTS = "test-classes";

  private final Path folder;
  private final String classPath;

  private SharedClasses(Path folder) {
    this.folder = folder;
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.isRegularFile(Path.of(entry))) {
        jars.add(entry);
      } else if (Files.isDirectory(Path.of(entry)) && !entry.endsWith(OF_TESTS)) {
        jars.add(packed(entry, folder.resolve(jars.size() + ".jar")));
      }
    }
    classPath = String.join(File.pathSeparator, jars);
  }

  private static String packed(String classes, Path jar) {
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "--create", "--file=" + jar, "-C", classes, ".");
    assertThat(code).isZero();
    return jar.toString();
  }

  /** Those of this JVM. */
  static SharedClasses get() {
    return Holder.MADE;
  }

  private static final class Holder {
    private static final SharedClasses MADE = make();

    private Holder() {}
  }

  private static SharedClasses make() {
    try {
      Path folder = Files.createTempDirectory("vidame-classes");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      SharedClasses made = new SharedClasses(folder);
      made.record();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  private void record() throws IOException, InterruptedException {
    List<String> flags = Program.brief("-Xmx160m", "-XX:ArchiveClassesAtExit=" + archive());
    Path data = folder.resolve("data");
    Path said = folder.resolve("stderr");
    Process server =
        new ProcessBuilder(
                Program.commandWith(
                    classPath, flags, "serve", "--data", data.toString(), "--port", "0"))
            .redirectError(said.toFile())
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).startsWith("Serving at ");
      server.toHandle().destroy();
      server.waitFor();
    }
    assertThat(archive()).as(Files.readString(said)).exists();
  }

  /** The jars. */
  String classPath() {
    return classPath;
  }

  /** What makes a JVM take them. */
  String flag() {
    return "-XX:SharedArchiveFile=" + archive();
  }
}
