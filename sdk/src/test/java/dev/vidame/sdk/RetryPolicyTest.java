package dev.vidame.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  @Test
  void limitsDoubleUpToTheMaximum() {
    RetryPolicy policy =
        RetryPolicy.standard().withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(3));

    assertThat(policy.limit(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.limit(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.limit(3)).isEqualTo(Duration.ofSeconds(3));
    assertThat(policy.limit(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void valuesThatMakeNoSenseAreRefused() {
    RetryPolicy policy = RetryPolicy.standard();
    Duration second = Duration.ofSeconds(1);

    assertThatIllegalArgumentException().isThrownBy(() -> policy.withMaxAttempts(0));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.withBudget(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> policy.withLongestWait(second.negated()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.withBackoff(second, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.withBackoff(second.negated(), second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.withBackoff(second, Duration.ofDays(1)));
  }

  @Test
  void largestBudgetDoesNotOverflow() {
    RetryBudget budget = new RetryBudget(Integer.MAX_VALUE);

    budget.putBack(1);

    assertThat(budget.take(5)).isTrue();
  }

  @Test
  void budgetNeverGivesMoreThanItHoldsNorHoldsMoreThanItsCapacity() throws Exception {
    RetryBudget budget = new RetryBudget(100);
    budget.putBack(1000);
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      CountDownLatch gate = new CountDownLatch(1);
      List<Future<Integer>> takers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        takers.add(
            executor.submit(() -> {
              gate.await();
              int taken = 0;
              while (budget.take(5)) {
                taken += 5;
              }
              return taken;
            }));
      }
      gate.countDown();
      int sum = 0;
      for (Future<Integer> taker : takers) {
        sum += taker.get();
      }

      assertThat(sum).isEqualTo(100);
      assertThat(budget.take(1)).isFalse();
    } finally {
      executor.shutdownNow();
    }
  }
}
