package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.Together;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sixteen callers who create accounts at once: one name is given once, and different ones never
 * clash.
 */
class CreationRaceTest {
  @RegisterExtension static final Served served = new Served();

  private static final int CALLERS = 16;
  private static final int ROUNDS = Boolean.getBoolean("vidame.long") ? 200 : 5;

  @Test
  void oneOfSixteenGetsTheNameAndTheOthersHearThatItIsTaken()
      throws InterruptedException, ExecutionException {
    for (int round = 0; round < ROUNDS; round++) {
      String name = "wanted-" + round;
      long before = served.server().tenancy().changes();

      // Names differ in case only, which is no difference.
      List<String> outcomes =
          outcomes(caller -> caller % 2 == 0 ? name : name.toUpperCase(Locale.ROOT));

      assertThat(Collections.frequency(outcomes, "201")).as("round %d", round).isEqualTo(1);
      assertThat(Collections.frequency(outcomes, "409/990001"))
          .as("round %d", round)
          .isEqualTo(CALLERS - 1);
      assertThat(served.server().tenancy().changes() - before).isEqualTo(1);
    }
  }

  @Test
  void sixteenDifferentNamesAreAllGiven() throws InterruptedException, ExecutionException {
    for (int round = 0; round < ROUNDS; round++) {
      String prefix = "own-" + round + "-";

      List<String> outcomes = outcomes(caller -> prefix + caller);

      assertThat(outcomes).as("round %d", round).hasSize(CALLERS).containsOnly("201");
    }
  }

  private static List<String> outcomes(IntFunction<String> names)
      throws InterruptedException, ExecutionException {
    return Together.run(CALLERS, caller -> () -> create(names.apply(caller))).stream()
        .map(RawAnswer::outcome)
        .toList();
  }

  private static RawAnswer create(String name) {
    String body =
        """
        {"userPrincipalName":"%s@%s","displayName":"D",\
        "passwordProfile":{"password":"Wanted-Name-1"}}\
        """
            .formatted(name, Tenancy.DOMAIN);
    return served
        .server()
        .sendAsAdmin(
            RawRequest.of("POST", "/v1/customers/" + Tenancy.CUSTOMER + "/users").body(body));
  }
}
