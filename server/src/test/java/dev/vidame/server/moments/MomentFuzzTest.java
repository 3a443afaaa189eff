package dev.vidame.server.moments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A text is no moment, or one whose ISO 8601 form is read as the same. */
final class MomentFuzzTest {
  private static final int LAST_YEAR = 9999;

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);

    Moment.ofIso(text).ifPresent(MomentFuzzTest::check);
    Optional<Moment> moment = Moment.parse(text);

    moment.ifPresent(found -> {
      check(found);
      Instant first = found.first();
      assertThat(first.atOffset(ZoneOffset.UTC).getYear()).isBetween(0, LAST_YEAR);
      assertThat(Moment.parse(first.toString())).contains(new Moment(first, first));
    });
  }

  private static void check(Moment moment) {
    assertThat(moment.last()).isAfterOrEqualTo(moment.first());
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
