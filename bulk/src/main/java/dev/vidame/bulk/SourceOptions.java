package dev.vidame.bulk;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source is to be read. Immutable.
 *
 * @param file the source
 * @param format or null, where the file's name tells
 * @param delimiter between the cells of CSV, or null, where the header tells
 * @param mapping from the file's column names to those of fields; {@code -} leaves a column out
 * @param operation of rows that name none
 * @param clearToken the cell that empties a field
 * @param generatesPasswords whether accounts that need a password and are given none get one
 */
public record SourceOptions(
    Path file,
    @Nullable Format format,
    @Nullable Character delimiter,
    Map<String, String> mapping,
    Operation operation,
    String clearToken,
    boolean generatesPasswords) {

  /** The cell that empties a field, where nobody says otherwise. */
  public static final String CLEAR = "!clear";

  /** Forms of sources. */
  public enum Format {
    /** Comma-separated values with a header. */
    CSV,
    /** An object in each line. */
    JSON_LINES
  }

  /** Copies the mapping. */
  public SourceOptions {
    mapping = Map.copyOf(mapping);
  }

  /** Reads a file as its name says, with columns named like fields. */
  public static SourceOptions of(Path file) {
    return new SourceOptions(file, null, null, Map.of(), Operation.UPDATE, CLEAR, false);
  }

  /** The same, with passwords for accounts that need one and are given none. */
  public SourceOptions generatingPasswords() {
    return new SourceOptions(file, format, delimiter, mapping, operation, clearToken, true);
  }

  /** The file's name without its folder. */
  String name() {
    return String.valueOf(file.getFileName());
  }

  boolean isJsonLines() {
    if (format != null) {
      return format == Format.JSON_LINES;
    }
    String name = name().toLowerCase(Locale.ROOT);
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json");
  }
}
