package dev.vidame.server.changes;

import dev.vidame.directory.feed.Place;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.wire.CustomerId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in a customer's journal as callers keep it (docs/decisions/0068). It names the customer,
 * the row and the beginning of its hash, and ends with a check sum, so that one that was cut or
 * mistyped is told from one whose row is gone. Nothing about it is secret, so it is good for as
 * long as the journal has the row, wherever the store is.
 */
final class Cursor {
  private static final byte VERSION = 1;
  private static final int CONTENT_BYTES = 1 + 16 + Long.BYTES + Place.MARK_BYTES;
  private static final int SUM_BYTES = 8;
  private static final int MAX_CHARS = 200;

  private Cursor() {}

  static String of(CustomerId customer, Place place) {
    ByteBuffer bytes = ByteBuffer.allocate(CONTENT_BYTES + SUM_BYTES);
    UUID id = customer.value();
    bytes
        .put(VERSION)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putLong(place.seq())
        .put(place.mark());
    bytes.put(sum(Arrays.copyOf(bytes.array(), CONTENT_BYTES)));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * The place that a cursor stands for.
   *
   * @throws dev.vidame.server.http.ApiException when it is none, or is another customer's
   */
  static Place read(CustomerId customer, String text) {
    byte[] bytes = decoded(text);
    byte[] content = Arrays.copyOf(bytes, CONTENT_BYTES);
    boolean isWhole =
        bytes.length == CONTENT_BYTES + SUM_BYTES
            && bytes[0] == VERSION
            && Arrays.equals(sum(content), Arrays.copyOfRange(bytes, CONTENT_BYTES, bytes.length));
    if (!isWhole) {
      throw ApiErrors.invalidProperty(
          "since", "The value is no cursor of a change feed, or is not whole.");
    }
    ByteBuffer in = ByteBuffer.wrap(content, 1, CONTENT_BYTES - 1);
    if (!new UUID(in.getLong(), in.getLong()).equals(customer.value())) {
      throw ApiErrors.invalidProperty("since", "The cursor is of another customer's feed.");
    }
    long seq = in.getLong();
    byte[] mark = new byte[Place.MARK_BYTES];
    in.get(mark);
    return new Place(seq, mark);
  }

  private static byte[] decoded(String text) {
    if (text.length() > MAX_CHARS) {
      return new byte[0];
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // not Base64, so none of ours
    }
  }

  private static byte[] sum(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return Arrays.copyOf(digest, SUM_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
