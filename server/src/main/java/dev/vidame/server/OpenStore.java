package dev.vidame.server;

import dev.vidame.directory.Checkpoints;
import dev.vidame.directory.Directory;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.observation.Observers;
import dev.vidame.server.settings.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store that the settings name: a folder, which is held until this is closed, or a database.
 */
final class OpenStore implements AutoCloseable {
  private final @Nullable DataFolder folder;
  private final @Nullable PostgresOptions postgres;

  private OpenStore(@Nullable DataFolder folder, @Nullable PostgresOptions postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /**
   * Holds a folder; a database is not asked yet.
   *
   * @throws StartException when the folder cannot be had, or the database's password not be read
   */
  static OpenStore hold(StoreSettings settings) throws StartException {
    Optional<PostgresOptions> postgres;
    try {
      postgres = settings.postgres();
    } catch (IOException e) {
      throw new StartException("The password of the store cannot be read: " + e, e);
    }
    return postgres.isPresent()
        ? new OpenStore(null, postgres.get())
        : new OpenStore(DataFolder.open(settings.folder()), null);
  }

  /**
   * Opens the directory in it.
   *
   * @param observers who is told
   * @param checkpoints of a file; a database looks after that by itself
   * @throws StartException when the store cannot be opened, or is newer than this program
   */
  Directory open(Directory.Options options, Observers observers, Checkpoints checkpoints)
      throws StartException {
    if (folder == null) {
      return openDatabase(options, observers);
    }
    Path file = folder.store();
    try {
      return Directory.open(file, options, observers, checkpoints);
    } catch (SQLException e) {
      throw unopened("The store " + file + " cannot be opened. ", e);
    }
  }

  private Directory openDatabase(Directory.Options options, Observers observers)
      throws StartException {
    if (postgres == null) {
      throw new IllegalStateException("A store is a folder or a database");
    }
    try {
      return Directory.open(postgres, options, observers);
    } catch (SQLException e) {
      throw unopened("The database that store.url names cannot be opened. ", e);
    }
  }

  private static StartException unopened(String what, SQLException e) {
    return new StartException(what + Optional.ofNullable(e.getCause()).orElse(e).getMessage(), e);
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
