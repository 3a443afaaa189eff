package dev.vidame.server.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query of Prometheus names.
 *
 * @param uses the metrics
 * @param groupings the labels that it groups or matches by
 * @param functions what it computes with
 */
record PromQuery(List<Use> uses, Set<String> groupings, Set<String> functions) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<word>[a-zA-Z_:][\\w:]*)|(?<text>\"[^\"]*\")|(?<range>\\[[^\\]]*])"
              + "|(?<number>\\d+(?:\\.\\d+)?)|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^=<>(){},]))");
  private static final Set<String> GROUPING =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

  /**
   * A metric with what it is selected by.
   *
   * @param metric its name, with the suffix
   * @param matchers label to operator and value, such as {@code ="true"}
   */
  record Use(String metric, Map<String, String> matchers) {}

  /** Reads the query; anything that this cannot read fails the test. */
  static PromQuery of(String query) {
    Reader reader = new Reader(tokens(query));
    reader.read();
    return new PromQuery(reader.uses, reader.groupings, reader.functions);
  }

  private static List<String> tokens(String query) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(query.strip());
    int end = 0;
    while (token.find() && token.start() == end) {
      tokens.add(token.group().strip());
      end = token.end();
    }
    if (end < query.strip().length()) {
      throw new AssertionError("Cannot be read: " + query.strip().substring(end));
    }
    return tokens;
  }

  private static final class Reader {
    final List<Use> uses = new ArrayList<>();
    final Set<String> groupings = new TreeSet<>();
    final Set<String> functions = new TreeSet<>();
    private final List<String> tokens;
    private int next;

    Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    void read() {
      while (next < tokens.size()) {
        String token = tokens.get(next++);
        if (GROUPING.contains(token)) {
          readGrouping();
        } else if (isWord(token) && (isNext("(") || isNext("by"))) {
          functions.add(token);
        } else if (isWord(token) && !OPERATORS.contains(token)) {
          uses.add(new Use(token, isNext("{") ? readMatchers() : Map.of()));
        }
      }
    }

    private static boolean isWord(String token) {
      return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
    }

    private boolean isNext(String token) {
      return next < tokens.size() && tokens.get(next).equals(token);
    }

    private void readGrouping() {
      next++; // the opening bracket
      while (!tokens.get(next).equals(")")) {
        if (!tokens.get(next).equals(",")) {
          groupings.add(tokens.get(next));
        }
        next++;
      }
      next++;
    }

    private Map<String, String> readMatchers() {
      Map<String, String> matchers = new LinkedHashMap<>();
      next++; // the opening brace
      while (!tokens.get(next).equals("}")) {
        if (tokens.get(next).equals(",")) {
          next++;
        }
        matchers.put(tokens.get(next), tokens.get(next + 1) + tokens.get(next + 2));
        next += 3;
      }
      next++;
      return matchers;
    }
  }
}
