package dev.vidame.directory.move;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over rows in one form, whatever database they come from. Each value has its kind and,
 * where it can vary, its length before it, so that no two lists of rows are written alike. Not
 * thread-safe.
 */
final class RowDigest {
  private static final byte NULL = 0;
  private static final byte ID = 1;
  private static final byte BYTES = 2;
  private static final byte TEXT = 3;
  private static final byte NUMBER = 4;

  private final MessageDigest digest = sha256();
  private final ByteBuffer fixed = ByteBuffer.allocate(1 + 2 * Long.BYTES);

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** From here on come rows of this table. */
  RowDigest table(String name) {
    value(name);
    return this;
  }

  /** Adds a row. */
  RowDigest row(List<@Nullable Object> values) {
    put(NUMBER, values.size());
    values.forEach(this::value);
    return this;
  }

  /** Adds a digest of other rows. */
  RowDigest part(byte[] bytes) {
    value(bytes);
    return this;
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> digest.update(NULL);
      case UUID id -> {
        fixed.clear();
        fixed.put(ID).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        flush();
      }
      case byte[] bytes -> {
        put(BYTES, bytes.length);
        digest.update(bytes);
      }
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(TEXT, bytes.length);
        digest.update(bytes);
      }
      case Long number -> put(NUMBER, number);
      default -> throw new IllegalArgumentException("No column holds a " + value.getClass());
    }
  }

  private void put(byte kind, long number) {
    fixed.clear();
    fixed.put(kind).putLong(number);
    flush();
  }

  private void flush() {
    digest.update(fixed.array(), 0, fixed.position());
  }

  /** The digest. Starts anew. */
  byte[] take() {
    return digest.digest();
  }
}
