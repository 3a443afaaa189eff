package dev.vidame.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.bench.Rate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final int WARM_UP = 15;
  private static final int MEASURED = 10;
  private static final Plan PLAN = new Plan(10_000, 1, 64, 3, WARM_UP, MEASURED);

  private final List<Integer> pushes = new ArrayList<>();

  @Test
  void steadyServerIsMeasuredAfterTwoWarmUps() throws IOException {
    Rate measured = measure(1_000, 1_050, 1_040);

    assertThat(pushes).containsExactly(WARM_UP, WARM_UP, MEASURED);
    assertThat(measured.perSecond()).isEqualTo(1_040);
  }

  @Test
  void serverThatStillGetsFasterIsWarmedUpFurther() throws IOException {
    Rate measured = measure(100, 200, 300, 310, 320);

    assertThat(pushes).containsExactly(WARM_UP, WARM_UP, WARM_UP, WARM_UP, MEASURED);
    assertThat(measured.perSecond()).isEqualTo(320);
  }

  @Test
  void warmingUpHasAnEnd() throws IOException {
    measure(1, 2, 4, 8, 16, 32, 64, 128);

    assertThat(pushes).hasSize(7).endsWith(MEASURED);
  }

  private Rate measure(double... perSecond) throws IOException {
    return PLAN.measure(seconds -> {
      pushes.add(seconds);
      return new Rate(1, perSecond[pushes.size() - 1], 1, 1, 1);
    });
  }
}
