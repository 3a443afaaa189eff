package dev.vidame.server.dashboard;

import dev.vidame.bulk.Problem;
import dev.vidame.bulk.RunReport.Failure;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Answer.Header;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables of runs as files to keep. Spreadsheets compute nothing in them (docs/decisions/0066). */
final class RunTables {
  private static final Pattern COMPUTED = Pattern.compile("^'*[=+\\-@\\t\\r]", Pattern.DOTALL);

  private RunTables() {}

  /** A file that the browser keeps. */
  static Answer file(String name, byte[] content) {
    return new Answer(
        200,
        List.of(
            new Header("Content-Type", "text/csv; charset=utf-8"),
            new Header("Content-Disposition", "attachment; filename=\"" + name + "\""),
            new Header("Content-Security-Policy", "default-src 'none'; sandbox")),
        content);
  }

  /** Rows that were left out of a plan. */
  static byte[] problems(List<Problem> problems, Language language) {
    StringBuilder table =
        new StringBuilder(
            row(
                Text.of("Line").in(language),
                Text.of("User").in(language),
                Text.of("Column").in(language),
                Text.of("What is wrong").in(language)));
    problems.forEach(problem ->
        table.append(
            row(
                Long.toString(problem.line()),
                text(problem.key()),
                text(problem.field()),
                RunTexts.cause(problem.cause()).in(language))));
    return table.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Rows that failed. */
  static byte[] failures(List<Failure> failures, Language language) {
    StringBuilder table =
        new StringBuilder(
            row(
                Text.of("Line").in(language),
                Text.of("User").in(language),
                Text.of("Result").in(language),
                Text.of("Column").in(language),
                Text.of("Why").in(language)));
    failures.forEach(failure ->
        table.append(
            row(
                Long.toString(failure.line()),
                failure.key(),
                RunTexts.of(failure.result()).in(language),
                text(failure.field()),
                RunTexts.cause(failure.cause()).in(language))));
    return table.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String row(String... cells) {
    return List.of(cells).stream()
        .map(RunTables::cell)
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String text) {
    String guarded = COMPUTED.matcher(text).find() ? "'" + text : text;
    return guarded.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? "\"" + guarded.replace("\"", "\"\"") + "\""
        : guarded;
  }
}
