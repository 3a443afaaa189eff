package dev.vidame.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The folders of the stores of one kit, below a temporary folder that goes with it, and copies of
 * stores. Used by one thread at a time.
 */
final class Stores {
  /** Made by {@code PreparedStoreTest}, which also says whether it is what it is to be. */
  static final String PREPARED = "founding-document.db.gz";

  private static final String STORE = "vidame.db";

  private final Path root;
  private int last;

  Stores() {
    try {
      root = Files.createTempDirectory("vidame-testkit-");
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder can be made", e);
    }
  }

  /** A new folder without a store. */
  Path empty() {
    try {
      return Files.createDirectory(root.resolve("data-" + ++last));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A store with the founding document in it, as a server's first start leaves it. It comes with
   * the kit, because to hash its passwords and to find a key takes as long as the rest of a start.
   */
  Path prepared() {
    Path file = root.resolve("prepared.db");
    try (InputStream packed = Stores.class.getResourceAsStream(PREPARED)) {
      if (packed == null) {
        throw new IllegalStateException("This build lacks " + PREPARED);
      }
      try (InputStream in = new GZIPInputStream(packed)) {
        Files.copy(in, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The prepared store cannot be unpacked to " + file, e);
    }
    return file;
  }

  /** A new folder with a copy of this store. */
  Path copyOf(Path store) {
    Path folder = empty();
    try {
      Files.copy(store, folder.resolve(STORE));
    } catch (IOException e) {
      throw new UncheckedIOException("The snapshot " + store + " cannot be copied", e);
    }
    return folder;
  }

  /** A copy, in one file, of the store in a folder as it is now, whoever works with it. */
  Path snapshotOf(Path folder) {
    Path file = root.resolve("snapshot-" + ++last + ".db");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(STORE));
        PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
      copy.setString(1, file.toString());
      copy.executeUpdate();
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException("The store cannot be copied", e);
    }
  }

  /** Deletes a folder, as far as the system lets it. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // Windows keeps a loaded library; the system's own cleaning of temporary folders takes it.
      System.getLogger(Stores.class.getName())
          .log(System.Logger.Level.DEBUG, "The folder " + folder + " could not be deleted", e);
    }
  }

  /** Deletes all of it. */
  void delete() {
    delete(root);
  }
}
