package dev.vidame.bulk;

import java.io.IOException;
import java.io.Reader;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source, from its first row to its last. Used by one thread. */
final class Source implements AutoCloseable {
  private final SourceOptions options;
  private final RowRules rules;
  private final MessageDigest digest = Digests.sha256();
  private final RawRows rows;
  private boolean isOver;
  private long read;

  private Source(SourceOptions options, FileSeal seal) throws IOException {
    this.options = options;
    this.rules = new RowRules(options);
    Reader text = new Utf8Text(seal.open(options.file()), digest);
    rows = options.isJsonLines() ? new JsonRows(options, text) : new CsvRows(options, text);
  }

  /**
   * Opens a source.
   *
   * @throws BulkException when there is none, or its first bytes are no text
   */
  static Source open(SourceOptions options, FileSeal seal) {
    try {
      return new Source(options, seal);
    } catch (Utf8Text.Fault e) {
      throw BulkException.data(problem(options, e).text());
    } catch (IOException e) {
      throw BulkException.unreadable(options.file(), e);
    }
  }

  private static Problem problem(SourceOptions options, Utf8Text.Fault fault) {
    return new Problem(
        options.name(), fault.line(), null, null, String.valueOf(fault.getMessage()));
  }

  /** The next row, or null behind the last one. */
  SourceRow.@Nullable Item next() {
    if (isOver) {
      return null;
    }
    try {
      return switch (rows.next()) {
        case null -> {
          isOver = true;
          yield null;
        }
        case RawRows.Place.Row(RawRow row) -> {
          read++;
          yield rules.read(row);
        }
        case RawRows.Place.Broken(List<Problem> problems) -> {
          read++;
          yield new SourceRow.Item.Bad(problems);
        }
      };
    } catch (Utf8Text.Fault e) {
      isOver = true;
      return new SourceRow.Item.Bad(List.of(problem(options, e)));
    } catch (IOException e) {
      throw BulkException.unreadable(options.file(), e);
    }
  }

  /** How many rows were read. */
  long read() {
    return read;
  }

  /** The digest of the whole file, once it is read to its end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw BulkException.unreadable(options.file(), e);
    }
  }
}
