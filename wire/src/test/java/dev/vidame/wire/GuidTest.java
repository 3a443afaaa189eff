package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidTest {
  private static final String LOWER = "4b10bf41-ab11-40e3-8c53-cd67849b50de";

  @Test
  void anyCaseIsReadAndLowerCaseWritten() {
    assertThat(UserId.of("4B10BF41-Ab11-40E3-8c53-CD67849B50DE")).hasToString(LOWER);
    assertThat(CustomerId.of(LOWER.toUpperCase(Locale.ROOT))).hasToString(LOWER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{4b10bf41-ab11-40e3-8c53-cd67849b50de}",
        "(4b10bf41-ab11-40e3-8c53-cd67849b50de)",
        "4b10bf41ab1140e38c53cd67849b50de",
        "4b10bf4-ab11-40e3-8c53-cd67849b50de",
        "1-1-1-1-1",
        "4b10bf41-ab1-140e3-8c53-cd67849b50de",
        "4b10bf41-ab11-40e3-8c53-cd67849b50d",
        "4b10bf41-ab11-40e3-8c53-cd67849b50de0",
        " 4b10bf41-ab11-40e3-8c53-cd67849b50d",
        "4b10bf41-ab11-40e3-8c53-cd67849b50dg",
        "4b10bf41-ab11-40e3-8c53-cd67849b50d-",
        "-b10bf41-ab11-40e3-8c53-cd67849b50de",
        "4b10bf41_ab11_40e3_8c53_cd67849b50de",
        "+b10bf41-ab11-40e3-8c53-cd67849b50de",
        "\u0664b10bf41-ab11-40e3-8c53-cd67849b50de",
        "\uff14b10bf41-ab11-40e3-8c53-cd67849b50de"
      })
  void anythingElseIsRefused(String text) {
    assertThat(Guid.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> UserId.of(text));
    assertThatIllegalArgumentException().isThrownBy(() -> CustomerId.of(text));
  }

  @Test
  void everyGuidReadsBack() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      UUID guid = new UUID(random.nextLong(), random.nextLong());

      assertThat(Guid.parse(guid.toString())).as("seed %d", seed).contains(guid);
    }
  }
}
