package dev.vidame.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.bulk.SourceOptions.Format;
import dev.vidame.harness.Corpus;
import dev.vidame.wire.JsonBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Any bytes as CSV and as JSON Lines: each row is good or tells what is wrong with it, and good
 * rows, written as JSON Lines, are the same rows.
 */
final class SourceFuzzTest {
  private static FileSeal over(byte[] content) {
    return new FileSeal() {
      @Override
      public InputStream open(Path file) {
        return new ByteArrayInputStream(content);
      }

      @Override
      public byte[] seal(Path file, byte[] bytes) {
        return bytes;
      }
    };
  }

  public static void fuzzerTestOneInput(byte[] input) {
    check(Format.CSV, input);
    check(Format.JSON_LINES, input);
  }

  private static void check(Format format, byte[] input) {
    List<SourceRow.Item> items;
    try {
      items = read(format, input);
    } catch (BulkException e) {
      assertThat(e).hasMessageStartingWith("users");
      return;
    }

    String text = new String(input, StandardCharsets.ISO_8859_1);
    long lines = 1 + text.chars().filter(c -> c == '\n' || c == '\r').count();
    assertThat(items).hasSizeLessThanOrEqualTo((int) lines + 1);
    List<SourceRow> rows = new ArrayList<>();
    for (SourceRow.Item item : items) {
      switch (item) {
        case SourceRow.Item.Good(SourceRow row) -> {
          assertThat(row.line()).isBetween(1L, lines);
          rows.add(row);
        }
        case SourceRow.Item.Bad(List<Problem> problems) ->
            assertThat(problems)
                .isNotEmpty()
                .allMatch(problem -> problem.line() >= 1 && problem.line() <= lines + 1);
      }
    }
    assertSameWhenWritten(rows);
  }

  private static List<SourceRow.Item> read(Format format, byte[] input) {
    SourceOptions options =
        new SourceOptions(
            Path.of("users"), format, null, Map.of(), Operation.UPDATE, SourceOptions.CLEAR, true);
    List<SourceRow.Item> items = new ArrayList<>();
    try (Source source = Source.open(options, over(input))) {
      for (SourceRow.Item item = source.next(); item != null; item = source.next()) {
        items.add(item);
      }
      assertThat(source.read()).isBetween(items.size() - 1L, (long) items.size());
    }
    return items;
  }

  private static void assertSameWhenWritten(List<SourceRow> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    rows.forEach(row -> {
      out.writeBytes(JsonBody.write(members(row)));
      out.write('\n');
    });
    List<SourceRow.Item> items = read(Format.JSON_LINES, out.toByteArray());
    assertThat(items).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      SourceRow row = rows.get(i);
      SourceRow numbered =
          new SourceRow(
              i + 1,
              i + 1,
              row.operation(),
              row.key(),
              row.fields(),
              row.password(),
              row.forcesChange());
      assertThat(items.get(i)).isEqualTo(new SourceRow.Item.Good(numbered));
    }
  }

  private static Map<String, Object> members(SourceRow row) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("operation", row.operation().text());
    row.fields().forEach((field, value) -> members.put(field.wireName(), value));
    if (row.operation() == Operation.CREATE) {
      members.put("userPrincipalName", row.key().text());
    } else {
      String newName = row.fields().get(Field.USER_PRINCIPAL_NAME);
      members.remove("userPrincipalName");
      if (newName != null) {
        members.put("newUserPrincipalName", newName);
      }
      members.put(
          row.key() instanceof AccountKey.ById ? "id" : "userPrincipalName", row.key().text());
    }
    if (row.password() != null) {
      members.put("password", row.password());
    }
    if (row.forcesChange() != null) {
      members.put("forceChangePassword", row.forcesChange());
    }
    return members;
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
