package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.server.tokens.Verification.Verified;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenSettingsTest {
  @Test
  void durationsOutOfRangeAreRefused() {
    TokenSettings settings = TokenSettings.standard();

    for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(1500))) {
      assertThatThrownBy(() -> settings.withAccessTokenLifetime(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration bad : List.of(Duration.ofSeconds(-1), Duration.ofMillis(60_001))) {
      assertThatThrownBy(() -> settings.withClockSkew(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void lifetimeAndSkewAreHonoured(@TempDir Path folder) {
    TokenSettings settings =
        TokenSettings.standard()
            .withAccessTokenLifetime(Duration.ofMinutes(5))
            .withClockSkew(Duration.ZERO);
    try (World world = new World(folder, settings)) {
      String token = world.appOnlyToken();

      assertThat(world.claims(token)).containsEntry("exp", World.START_SECOND + 300);
      world.clock.advance(Duration.ofSeconds(299));
      assertThat(world.verify(token)).isInstanceOf(Verified.class);
      world.clock.advance(Duration.ofSeconds(1));
      assertThat(world.verify(token)).isNotInstanceOf(Verified.class);
    }
  }
}
