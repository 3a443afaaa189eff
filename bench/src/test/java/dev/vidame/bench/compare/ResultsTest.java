package dev.vidame.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.bench.Findings;
import dev.vidame.bench.Rate;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private final Results results = new Results();

  @Test
  void programsReadOneObjectForEachSystem() {
    add(Judgement.SQLITE, Operation.CHANGE, 15_000, 4);
    add(Judgement.KEYCLOAK, Operation.CHANGE, 500, 200);
    add(Judgement.KEYCLOAK, Operation.READ, 1_000, 100);

    assertThat(results.json())
        .hasToString(
            "{\"vidame_sqlite\": {\"change\": {\"per_s\": 15000, \"p50_ms\": 1.00, \"p99_ms\": 4.00}},"
                + " \"keycloak\": {\"change\": {\"per_s\": 500, \"p50_ms\": 1.00, \"p99_ms\": 200.00},"
                + " \"read\": {\"per_s\": 1000, \"p50_ms\": 1.00, \"p99_ms\": 100.00}}}");
  }

  /** The machine was slow in the second round, for both. */
  @Test
  void ratioIsTheMedianOfTheRounds() {
    for (double[] round : new double[][] {{100, 10}, {20, 2}, {90, 9}}) {
      add(Judgement.SQLITE, Operation.READ, round[0], 1);
      add(Judgement.KEYCLOAK, Operation.READ, round[1], 1);
    }

    double ratio =
        results.ratio(
            new Results.Figure(Judgement.SQLITE, Operation.READ),
            new Results.Figure(Judgement.KEYCLOAK, Operation.READ),
            Rate::perSecond);

    assertThat(ratio).isEqualTo(10);
  }

  @Test
  void systemThatFailedHasNoFigures() {
    add(Judgement.SQLITE, Operation.CHANGE, 100, 1);
    add(Judgement.KEYCLOAK, Operation.CHANGE, 10, 1);

    results.fail(Judgement.KEYCLOAK, "it lost a change");

    assertThat(results.systems()).containsExactly(Judgement.SQLITE);
    assertThat(results.json().toString()).doesNotContain("keycloak");
    assertThat(Judgement.of(results).table()).doesNotContain("times keycloak");
  }

  @Test
  void everyFigureThatIsReachedIsSo() {
    addAll(15_000, 20_000, 30_000);

    Findings findings = Judgement.of(results);

    assertThat(findings.areReached()).isTrue();
    assertThat(findings.table().lines().filter(line -> line.endsWith("  ok"))).hasSize(10);
  }

  @Test
  void changeThatIsTooSlowIsMissed() {
    addAll(14_900, 20_000, 30_000);

    Findings findings = Judgement.of(results);

    assertThat(findings.areReached()).isFalse();
    assertThat(findings.table().lines().filter(line -> line.contains("MISSED")))
        .singleElement()
        .asString()
        .contains("SQLite, change, times keycloak");
  }

  @Test
  void slowTailIsMissedAlsoWhereTheRateIsReached() {
    Results slow = new Results();
    slow.expect(Judgement.SQLITE, "Vidame");
    slow.expect(Judgement.KEYCLOAK, "Keycloak");
    slow.add(Judgement.SQLITE, Operation.READ, new Rate(1, 20_000, 1, 31, 40));
    slow.add(Judgement.KEYCLOAK, Operation.READ, new Rate(1, 1_000, 1, 30, 40));

    assertThat(Judgement.of(slow).areReached()).isFalse();
  }

  /** All that is judged; Keycloak does 1 000 of everything. */
  private void addAll(double change, double read, double list) {
    add(Judgement.SQLITE, Operation.CHANGE, change, 5);
    add(Judgement.SQLITE, Operation.READ, read, 5);
    add(Judgement.SQLITE, Operation.LIST, list, 5);
    add(Judgement.POSTGRESQL, Operation.CHANGE, 8_000, 5);
    add(Judgement.POSTGRESQL, Operation.STORE, 11_000, 5);
    add(Judgement.KEYCLOAK, Operation.CHANGE, 1_000, 9);
    add(Judgement.KEYCLOAK, Operation.READ, 1_000, 9);
    add(Judgement.KEYCLOAK, Operation.LIST, 1_000, 9);
    add(Judgement.SLAPD, Operation.CHANGE, 5_000, 9);
    add(Judgement.SLAPD, Operation.READ, 90_000, 1);
  }

  private void add(String system, Operation operation, double perSecond, double p99) {
    if (!results.systems().contains(system)) {
      results.expect(system, system);
    }
    results.add(system, operation, new Rate(1_000, perSecond, 1, p99, p99));
  }
}
