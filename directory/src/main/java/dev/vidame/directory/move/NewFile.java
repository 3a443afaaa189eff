package dev.vidame.directory.move;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * A file that gets its name once it is whole and synced, and until then goes where its work fails.
 * Only its owner can read it. Never takes the place of another file.
 */
final class NewFile implements AutoCloseable {
  private final Path partial;
  private final Path name;

  private NewFile(Path partial, Path name) {
    this.partial = partial;
    this.name = name;
  }

  /** An empty one beside the name that it is to get. */
  static NewFile begin(Path name) throws IOException {
    Path absolute = name.toAbsolutePath();
    if (Files.exists(absolute)) {
      throw new FileAlreadyExistsException(name.toString());
    }
    Path partial =
        absolute.resolveSibling(
            "." + absolute.getFileName() + "." + UUID.randomUUID() + ".partial");
    Files.createFile(partial, ownerOnly(partial));
    return new NewFile(partial, absolute);
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Where it is until then. */
  Path partial() {
    return partial;
  }

  /** Writes it through to the disk and gives it its name. */
  void finish() throws IOException {
    sync(partial, StandardOpenOption.WRITE);
    try {
      Files.createLink(name, partial); // fails where there is one, which no renaming does
      Files.delete(partial);
    } catch (UnsupportedOperationException e) {
      Files.move(partial, name, StandardCopyOption.ATOMIC_MOVE);
    }
    if (name.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      sync(name.resolveSibling(""), StandardOpenOption.READ);
    }
  }

  private static void sync(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(partial);
    Files.deleteIfExists(partial.resolveSibling(partial.getFileName() + "-journal"));
  }
}
