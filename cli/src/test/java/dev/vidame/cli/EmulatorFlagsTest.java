package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** An emulator takes what clients in use send, unless it is told not to. */
final class EmulatorFlagsTest {
  @Test
  void olderWaysToSignInAreTaken() {
    assertThat(Emulator.flags(Map.of(), null))
        .containsEntry("auth.password-grant", "true")
        .containsEntry("auth.nonce-instead-of-pkce", "true");
  }

  @Test
  void whatIsGivenGoesOverThem() {
    assertThat(Emulator.flags(Map.of("auth.nonce-instead-of-pkce", "false"), null))
        .containsEntry("auth.nonce-instead-of-pkce", "false");
  }
}
