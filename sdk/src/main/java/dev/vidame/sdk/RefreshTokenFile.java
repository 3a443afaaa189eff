package dev.vidame.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps a refresh token in a file. */
final class RefreshTokenFile implements RefreshTokenStore {
  private final Path file;
  private final Path folder;

  RefreshTokenFile(Path file) {
    this.file = file.toAbsolutePath();
    Path parent = this.file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("No file can be there: " + file);
    }
    this.folder = parent;
  }

  @Override
  public String load() {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(String refreshToken) {
    try {
      Path written = Files.createTempFile(folder, ".refresh-token", ".new", attributes());
      try {
        Files.writeString(written, refreshToken);
        Files.move(
            written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileAttribute<?>[] attributes() {
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Names the file, never the token. */
  @Override
  public String toString() {
    return "RefreshTokenStore[" + file + "]";
  }
}
