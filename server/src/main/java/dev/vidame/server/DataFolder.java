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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder of a store, held by one server at a time and readable by its owner only. */
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  static DataFolder open(Path folder) throws StartException {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
      }
      FileChannel file =
          FileChannel.open(
              folder.resolve("vidame.lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              ownerOnly(folder, "rw-------"));
      if (tryLock(file) == null) {
        file.close();
        throw new StartException(
            "The data folder "
                + folder
                + " is in use by another server. Stop it, or set data.folder.");
      }
      DataFolder opened = new DataFolder(folder, file);
      opened.createStore();
      return opened;
    } catch (IOException e) {
      throw new StartException("The data folder " + folder + " cannot be used: " + e, e);
    }
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
    return folder.resolve("vidame.db");
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
