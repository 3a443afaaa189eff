package dev.vidame.bulk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read, where the file system knows owners. */
final class PrivateFiles {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  /**
   * Makes a file and opens it for reading and writing.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  static FileChannel create(Path file) throws IOException {
    Set<OpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Path folder = folder(file);
    FileChannel channel = open(file, options);
    syncFolder(folder);
    return channel;
  }

  /** Opens a file for writing, which is made where there is none. */
  static FileChannel openOrCreate(Path file) throws IOException {
    return open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  private static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
    FileStore store = Files.getFileStore(folder(file));
    return store.supportsFileAttributeView("posix")
        ? FileChannel.open(file, options, OWNER_ONLY)
        : FileChannel.open(file, options);
  }

  /** Makes a file that a crash may have left half-made before. */
  static FileChannel createAnew(Path file) throws IOException {
    Files.deleteIfExists(file);
    return create(file);
  }

  /** Gives a file that is complete and synced its name, over what had it. */
  static void publish(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(folder(file));
  }

  static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** A name is on disk only once its folder is. Windows cannot, and need not. */
  private static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
