package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A form with files is refused as a whole, or holds no more than was sent. */
final class MultipartFuzzTest {
  private static final String TYPE = "multipart/form-data; boundary=b";

  public static void fuzzerTestOneInput(byte[] input) {
    Multipart form;
    try {
      form = Multipart.parse(TYPE, input);
    } catch (IllegalArgumentException e) {
      return;
    }

    int length =
        form.fields().entrySet().stream()
            .mapToInt(field -> field.getKey().length() + field.getValue().length())
            .sum();
    int fileLength =
        Stream.of("file", "a")
            .map(form::file)
            .flatMap(Optional::stream)
            .mapToInt(file -> file.name().length() + file.content().length)
            .sum();
    assertThat(length + fileLength).isLessThan(input.length);
    assertThat(new String(input, StandardCharsets.ISO_8859_1)).startsWith("--b").contains("--b--");
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
