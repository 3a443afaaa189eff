package dev.vidame.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.harness.Together;
import dev.vidame.server.limits.SignInGuard.Kind;
import dev.vidame.server.limits.SignInGuard.Rules;
import dev.vidame.server.limits.SignInGuard.Who;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who guesses waits, and nobody else does. */
final class SignInGuardTest {
  private static final String AGENT = "agent@partner.example";
  private static final String HOME = "192.0.2.1";
  private static final String STRANGER = "198.51.100.1";

  private final MovableClock clock = new MovableClock();
  private final SignInGuard guard =
      new SignInGuard(new Rules(10, Duration.ofMinutes(15), 60), clock);

  private static Who who(String name, String address) {
    return new Who(Kind.PASSWORD, name, InetAddress.ofLiteral(address));
  }

  /** How long the try has to wait, in seconds; 0 when it was let in. */
  private long tried(Who who, boolean isRight) {
    try {
      assertThat(
              guard.attempt(who, () -> isRight ? Optional.of(who) : Optional.empty()).isPresent())
          .isEqualTo(isRight);
      return 0;
    } catch (SignInThrottled e) {
      return e.retryAfter().toSeconds();
    }
  }

  private void fail(Who who, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(tried(who, false)).as("failure %d", i + 1).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theTenthFailureLocksForAMinuteAndEachFurtherOneTwiceAsLong(Kind kind) {
    Who stranger = new Who(kind, AGENT, InetAddress.ofLiteral(STRANGER));
    fail(stranger, 10);

    for (int minutes : new int[] {1, 2, 4, 8, 15, 15, 15}) {
      assertThat(tried(stranger, true)).isEqualTo(Duration.ofMinutes(minutes).toSeconds());
      clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
      assertThat(tried(stranger, true)).isEqualTo(1);
      clock.advance(Duration.ofSeconds(1));
      fail(stranger, 1);
    }
  }

  private static Who secondFactor(String address) {
    return new Who(Kind.SECOND_FACTOR, AGENT, InetAddress.ofLiteral(address));
  }

  /** Whoever gets as far has the password, so an address that is known means nothing. */
  @Test
  void guessesAtASecondFactorAreCountedTogetherWhereverTheyComeFrom() {
    assertThat(tried(secondFactor(HOME), true)).isZero();
    for (int i = 0; i < 10; i++) {
      fail(secondFactor(i % 2 == 0 ? HOME : "198.51.100." + i), 1);
    }

    assertThat(tried(secondFactor(HOME), true)).isEqualTo(60);
    assertThat(tried(secondFactor("203.0.113.99"), true)).isEqualTo(60);
    assertThat(tried(who(AGENT, HOME), true)).as("the password").isZero();
  }

  @Test
  void aSecondFactorIsLookedAtWhereOthersHaveUsedUpTheAddress() {
    for (int i = 0; i < 60; i++) {
      assertThat(tried(who("nobody-" + i, HOME), false)).isZero();
    }
    assertThat(tried(who("nobody", HOME), false)).isPositive();

    assertThat(tried(secondFactor(HOME), true)).isZero();
  }

  @Test
  void noMoreGuessesAtASecondFactorAreUnderWayThanMayFail()
      throws InterruptedException, ExecutionException {
    AtomicInteger looked = new AtomicInteger();
    CountDownLatch gate = new CountDownLatch(1);

    List<Boolean> throttled =
        Together.run(
            64,
            i ->
                () -> {
                  try {
                    guard.attempt(
                        secondFactor(HOME),
                        () -> {
                          looked.incrementAndGet();
                          return awaited(gate);
                        });
                    return false;
                  } catch (SignInThrottled e) {
                    gate.countDown();
                    return true;
                  }
                });

    assertThat(looked).hasValueLessThanOrEqualTo(10);
    assertThat(throttled).contains(true);
  }

  @Test
  void aRefusedTryAsksForNoProofAndMakesTheWaitNoLonger() {
    Who stranger = who(AGENT, STRANGER);
    fail(stranger, 10);
    AtomicInteger proofs = new AtomicInteger();

    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() ->
              guard.attempt(
                  stranger,
                  () -> {
                    proofs.incrementAndGet();
                    return Optional.empty();
                  }))
          .isInstanceOf(SignInThrottled.class);
    }
    clock.advance(Duration.ofMinutes(1));

    assertThat(proofs).hasValue(0);
    assertThat(tried(stranger, true)).isZero();
  }

  @Test
  void strangersLockNobodyOutWhereTheyAreKnown() {
    assertThat(tried(who(AGENT, HOME), true)).isZero();
    for (int address = 1; address <= 10; address++) {
      fail(who(AGENT, "198.51.100." + address), 1);
    }

    assertThat(tried(who(AGENT, "198.51.100.200"), false)).isEqualTo(60);
    assertThat(tried(who(AGENT, HOME), true)).isZero();
    assertThat(tried(who(AGENT, HOME), false)).isZero();
    assertThat(tried(who(AGENT, HOME), true)).isZero();
  }

  /** Where they are not, it is for a quarter of an hour at most, once the guessing ends. */
  @Test
  void aNewAddressIsLetInAfterTheLongestLock() {
    Who stranger = who(AGENT, STRANGER);
    fail(stranger, 10);
    for (int i = 0; i < 50; i++) {
      clock.advance(Duration.ofMinutes(15));
      fail(stranger, 1);
    }

    assertThat(tried(who(AGENT, "203.0.113.9"), true)).isEqualTo(900);
    clock.advance(Duration.ofMinutes(15));
    assertThat(tried(who(AGENT, "203.0.113.9"), true)).isZero();
  }

  @Test
  void aKnownAddressHasItsOwnLock() {
    assertThat(tried(who(AGENT, HOME), true)).isZero();

    fail(who(AGENT, HOME), 10);

    assertThat(tried(who(AGENT, HOME), true)).isEqualTo(60);
    assertThat(tried(who(AGENT, STRANGER), false)).isZero();
    assertThat(tried(who("other@partner.example", HOME), true)).isZero();
  }

  @Test
  void anAddressIsKnownForThirtyDays() {
    assertThat(tried(who(AGENT, HOME), true)).isZero();
    clock.advance(Duration.ofDays(30).plusSeconds(1));
    fail(who(AGENT, STRANGER), 10);

    assertThat(tried(who(AGENT, HOME), true)).isEqualTo(60);
  }

  @Test
  void anHourWithoutFailuresClearsTheCount() {
    fail(who(AGENT, STRANGER), 9);
    clock.advance(Duration.ofHours(1).plusSeconds(1));

    fail(who(AGENT, STRANGER), 9);
  }

  @Test
  void oneAddressFailsSixtyTimesAMinuteWhateverTheNames() {
    for (int i = 0; i < 60; i++) {
      fail(who("user" + i, STRANGER), 1);
    }

    assertThat(tried(who("user60", STRANGER), false)).isEqualTo(1);
    assertThat(tried(who("user60", HOME), false)).isZero();
    clock.advance(Duration.ofSeconds(1));
    fail(who("user60", STRANGER), 1);
  }

  /** Whoever has one account must not clear what guesses at others have cost. */
  @Test
  void ownSuccessClearsNothingOfOthers() {
    for (int i = 0; i < 60; i++) {
      fail(who("user" + i, STRANGER), 1);
      assertThat(tried(who("own", STRANGER), true)).isZero();
    }

    assertThat(tried(who("user60", STRANGER), false)).isEqualTo(1);
  }

  @Test
  void namesInAnyCaseAreOne() {
    fail(who(AGENT, STRANGER), 5);
    fail(who("AGENT@partner.EXAMPLE", STRANGER), 5);

    assertThat(tried(who(AGENT, "203.0.113.9"), false)).isEqualTo(60);
  }

  @Test
  void oneNetworkOfTheNewProtocolIsOneAddress() {
    assertThat(tried(who(AGENT, "2001:db8:1:2::1"), true)).isZero();
    fail(who(AGENT, "2001:db8:9:9::1"), 10);

    assertThat(tried(who(AGENT, "2001:db8:1:2:ffff::7"), true)).isZero();
    assertThat(tried(who(AGENT, "2001:db8:1:3::1"), true)).isEqualTo(60);
  }

  @Test
  void applicationsAreNotAgents() {
    fail(who(AGENT, STRANGER), 10);

    assertThat(tried(new Who(Kind.CLIENT_SECRET, AGENT, InetAddress.ofLiteral(STRANGER)), true))
        .isZero();
  }

  @Test
  void aTryThatTheStoreCannotAnswerIsNotCounted() {
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() ->
              guard.attempt(
                  who(AGENT, STRANGER),
                  () -> {
                    throw new IllegalStateException("store");
                  }))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(tried(who(AGENT, STRANGER), true)).isZero();
  }

  /** All have begun before one of them ends. */
  @Test
  void ofManyAtOnceNoMoreThanTenAreLetIn() throws InterruptedException, ExecutionException {
    AtomicInteger proofs = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(64);

    Together.run(64, number -> () -> guess("198.51.100." + number, proofs, begun));

    assertThat(proofs.get()).isEqualTo(10);
  }

  private boolean guess(String address, AtomicInteger proofs, CountDownLatch begun) {
    try {
      guard.attempt(
          who(AGENT, address),
          () -> {
            proofs.incrementAndGet();
            begun.countDown();
            return awaited(begun);
          });
      return true;
    } catch (SignInThrottled e) {
      begun.countDown();
      return false;
    }
  }

  private static Optional<String> awaited(CountDownLatch begun) {
    try {
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A service that starts asks for many tokens at once. */
  @Test
  void manyGoodSecretsAtOnceAreAllLetIn() throws InterruptedException, ExecutionException {
    Who service = new Who(Kind.CLIENT_SECRET, "an id", InetAddress.ofLiteral(HOME));

    assertThat(
            Together.run(
                200,
                number -> () -> guard.attempt(service, () -> Optional.of(service)).orElseThrow()))
        .hasSize(200);
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 300_000; i++) {
      Who any = who("user" + i, "10.%d.%d.%d".formatted(i >> 16, (i >> 8) & 255, i & 255));
      assertThat(tried(any, false)).isZero();
    }

    assertThat(guard.counts()).isLessThanOrEqualTo(200_000);
  }

  @Test
  void aClockThatIsSetBackLocksNobodyOutForLonger() {
    fail(who(AGENT, STRANGER), 10);
    clock.advance(Duration.ofDays(-300));

    assertThat(tried(who(AGENT, STRANGER), true)).isLessThanOrEqualTo(900);
  }

  @Test
  void anOpenGuardLetsEverybodyTry() {
    for (int i = 0; i < 1000; i++) {
      assertThat(SignInGuard.open().<String>attempt(who(AGENT, STRANGER), Optional::empty))
          .isEmpty();
    }
  }
}
