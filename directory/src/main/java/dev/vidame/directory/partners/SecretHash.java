package dev.vidame.directory.partners;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The stored form of secrets that this server made: random enough that a fast hash protects them.
 */
final class SecretHash {
  private SecretHash() {}

  static byte[] of(byte[] secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
