package dev.vidame.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a store, held by one server at a time and readable by its owner only. */
final class DataFolder implements AutoCloseable {
  private static final String LOCK = "vidame.lock";
  private static final String STORE = "vidame.db";

  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  static DataFolder open(Path folder) throws StartException {
    DataFolder opened = hold(folder);
    try {
      opened.createStore();
      return opened;
    } catch (IOException e) {
      opened.close();
      throw unusable(folder, e);
    }
  }

  /** Holds a folder that has a store, and makes none. */
  static DataFolder openFilled(Path folder) throws StartException {
    if (!Files.isRegularFile(storeIn(folder))) {
      throw new StartException("There is no store in the folder " + folder + ".");
    }
    return hold(folder);
  }

  /** Holds a folder that is new or empty, and makes no store in it. */
  static DataFolder openEmpty(Path folder) throws StartException {
    if (isFilled(folder)) {
      if (Files.exists(folder.resolve(LOCK))) {
        hold(folder).close(); // who uses it is the better reason
      }
      throw new StartException("The folder " + folder + " is not empty. Name a new one.");
    }
    return hold(folder);
  }

  private static boolean isFilled(Path folder) throws StartException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isPresent();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static DataFolder hold(Path folder) throws StartException {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
      }
      FileChannel file =
          FileChannel.open(
              folder.resolve(LOCK),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              ownerOnly(folder, "rw-------"));
      if (tryLock(file) == null) {
        file.close();
        throw new StartException(
            "The data folder "
                + folder
                + " is in use by another server. Stop it, or set data.folder.");
      }
      return new DataFolder(folder, file);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static StartException unusable(Path folder, IOException e) {
    return new StartException("The data folder " + folder + " cannot be used: " + e, e);
  }

  /**
   * An empty file is an empty database. It is made here because the database would let others read
   * it, and gives the files beside it the same permissions.
   */
  private void createStore() throws IOException {
    if (!Files.exists(store())) {
      Files.createFile(store(), ownerOnly(folder, "rw-------"));
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder, String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path store() {
    return storeIn(folder);
  }

  /** Where a folder has its store. */
  static Path storeIn(Path folder) {
    return folder.resolve(STORE);
  }

  /** Deletes what is in a folder that was empty. */
  void clear() {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        if (!entry.equals(folder)) {
          Files.delete(entry);
        }
      }
    } catch (IOException e) {
      System.getLogger(DataFolder.class.getName())
          .log(System.Logger.Level.WARNING, "Something is left in " + folder, e);
    }
  }

  /** Lets the folder go; the lock goes with its file. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      System.getLogger(DataFolder.class.getName())
          .log(System.Logger.Level.WARNING, "The lock of " + folder + " could not be closed", e);
    }
  }
}
