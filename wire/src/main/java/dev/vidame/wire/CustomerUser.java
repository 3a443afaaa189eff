package dev.vidame.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user account as the API answers it. Immutable.
 *
 * <p>The components stand in the order of the answer's members. Vidame always answers {@code id},
 * {@code userPrincipalName}, {@code displayName}, {@code userDomainType}, {@code state} and {@code
 * self}; other servers may leave any of them out, so all may be null.
 *
 * @param usageLocation two letters, upper case; needed before a licence can be assigned
 * @param id the account
 * @param userPrincipalName the sign-in name
 * @param firstName the given name
 * @param lastName the family name
 * @param displayName the name that people see
 * @param immutableId the key of the account in a synchronised directory
 * @param phoneNumber free text
 * @param passwordProfile only after a request that set a password; without the password
 * @param lastDirectorySyncTime when a synchronised directory last wrote the account
 * @param userDomainType where the domain is managed
 * @param state in use or deleted
 * @param softDeletionTime when the account was deleted; null while it is in use
 * @param self the account's own address
 */
public record CustomerUser(
    @Nullable String usageLocation,
    @Nullable UserId id,
    @Nullable String userPrincipalName,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String displayName,
    @Nullable String immutableId,
    @Nullable String phoneNumber,
    @Nullable PasswordProfile passwordProfile,
    @Nullable Instant lastDirectorySyncTime,
    @Nullable UserDomainType userDomainType,
    @Nullable UserState state,
    @Nullable Instant softDeletionTime,
    @Nullable Link self) {

  /** The value of {@code attributes.objectType}. */
  public static final String OBJECT_TYPE = "CustomerUser";

  /** The JSON of the account in UTF-8: members in record order, null components left out. */
  public byte[] toJson() {
    return CustomerUserJson.write(this);
  }

  /**
   * Reads an answer. Names match in any case, unknown members are skipped, unknown enum values
   * become {@code UNRECOGNIZED}, a byte order mark is skipped.
   *
   * @throws WireFormatException when the text is not JSON, not an object, or a member has the wrong
   *     type
   */
  public static CustomerUser fromJson(byte[] json) {
    return CustomerUserJson.read(Json.readObject(json));
  }

  /**
   * Reads an item of an answer, as {@link #fromJson} does.
   *
   * @throws WireFormatException when a member has the wrong type
   */
  public static CustomerUser from(JsonBody body) {
    return CustomerUserJson.read(body.members());
  }
}
