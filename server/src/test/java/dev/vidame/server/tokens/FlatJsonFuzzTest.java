package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * What a token or an answer about tokens holds is flat, or is not read; what is read is written as
 * the same.
 */
final class FlatJsonFuzzTest {
  public static void fuzzerTestOneInput(byte[] input) {
    Optional<Map<String, Object>> members = FlatJson.read(input);

    members.ifPresent(found -> {
      assertThat(found.values()).allMatch(FlatJsonFuzzTest::isFlat);
      assertThat(FlatJson.read(FlatJson.write(found))).isEqualTo(members);
    });
  }

  private static boolean isFlat(Object value) {
    return value instanceof List<?> items
        ? items.stream().allMatch(FlatJsonFuzzTest::isScalar)
        : isScalar(value);
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Long;
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
