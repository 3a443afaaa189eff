package dev.vidame.directory.move;

import dev.vidame.directory.storage.SqliteFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/**
 * Copies a store in a file to another file, while a server works with it, and back to a new folder.
 */
public final class Backup {
  private static final long BYTES_AT_ONCE = 16L << 20;

  private Backup() {}

  /**
   * Makes a backup, checks it, and then gives it its name.
   *
   * @param store the file of the store, which a server may have open
   * @param file the backup's, which must not be there yet
   * @param isThorough whether every link of every journal is checked
   * @throws MoveException where there is none then
   */
  public static MoveReport make(Path store, Path file, boolean isThorough, Progress progress)
      throws MoveException {
    if (!Files.isRegularFile(store)) {
      throw MoveException.refused("There is no store at " + store + ".");
    }
    try (NewFile backup = NewFile.begin(file)) {
      long size = Files.size(store);
      SqliteFile.copy(
          store,
          backup.partial(),
          written -> progress.at("Copying", Math.min(written, size), size));
      MoveReport report = new StoreCheck(backup.partial(), "The backup").run(isThorough, progress);
      backup.finish();
      return report;
    } catch (FileAlreadyExistsException e) {
      throw MoveException.refused("There is a file " + file + " already. Name another.");
    } catch (IOException | SQLException e) {
      throw unavailable("The backup could not be made: ", e);
    }
  }

  /**
   * Makes a store of a backup.
   *
   * @param store the file of the store, which must not be there yet, in a folder that nobody else
   *     uses
   * @throws MoveException where there is none then
   */
  public static MoveReport restore(Path file, Path store, boolean isThorough, Progress progress)
      throws MoveException {
    requireStore(file);
    try (NewFile restored = NewFile.begin(store)) {
      copy(file, restored.partial(), progress);
      MoveReport report =
          new StoreCheck(restored.partial(), "The file " + file).run(isThorough, progress);
      restored.finish();
      return report;
    } catch (IOException | SQLException e) {
      throw unavailable("The backup could not be restored: ", e);
    }
  }

  private static void copy(Path from, Path to, Progress progress) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      long size = in.size();
      long done = 0;
      while (done < size) {
        done += in.transferTo(done, BYTES_AT_ONCE, out);
        progress.at("Copying", done, size);
      }
    }
  }

  /**
   * Looks at the beginning of a file, before anything is made for it.
   *
   * @throws MoveException where it is no backup
   */
  public static void requireStore(Path file) throws MoveException {
    try {
      if (!Files.isRegularFile(file) || !SqliteFile.isOne(file)) {
        throw MoveException.refused("The file " + file + " is no backup of a store.");
      }
    } catch (IOException e) {
      throw unavailable("The file cannot be read: ", e);
    }
  }

  private static MoveException unavailable(String what, Exception e) {
    return MoveException.unavailable(what + e.getMessage() + ".", e);
  }
}
