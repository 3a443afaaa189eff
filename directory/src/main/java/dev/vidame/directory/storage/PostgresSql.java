package dev.vidame.directory.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A statement as PostgreSQL's driver wants it. Immutable.
 *
 * <p>The driver knows only parameters without a number, so each place of a numbered one is listed.
 * The few functions that PostgreSQL calls otherwise are replaced.
 */
final class PostgresSql {
  /** Statements are constants of the code, so there are a few hundred. */
  private static final Map<String, PostgresSql> KNOWN = new ConcurrentHashMap<>();

  private static final Pattern PARAMETER = Pattern.compile("\\?(\\d*)");
  private static final Pattern LOCKS = Pattern.compile(" for (update|key share)$");
  private static final Pattern HEX = Pattern.compile("\\bhex\\((\\w+)\\)");

  private final String text;
  private final int[][] places;
  private final boolean isQuery;

  private PostgresSql(String text, int[][] places) {
    this.text = text;
    this.places = places;
    this.isQuery = text.startsWith("select ") && !LOCKS.matcher(text).find();
  }

  static PostgresSql of(String sql) {
    PostgresSql known = KNOWN.get(sql);
    return known != null ? known : KNOWN.computeIfAbsent(sql, PostgresSql::translate);
  }

  private static PostgresSql translate(String sql) {
    String own = HEX.matcher(sql).replaceAll("replace(cast($1 as text), '-', '')");
    List<List<Integer>> places = new ArrayList<>();
    Matcher parameters = PARAMETER.matcher(own);
    StringBuilder text = new StringBuilder();
    int place = 0;
    while (parameters.find()) {
      String digits = parameters.group(1);
      int number = digits.isEmpty() ? places.size() + 1 : Integer.parseInt(digits);
      while (places.size() < number) {
        places.add(new ArrayList<>());
      }
      places.get(number - 1).add(++place);
      parameters.appendReplacement(text, "?");
    }
    parameters.appendTail(text);
    return new PostgresSql(
        text.toString(),
        places.stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new));
  }

  String text() {
    return text;
  }

  /** Where the parameter of a number, counted from 1, stands; nowhere where it is not used. */
  int[] places(int number) {
    return places[number - 1];
  }

  /** How many places there are in all. */
  int allPlaces() {
    return Stream.of(places).mapToInt(list -> list.length).sum();
  }

  /** Whether it changes nothing, not even a lock. */
  boolean isQuery() {
    return isQuery;
  }
}
