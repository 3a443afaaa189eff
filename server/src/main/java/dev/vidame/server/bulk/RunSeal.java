package dev.vidame.server.bulk;

import dev.vidame.bulk.BulkException;
import dev.vidame.bulk.FileSeal;
import dev.vidame.server.secrets.ContentSeal;
import dev.vidame.server.secrets.KeySealException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Encrypts what may hold passwords in the folders of runs, each file for its run and its name, so
 * that none can be put in another's place. An upload is whole in memory anyway when it comes, and
 * so it is when it is read again. Thread-safe.
 */
final class RunSeal implements FileSeal {
  private static final String DAMAGED =
      "A file of this run was damaged on this server. Upload it again.";

  private final ContentSeal seal;

  RunSeal(ContentSeal seal) {
    this.seal = seal;
  }

  /** A folder's name is the run's, with an ending for as long as it is not whole. */
  private static String name(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    String run = folder == null ? "" : String.valueOf(folder.getFileName());
    int ending = run.indexOf('.');
    return (ending < 0 ? run : run.substring(0, ending)) + "/" + file.getFileName();
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return new ByteArrayInputStream(read(file));
  }

  byte[] read(Path file) throws IOException {
    byte[] stored = Files.readAllBytes(file);
    try {
      return seal.open(name(file), stored);
    } catch (KeySealException e) {
      throw new BulkException(BulkException.Kind.DATA, DAMAGED, e);
    }
  }

  @Override
  public byte[] seal(Path file, byte[] content) {
    return seal.seal(name(file), content);
  }

  /** Whether it is one of those that were written before they were encrypted. */
  static boolean isPlain(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return !ContentSeal.isSealed(in.readNBytes(ContentSeal.HEAD_BYTES));
    }
  }
}
