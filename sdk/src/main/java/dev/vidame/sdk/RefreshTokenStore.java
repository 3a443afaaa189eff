package dev.vidame.sdk;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the refresh token between two uses: a file, a vault. Every use may bring a new refresh
 * token that replaces the old one. One credential calls it from one thread at a time; what it
 * throws reaches the caller of the API.
 */
public interface RefreshTokenStore {

  /** The newest refresh token. */
  String load();

  /** Replaces the refresh token, before the access token that came with it is used. */
  void save(String refreshToken);

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
