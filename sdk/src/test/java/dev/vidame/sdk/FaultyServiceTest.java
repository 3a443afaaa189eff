package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.ACCOUNT;
import static dev.vidame.sdk.Bench.UPDATE;
import static dev.vidame.sdk.ScriptedServer.answer;
import static dev.vidame.sdk.ScriptedServer.cut;
import static dev.vidame.sdk.ScriptedServer.drop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.sdk.ScriptedServer.Received;
import dev.vidame.sdk.ScriptedServer.Script;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A service that makes a change once per request id, as the API promises, and fails at random
 * before, while and after it makes one.
 */
@Timeout(300)
class FaultyServiceTest {
  private static final int CALLS = 2000;
  private static final int MAX_ATTEMPTS = 3;

  private final TestTime time = new TestTime();
  private final Set<String> made = new HashSet<>();
  private Random chance = new Random();

  @Test
  void everyChangeIsMadeOnceOrTheCallerIsTold() {
    long seed = new Random().nextLong();
    chance = new Random(seed);
    int unknown = 0;
    int refused = 0;
    int retried = 0;
    try (ScriptedServer server = ScriptedServer.start(this::serve)) {
      PartnerClient client =
          Bench.client(server, time)
              .surroundings(time.surroundings(new Random(seed)))
              .retryPolicy(
                  RetryPolicy.standard()
                      .withMaxAttempts(MAX_ATTEMPTS)
                      .withBudget(Integer.MAX_VALUE))
              .build();
      UserClient user = Bench.user(client);

      for (int i = 0; i < CALLS; i++) {
        int before = madeSoFar();
        int requests = server.received().size();
        try {
          user.patch(UPDATE);
          assertThat(madeSoFar() - before).as("made, call %d, seed %d", i, seed).isEqualTo(1);
          retried += server.received().size() - requests - 1;
        } catch (OutcomeUnknownException e) {
          unknown++;
          assertThat(madeSoFar() - before).as("made, call %d, seed %d", i, seed).isBetween(0, 1);
          replayUntilKnown(user, e);
          assertThat(madeSoFar() - before).as("replayed, call %d, seed %d", i, seed).isEqualTo(1);
          requests = server.received().size();
        } catch (PartnerException e) {
          refused++;
          assertThat(madeSoFar() - before).as("made, call %d, seed %d", i, seed).isZero();
        }
        assertThat(server.received().size() - requests)
            .as("attempts, call %d, seed %d", i, seed)
            .isLessThanOrEqualTo(MAX_ATTEMPTS);
      }
    }
    assertThat(retried).as("retried with success, seed %d", seed).isGreaterThan(CALLS / 10);
    assertThat(unknown).as("in doubt, seed %d", seed).isPositive();
    assertThat(refused).as("refused, seed %d", seed).isPositive();
  }

  private static void replayUntilKnown(UserClient user, OutcomeUnknownException first) {
    OutcomeUnknownException doubt = first;
    while (true) {
      assertThat(doubt.requestId()).isEqualTo(first.requestId());
      try {
        user.patchWithResponse(UPDATE, RequestOptions.none().withRequestId(first.requestId()));
        return;
      } catch (OutcomeUnknownException e) {
        doubt = e;
      } catch (PartnerException e) {
        assertThat(e.status()).as("a refusal without a look at the change").isEqualTo(429);
      }
    }
  }

  private synchronized int madeSoFar() {
    return made.size();
  }

  private synchronized Script serve(Received request) {
    int fate = chance.nextInt(12);
    if (fate < 5) {
      return fate == 0 ? drop() : answer(fate == 1 ? 503 : 429, "");
    }
    made.add(request.header("MS-RequestId"));
    return switch (fate) {
      case 5 -> drop();
      case 6 -> cut(200, ACCOUNT.substring(0, 40));
      case 7 -> answer(504, "");
      default -> answer(200, ACCOUNT);
    };
  }
}
