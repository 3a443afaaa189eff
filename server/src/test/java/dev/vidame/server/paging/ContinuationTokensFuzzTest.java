package dev.vidame.server.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.harness.Corpus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A forged token opens nothing; one of ours opens as what it was made of, for its partner and list
 * alone.
 */
final class ContinuationTokensFuzzTest {
  private static final int MOST_CHARS = 16_384;
  private static final String PATH = "v1/customers";
  private static final PartnerId PARTNER = new PartnerId(new UUID(1, 1));
  private static final PartnerId OTHER = new PartnerId(new UUID(1, 2));
  private static final ContinuationTokens TOKENS =
      new ContinuationTokens(
          new byte[32], Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

  /** The one whose token is in the corpus. */
  private static final String GENUINE =
      TOKENS.issue(
          PARTNER, PATH, new Continuation(Map.of("size", "2"), List.of("a"), List.of("b")));

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);

    if (TOKENS.open(PARTNER, PATH, text).isPresent()) {
      assertThat(Base64.getUrlDecoder().decode(text))
          .isEqualTo(Base64.getUrlDecoder().decode(GENUINE));
    }
    Continuation continuation = continuation(text);
    String token = TOKENS.issue(PARTNER, PATH, continuation);
    Optional<Continuation> opened = TOKENS.open(PARTNER, PATH, token);
    assertThat(opened)
        .isEqualTo(token.length() > MOST_CHARS ? Optional.empty() : Optional.of(continuation));
    assertThat(TOKENS.open(OTHER, PATH, token)).isEmpty();
    assertThat(TOKENS.open(PARTNER, PATH + "/", token)).isEmpty();
  }

  /** Each line is a parameter, named by how it begins, and a part of both keys. */
  private static Continuation continuation(String text) {
    Map<String, String> parameters = new HashMap<>();
    List<String> lines = text.lines().toList();
    for (String line : lines) {
      int half = line.offsetByCodePoints(0, line.codePointCount(0, line.length()) / 2);
      parameters.put(line.substring(0, half), line);
    }
    return new Continuation(parameters, lines, lines.reversed());
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
