package dev.vidame.directory.move;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * How far a table is copied.
 *
 * @param copied how many rows
 * @param key the key of the last; empty before the first
 * @param position the last position that was given in the database's journal
 */
record Mark(long copied, List<Object> key, long position) {
  static final Mark START = new Mark(0, List.of(), 0);

  /** The key as text. */
  String keyText() {
    return key.stream().map(Mark::text).collect(Collectors.joining(" "));
  }

  private static String text(Object value) {
    return switch (value) {
      case UUID id -> "i" + id;
      case byte[] bytes -> "b" + HexFormat.of().formatHex(bytes);
      case String text ->
          "t" + Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
      case Long number -> "n" + number;
      default -> throw new IllegalArgumentException("No key holds a " + value.getClass());
    };
  }

  /** A key that was text. */
  static List<Object> key(String text) {
    List<Object> key = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String value = part.substring(1);
      key.add(
          switch (part.charAt(0)) {
            case 'i' -> UUID.fromString(value);
            case 'b' -> HexFormat.of().parseHex(value);
            case 't' -> new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
            case 'n' -> Long.valueOf(value);
            default -> throw new IllegalArgumentException("No key begins with " + part.charAt(0));
          });
    }
    return List.copyOf(key);
  }
}
