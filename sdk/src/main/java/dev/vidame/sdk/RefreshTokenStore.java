package dev.vidame.sdk;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the refresh token between two uses: a file, a vault. Every use may bring a new refresh
 * token that replaces the old one. One credential calls it from one thread at a time; what it
 * throws reaches the caller of the API.
 */
public interface RefreshTokenStore {

  /** The newest refresh token, or the empty text when there is none. */
  String load();

  /** Replaces the refresh token, before the access token that came with it is used. */
  void save(String refreshToken);

  /**
   * Keeps the refresh token in a file that only its owner may read; where the file system knows no
   * such thing, in a file. The file is replaced at once, so a crash leaves the old or the new
   * token. What goes wrong is an {@link java.io.UncheckedIOException}.
   */
  static RefreshTokenStore inFile(Path file) {
    return new RefreshTokenFile(file);
  }

  /** Keeps the refresh token in memory only; its text form does not show it. */
  static RefreshTokenStore inMemory(String refreshToken) {
    AtomicReference<String> newest = new AtomicReference<>(refreshToken);
    return new RefreshTokenStore() {
      @Override
      public String load() {
        return newest.get();
      }

      @Override
      public void save(String rotated) {
        newest.set(rotated);
      }

      @Override
      public String toString() {
        return "RefreshTokenStore[***]";
      }
    };
  }
}
