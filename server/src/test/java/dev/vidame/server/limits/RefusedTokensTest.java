package dev.vidame.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.MovableClock;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** What is remembered of addresses whose tokens were refused. */
final class RefusedTokensTest {
  private final MovableClock clock = new MovableClock();
  private final RefusedTokens refused = RefusedTokens.of(2, clock);

  private boolean isTaken(String address) {
    return refused.take(InetAddress.ofLiteral(address)).isEmpty();
  }

  @Test
  void addressesOfOneNetworkShareWhatIsLeftAndOthersDoNot() {
    assertThat(isTaken("2001:db8:1:2::1")).isTrue();
    assertThat(isTaken("2001:db8:1:2:ffff::9")).isTrue();

    assertThat(isTaken("2001:db8:1:2::3")).isFalse();
    assertThat(isTaken("2001:db8:1:3::1")).isTrue();
    assertThat(isTaken("192.0.2.1")).isTrue();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    InetAddress address = InetAddress.ofLiteral("192.0.2.1");
    for (int i = 0; i < 10; i++) {
      assertThat(isTaken("192.0.2.1")).isTrue();
      refused.giveBack(address);
    }
  }

  @Test
  void noMoreIsRememberedThanThereIsRoomFor() {
    for (int i = 0; i < 150_000; i++) {
      isTaken("10.%d.%d.%d".formatted(i >> 16, (i >> 8) & 255, i & 255));
      refused.remember("token-" + i);
    }

    assertThat(refused.remembered()).isBetween(100_000L, 200_000L);
  }
}
