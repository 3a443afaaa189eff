package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A GUID is what its form says, and nothing else. */
final class GuidFuzzTest {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);

    Optional<UUID> guid = Guid.parse(text);

    assertThat(guid.isPresent()).isEqualTo(FORM.matcher(text).matches());
    guid.ifPresent(found -> assertThat(found.toString()).isEqualToIgnoringCase(text));
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
