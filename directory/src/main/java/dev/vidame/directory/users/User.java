package dev.vidame.directory.users;

import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user account of a customer. Immutable.
 *
 * @param customer whose
 * @param id the account
 * @param version the place in the customer's journal of the last change to this account; a change
 *     makes it larger
 * @param userPrincipalName the sign-in name, in the case in which it was given
 * @param displayName the name that people see
 * @param firstName the given name
 * @param lastName the family name
 * @param usageLocation two letters, upper case
 * @param immutableId the key in a synchronised directory
 * @param phoneNumber free text
 * @param forceChangePassword whether its owner must change the password at the next sign-in
 * @param deletedAt when it was deleted, or null while it is in use
 */
public record User(
    CustomerId customer,
    UserId id,
    long version,
    String userPrincipalName,
    String displayName,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String usageLocation,
    @Nullable String immutableId,
    @Nullable String phoneNumber,
    boolean forceChangePassword,
    @Nullable Instant deletedAt) {

  /** Whether the account was deleted and waits for its purge. */
  public boolean isDeleted() {
    return deletedAt != null;
  }
}
