package dev.vidame.cli.admin;

import dev.vidame.wire.JsonBody;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Shows answers to people as tables, and to programs as they are. */
final class Output {
  private static final String ITEMS = "\"items\":[";

  private final PrintWriter out;
  private final boolean isJson;

  Output(PrintWriter out, boolean isJson) {
    this.out = out;
    this.isJson = isJson;
  }

  /** Shows all pages of a list. */
  void list(AdminClient client, String path, String... columns) {
    List<byte[]> pages = new ArrayList<>();
    String next = path;
    while (!next.isEmpty()) {
      byte[] page = client.get(next);
      pages.add(page);
      next = JsonBody.parse(page).text("next").orElse("");
    }
    if (isJson) {
      out.println(joined(pages));
    } else {
      table(
          pages.stream().flatMap(page -> JsonBody.parse(page).objects("items").stream()).toList(),
          columns);
    }
    out.flush();
  }

  /** The pages as one list. The server writes them, so their items stand as they are. */
  private static String joined(List<byte[]> pages) {
    List<String> items = new ArrayList<>();
    int count = 0;
    for (byte[] page : pages) {
      String text = new String(page, StandardCharsets.UTF_8);
      String inner = text.substring(text.indexOf(ITEMS) + ITEMS.length(), text.lastIndexOf(']'));
      if (!inner.isEmpty()) {
        items.add(inner);
      }
      count += JsonBody.parse(page).objects("items").size();
    }
    return "{\"totalCount\":" + count + "," + ITEMS + String.join(",", items) + "]}";
  }

  /** Shows one thing, a member in each line. */
  void item(byte[] answer, String... members) {
    if (isJson) {
      out.println(new String(answer, StandardCharsets.UTF_8));
    } else {
      JsonBody body = JsonBody.parse(answer);
      int width = Arrays.stream(members).mapToInt(String::length).max().orElse(0);
      for (String member : members) {
        out.println(padded(member, width) + "  " + value(body, member));
      }
      body.text("secret")
          .ifPresent(secret -> {
            out.println();
            out.println("The secret is shown only now: " + secret);
          });
    }
    out.flush();
  }

  /** Shows a text of an answer to people; programs have the answer. */
  void text(String before, byte[] answer, String member) {
    if (!isJson) {
      JsonBody.parse(answer).text(member).ifPresent(text -> out.println(before + text));
    }
    out.flush();
  }

  /** Shows texts of an answer to people, a line for each; programs have the answer. */
  void once(String before, byte[] answer, String member) {
    if (!isJson) {
      out.println();
      out.println(before);
      JsonBody.parse(answer).texts(member).orElse(List.of()).forEach(out::println);
    }
    out.flush();
  }

  /** Says that something was done that has no answer. */
  void done(String sentence) {
    if (!isJson) {
      out.println(sentence);
    }
    out.flush();
  }

  private void table(List<JsonBody> rows, String... columns) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(
        Arrays.stream(columns)
            .map(column -> column.substring(column.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT))
            .toList());
    for (JsonBody row : rows) {
      cells.add(Arrays.stream(columns).map(column -> value(row, column)).toList());
    }
    int[] widths = new int[columns.length];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : cells) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(padded(line.get(i), widths[i])).append("  ");
      }
      out.println(text.toString().stripTrailing());
    }
  }

  /** A member, or a member of a member behind a full stop. */
  private static String value(JsonBody body, String path) {
    int stop = path.indexOf('.');
    return stop < 0
        ? body.shown(path)
        : body.object(path.substring(0, stop)).shown(path.substring(stop + 1));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
