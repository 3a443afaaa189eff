package dev.vidame.server.factors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.operators.AgentFactors.State;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.SecondFactor;
import dev.vidame.directory.partners.SecondFactors.Outcome;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred wrong codes in a row, and a factor takes none any more. */
final class WrongCodesTest {
  private static final int MOST = SecondFactor.MOST_WRONG_CODES;
  private static final PartnerId PARTNER = new PartnerId(new UUID(0, 1));
  private static final Agent AGENT = agent(1);
  private static final Agent OTHER = agent(2);

  @TempDir private Path folder;
  private final MovableClock clock = new MovableClock();
  private Directory directory;
  private Authenticator hand;

  private static Agent agent(int number) {
    return new Agent(
        new AgentId(new UUID(1, number)), PARTNER, number + "@partner.example", "", Set.of());
  }

  @BeforeEach
  void open() throws SQLException {
    directory = opened();
    directory.partners().create(new Partner(PARTNER, "A partner"));
    directory.partners().createAgent(AGENT, "Correct-Horse-77");
    directory.partners().createAgent(OTHER, "Correct-Horse-77");
    hand = Authenticator.enrol(directory, clock, AGENT);
  }

  private Directory opened() throws SQLException {
    return SharedStore.open(folder, clock);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  private OneTimeCodes codes() {
    return Authenticator.codes(directory, clock);
  }

  private State state() {
    return codes().state(PARTNER, AGENT.id()).orElseThrow();
  }

  /** Shows wrong codes, none of which may be the last one that is borne. */
  private void guess(int times) {
    OneTimeCodes codes = codes();
    for (int i = 0; i < times; i++) {
      assertThat(codes.take(AGENT, hand.wrongCode())).isEqualTo(Outcome.WRONG);
    }
  }

  private void block() {
    guess(MOST - 1);
    assertThat(codes().take(AGENT, hand.wrongCode())).isEqualTo(Outcome.BLOCKS);
  }

  private List<Entry> blocks() {
    return directory.journal(new CustomerId(PARTNER.value()), 0, 100).stream()
        .filter(entry -> entry.operation() == Operation.BLOCK_FACTOR)
        .toList();
  }

  @Test
  void theBoundIsThatOfTheGuideline() {
    assertThat(MOST).isEqualTo(100);
  }

  @Test
  void hundredInARowEndEveryCodeOfTheFactor() {
    block();

    assertThat(state().wrongCodes()).isEqualTo(MOST);
    assertThat(state().isBlocked()).isTrue();
    assertThat(codes().take(AGENT, hand.code())).isEqualTo(Outcome.BLOCKED);
    assertThat(codes().take(AGENT, hand.wrongCode())).isEqualTo(Outcome.BLOCKED);
    assertThat(codes().take(AGENT, "no code")).isEqualTo(Outcome.BLOCKED);
    assertThat(hand.recoveryCodes()).allMatch(code -> codes().take(AGENT, code) == Outcome.BLOCKED);
    clock.advance(Duration.ofDays(400));
    assertThat(codes().take(AGENT, hand.code())).isEqualTo(Outcome.BLOCKED);
    assertThat(codes().areAskedOf(AGENT)).as("it is not as if there were no factor").isTrue();
    assertThat(state().wrongCodes()).isEqualTo(MOST);
  }

  @Test
  void oneBeforeTheBoundIsBorne() {
    guess(MOST - 1);

    assertThat(state().isBlocked()).isFalse();
    assertThat(codes().take(AGENT, hand.code())).isEqualTo(Outcome.TAKEN);
  }

  @Test
  void rightCodesOfBothKindsBeginAnew() {
    guess(MOST - 1);
    assertThat(codes().take(AGENT, hand.code())).isEqualTo(Outcome.TAKEN);
    assertThat(state().wrongCodes()).isZero();
    guess(MOST - 1);
    assertThat(codes().take(AGENT, hand.recoveryCodes().getFirst())).isEqualTo(Outcome.TAKEN);
    assertThat(state().wrongCodes()).isZero();
    guess(MOST - 1);

    assertThat(codes().take(AGENT, hand.code(1))).isEqualTo(Outcome.TAKEN);
    assertThat(blocks()).isEmpty();
  }

  @Test
  void guessesAtRecoveryCodesAndUsedCodesCount() {
    String used = hand.code();
    assertThat(codes().take(AGENT, used)).isEqualTo(Outcome.TAKEN);
    guess(MOST - 3);

    assertThat(codes().take(AGENT, "00000-00000-00000-00000")).isEqualTo(Outcome.WRONG);
    assertThat(codes().take(AGENT, used)).isEqualTo(Outcome.WRONG);
    assertThat(codes().take(AGENT, "00000-00000-00000-00001")).isEqualTo(Outcome.BLOCKS);
  }

  @Test
  void whatCannotBeACodeIsNoGuess() {
    for (String text : List.of("", "12345", "1234567", "my password", "1".repeat(1_000))) {
      assertThat(codes().take(AGENT, text)).as(text).isEqualTo(Outcome.WRONG);
    }

    assertThat(state().wrongCodes()).isZero();
  }

  @Test
  void blockIsOneRowOfThePartnersJournalAndOfNobodyElse() {
    Authenticator.enrol(directory, clock, OTHER);
    block();
    for (int i = 0; i < 3; i++) {
      assertThat(codes().take(AGENT, hand.wrongCode())).isEqualTo(Outcome.BLOCKED);
    }

    assertThat(blocks()).hasSize(1);
    assertThat(blocks().getFirst().subject()).isEqualTo(AGENT.id().value());
    assertThat(blocks().getFirst().request().actor().isOperator()).isTrue();
    assertThat(codes().state(PARTNER, OTHER.id()).orElseThrow().wrongCodes()).isZero();
    assertThat(directory.verifyJournal(new CustomerId(PARTNER.value())).isIntact()).isTrue();
  }

  /** Two processes over one file, and threads in both. */
  @Test
  void noMoreThanTheBoundAreLookedAtWhenAllComeAtOnce() throws Exception {
    try (Directory second = opened()) {
      List<OneTimeCodes> both = List.of(codes(), Authenticator.codes(second, clock));
      String wrong = hand.wrongCode();

      List<Outcome> outcomes =
          Together.run(MOST + 60, i -> () -> both.get(i % 2).take(AGENT, wrong));

      assertThat(Collections.frequency(outcomes, Outcome.WRONG)).isEqualTo(MOST - 1);
      assertThat(Collections.frequency(outcomes, Outcome.BLOCKS)).isEqualTo(1);
      assertThat(Collections.frequency(outcomes, Outcome.BLOCKED)).isEqualTo(60);
    }
    assertThat(blocks()).hasSize(1);
    assertThat(codes().take(AGENT, hand.code())).isEqualTo(Outcome.BLOCKED);
  }

  /** Whoever shows the right code among guesses gets in before the bound, or not at all. */
  @Test
  void rightCodeAmongManyIsTakenBeforeTheBoundOnly() throws Exception {
    guess(MOST - 4);
    String right = hand.code();
    String wrong = hand.wrongCode();

    List<Outcome> outcomes =
        Together.run(9, i -> () -> codes().take(AGENT, i == 4 ? right : wrong));

    if (outcomes.get(4) == Outcome.TAKEN) {
      assertThat(outcomes).doesNotContain(Outcome.BLOCKS, Outcome.BLOCKED);
      assertThat(state().wrongCodes()).isLessThan(9);
    } else {
      assertThat(outcomes.get(4)).isEqualTo(Outcome.BLOCKED);
      assertThat(Collections.frequency(outcomes, Outcome.WRONG)).isEqualTo(3);
      assertThat(Collections.frequency(outcomes, Outcome.BLOCKS)).isEqualTo(1);
    }
  }

  @Test
  void countAndBlockSurviveARestart() throws SQLException {
    guess(60);
    directory.close();
    directory = opened();
    guess(MOST - 61);
    assertThat(codes().take(AGENT, hand.wrongCode())).isEqualTo(Outcome.BLOCKS);
    directory.close();

    directory = opened();

    assertThat(codes().take(AGENT, hand.code())).isEqualTo(Outcome.BLOCKED);
    assertThat(codes().take(AGENT, hand.recoveryCodes().getFirst())).isEqualTo(Outcome.BLOCKED);
  }

  @Test
  void otherRecoveryCodesAloneLiftNothing() {
    block();

    List<String> others =
        codes()
            .replaceRecoveryCodes(PARTNER, AGENT.id(), Authenticator.request(AGENT))
            .orElseThrow()
            .value()
            .recoveryCodes();

    assertThat(codes().take(AGENT, others.getFirst())).isEqualTo(Outcome.BLOCKED);
    assertThat(state().isBlocked()).isTrue();
  }

  @Test
  void anotherFactorBeginsWithNothing() {
    block();
    OneTimeCodes.Shown shown =
        codes().enrol(PARTNER, AGENT.id(), Authenticator.request(AGENT)).orElseThrow().value();
    Authenticator next =
        new Authenticator(String.valueOf(shown.secret()), shown.recoveryCodes(), clock);
    assertThat(codes().take(AGENT, hand.code())).as("it only waits").isEqualTo(Outcome.BLOCKED);

    var _ =
        codes()
            .confirm(PARTNER, AGENT.id(), next.code(-1), Authenticator.request(AGENT))
            .orElseThrow();

    assertThat(state().wrongCodes()).isZero();
    assertThat(codes().take(AGENT, next.code())).isEqualTo(Outcome.TAKEN);
  }

  @Test
  void removedFactorBlocksNothing() {
    block();

    var _ = codes().remove(PARTNER, AGENT.id(), Authenticator.request(AGENT)).orElseThrow();

    assertThat(codes().areAskedOf(AGENT)).isFalse();
    Authenticator next = Authenticator.enrol(directory, clock, AGENT);
    assertThat(codes().take(AGENT, next.code())).isEqualTo(Outcome.TAKEN);
  }
}
