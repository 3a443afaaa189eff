package dev.vidame.bench.compare;

import dev.vidame.bench.BenchException;
import dev.vidame.bench.JsonLine;
import dev.vidame.bench.Rate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What was measured of whom, round by round. Not thread-safe. */
final class Results {
  private static final int RATE_DECIMALS = 0;
  private static final int MILLIS_DECIMALS = 2;

  private final Map<String, String> titles = new LinkedHashMap<>();
  private final Map<String, Map<Operation, List<Rate>>> rounds = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final Set<String> versions = new LinkedHashSet<>();

  /** A system that has its turns; those that come first stand first. */
  void expect(String system, String title) {
    titles.put(system, title);
    of(system).clear();
  }

  private Map<Operation, List<Rate>> of(String system) {
    return rounds.computeIfAbsent(system, any -> new EnumMap<>(Operation.class));
  }

  /** What of what version ran. */
  void version(String what) {
    versions.addAll(List.of(what.split(", ", -1)));
  }

  /** All that ran, each once. */
  String versions() {
    return String.join(", ", versions);
  }

  /** One round of one operation. */
  void add(String system, Operation operation, Rate rate) {
    of(system).computeIfAbsent(operation, any -> new ArrayList<>()).add(rate);
  }

  /** A system that did not do what it was asked to has no figures. */
  void fail(String system, String why) {
    failures.put(system, why);
    of(system).clear();
  }

  /** Why systems have no figures. */
  Map<String, String> failures() {
    return failures;
  }

  /** For people. */
  String title(String system) {
    return titles.getOrDefault(system, system);
  }

  /** Who has figures, in order. */
  List<String> systems() {
    return rounds.entrySet().stream()
        .filter(system -> !system.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What was measured of a system, in order. */
  Set<Operation> operations(String system) {
    return rounds.getOrDefault(system, Map.of()).keySet();
  }

  /** Whether it was measured. */
  boolean has(String system, Operation operation) {
    return operations(system).contains(operation);
  }

  /** All rounds as one. */
  Rate rate(String system, Operation operation) {
    return Rate.of(all(system, operation));
  }

  private List<Rate> all(String system, Operation operation) {
    List<Rate> all = rounds.getOrDefault(system, Map.of()).get(operation);
    if (all == null) {
      throw new BenchException(system + " was not measured: " + operation.word());
    }
    return all;
  }

  /** One operation of one system. */
  record Figure(String system, Operation operation) {}

  /**
   * The median of what a figure is of another in the same round, because a machine is not the same
   * from one minute to the next.
   */
  double ratio(Figure of, Figure to, ToDoubleFunction<Rate> figure) {
    List<Rate> above = all(of.system(), of.operation());
    List<Rate> below = all(to.system(), to.operation());
    double[] ratios = new double[Math.min(above.size(), below.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(above.get(i)) / figure.applyAsDouble(below.get(i));
    }
    return Rate.median(ratios);
  }

  /** {@code {system: {operation: {per_s, p50_ms, p99_ms}}}}, of all that have figures. */
  JsonLine json() {
    JsonLine all = new JsonLine();
    for (String system : systems()) {
      JsonLine operations = new JsonLine();
      for (Operation operation : operations(system)) {
        Rate rate = rate(system, operation);
        operations.object(
            operation.word(),
            new JsonLine()
                .number("per_s", rate.perSecond(), RATE_DECIMALS)
                .number("p50_ms", rate.p50Millis(), MILLIS_DECIMALS)
                .number("p99_ms", rate.p99Millis(), MILLIS_DECIMALS));
      }
      all.object(system, operations);
    }
    return all;
  }
}
