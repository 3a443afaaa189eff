package dev.vidame.directory.partners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.partners.DashboardSessions.Kept;
import dev.vidame.directory.partners.DashboardSessions.Limits;
import java.nio.charset.StandardCharsets;
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

class DashboardSessionsTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(30), Duration.ofHours(8), 3, 10);
  private static final String USED_AT = "select max(used_at) from dashboard_sessions";

  @TempDir private Path folder;
  private Fixture fixture;
  private DashboardSessions sessions;
  private Agent ada;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    sessions = fixture.directory().dashboardSessions();
    ada = agent(Fixture.PARTNER, 1);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Agent agent(PartnerId partner, int number) {
    return fixture
        .directory()
        .partners()
        .createAgent(
            new Agent(
                new AgentId(new UUID(partner.value().getMostSignificantBits() + 5, number)),
                partner,
                "a" + number + "@" + partner + ".example",
                "Agent " + number,
                Set.of(Role.ADMIN_AGENT)),
            "Correct-Horse-7");
  }

  private void start(String key, Agent agent) {
    Partners.Proved proved = fixture.directory().partners().proved(agent.id()).orElseThrow();
    sessions.start(hash(key), new DashboardSessions.Who(agent, proved.mark(), false, null), LIMITS);
  }

  private static byte[] hash(String key) {
    return SecretHash.of(key);
  }

  private boolean goesOn(String key) {
    return sessions.find(hash(key), LIMITS).isPresent();
  }

  private long rows() throws SQLException {
    return fixture.count("select count(*) from dashboard_sessions");
  }

  @Test
  void sessionIsFoundByItsHashWithTheAgentAsItIsNow() {
    start("key", ada);

    var _ =
        fixture
            .directory()
            .agents()
            .update(
                Fixture.PARTNER,
                ada.id(),
                new Agents.Update("Renamed", null, null),
                Fixture.request());

    assertThat(sessions.find(hash("key"), LIMITS))
        .hasValueSatisfying(found -> {
          assertThat(found.who().agent().displayName()).isEqualTo("Renamed");
          assertThat(found.startedAt()).isEqualTo(fixture.clock().instant());
        });
    assertThat(goesOn("another")).isFalse();
    assertThat(sessions.find("key".getBytes(StandardCharsets.UTF_8), LIMITS)).isEmpty();
  }

  @Test
  void useIsNotedAtFirstAndThenOnceAMinute() throws SQLException {
    start("key", ada);
    long started = fixture.count(USED_AT);
    assertThat(goesOn("key")).isTrue();
    assertThat(fixture.count(USED_AT)).isEqualTo(started);

    fixture.clock().advance(Duration.ofSeconds(1));
    assertThat(goesOn("key")).isTrue();
    long first = fixture.count(USED_AT);
    fixture.clock().advance(Duration.ofSeconds(59));
    assertThat(goesOn("key")).isTrue();
    long within = fixture.count(USED_AT);
    fixture.clock().advance(Duration.ofSeconds(1));
    assertThat(goesOn("key")).isTrue();

    assertThat(first - started).isEqualTo(1_000_000);
    assertThat(within).isEqualTo(first);
    assertThat(fixture.count(USED_AT) - first).isEqualTo(60_000_000);
  }

  @Test
  void shortLimitsAreNotedMoreOften() throws SQLException {
    Limits brief = new Limits(Duration.ofMinutes(1), Duration.ofHours(8), 3, 10);
    start("key", ada);
    fixture.clock().advance(Duration.ofSeconds(1));
    assertThat(sessions.find(hash("key"), brief)).isPresent();
    long first = fixture.count(USED_AT);

    fixture.clock().advance(Duration.ofSeconds(6));

    assertThat(sessions.find(hash("key"), brief)).isPresent();
    assertThat(fixture.count(USED_AT) - first).isEqualTo(6_000_000);
  }

  @Test
  void whatTakesTheSignInAwayRemovesTheRow() throws SQLException {
    start("key", ada);

    var _ =
        fixture
            .directory()
            .agents()
            .update(
                Fixture.PARTNER,
                ada.id(),
                new Agents.Update(null, null, true),
                ChangeRequest.once(Actor.operator(Fixture.PARTNER), UUID.randomUUID()));

    assertThat(rows()).isZero();
    assertThat(goesOn("key")).isFalse();
  }

  /** One that begins while the password changes was proved with the one before. */
  @Test
  void sessionOfAPasswordThatIsOverDoesNotGoOn() {
    Partners.Proved before = fixture.directory().partners().proved(ada.id()).orElseThrow();
    var _ =
        fixture
            .directory()
            .agents()
            .resetPassword(Fixture.PARTNER, ada.id(), "Another-Horse-78", Fixture.request());

    sessions.start(
        hash("late"), new DashboardSessions.Who(ada, before.mark(), false, null), LIMITS);

    assertThat(goesOn("late")).isFalse();
  }

  /** One that begins while its provider is withdrawn. */
  @Test
  void sessionOfAProviderThatIsNotThereDoesNotGoOn() {
    Partners.Proved proved = fixture.directory().partners().proved(ada.id()).orElseThrow();

    sessions.start(
        hash("late"), new DashboardSessions.Who(ada, proved.mark(), true, new UUID(4, 4)), LIMITS);

    assertThat(goesOn("late")).isFalse();
  }

  @Test
  void sessionsOfADeletedPartnerAreGone() throws SQLException {
    PartnerId other = new PartnerId(new UUID(77, 77));
    fixture.directory().partners().create(new Partner(other, "Other"));
    start("key", agent(other, 9));

    var _ = fixture.directory().partnerRegistry().delete(other, Fixture.request());

    assertThat(rows()).isZero();
  }

  @Test
  void furtherSessionOfAnAgentEndsTheOneUnusedForLongest() {
    for (String key : List.of("1", "2", "3")) {
      start(key, ada);
      fixture.clock().advance(Duration.ofMinutes(2));
    }
    assertThat(goesOn("1")).isTrue();
    fixture.clock().advance(Duration.ofMinutes(2));

    start("4", ada);

    assertThat(List.of("1", "2", "3", "4")).filteredOn(this::goesOn).containsExactly("1", "3", "4");
  }

  @Test
  void sessionsThatAreOverTakeNobodysPlace() throws SQLException {
    start("old", ada);
    start("older", ada);
    fixture.clock().advance(Duration.ofMinutes(29));
    start("new", ada);
    fixture.clock().advance(Duration.ofMinutes(2));

    start("newer", ada);

    assertThat(goesOn("new")).isTrue();
    assertThat(rows()).isEqualTo(2);
  }

  /** Who signs in ten times over drives out their own partner's sessions and no other's. */
  @Test
  void partnerWithTheMostSessionsMakesRoom() {
    PartnerId other = new PartnerId(new UUID(77, 77));
    fixture.directory().partners().create(new Partner(other, "Other"));
    start("first", agent(other, 100));
    for (int i = 2; i <= 10; i++) {
      fixture.clock().advance(Duration.ofSeconds(1));
      start("many" + i, agent(Fixture.PARTNER, i));
    }

    fixture.clock().advance(Duration.ofSeconds(1));
    start("last", agent(other, 101));

    assertThat(goesOn("first")).isTrue();
    assertThat(goesOn("last")).isTrue();
    assertThat(goesOn("many2")).isFalse();
    assertThat(goesOn("many3")).isTrue();
  }

  @Test
  void loweredLimitHoldsFromTheNextSignInOn() throws SQLException {
    for (int i = 2; i <= 8; i++) {
      start("key" + i, agent(Fixture.PARTNER, i));
    }
    Partners.Proved proved = fixture.directory().partners().proved(ada.id()).orElseThrow();

    sessions.start(
        hash("key"),
        new DashboardSessions.Who(ada, proved.mark(), false, null),
        new Limits(LIMITS.idle(), LIMITS.longest(), 3, 2));

    assertThat(rows()).isEqualTo(2);
    assertThat(goesOn("key")).isTrue();
  }

  @Test
  void unusedSessionsArePurgedSoManyAtATime() throws SQLException {
    start("1", ada);
    start("2", ada);
    fixture.clock().advance(Duration.ofMinutes(20));
    start("3", ada);
    fixture.clock().advance(Duration.ofMinutes(10));

    assertThat(sessions.purge(LIMITS, 1)).isEqualTo(1);
    assertThat(sessions.purge(LIMITS, 5)).isEqualTo(1);
    assertThat(sessions.purge(LIMITS, 5)).isZero();
    assertThat(rows()).isEqualTo(1);
    assertThat(goesOn("3")).isTrue();
  }

  @Test
  void whatIsKeptIsTakenByOneOnly() throws Exception {
    start("key", ada);
    byte[] kept = "kept".getBytes(StandardCharsets.UTF_8);
    sessions.keep(hash("key"), Kept.NEW_SECRET, kept);
    sessions.keep(hash("key"), Kept.NOTICE, kept);
    byte[] seen = sessions.find(hash("key"), LIMITS).orElseThrow().newSecret();
    assertThat(seen).isEqualTo(kept);

    List<Boolean> taken =
        Together.run(8, id -> () -> sessions.take(hash("key"), Kept.NEW_SECRET, kept));

    assertThat(Collections.frequency(taken, true)).isEqualTo(1);
    assertThat(sessions.find(hash("key"), LIMITS).orElseThrow().newSecret()).isNull();
    assertThat(sessions.find(hash("key"), LIMITS).orElseThrow().notice()).isEqualTo(kept);
  }

  @Test
  void whatReplacesSomethingKeptIsNotTakenInItsPlace() {
    start("key", ada);
    byte[] first = {1};
    byte[] second = {2};
    sessions.keep(hash("key"), Kept.NOTICE, first);
    sessions.keep(hash("key"), Kept.NOTICE, second);

    assertThat(sessions.take(hash("key"), Kept.NOTICE, first)).isFalse();
    assertThat(sessions.take(hash("key"), Kept.NOTICE, second)).isTrue();
  }

  @Test
  void endedSessionIsGoneForAllWhoHaveTheStoreOpen() throws SQLException {
    start("key", ada);
    fixture.reopen();
    assertThat(fixture.directory().dashboardSessions().find(hash("key"), LIMITS)).isPresent();

    fixture.directory().dashboardSessions().end(hash("key"));

    assertThat(rows()).isZero();
  }
}
