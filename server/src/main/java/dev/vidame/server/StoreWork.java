package dev.vidame.server;

import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.move.Backup;
import dev.vidame.directory.move.Move;
import dev.vidame.directory.move.MoveException;
import dev.vidame.directory.move.MoveReport;
import dev.vidame.directory.move.Progress;
import dev.vidame.server.settings.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What operators do to a whole store in a folder. Thread-safe. */
public final class StoreWork {
  private StoreWork() {}

  /**
   * Copies the store to a file. A server may work with it meanwhile.
   *
   * @param isThorough whether every link of every journal is checked
   * @throws MoveException where there is no backup then
   */
  public static MoveReport backup(
      StoreSettings store, Path file, boolean isThorough, Progress progress) throws MoveException {
    return Backup.make(DataFolder.storeIn(store.folder()), file, isThorough, progress);
  }

  /**
   * Makes a store of a backup, in a folder that is empty or not there yet. Where it fails, nothing
   * of it is left.
   *
   * @param isThorough whether every link of every journal is checked
   * @throws StartException when the folder is not empty, or cannot be had
   * @throws MoveException when the file is no backup that this program can serve from
   */
  public static MoveReport restore(
      StoreSettings store, Path file, boolean isThorough, Progress progress)
      throws StartException, MoveException {
    Backup.requireStore(file);
    Path folder = store.folder();
    boolean isNew = !Files.exists(folder);
    boolean isDone = false;
    DataFolder held = DataFolder.openEmpty(folder);
    try (held) {
      MoveReport report = Backup.restore(file, held.store(), isThorough, progress);
      isDone = true;
      return report;
    } finally {
      if (!isDone) {
        held.clear();
        removeIfNew(folder, isNew);
      }
    }
  }

  private static void removeIfNew(Path folder, boolean isNew) {
    if (isNew) {
      try {
        Files.delete(folder);
      } catch (IOException e) {
        System.getLogger(StoreWork.class.getName())
            .log(System.Logger.Level.WARNING, "The folder " + folder + " is left", e);
      }
    }
  }

  /**
   * Copies the store to the PostgreSQL that the settings name, and proves the copy. No server may
   * work with the folder meanwhile.
   *
   * @param whenProved is told of the copy
   * @throws StartException when the folder has no store, or is in use
   * @throws MoveException where it came to nothing; it may go on later
   */
  public static void move(StoreSettings store, Progress progress, Consumer<MoveReport> whenProved)
      throws StartException, MoveException {
    PostgresOptions target = target(store);
    try (DataFolder held = DataFolder.openFilled(store.folder())) {
      Move.run(held.store(), target, progress, whenProved);
    }
  }

  /**
   * Makes the tables in the PostgreSQL that the settings name, and nothing in them.
   *
   * @throws StartException when the password cannot be read
   * @throws MoveException when the database cannot be had, or is something else's
   */
  public static void makeTables(StoreSettings store) throws StartException, MoveException {
    Move.makeTables(target(store));
  }

  private static PostgresOptions target(StoreSettings store) throws StartException {
    try {
      return store
          .postgres()
          .orElseThrow(() -> new IllegalArgumentException("Where to is not in the settings"));
    } catch (IOException e) {
      throw new StartException("The password of the store cannot be read: " + e, e);
    }
  }
}
