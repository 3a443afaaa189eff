package dev.vidame.bench.compare;

import dev.vidame.bench.Findings;
import dev.vidame.bench.Rate;
import dev.vidame.bench.compare.Results.Figure;
import java.util.List;

/** What the comparison is to show. A system that has no figures is not judged. */
final class Judgement {
  static final String SQLITE = "vidame_sqlite";
  static final String POSTGRESQL = "vidame_postgresql";
  static final String KEYCLOAK = "keycloak";
  static final String SLAPD = "slapd";

  /** How many times as fast as whom, at least. */
  private record Claim(String system, String than, Operation operation, double times) {}

  private static final List<Claim> CLAIMS =
      List.of(
          new Claim(SQLITE, KEYCLOAK, Operation.CHANGE, 15),
          new Claim(SQLITE, SLAPD, Operation.CHANGE, 2),
          new Claim(SQLITE, KEYCLOAK, Operation.READ, 20),
          new Claim(SQLITE, KEYCLOAK, Operation.LIST, 30),
          new Claim(POSTGRESQL, KEYCLOAK, Operation.CHANGE, 8));

  private static final double LEAST_SHARE_OF_STORE = 0.70;

  private final Results results;
  private final Findings findings = new Findings();

  private Judgement(Results results) {
    this.results = results;
  }

  static Findings of(Results results) {
    Judgement judgement = new Judgement(results);
    judgement.measured();
    judgement.judged();
    return judgement.findings;
  }

  private void measured() {
    for (String system : results.systems()) {
      findings.title(results.title(system));
      for (Operation operation : results.operations(system)) {
        findings.rate(
            operation.title() + times(system, operation),
            system + "_" + operation.word(),
            results.rate(system, operation));
      }
    }
  }

  /** How many times as fast as Keycloak, where that is something else and does it, too. */
  private String times(String system, Operation operation) {
    if (system.equals(KEYCLOAK) || !results.has(KEYCLOAK, operation)) {
      return "";
    }
    return " (%.1f x)"
        .formatted(
            results.ratio(
                new Figure(system, operation), new Figure(KEYCLOAK, operation), Rate::perSecond));
  }

  private void judged() {
    findings.title("Figures to reach");
    for (Claim claim : CLAIMS) {
      if (both(claim.system(), claim.than(), claim.operation())) {
        findings.atLeast(
            name(claim.system(), claim.operation()) + ", times " + claim.than(),
            claim.system() + "_" + claim.operation().word() + "_to_" + claim.than(),
            ratio(claim),
            claim.times());
      }
    }
    shareOfStore();
    for (Claim claim : CLAIMS) {
      if (claim.system().equals(SQLITE) && both(SQLITE, claim.than(), claim.operation())) {
        lowerP99(claim.than(), claim.operation());
      }
    }
  }

  private void lowerP99(String than, Operation operation) {
    findings.atMost(
        name(SQLITE, operation) + ", p99 of " + than + "'s",
        SQLITE + "_" + operation.word() + "_p99_to_" + than,
        results.ratio(new Figure(SQLITE, operation), new Figure(than, operation), Rate::p99Millis),
        1);
  }

  private double ratio(Claim claim) {
    return results.ratio(
        new Figure(claim.system(), claim.operation()),
        new Figure(claim.than(), claim.operation()),
        Rate::perSecond);
  }

  private static String name(String system, Operation operation) {
    return (system.equals(SQLITE) ? "SQLite, " : "PostgreSQL, ") + operation.word();
  }

  private void shareOfStore() {
    if (results.has(POSTGRESQL, Operation.STORE) && results.has(POSTGRESQL, Operation.CHANGE)) {
      findings.atLeast(
          "PostgreSQL, change, of its store's",
          "vidame_postgresql_change_to_store",
          results.ratio(
              new Figure(POSTGRESQL, Operation.CHANGE),
              new Figure(POSTGRESQL, Operation.STORE),
              Rate::perSecond),
          LEAST_SHARE_OF_STORE);
    }
  }

  private boolean both(String system, String than, Operation operation) {
    return results.has(system, operation) && results.has(than, operation);
  }
}
