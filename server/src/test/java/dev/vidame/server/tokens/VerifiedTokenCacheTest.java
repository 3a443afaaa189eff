package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.tokens.TokenVerifier.Check;
import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.server.tokens.Verification.Rejected;
import dev.vidame.server.tokens.Verification.Verified;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifiedTokenCacheTest {
  @TempDir private Path folder;
  private final AtomicInteger lookups = new AtomicInteger();
  private World world;
  private TokenVerifier verifier;

  @BeforeEach
  void open() {
    world = new World(folder);
    SigningKeyRing keys =
        SigningKeyRing.open(world.directory.signingKeys(), Duration.ofHours(1), world.clock);
    verifier =
        world.newVerifier(keyId -> {
          lookups.incrementAndGet();
          return keys.verifier(keyId);
        });
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aGoodTokenIsCheckedOnce() {
    String token = world.userToken();

    Verification first = verifier.verify(token);
    Verification second = verifier.verify(new String(token));

    assertThat(first).isInstanceOf(Verified.class);
    assertThat(second).isSameAs(first);
    assertThat(lookups).hasValue(1);
  }

  @Test
  void differentTokensAreDifferentCallers() {
    Verification user = verifier.verify(world.userToken());
    Verification app = verifier.verify(world.appOnlyToken());

    assertThat(user).isNotEqualTo(app);
    assertThat(lookups).hasValue(2);
  }

  @Test
  void aBadTokenIsCheckedEveryTime() {
    String token = world.userToken();
    String bad = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";

    assertThat(verifier.verify(bad)).isEqualTo(new Rejected(Reason.SIGNATURE));
    assertThat(verifier.verify(bad)).isEqualTo(new Rejected(Reason.SIGNATURE));
    assertThat(lookups).hasValue(2);
  }

  /** Who decides it is asked between the look-up and the check, so neither happens twice. */
  @Test
  void whetherATokenIsCheckedIsDecidedOnlyWhereItIsNotRemembered() {
    String token = world.userToken();
    Verification refusal = new Rejected(Reason.EXPIRED);

    assertThat(verifier.verify(token, check -> refusal)).isSameAs(refusal);
    assertThat(lookups).hasValue(0);
    assertThat(verifier.verify(token, Check::verification)).isInstanceOf(Verified.class);
    assertThat(verifier.verify(token, check -> refusal)).isInstanceOf(Verified.class);
    assertThat(lookups).hasValue(1);
  }

  @Test
  void aRememberedTokenEndsOnTime() {
    String token = world.userToken();
    assertThat(verifier.verify(token)).isInstanceOf(Verified.class);

    world.clock.set(World.START.minusMillis(250).plusSeconds(3600 + 30).minusNanos(1));
    assertThat(verifier.verify(token)).isInstanceOf(Verified.class);
    world.clock.advance(Duration.ofNanos(1));

    assertThat(verifier.verify(token)).isEqualTo(new Rejected(Reason.EXPIRED));
    assertThat(lookups).hasValue(1);
  }
}
