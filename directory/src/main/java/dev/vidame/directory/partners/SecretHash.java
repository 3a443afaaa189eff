package dev.vidame.directory.partners;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The stored form of secrets that this server made: random enough that a fast hash protects them.
 */
public final class SecretHash {
  private SecretHash() {}

  /** The SHA-256 of a secret. */
  public static byte[] of(byte[] secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Of a secret's text. */
  public static byte[] of(String secret) {
    return of(secret.getBytes(StandardCharsets.UTF_8));
  }
}
