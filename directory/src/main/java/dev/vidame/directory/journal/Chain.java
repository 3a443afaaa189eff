package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Arguments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The hashes that chain a customer's journal.
 *
 * <p>A row's payload hash covers the changes and a random salt, so that once both are erased the
 * hash tells nothing about them. A row's hash covers the hash before it, every other column, and
 * the payload hash; so erasing a payload on request breaks nothing, while any other alteration
 * shows in this row and in all that follow.
 */
final class Chain {
  static final int HASH_BYTES = 32;

  private static final byte[] START = new byte[HASH_BYTES];
  private static final byte FORMAT = 1;
  private static final int FIXED_BYTES = 1 + HASH_BYTES + 9 * 16 + 2 * Long.BYTES + HASH_BYTES;

  private Chain() {}

  /** The hash before a customer's first row. */
  static byte[] start() {
    return START.clone();
  }

  static byte[] payloadHash(String changes, byte[] salt) {
    MessageDigest digest = Fingerprint.sha256();
    digest.update(salt);
    return digest.digest(changes.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] hash(byte[] previous, Entry entry, byte[] payloadHash) {
    byte[] operation = entry.operation().code().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + operation.length);
    ChangeRequest request = entry.request();
    bytes.put(FORMAT).put(previous);
    put(bytes, entry.customer().value());
    bytes.putLong(entry.seq()).putLong(Arguments.micros(entry.at()));
    put(bytes, request.actor().partner().value());
    put(bytes, request.actor().agent().map(agent -> agent.value()).orElse(null));
    put(bytes, request.actor().application().value());
    put(bytes, entry.subject());
    put(bytes, request.requestId());
    put(bytes, request.correlationId());
    bytes.put(request.key().bytes()).put(request.bodyHash().bytes());
    bytes.put(payloadHash).put(operation);
    return Fingerprint.sha256().digest(bytes.array());
  }

  private static void put(ByteBuffer bytes, @Nullable UUID id) {
    bytes.putLong(id == null ? 0 : id.getMostSignificantBits());
    bytes.putLong(id == null ? 0 : id.getLeastSignificantBits());
  }
}
