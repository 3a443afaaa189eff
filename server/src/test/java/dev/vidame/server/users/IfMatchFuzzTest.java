package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.users.EntityTag;
import dev.vidame.harness.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Whatever a header says, it names any version, or one, and a version is read in each of its forms.
 */
final class IfMatchFuzzTest {
  private static final EntityTag NEVER = new EntityTag.Exactly(-1);

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);

    EntityTag tag = IfMatch.of(Optional.of(text));

    if (tag instanceof EntityTag.Exactly(long version) && version >= 0) {
      for (String form : new String[] {"%d", "\"%d\"", "W/\"%d\"", " W/%d\t"}) {
        assertThat(IfMatch.of(Optional.of(form.formatted(version)))).isEqualTo(tag);
      }
      assertThat(text).contains(Long.toString(version));
    } else if (tag instanceof EntityTag.Any) {
      assertThat(text.strip()).isEqualTo("*");
    } else {
      assertThat(tag).isEqualTo(NEVER);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
