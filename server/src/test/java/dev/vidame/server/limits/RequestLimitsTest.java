package dev.vidame.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.harness.Together;
import dev.vidame.server.limits.RequestLimits.Refusal;
import dev.vidame.server.limits.RequestLimits.Scope;
import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitsTest {
  private static final PartnerId PARTNER = new PartnerId(new UUID(1, 1));
  private static final PartnerId OTHER_PARTNER = new PartnerId(new UUID(1, 2));

  private final MovableClock clock = new MovableClock();

  private RequestLimits limits(int partner, int customer) {
    return RequestLimits.of(partner, customer, clock);
  }

  private static CustomerId customer(int number) {
    return new CustomerId(new UUID(2, number));
  }

  private static boolean letsIn(
      RequestLimits limits, PartnerId partner, @Nullable CustomerId customer) {
    return limits.take(partner, customer).isEmpty();
  }

  /** How many of so many requests are let in at this moment. */
  private static int letIn(RequestLimits limits, @Nullable CustomerId customer, int tries) {
    int count = 0;
    for (int i = 0; i < tries; i++) {
      count += letsIn(limits, PARTNER, customer) ? 1 : 0;
    }
    return count;
  }

  @Test
  void nothingIsRefusedOrRememberedWithoutALimit() {
    RequestLimits limits = limits(0, 0);

    assertThat(letIn(limits, customer(1), 100_000)).isEqualTo(100_000);
    assertThat(limits.partners()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 60, 500, 999})
  void minutesWorthComesAtOnceAndThenOneByOne(int perMinute) {
    RequestLimits limits = limits(0, perMinute);

    assertThat(letIn(limits, customer(1), perMinute + 5)).isEqualTo(perMinute);
    for (int i = 0; i < 3; i++) {
      Duration wait = limits.take(PARTNER, customer(1)).orElseThrow().retryAfter();
      assertThat(wait).isPositive().isLessThanOrEqualTo(new Wait(perMinute).longest());
      clock.advance(wait);
      assertThat(letIn(limits, customer(1), 5)).isEqualTo(1);
    }
    clock.advance(Duration.ofMinutes(1).plusMillis(1));
    assertThat(letIn(limits, customer(1), perMinute + 5)).isEqualTo(perMinute);
  }

  /** The distance of two requests, rounded up. */
  private record Wait(int perMinute) {
    Duration longest() {
      return Duration.ofMinutes(1).dividedBy(perMinute).plusNanos(1);
    }
  }

  @Test
  void waitIsAsLongAsItIsSaidAndNotAMillisecondShorter() {
    RequestLimits limits = limits(0, 4);
    letIn(limits, customer(1), 4);

    Refusal refusal = limits.take(PARTNER, customer(1)).orElseThrow();

    assertThat(refusal).isEqualTo(new Refusal(Scope.CUSTOMER, Duration.ofSeconds(15)));
    clock.advance(Duration.ofSeconds(15).minusMillis(1));
    assertThat(limits.take(PARTNER, customer(1)))
        .contains(new Refusal(Scope.CUSTOMER, Duration.ofMillis(1)));
    clock.advance(Duration.ofMillis(1));
    assertThat(limits.take(PARTNER, customer(1))).isEmpty();
  }

  @Test
  void refusedRequestsTakeNothing() {
    RequestLimits limits = limits(0, 1);
    assertThat(letIn(limits, customer(1), 100_000)).isEqualTo(1);

    clock.advance(Duration.ofMinutes(1));

    assertThat(letIn(limits, customer(1), 2)).isEqualTo(1);
  }

  @Test
  void customersOfAPartnerDoNotCountForEachOther() {
    RequestLimits limits = limits(0, 10);

    assertThat(letIn(limits, customer(1), 20)).isEqualTo(10);
    assertThat(letIn(limits, customer(2), 20)).isEqualTo(10);
    assertThat(letsIn(limits, PARTNER, null)).isTrue();
  }

  @Test
  void partnersDoNotCountForEachOther() {
    RequestLimits limits = limits(10, 10);
    assertThat(letIn(limits, customer(1), 20)).isEqualTo(10);

    assertThat(letsIn(limits, OTHER_PARTNER, customer(1))).isTrue();
    assertThat(letsIn(limits, OTHER_PARTNER, null)).isTrue();
    assertThat(limits.take(PARTNER, null).orElseThrow().scope()).isEqualTo(Scope.PARTNER);
  }

  @Test
  void requestsForCustomersCountForThePartnerToo() {
    RequestLimits limits = limits(10, 4);

    assertThat(letIn(limits, customer(1), 20)).isEqualTo(4);
    assertThat(letIn(limits, customer(2), 20)).isEqualTo(4);
    assertThat(letIn(limits, customer(3), 20)).isEqualTo(2);
    assertThat(letIn(limits, null, 20)).isZero();
  }

  @Test
  void ofTwoLimitsTheOneThatLastsLongerIsNamedAndItsWaitIsEnough() {
    RequestLimits limits = limits(2, 1);
    letIn(limits, customer(1), 1);
    letIn(limits, customer(2), 1);

    assertThat(limits.take(PARTNER, customer(1)))
        .contains(new Refusal(Scope.CUSTOMER, Duration.ofMinutes(1)));
    assertThat(limits.take(PARTNER, customer(3)))
        .contains(new Refusal(Scope.PARTNER, Duration.ofSeconds(30)));
    clock.advance(Duration.ofMinutes(1));
    assertThat(letsIn(limits, PARTNER, customer(1))).isTrue();
  }

  /** What the partner's limit refuses must not wear down the customer's. */
  @Test
  void requestThatOneLimitRefusesIsNotTakenFromTheOther() {
    RequestLimits limits = limits(1, 2);
    letIn(limits, customer(1), 50);

    clock.advance(Duration.ofSeconds(60));

    assertThat(letsIn(limits, PARTNER, customer(1))).isTrue();
  }

  @Test
  void clockSetBackLocksNobodyOutForLongerThanAnEmptyBudget() {
    RequestLimits limits = limits(2, 2);
    letIn(limits, customer(1), 1);

    clock.advance(Duration.ofDays(-1));

    Duration wait =
        limits.take(PARTNER, customer(1)).map(Refusal::retryAfter).orElse(Duration.ZERO);
    assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(30));
    clock.advance(wait);
    assertThat(letsIn(limits, PARTNER, customer(1))).isTrue();
  }

  /** Whoever names customers that do not exist fills no memory, and gets rid of no limit. */
  @Test
  void inventedCustomersHaveRoomForSoManyAndFreeNobodysBudget() {
    RequestLimits limits = limits(0, 2);
    assertThat(letIn(limits, customer(0), 3)).isEqualTo(2);

    int refused = 0;
    for (int i = 1; i < 100_000; i++) {
      refused += letsIn(limits, PARTNER, customer(i)) ? 0 : 1;
    }

    assertThat(limits.customersOf(PARTNER)).isEqualTo(PartnerBudget.MOST_CUSTOMERS);
    assertThat(refused).isEqualTo(100_000 - PartnerBudget.MOST_CUSTOMERS - 2);
    assertThat(letsIn(limits, PARTNER, customer(0))).isFalse();
    assertThat(letsIn(limits, OTHER_PARTNER, customer(99_999))).isTrue();
  }

  /** Of whom nothing was remembered must not get more than its pace when there is room again. */
  @Test
  void customerThatFindsRoomLaterGetsNoSecondBudget() {
    RequestLimits limits = limits(0, 2);
    for (int i = 0; i < PartnerBudget.MOST_CUSTOMERS; i++) {
      limits.take(PARTNER, customer(i));
    }
    clock.advance(Duration.ofSeconds(29));
    CustomerId late = customer(1_000_000);
    assertThat(letIn(limits, late, 5)).isEqualTo(2);

    clock.advance(Duration.ofSeconds(1));

    assertThat(letIn(limits, customer(1_000_001), 1)).isZero();
    assertThat(letIn(limits, late, 5)).isZero();
    clock.advance(Duration.ofSeconds(29));
    assertThat(letIn(limits, late, 5)).isEqualTo(1);
  }

  @Test
  void wholeBudgetsAreForgottenWhileOthersAreUsed() {
    RequestLimits limits = limits(0, 60);
    for (int i = 0; i < 5_000; i++) {
      limits.take(PARTNER, customer(i));
    }
    assertThat(limits.customersOf(PARTNER)).isEqualTo(5_000);

    clock.advance(Duration.ofSeconds(2));
    for (int i = 0; i < 2_500; i++) {
      limits.take(PARTNER, customer(1_000_000));
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(limits.customersOf(PARTNER)).isEqualTo(1);
  }

  @Test
  void quietPartnersAreForgotten() {
    RequestLimits limits = limits(1, 0);
    for (int i = 0; i < 1_000; i++) {
      limits.take(new PartnerId(new UUID(3, i)), null);
    }
    assertThat(limits.partners()).isEqualTo(1_000);

    clock.advance(Duration.ofSeconds(119));
    assertThat(limits.partners()).isEqualTo(1_000);
    clock.advance(Duration.ofSeconds(1));

    assertThat(limits.partners()).isZero();
  }

  @Test
  void callersAtOnceGetExactlyTheLimit() throws InterruptedException, ExecutionException {
    for (int round = 0; round < 20; round++) {
      RequestLimits limits = limits(150, 100);

      List<Integer> counts =
          Together.run(16, caller -> () -> letIn(limits, customer(caller % 2), 50));

      assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(150);
    }
  }

  /** Over any time: no more than what was there at once and what has come back since. */
  @Test
  void noSequenceOfRequestsGetsMoreThanItsPace() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int perMinute = 1 + random.nextInt(20);
      RequestLimits limits = limits(0, perMinute);
      List<List<Long>> letIn = List.of(new ArrayList<>(), new ArrayList<>());
      long now = 0;
      for (int i = 0; i < 500; i++) {
        int step = random.nextInt(4) == 0 ? random.nextInt(20_000) : 0;
        clock.advance(Duration.ofMillis(step));
        now += step;
        int customer = random.nextInt(2);
        if (letsIn(limits, PARTNER, customer(customer))) {
          letIn.get(customer).add(now);
        }
      }
      for (List<Long> moments : letIn) {
        requirePace(moments, perMinute, "seed " + seed + ", round " + round);
      }
    }
  }

  private static void requirePace(List<Long> moments, int perMinute, String which) {
    for (int first = 0; first < moments.size(); first++) {
      for (int last = first; last < moments.size(); last++) {
        long returned = (moments.get(last) - moments.get(first)) * perMinute / 60_000;
        if (last - first + 1 > perMinute + returned) {
          throw new AssertionError(which + ": " + moments.subList(first, last + 1));
        }
      }
    }
  }
}
