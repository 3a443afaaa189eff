package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A signed token has one text: what is taken apart is put together again as it was. */
final class CompactTokenFuzzTest {
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    CompactToken token;
    try {
      token = CompactToken.parse(text);
    } catch (TokenRefused e) {
      return;
    }

    String signed = new String(token.signedBytes(), StandardCharsets.US_ASCII);
    assertThat(signed + "." + token.signature()).isEqualTo(text);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
