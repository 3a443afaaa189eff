package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Whatever a server answers that is asked for keys is refused, or read no further than is wanted.
 */
final class AnswerReaderFuzzTest {
  private static final int MOST_BYTES = 256;

  public static void fuzzerTestOneInput(byte[] input) {
    ByteArrayInputStream in = new ByteArrayInputStream(input);
    BoundedRetriever.Answered answered;
    try {
      answered = new AnswerReader(in, MOST_BYTES).read();
    } catch (IOException e) {
      return;
    }

    assertThat(answered.status()).isBetween(200, 599);
    assertThat(answered.body().length()).isLessThanOrEqualTo(MOST_BYTES);
    assertThat(new String(input, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.");
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
