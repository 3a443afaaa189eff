package dev.vidame.server.tokens;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that stands for a text where the text itself must not be kept or shown. */
final class Sha256 {
  private Sha256() {}

  static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
