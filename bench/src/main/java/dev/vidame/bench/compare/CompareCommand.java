package dev.vidame.bench.compare;

import dev.vidame.bench.Bench;
import dev.vidame.bench.BenchException;
import dev.vidame.bench.Findings;
import dev.vidame.bench.Machine;
import dev.vidame.bench.RunScope;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/compare}: Vidame and what somebody might choose instead, side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Vidame on SQLite and on PostgreSQL, Keycloak on PostgreSQL, and OpenLDAP's slapd where",
      "it is installed: the same machine, the same run, as many users and connections for each.",
      "",
      "Each system runs alone, several times in turns. Both that use PostgreSQL have one of their own",
      "with the same settings. Every change is on disk before its answer; every answer has to be a",
      "success, and what was changed is read back. A system that fails in this has no figures.",
      "",
      "The last line is one JSON object: {system: {operation: {per_s, p50_ms, p99_ms}}}. The exit code",
      "is 0 where all figures are reached and no system failed, and 1 otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  bench/compare                          about 30 minutes; fetches Keycloak once, 177 MB",
      "  bench/compare --write-docs             and writes docs/performance.md and its pictures",
      "  bench/compare --systems=vidame_sqlite,slapd",
      "  bench/compare --rounds=1 --seconds=3 --warm-up=3 --users=1000    a quick look",
      "  bench/compare | tail -n 1 | jq .keycloak.change.per_s"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final List<String> ALL =
      List.of(Judgement.SQLITE, Judgement.POSTGRESQL, Judgement.KEYCLOAK, Judgement.SLAPD);

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Users in each system, at least 100; default ${DEFAULT-VALUE}.")
  private int users;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Customers of Vidame that they belong to. The others have them in one realm, or one",
        "subtree; default ${DEFAULT-VALUE}."
      })
  private int customers;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "Requests under way at once; default ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Turns of each system; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "15",
      description = {
        "Seconds of each warm-up, of which there are two and up to four more while the",
        "rate grows by a tenth; default ${DEFAULT-VALUE}."
      })
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long each operation is measured in each round; default ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--systems",
      paramLabel = "NAME",
      split = ",",
      description = "Which of vidame_sqlite, vidame_postgresql, keycloak, slapd; default all.")
  private List<String> systems = ALL;

  @Option(
      names = "--write-docs",
      description = "Writes the results into docs/performance.md, with pictures.")
  private boolean writesDocs;

  @Override
  public Integer call() throws IOException {
    Plan plan = plan();
    try (RunScope scope = RunScope.open()) {
      Machine machine = Machine.here(scope.folder());
      Bench.say(machine.toString());
      Results results = new Results();
      List<Peer> peers = prepared(peers(scope, plan), results);
      for (int round = 0; round < plan.rounds(); round++) {
        List<Peer> order = new ArrayList<>(peers);
        Collections.rotate(order, -round); // who comes first changes
        for (Peer peer : order) {
          takeTurn(peer, round, results);
        }
      }
      Findings findings = Judgement.of(results);
      print(results, findings, machine, plan);
      if (writesDocs) {
        new PerformancePage(Bench.root().resolve("docs"))
            .write(
                results,
                findings,
                new PerformancePage.Circumstances(machine, LocalDate.now(Clock.systemUTC()), plan));
      }
      System.out.println(results.json());
      return findings.areReached() && results.failures().isEmpty() ? 0 : 1;
    }
  }

  private Plan plan() {
    for (int value : new int[] {customers, connections, rounds, warmUp, seconds}) {
      if (value < 1) {
        throw new BenchException("A number is below 1; bench/compare --help tells what it means");
      }
    }
    if (users / customers < Operation.PAGE) {
      throw new BenchException("--users must be at least 100 for each customer");
    }
    return new Plan(users, customers, connections, rounds, warmUp, seconds);
  }

  private List<Peer> peers(RunScope scope, Plan plan) {
    List<Peer> chosen = new ArrayList<>();
    for (String name : systems) {
      chosen.add(
          switch (name) {
            case Judgement.SQLITE -> new VidamePeer(scope, plan, false);
            case Judgement.POSTGRESQL -> new VidamePeer(scope, plan, true);
            case Judgement.KEYCLOAK -> new KeycloakPeer(scope, plan);
            case Judgement.SLAPD -> new SlapdPeer(scope, plan);
            default ->
                throw new BenchException("There is no system " + name + "; there are: " + ALL);
          });
    }
    return chosen;
  }

  private static List<Peer> prepared(List<Peer> peers, Results results) {
    List<Peer> ready = new ArrayList<>();
    for (Peer peer : peers) {
      Optional<String> missing = peer.missing();
      if (missing.isPresent()) {
        Bench.say(peer.title() + " is left out: " + missing.get());
        continue;
      }
      Bench.say(peer.title() + ": making its data");
      results.expect(peer.name(), peer.title());
      try {
        peer.prepare();
        results.version(peer.version());
        ready.add(peer);
      } catch (BenchException | SQLException | IOException e) {
        fail(peer, e, results);
      }
    }
    return ready;
  }

  private static void takeTurn(Peer peer, int round, Results results) {
    if (results.failures().containsKey(peer.name())) {
      return;
    }
    try (Peer.Running running = peer.start()) {
      for (Operation operation : running.operations()) {
        Bench.say("%s, round %d: %s".formatted(peer.title(), round + 1, operation.title()));
        results.add(peer.name(), operation, running.measure(operation));
      }
    } catch (BenchException | SQLException | IOException e) {
      fail(peer, e, results);
    }
  }

  private static void fail(Peer peer, Exception why, Results results) {
    Bench.say(peer.title() + " FAILED: " + why.getMessage());
    results.fail(peer.name(), String.valueOf(why.getMessage()));
  }

  private static void print(Results results, Findings findings, Machine machine, Plan plan) {
    System.out.println(machine);
    System.out.println(plan);
    System.out.println(results.versions());
    System.out.println();
    System.out.println(findings.table());
    results
        .failures()
        .forEach((system, why) -> System.out.println(results.title(system) + " FAILED: " + why));
  }
}
