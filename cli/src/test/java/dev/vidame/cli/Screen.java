package dev.vidame.cli;

import java.util.ArrayList;
import java.util.List;

/** What a terminal shows of what a program writes: lines, of which the last may be written over. */
final class Screen {
  private static final int WIDTH = 8;

  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int column;

  void write(String text) {
    text.chars().forEach(c -> write((char) c));
  }

  private void write(char c) {
    switch (c) {
      case '\r' -> column = 0;
      case '\n' -> {
        lines.add(new StringBuilder());
        column = 0;
      }
      case '\t' -> write(" ".repeat(WIDTH - column % WIDTH));
      default -> {
        StringBuilder line = lines.getLast();
        if (c < ' ') {
          throw new IllegalStateException("A character that this screen does not know: " + (int) c);
        }
        if (column < line.length()) {
          line.setCharAt(column, c);
        } else {
          line.append(c);
        }
        column++;
      }
    }
  }

  /** The lines from above, without blanks at their ends. */
  List<String> lines() {
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  /** The line that is being written. */
  String last() {
    return lines.getLast().toString().stripTrailing();
  }

  /** The lines as a picture; its blanks do not collapse. */
  static String svg(String title, List<String> lines) {
    int height = 24 + 20 * lines.size();
    int width = 32 + 8 * lines.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
        <title>%s</title>
        <rect width="%d" height="%d" rx="8" fill="#1b1f27"/>
        <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6e9ef">
        """
            .formatted(width, height, width, height, escaped(title), width, height));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isEmpty()) {
        svg.append(
            "<text x=\"16\" y=\"%d\"%s textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text>%n"
                .formatted(
                    28 + 20 * i,
                    line.startsWith("$ ") ? " fill=\"#8fd19e\"" : "",
                    line.length() * 8,
                    escaped(line).replace(' ', '\u00a0')));
      }
    }
    return svg.append("</g>\n</svg>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
