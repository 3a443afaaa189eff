package dev.vidame.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A whole comparison, with as little of everything as there can be, where wrk is installed. */
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
class CompareCommandTest {
  private static final String FIGURES =
      "\\{\"per_s\": [1-9][0-9]*, \"p50_ms\": [0-9]+\\.[0-9]{2}, \"p99_ms\": [0-9]+\\.[0-9]{2}}";

  private final PrintStream stdout = System.out;
  private final Locale locale = Locale.getDefault();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @TempDir private Path root;

  /** A checkout whose launcher takes the classes of this test, so that nothing is built. */
  @BeforeEach
  void prepare() throws IOException {
    assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
    Path launcher = root.resolve("vidame");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' dev.vidame.cli.Vidame \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Path scripts = Files.createDirectory(root.resolve("bench"));
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of(""), "*.lua")) {
      for (Path script : all) {
        Files.copy(script, scripts.resolve(script));
      }
    }
    System.setProperty("vidame.root", root.toString());
    Locale.setDefault(Locale.ROOT);
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
    Locale.setDefault(locale);
    System.clearProperty("vidame.root");
  }

  @Test
  void lastLineIsTheFiguresOfEachOperationForPrograms() {
    int code =
        new CommandLine(new CompareCommand())
            .execute(
                "--systems=vidame_sqlite",
                "--users=100",
                "--connections=4",
                "--rounds=1",
                "--warm-up=1",
                "--seconds=1");

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(code).as(String.join("\n", lines)).isZero();
    String operations =
        Stream.of("change", "read", "list")
            .map(operation -> "\"" + operation + "\": " + FIGURES)
            .collect(Collectors.joining(", "));
    assertThat(lines.getLast())
        .matches(Pattern.compile("\\{\"vidame_sqlite\": \\{" + operations + "}}"));
    assertThat(lines.getFirst()).contains("cores");
  }

  @Test
  void systemThatFailsHasNoFiguresAndIsTold() throws IOException {
    Files.writeString(root.resolve("vidame"), "#!/bin/sh\necho Nothing to serve\nexit 1\n");

    int code =
        new CommandLine(new CompareCommand()).execute("--systems=vidame_sqlite", "--users=100");

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(code).isEqualTo(1);
    assertThat(lines).anyMatch(line -> line.contains("FAILED: The server ended: Nothing to serve"));
    assertThat(lines.getLast()).isEqualTo("{}");
  }
}
