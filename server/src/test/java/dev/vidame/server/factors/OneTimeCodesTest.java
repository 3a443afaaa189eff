package dev.vidame.server.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.SecondFactors.Outcome;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Together;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each code is good once, for its time, for its agent. */
final class OneTimeCodesTest {
  private static final int THREADS = 16;
  private static final PartnerId PARTNER = new PartnerId(new UUID(0, 1));
  private static final Agent AGENT = agent(1);
  private static final Agent OTHER = agent(2);

  @TempDir private Path folder;
  private final MovableClock clock = new MovableClock();
  private Directory directory;

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

  private boolean taken(Agent agent, String code) {
    return codes().take(agent, code) == Outcome.TAKEN;
  }

  private Authenticator enrolled(Agent agent) {
    return Authenticator.enrol(directory, clock, agent);
  }

  @ParameterizedTest
  @CsvSource({"-2,false", "-1,true", "0,true", "1,true", "2,false"})
  void codeIsGoodForAStepBeforeAndAfterItsTime(int steps, boolean isGood) {
    Authenticator hand = enrolled(AGENT);
    clock.advance(Duration.ofMinutes(10));
    String code = hand.code();

    clock.advance(Duration.ofSeconds(-30L * steps));

    assertThat(taken(AGENT, code)).isEqualTo(isGood);
  }

  @Test
  void codeIsGoodOnceAndEndsThoseBefore() {
    Authenticator hand = enrolled(AGENT);

    assertThat(taken(AGENT, hand.code(1))).isTrue();
    assertThat(taken(AGENT, hand.code(1))).isFalse();
    assertThat(taken(AGENT, hand.code())).isFalse();
    clock.advance(Duration.ofSeconds(30));
    assertThat(taken(AGENT, hand.code())).as("the one that was used early").isFalse();
    clock.advance(Duration.ofSeconds(30));
    assertThat(taken(AGENT, hand.code())).isTrue();
  }

  @Test
  void codeThatConfirmedTheFactorSignsNobodyIn() {
    OneTimeCodes.Shown shown =
        codes().enrol(PARTNER, AGENT.id(), Authenticator.request(AGENT)).orElseThrow().value();
    Authenticator hand =
        new Authenticator(String.valueOf(shown.secret()), shown.recoveryCodes(), clock);
    var _ =
        codes()
            .confirm(PARTNER, AGENT.id(), hand.code(), Authenticator.request(AGENT))
            .orElseThrow();

    assertThat(taken(AGENT, hand.code())).isFalse();
    assertThat(taken(AGENT, hand.code(1))).isTrue();
  }

  @Test
  void codeOfOneAgentIsNoneOfAnother() {
    Authenticator hand = enrolled(AGENT);
    enrolled(OTHER);

    assertThat(taken(OTHER, hand.code())).isFalse();
    assertThat(taken(OTHER, hand.recoveryCodes().getFirst())).isFalse();
    assertThat(taken(AGENT, hand.code())).isTrue();
  }

  @Test
  void secretHas160BitsAndItsUriIsThatOfAuthenticators() {
    OneTimeCodes.Shown shown =
        codes().enrol(PARTNER, AGENT.id(), Authenticator.request(AGENT)).orElseThrow().value();

    assertThat(shown.secret()).matches("[A-Z2-7]{32}");
    assertThat(shown.uri())
        .isEqualTo(
            "otpauth://totp/Vidame:1%%40partner.example?secret=%s&issuer=Vidame&algorithm=SHA1&digits=6&period=30",
            shown.secret());
    assertThat(shown.recoveryCodes())
        .hasSize(10)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[0-9]{5}(-[0-9]{5}){3}"));
    assertThat(shown.toString()).doesNotContain(String.valueOf(shown.secret()), "otpauth");
  }

  @Test
  void eachRecoveryCodeIsGoodOnce() {
    Authenticator hand = enrolled(AGENT);
    List<String> recovery = hand.recoveryCodes();

    assertThat(recovery).allMatch(code -> taken(AGENT, code));
    assertThat(recovery).noneMatch(code -> taken(AGENT, code));
    assertThat(codes().state(PARTNER, AGENT.id()).orElseThrow().recoveryCodesLeft()).isZero();
    assertThat(taken(AGENT, hand.code())).isTrue();
  }

  @Test
  void codesAreReadWithWhateverIsBetweenTheDigits() {
    Authenticator hand = enrolled(AGENT);
    String code = hand.code();

    assertThat(taken(AGENT, " " + code.substring(0, 3) + " " + code.substring(3) + "\n")).isTrue();
    assertThat(taken(AGENT, hand.recoveryCodes().getFirst().replace("-", " "))).isTrue();
    assertThat(taken(AGENT, hand.recoveryCodes().getLast().replace("-", ""))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "-", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "+12345", "123456;", "0x1234"
      })
  void whatIsNoCodeIsRefused(String text) {
    enrolled(AGENT);

    assertThat(taken(AGENT, text)).isFalse();
    assertThat(taken(AGENT, text.repeat(100_000))).isFalse();
  }

  @Test
  void pendingFactorIsNotAskedForAndTakesNoCode() {
    OneTimeCodes.Shown shown =
        codes().enrol(PARTNER, AGENT.id(), Authenticator.request(AGENT)).orElseThrow().value();
    Authenticator hand =
        new Authenticator(String.valueOf(shown.secret()), shown.recoveryCodes(), clock);

    assertThat(codes().areAskedOf(AGENT)).isFalse();
    assertThat(taken(AGENT, hand.code())).isFalse();
    assertThat(taken(AGENT, hand.recoveryCodes().getFirst())).isFalse();
    assertThatThrownBy(() ->
            codes().confirm(PARTNER, AGENT.id(), hand.wrongCode(), Authenticator.request(AGENT)))
        .isInstanceOf(DirectoryException.class);
    assertThat(codes().areAskedOf(AGENT)).isFalse();
  }

  @Test
  void theNextFactorHoldsFromItsFirstCodeOnAndTheOneBeforeUntilThen() {
    Authenticator first = enrolled(AGENT);
    OneTimeCodes.Shown shown =
        codes().enrol(PARTNER, AGENT.id(), Authenticator.request(AGENT)).orElseThrow().value();
    Authenticator second =
        new Authenticator(String.valueOf(shown.secret()), shown.recoveryCodes(), clock);

    assertThat(taken(AGENT, first.code())).isTrue();
    assertThat(taken(AGENT, second.code())).isFalse();
    assertThat(taken(AGENT, second.recoveryCodes().getFirst())).isFalse();
    var _ =
        codes()
            .confirm(PARTNER, AGENT.id(), second.code(), Authenticator.request(AGENT))
            .orElseThrow();

    assertThat(taken(AGENT, first.code(1))).isFalse();
    assertThat(taken(AGENT, first.recoveryCodes().getFirst())).isFalse();
    assertThat(taken(AGENT, second.code(1))).isTrue();
    assertThat(taken(AGENT, second.recoveryCodes().getFirst())).isTrue();
  }

  @Test
  void otherRecoveryCodesEndThoseBefore() {
    Authenticator hand = enrolled(AGENT);

    List<String> others =
        codes()
            .replaceRecoveryCodes(PARTNER, AGENT.id(), Authenticator.request(AGENT))
            .orElseThrow()
            .value()
            .recoveryCodes();

    assertThat(hand.recoveryCodes()).noneMatch(code -> taken(AGENT, code));
    assertThat(others).hasSize(10).allMatch(code -> taken(AGENT, code));
  }

  @Test
  void deletedAgentLeavesNothing() {
    enrolled(AGENT);

    var _ =
        directory.agents().delete(PARTNER, AGENT.id(), Authenticator.request(AGENT)).orElseThrow();
    directory.partners().createAgent(AGENT, "Correct-Horse-77");

    assertThat(codes().areAskedOf(AGENT)).isFalse();
    assertThat(codes().state(PARTNER, AGENT.id()).orElseThrow().recoveryCodesLeft()).isZero();
  }

  /** Two processes over one file, and threads in both. */
  @Test
  void oneOfManyAtOnceSucceedsWithACode() throws Exception {
    Authenticator hand = enrolled(AGENT);
    try (Directory second = opened()) {
      List<OneTimeCodes> both = List.of(codes(), Authenticator.codes(second, clock));
      for (int race = 0; race < 20; race++) {
        String code = hand.code();
        List<Boolean> taken =
            Together.run(THREADS, i -> () -> both.get(i % 2).take(AGENT, code) == Outcome.TAKEN);
        assertThat(Collections.frequency(taken, true)).as("race %d", race).isEqualTo(1);
        clock.advance(Duration.ofSeconds(30));
      }
    }
  }

  @Test
  void oneOfManyAtOnceSucceedsWithARecoveryCode() throws Exception {
    Authenticator hand = enrolled(AGENT);
    try (Directory second = opened()) {
      List<OneTimeCodes> both = List.of(codes(), Authenticator.codes(second, clock));
      for (String code : hand.recoveryCodes().subList(0, 3)) {
        List<Boolean> taken =
            Together.run(THREADS, i -> () -> both.get(i % 2).take(AGENT, code) == Outcome.TAKEN);
        assertThat(Collections.frequency(taken, true)).isEqualTo(1);
      }
    }
  }
}
