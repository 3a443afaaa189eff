package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A query is refused with 400, or read; what a client encodes comes back as it was. */
final class QueryFuzzTest {
  private static final int BAD_REQUEST = 400;

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);

    try {
      Query query = Query.of(text);
      assertThat(query.all("filter").stream().mapToInt(String::length).sum())
          .isLessThanOrEqualTo(text.length());
      assertThat(query.first("filter"))
          .isEqualTo(query.all("FILTER").stream().filter(value -> !value.isBlank()).findFirst());
    } catch (ApiException e) {
      assertThat(e.status()).isEqualTo(BAD_REQUEST);
    }
    String value = URLEncoder.encode(text, StandardCharsets.UTF_8);
    assertThat(Query.of("size=1&filter=" + value + "?size=2").all("filter")).containsExactly(text);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
