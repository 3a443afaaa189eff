package dev.vidame.bench.sql;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a PATCH as the product runs them, and values of the real widths. Everyone who
 * is compared runs these and nothing else.
 */
final class PatchWork {
  static final String READ_USER =
      "select customer_id, user_id, version, upn, display_name, first_name, last_name,"
          + " usage_location, immutable_id, phone_number, force_change_password, deleted_at"
          + " from users where customer_id = ? and user_id = ?";

  static final String INSERT_JOURNAL =
      "insert into journal (customer_id, seq, at, partner_id, actor_id, application_id, operation,"
          + " subject_id, request_id, correlation_id, request_key, body_hash, changes, salt,"
          + " payload_hash, hash, position) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

  static final String UPDATE_USER =
      "update users set version = ?, display_name = ?, first_name = ?, last_name = ?,"
          + " usage_location = ?, phone_number = ?, force_change_password = ?"
          + " where customer_id = ? and user_id = ?";

  static final String OPERATION = "user.update";
  static final long AT = 1_700_000_000_000_000L;

  private static final int GUID_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final byte[] GUID = new byte[GUID_BYTES];
  private static final byte[] HASH = new byte[HASH_BYTES];

  private PatchWork() {}

  /** What a caller asks for. */
  record Change(UUID customer, UUID user, String displayName) {
    String changes(Account before) {
      return "[[\"displayName\",\"" + before.displayName() + "\",\"" + displayName + "\"]]";
    }
  }

  /** An account as it is read. */
  record Account(
      UUID customer,
      UUID user,
      long version,
      String userPrincipalName,
      String displayName,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String usageLocation,
      @Nullable String immutableId,
      @Nullable String phoneNumber,
      boolean forceChangePassword,
      @Nullable Long deletedAt) {}

  /**
   * One copy of 16 bytes that stand for a GUID, a key or a salt: what is measured is not how they
   * come about.
   */
  static byte[] guid() {
    return GUID.clone();
  }

  /** As {@link #guid}, 32 bytes. */
  static byte[] hash() {
    return HASH.clone();
  }

  static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
