package dev.vidame.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} lists every setting, and no other, with what the code says. */
class ConfigurationDocumentTest {
  @Test
  void tableIsTheCodesTable() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Settings.ALL.stream().map(ConfigurationDocumentTest::row).toList());
  }

  private static String row(Setting<?> setting) {
    return "| `%s` | `%s` | %s | %s |"
        .formatted(setting.name(), setting.variable(), defaultOf(setting), setting.description());
  }

  private static String defaultOf(Setting<?> setting) {
    if (setting.equals(Settings.HASHING_THREADS)) {
      return "one per processor";
    }
    return setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`";
  }
}
