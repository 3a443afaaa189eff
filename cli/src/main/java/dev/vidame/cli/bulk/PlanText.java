package dev.vidame.cli.bulk;

import dev.vidame.bulk.Field;
import dev.vidame.bulk.Operation;
import dev.vidame.bulk.PlanRow;
import dev.vidame.bulk.Planning;
import dev.vidame.cli.terminal.Visible;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows a plan to people: the first changes, and how many there are. Used by one thread. */
final class PlanText {
  private final PrintWriter out;
  private final String source;
  private final long most;
  private long shown;
  private long hidden;

  PlanText(PrintWriter out, Path source, long most) {
    this.out = out;
    this.source = String.valueOf(source.getFileName());
    this.most = most;
  }

  /** Whether the next one is shown. */
  boolean showsNext() {
    return shown < most;
  }

  void add(PlanRow row) {
    if (shown == most) {
      hidden++;
      return;
    }
    shown++;
    out.println(
        Visible.text(
            sign(row.operation())
                + " "
                + row.operation().text()
                + " "
                + row.key()
                + "  ("
                + source
                + ":"
                + row.line()
                + ")"));
    for (Field field : Field.values()) {
      String after = row.after().get(field);
      if (after != null) {
        String before = row.before().getOrDefault(field, "");
        out.println(
            Visible.text(
                "    "
                    + field.wireName()
                    + ": "
                    + (row.operation() == Operation.CREATE ? "" : shown(before) + " -> ")
                    + shown(after)));
      }
    }
    if (row.password().source() != PlanRow.Password.Source.NONE) {
      out.println("    password: " + (isGenerated(row) ? "a generated one" : "the given one"));
    }
  }

  private static boolean isGenerated(PlanRow row) {
    return row.password().source() == PlanRow.Password.Source.GENERATED;
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(nothing)" : '"' + value + '"';
  }

  private static String sign(Operation operation) {
    return switch (operation) {
      case CREATE, RESTORE -> "+";
      case DELETE -> "-";
      case UPDATE, RESET_PASSWORD -> "~";
    };
  }

  void end(Planning.Summary summary, Path plan) {
    if (hidden > 0) {
      out.println(String.format(Locale.ROOT, "… and %,d more; --all shows them.", hidden));
    }
    List<String> parts = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      Long count = summary.counts().changes().get(operation);
      if (count != null) {
        parts.add(String.format(Locale.ROOT, "%,d %s", count, operation.text()));
      }
    }
    parts.add(String.format(Locale.ROOT, "%,d unchanged", summary.counts().unchanged()));
    parts.add(String.format(Locale.ROOT, "%,d not good", summary.counts().bad()));
    out.println(String.join(", ", parts) + ".");
    out.println(
        summary.isWritten()
            ? "Nothing was changed. Apply it with: vidame bulk apply " + plan
            : "Nothing was changed, and there is no plan; mend the rows above first.");
    out.flush();
  }
}
