package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A form is refused as one that cannot be decoded, or reads the same when it is encoded again. */
final class FormBodyFuzzTest {
  public static void fuzzerTestOneInput(byte[] input) {
    Map<String, String> fields;
    try {
      fields = FormBody.parse(input);
    } catch (IllegalArgumentException e) {
      assertThat(new String(input, StandardCharsets.UTF_8)).contains("%");
      return;
    }

    String again =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));

    assertThat(FormBody.parse(again.getBytes(StandardCharsets.UTF_8))).isEqualTo(fields);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
