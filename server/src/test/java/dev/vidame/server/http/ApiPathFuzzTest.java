package dev.vidame.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A path is refused with 400, or its segments, encoded again, are the same path. */
final class ApiPathFuzzTest {
  private static final int BAD_REQUEST = 400;

  public static void fuzzerTestOneInput(byte[] input) {
    ApiPath path;
    try {
      path = ApiPath.of(new String(input, StandardCharsets.UTF_8));
    } catch (ApiException e) {
      assertThat(e.status()).isEqualTo(BAD_REQUEST);
      return;
    }

    String again =
        path.segments().stream()
            .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/", "/", ""));

    assertThat(path.segments()).noneMatch(String::isBlank);
    assertThat(ApiPath.of(again).segments()).isEqualTo(path.segments());
    assertThat(ApiPath.of(again).canonical()).isEqualTo(path.canonical());
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
