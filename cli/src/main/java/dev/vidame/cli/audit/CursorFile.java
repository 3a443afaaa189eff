package dev.vidame.cli.audit;

import dev.vidame.sdk.ChangeCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A file with the place that somebody has come to in a change feed. It is replaced as a whole, so
 * that it holds a place at every moment.
 */
final class CursorFile {
  private static final int MOST_BYTES = 1_000;

  private final Path file;

  CursorFile(Path file) {
    this.file = file;
  }

  /**
   * The place; empty where there is no such file.
   *
   * @throws dev.vidame.cli.exit.CommandException where the file holds something else
   */
  Optional<ChangeCursor> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String text =
          Files.size(file) > MOST_BYTES
              ? ""
              : Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (!text.matches("[A-Za-z0-9_-]+")) {
        throw Following.noCursor(file);
      }
      return Optional.of(new ChangeCursor(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(ChangeCursor cursor) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, cursor.value() + "\n", StandardCharsets.US_ASCII);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
