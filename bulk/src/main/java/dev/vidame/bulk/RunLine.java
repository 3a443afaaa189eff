package dev.vidame.bulk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A line of a run's journal: eight hexadecimal digits that check the rest, a blank, and JSON. What
 * a crash tore off in the middle is told from what is whole by them.
 */
sealed interface RunLine {
  int CHECK = 8;

  /**
   * The first line.
   *
   * @param kind whether it applies or undoes
   * @param plan the digest of the plan
   */
  record Head(Kind kind, String plan) implements RunLine {}

  /** What a run does. */
  enum Kind {
    APPLY,
    UNDO;

    String text() {
      return this == APPLY ? "apply" : "undo";
    }
  }

  /**
   * Rows may be under way up to here; those behind were never sent.
   *
   * @param ordinal of the last one, counted from 1 in the order of the run
   */
  record UpTo(long ordinal) implements RunLine {}

  /**
   * A row has ended.
   *
   * @param entry how
   */
  record Ended(Entry entry) implements RunLine {}

  /** The line with its end. */
  default byte[] toBytes() {
    byte[] json =
        switch (this) {
          case Head(Kind kind, String plan) -> {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("format", "vidame-bulk-run");
            members.put("version", 1);
            members.put("kind", kind.text());
            members.put("plan", plan);
            yield JsonBody.write(members);
          }
          case UpTo(long ordinal) -> JsonBody.write(Map.of("upTo", ordinal));
          case Ended(Entry entry) -> entry.toJson();
        };
    byte[] line = new byte[CHECK + 1 + json.length + 1];
    System.arraycopy(check(json, 0), 0, line, 0, CHECK);
    line[CHECK] = ' ';
    System.arraycopy(json, 0, line, CHECK + 1, json.length);
    line[line.length - 1] = '\n';
    return line;
  }

  private static byte[] check(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
  }

  /** What a line says, or empty where it is not whole. */
  static Optional<RunLine> of(byte[] line) {
    if (line.length <= CHECK + 1
        || line[CHECK] != ' '
        || !Arrays.equals(check(line, CHECK + 1), Arrays.copyOf(line, CHECK))) {
      return Optional.empty();
    }
    try {
      JsonBody body = JsonBody.parse(Arrays.copyOfRange(line, CHECK + 1, line.length));
      Optional<Long> upTo = body.number("upTo");
      if (upTo.isPresent()) {
        return upTo.map(UpTo::new);
      }
      if (body.text("kind").isPresent()) {
        Kind kind = body.text("kind").orElseThrow().equals("undo") ? Kind.UNDO : Kind.APPLY;
        return Optional.of(new Head(kind, body.text("plan").orElseThrow()));
      }
      return Optional.of(new Ended(Entry.of(body)));
    } catch (WireFormatException | NoSuchElementException e) {
      return Optional.empty();
    }
  }
}
