package dev.vidame.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the files of a run that hold passwords, or what passwords are made of, lie on the disk: the
 * source and the seed. A server encrypts them; the source of a command line is its user's own file
 * and stays as it is. Implementations are thread-safe.
 */
public interface FileSeal {
  /**
   * Opens a file to be read as it was before it was sealed.
   *
   * @throws BulkException when it is not as it was sealed
   */
  InputStream open(Path file) throws IOException;

  /** The content of a file as it is to be written. */
  byte[] seal(Path file, byte[] content);

  /** Leaves files as they are. */
  static FileSeal none() {
    return new FileSeal() {
      @Override
      public InputStream open(Path file) throws IOException {
        return Files.newInputStream(file);
      }

      @Override
      public byte[] seal(Path file, byte[] content) {
        return content;
      }
    };
  }
}
