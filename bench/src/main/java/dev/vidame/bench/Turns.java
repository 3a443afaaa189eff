package dev.vidame.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two things that are measured in turns, because a machine is not the same from one minute to the
 * next. Not thread-safe.
 */
final class Turns {
  /** How much further off than a mean a median of many normal values is. */
  private static final double MEDIAN_AS_MEAN = Math.sqrt(Math.PI / 2);

  private final List<Rate> first = new ArrayList<>();
  private final List<Rate> second = new ArrayList<>();

  /** Measures something once. */
  @FunctionalInterface
  interface Measurement {
    Rate run() throws IOException;
  }

  /** What somebody does when it is its turn. */
  @FunctionalInterface
  interface Turn {
    void take() throws IOException;
  }

  /** Measures both in turns, as {@link #take}. */
  static Turns run(int rounds, Measurement first, Measurement second) throws IOException {
    Turns turns = new Turns();
    take(rounds, () -> turns.first.add(first.run()), () -> turns.second.add(second.run()));
    return turns;
  }

  /** Lets both have their turns; who comes first changes from round to round. */
  static void take(int rounds, Turn first, Turn second) throws IOException {
    for (int round = 0; round < rounds; round++) {
      boolean isFirstFirst = round % 2 == 0;
      if (isFirstFirst) {
        first.take();
      }
      second.take();
      if (!isFirstFirst) {
        first.take();
      }
    }
  }

  /** The rounds of the first as one. */
  Rate first() {
    return Rate.of(first);
  }

  /** The rounds of the second as one. */
  Rate second() {
    return Rate.of(second);
  }

  /** The median of what the second one's figure is of the first one's in the same round. */
  double ratio(ToDoubleFunction<Rate> figure) {
    return Rate.median(ratios(figure));
  }

  /** How far off {@link #ratio} may be by chance: its standard error, of at least two rounds. */
  double ratioError(ToDoubleFunction<Rate> figure) {
    double[] ratios = ratios(figure);
    double mean = Arrays.stream(ratios).average().orElseThrow();
    double squares = Arrays.stream(ratios).map(ratio -> (ratio - mean) * (ratio - mean)).sum();
    double deviation = Math.sqrt(squares / (ratios.length - 1));
    return MEDIAN_AS_MEAN * deviation / Math.sqrt(ratios.length);
  }

  private double[] ratios(ToDoubleFunction<Rate> figure) {
    double[] ratios = new double[first.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(second.get(i)) / figure.applyAsDouble(first.get(i));
    }
    return ratios;
  }
}
