package dev.vidame.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.LogLines;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.limits.SignInGuard.Kind;
import dev.vidame.server.limits.SignInGuard.Reason;
import dev.vidame.server.limits.SignInGuard.Who;
import dev.vidame.server.metrics.RequestMetrics;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log and the metrics tell of failed sign-ins, and what they do not. */
class SignInLogTest {
  private static final UUID AGENT = UUID.fromString("d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53");

  private final MovableClock clock = new MovableClock();
  private final RequestMetrics metrics = new RequestMetrics();
  private final LogLines lines = LogLines.of(SignInLog.class.getName());
  private final SignInLog log = log(1);

  private SignInLog log(int key) {
    return new SignInLog(
        metrics,
        who -> who.name().equals("agent@a.example") ? Optional.of(AGENT) : Optional.empty(),
        new byte[] {(byte) key, 2, 3},
        clock);
  }

  @AfterEach
  void stopListening() {
    lines.close();
  }

  private static Who who(String name) {
    return new Who(Kind.PASSWORD, name, InetAddress.ofLiteral("192.0.2.1"));
  }

  @Test
  void whoIsKnownGoesByTheIdAndNobodyByAName() {
    log.failed(who("agent@a.example"), Reason.WRONG);
    log.failed(who("My-Secret-Passw0rd"), Reason.TOO_SOON);

    assertThat(lines.startingWith("INFO"))
        .first()
        .isEqualTo(
            "INFO Sign-in failed: kind=password account="
                + AGENT
                + " address=192.0.2.1 reason=wrong");
    assertThat(lines.startingWith("INFO"))
        .last()
        .asString()
        .matches(
            "INFO Sign-in failed: kind=password account=unknown-[0-9a-f]{16} address=192.0.2.1"
                + " reason=too_soon");
  }

  @Test
  void sameNameHasTheSameHashUnderTheSameKeyOnly() {
    log.failed(who("Nobody"), Reason.WRONG);
    log(1).failed(who("nobody"), Reason.WRONG);
    log(2).failed(who("nobody"), Reason.WRONG);
    log.failed(new Who(Kind.CLIENT_SECRET, "nobody", who("").address()), Reason.WRONG);

    List<String> hashes =
        lines.startingWith("INFO").stream()
            .map(line -> line.replaceAll(".*unknown-([0-9a-f]+).*", "$1"))
            .toList();
    assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
    assertThat(hashes.subList(1, 4)).doesNotHaveDuplicates();
  }

  @Test
  void sixtyFailuresAMinuteAreShownAndTheOthersAreCounted() {
    for (int i = 0; i < 1_000; i++) {
      log.failed(who("name" + i), Reason.WRONG);
    }
    assertThat(lines.startingWith("INFO")).hasSize(SignInLog.LINES_PER_MINUTE);

    clock.advance(Duration.ofSeconds(1));
    log.failed(who("one more"), Reason.WRONG);
    log.failed(who("and another"), Reason.WRONG);

    assertThat(lines.startingWith("INFO")).hasSize(SignInLog.LINES_PER_MINUTE + 1);
    assertThat(lines.startingWith("INFO").getLast()).endsWith("notShownBefore=940");
    assertThat(new String(metrics.render(), StandardCharsets.UTF_8))
        .contains("vidame_sign_in_failures_total{kind=\"password\",reason=\"wrong\"} 1002.0");
  }

  @Test
  void everyLockIsWarnedOf() {
    SignInGuard guard =
        new SignInGuard(new SignInGuard.Rules(3, Duration.ofMinutes(15), 0), log, clock);
    for (int i = 0; i < 5; i++) {
      try {
        guard.attempt(who("agent@a.example"), Optional::empty);
      } catch (SignInThrottled e) {
        assertThat(i).isGreaterThanOrEqualTo(3);
      }
    }
    clock.advance(Duration.ofMinutes(1));
    guard.attempt(who("agent@a.example"), Optional::empty);

    String begin = "WARNING Sign-in locked: kind=password account=" + AGENT + " address=192.0.2.1";
    assertThat(lines.startingWith("WARNING"))
        .containsExactly(begin + " seconds=60", begin + " seconds=120");
    assertThat(new String(metrics.render(), StandardCharsets.UTF_8))
        .contains("vidame_sign_in_locks_total{kind=\"password\"} 2.0")
        .contains("vidame_sign_in_failures_total{kind=\"password\",reason=\"wrong\"} 4.0")
        .contains("vidame_sign_in_failures_total{kind=\"password\",reason=\"too_soon\"} 2.0");
  }

  @Test
  void whoSucceedsIsNotWrittenDown() {
    SignInGuard guard =
        new SignInGuard(new SignInGuard.Rules(3, Duration.ofMinutes(15), 60), log, clock);

    guard.attempt(who("agent@a.example"), () -> Optional.of("in"));

    assertThat(lines.startingWith("")).isEmpty();
  }
}
