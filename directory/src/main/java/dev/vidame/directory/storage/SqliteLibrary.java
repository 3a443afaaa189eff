package dev.vidame.directory.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps the driver's native library beside the store.
 *
 * <p>Left to itself, the driver unpacks its library into the temporary folder at every start,
 * compares it byte by byte, and leaves it there when the process is killed. That takes a tenth of a
 * second, and fails where nothing in that folder may be executed.
 */
final class SqliteLibrary {
  private static final String FOLDER = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * Unpacks the library once and points the driver to it, unless the operator did.
   *
   * @param folder the store's own, which only its owner can write
   */
  static synchronized void prepare(Path folder) throws SQLException {
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    Path home = folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion()).toAbsolutePath();
    Path library = home.resolve(name);
    if (!Files.exists(library)) {
      // To say which machine this is, the driver runs another program, so it is asked only once.
      String resources = LibraryLoaderUtil.getNativeLibResourcePath();
      if (!LibraryLoaderUtil.hasNativeLib(resources, name)) {
        return;
      }
      try {
        unpack(resources + "/" + name, library);
      } catch (IOException e) {
        throw new SQLException("SQLite's library cannot be unpacked to " + library, e);
      }
    }
    System.setProperty(FOLDER, home.toString());
  }

  /** Under another name first, so that a library is there whole or not at all. */
  private static void unpack(String resource, Path library) throws IOException {
    Files.createDirectories(library.getParent());
    Path partial = Files.createTempFile(library.getParent(), "unpacking", ".tmp");
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new IOException("The driver has no library for this machine at " + resource);
      }
      Files.copy(packed, partial, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
  }
}
