package dev.vidame.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import dev.vidame.wire.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Whatever stands in an export, its check tells a fault; where it tells none, each line is what an
 * export writes, and the rows follow one another.
 */
final class ExportCheckFuzzTest {
  public static void fuzzerTestOneInput(byte[] input) {
    ExportCheck.Result result = check(input);

    if (!result.isIntact()) {
      assertThat(result.fault()).startsWith("Line ");
    }
    List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
    if (result.rows() == 0) {
      assertThat(result.isIntact()).isEqualTo(input.length == 0);
      return;
    }
    long seq = result.firstSeq();
    String hash = "";
    for (int i = 0; i < result.rows(); i++) {
      Change change = Change.fromJson(lines.get(i).getBytes(StandardCharsets.UTF_8));
      assertThat(new String(change.toJson(), StandardCharsets.UTF_8)).isEqualTo(lines.get(i));
      assertThat(change.seq()).isEqualTo(seq + i);
      assertThat(change.at()).isEqualTo(change.at().truncatedTo(ChronoUnit.MICROS));
      assertThat(change.isErased() && !change.fields().isEmpty()).isFalse();
      if (i > 0) {
        assertThat(change.integrity().previousHash()).isEqualTo(hash);
      }
      hash = change.integrity().hash();
    }
    assertThat(result.lastSeq()).isEqualTo(seq + result.rows() - 1);
    assertThat(result.lastHash()).isEqualTo(hash);
    if (result.isIntact()) {
      assertThat(lines).hasSize((int) result.rows());
    }
  }

  private static ExportCheck.Result check(byte[] input) {
    try {
      return new ExportCheck(new ByteArrayInputStream(input)).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
