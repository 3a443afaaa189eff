package dev.vidame.directory.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a version asks is kept for the next one, which must not hinder it. Before a migration is
 * added, {@code -Dvidame.keep-statements=true} writes the statements of the version that knows none
 * of it.
 */
class KeptStatementsTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/vidame/directory/storage/statements");

  private static Path file(int version) {
    return FOLDER.resolve("V" + version + ".txt");
  }

  @Test
  void statementsOfTheVersionBeforeAreKept() throws IOException {
    if (Boolean.getBoolean("vidame.keep-statements")) {
      Files.write(
          file(Schema.newest()),
          StatementsTest.statements().stream()
              .map(one -> one.name() + "\t" + one.text().replace("\u001f", "\\u001f"))
              .collect(Collectors.toCollection(TreeSet::new)));
    }

    assertThat(file(Schema.newest() - 1))
        .as("take the newest migration away and run this test with -Dvidame.keep-statements=true")
        .isNotEmptyFile();
  }
}
