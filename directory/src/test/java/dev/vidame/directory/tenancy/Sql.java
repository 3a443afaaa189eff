package dev.vidame.directory.tenancy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads a statement as far as it takes to say which of its tables are held to a tenant. One is
 * where the column of its tenant is equal to a parameter, or to that of another table which is held
 * to one. What an {@code or} makes optional does not count, nor what an update sets.
 */
final class Sql {
  private static final Pattern TOKEN =
      Pattern.compile("'[^']*'|[a-z_][a-z0-9_.*]*|\\?[0-9]*|[0-9]+|\\S");

  private static final Set<String> BEFORE_TABLE = Set.of("from", "join", "into", "update");

  private static final Set<String> NO_ALIAS =
      Set.of("on", "where", "set", "join", "cross", "using", "order", "values", "limit", "select");

  private final Map<String, Set<String>> tables;
  private final List<String> tenantColumns;

  /**
   * A reader.
   *
   * @param tables the columns of each table
   * @param tenantColumns which of them tell the tenant; of several that a table has, the first
   */
  Sql(Map<String, Set<String>> tables, List<String> tenantColumns) {
    this.tables = tables;
    this.tenantColumns = tenantColumns;
  }

  static boolean isStatement(String text) {
    return text.matches("(?is)\\s*(select|insert|update|delete|with|pragma)\\b.*");
  }

  /** The tables that have a tenant and are not held to it. */
  Set<String> unbound(String statement) {
    List<String> tokens =
        TOKEN
            .matcher(statement.toLowerCase(Locale.ROOT))
            .results()
            .map(MatchResult::group)
            .toList();
    Set<String> unbound = new HashSet<>();
    for (Use use : select(tokens, List.of())) {
      if (!use.isBound) {
        unbound.add(use.table);
      }
    }
    return unbound;
  }

  /** A table as a statement uses it. */
  private static final class Use {
    private final String table;
    private final String alias;
    private final String column;
    private boolean isBound;

    Use(String table, String alias, String column) {
      this.table = table;
      this.alias = alias;
      this.column = column;
    }

    boolean isMeantBy(String qualifier) {
      return qualifier.isEmpty() || qualifier.equals(alias) || qualifier.equals(table);
    }
  }

  private static String qualifier(String name) {
    return name.substring(0, Math.max(0, name.indexOf('.')));
  }

  private static String column(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  /** Two things that rows are chosen by, because they are equal. */
  private record Equal(String left, String right) {}

  /** What a statement, or one of several with a union between them, says itself. */
  private record Part(List<String> own, List<List<String>> subselects) {
    boolean isInsert() {
      return own.getFirst().equals("insert");
    }

    List<Equal> equalities() {
      int start = own.indexOf(own.getFirst().equals("update") ? "where" : "from");
      List<Equal> equal = new ArrayList<>();
      if (start < 0 || own.subList(start, own.size()).contains("or")) {
        return equal;
      }
      for (int i = start + 1; i + 1 < own.size(); i++) {
        if (own.get(i).equals("=")) {
          equal.add(new Equal(own.get(i - 1), own.get(i + 1)));
          equal.add(new Equal(own.get(i + 1), own.get(i - 1)));
        }
      }
      return equal;
    }
  }

  private List<Use> select(List<String> tokens, List<Use> outer) {
    List<Use> uses = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int depth = 0;
    for (String token : tokens) {
      depth += step(token);
      if (depth == 0 && token.equals("union")) {
        uses.addAll(part(part, outer));
        part = new ArrayList<>();
      } else if (!part.isEmpty() || !token.equals("all")) {
        part.add(token);
      }
    }
    uses.addAll(part(part, outer));
    return uses;
  }

  private static int step(String token) {
    return token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
  }

  private List<Use> part(List<String> tokens, List<Use> outer) {
    Part part = new Part(new ArrayList<>(), new ArrayList<>());
    split(tokens, part);
    List<Use> uses = uses(part.own());
    List<Use> visible = new ArrayList<>(uses);
    visible.addAll(outer);
    bindByEquality(uses, part.equalities(), visible);
    bindByPosition(uses, part.own());
    List<Use> all = new ArrayList<>(uses);
    for (List<String> subselect : part.subselects()) {
      List<Use> inner = select(subselect, visible);
      inner.stream()
          .filter(use -> isChosenOutside(use, subselect, part.equalities()))
          .forEach(use -> use.isBound = true);
      all.addAll(inner);
    }
    if (part.isInsert() && tenantColumn(target(part.own())).isPresent()) {
      Use target = uses.getFirst();
      target.isBound =
          part.own().contains("values")
              ? isGiven(target, part.own())
              : all.stream().skip(1).allMatch(use -> use.isBound);
    }
    return all;
  }

  private static String target(List<String> own) {
    return own.get(own.indexOf("into") + 1);
  }

  /** Takes subselects out, and what stands in parentheses with an {@code or} or behind a not. */
  private static void split(List<String> tokens, Part part) {
    for (int i = 0; i < tokens.size(); i++) {
      if (!tokens.get(i).equals("(")) {
        part.own().add(tokens.get(i));
        continue;
      }
      int end = end(tokens, i);
      List<String> group = tokens.subList(i + 1, end);
      if (!group.isEmpty() && group.getFirst().equals("select")) {
        part.subselects().add(group);
        part.own().add("#subselect");
      } else if (group.contains("or") || tokens.get(Math.max(0, i - 1)).equals("not")) {
        split(group, new Part(new ArrayList<>(), part.subselects()));
        part.own().add("#choice");
      } else {
        part.own().add("(");
        split(group, part);
        part.own().add(")");
      }
      i = end;
    }
  }

  private static int end(List<String> tokens, int start) {
    int depth = 0;
    for (int i = start; i < tokens.size(); i++) {
      depth += step(tokens.get(i));
      if (depth == 0) {
        return i;
      }
    }
    throw new AssertionError("A parenthesis is not closed in " + tokens);
  }

  private List<Use> uses(List<String> own) {
    List<Use> uses = new ArrayList<>();
    for (int i = 0; i + 1 < own.size(); i++) {
      boolean isUpsert = own.get(Math.max(0, i - 1)).equals("do");
      if (BEFORE_TABLE.contains(own.get(i)) && !isUpsert) {
        String table = own.get(i + 1);
        String next = i + 2 < own.size() ? own.get(i + 2) : "";
        boolean isAlias = next.matches("[a-z_]+") && !NO_ALIAS.contains(next);
        tenantColumn(table)
            .ifPresent(column -> uses.add(new Use(table, isAlias ? next : table, column)));
      }
    }
    return uses;
  }

  private Optional<String> tenantColumn(String table) {
    Set<String> columns = tables.getOrDefault(table, Set.of());
    return tenantColumns.stream().filter(columns::contains).findFirst();
  }

  private void bindByEquality(List<Use> uses, List<Equal> equalities, List<Use> visible) {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = false;
      for (Use use : uses) {
        if (!use.isBound && equalities.stream().anyMatch(equal -> binds(equal, use, visible))) {
          use.isBound = true;
          goesOn = true;
        }
      }
    }
  }

  private boolean binds(Equal equal, Use use, List<Use> visible) {
    if (!column(equal.left()).equals(use.column) || !use.isMeantBy(qualifier(equal.left()))) {
      return false;
    }
    String other = equal.right();
    boolean isTenant = !qualifier(other).isEmpty() && tenantColumns.contains(column(other));
    return other.startsWith("?")
        || (isTenant
            && visible.stream().anyMatch(it -> it.isBound && it.isMeantBy(qualifier(other))));
  }

  /** Rows of the journal that an index of it has found by the tenant. */
  private static void bindByPosition(List<Use> uses, List<String> own) {
    if (own.contains("using") && uses.stream().anyMatch(use -> use.isBound)) {
      uses.forEach(use -> use.isBound = true);
    }
  }

  /** Whether whoever reads the subselect holds its tenant, under another name, to a parameter. */
  private static boolean isChosenOutside(Use use, List<String> subselect, List<Equal> equalities) {
    for (int i = 0; i + 2 < subselect.size(); i++) {
      String as = subselect.get(i + 2);
      if (subselect.get(i).equals(use.column)
          && subselect.get(i + 1).equals("as")
          && equalities.stream()
              .anyMatch(equal -> equal.left().equals(as) && equal.right().startsWith("?"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a parameter stands where the tenant's column of an insert does. */
  private static boolean isGiven(Use target, List<String> own) {
    List<String> columns = list(own, own.indexOf("("));
    List<String> values = list(own, own.indexOf("values") + 1);
    int place = columns.indexOf(target.column);
    return place >= 0 && values.get(place).startsWith("?");
  }

  private static List<String> list(List<String> own, int start) {
    return own.subList(start + 1, end(own, start)).stream()
        .filter(token -> !token.equals(","))
        .toList();
  }
}
