package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files that their owner alone may read, in folders that their owner alone may enter. Where the file
 * system knows no such thing, as on Windows, the person's own folder protects them. Files are
 * replaced at once, so a crash leaves the old or the new one.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private PrivateFiles() {}

  /** Makes a folder and those above it, unless they are there. */
  static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder, attributes(folder, "rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file, instead of the one that may be there. */
  public static void write(Path file, String text) {
    Path folder = folderOf(file);
    try {
      Path written =
          Files.createTempFile(folder, ".vidame", ".new", attributes(folder, "rw-------"));
      try {
        Files.writeString(written, text);
        Files.move(
            written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder that a file is in. */
  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("No file can be there: " + file);
    }
    return folder;
  }

  private static FileAttribute<?>[] attributes(Path place, String permissions) {
    return isPosix(place)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path place) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Reads a secret.
   *
   * @return empty where there is no such file
   * @throws CommandException where others may read it
   */
  public static Optional<String> read(Path file) {
    try {
      requirePrivate(file);
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses a file or folder that others can read or change.
   *
   * @throws CommandException in words that say how to mend it
   */
  static void requirePrivate(Path place) throws IOException {
    if (!isPosix(place)) {
      return;
    }
    Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
    open.addAll(Files.getPosixFilePermissions(place));
    open.retainAll(OF_OTHERS);
    if (!open.isEmpty()) {
      String wanted = Files.isDirectory(place) ? "700" : "600";
      throw new CommandException(
          ExitCode.CONFIGURATION,
          place
              + " can be read or changed by others, so what is in it may be known to them. Sign in again, and until"
              + " then close it: chmod "
              + wanted
              + " '"
              + place
              + "'");
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
