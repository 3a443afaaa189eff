package dev.vidame.directory.partners;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent shows beside the password: an authenticator that knows the same secret.
 *
 * @param id of this one; another authenticator is another factor
 * @param secret what its codes are made of, in the form in which whoever makes factors wants it
 *     stored
 * @param recoverySalt what its recovery codes are hashed with
 * @param createdAt when it was made
 * @param enrolledAt since when it is asked for; null while it waits for its first code
 * @param lastStep the number of the last time step of which a code was taken
 */
public record SecondFactor(
    UUID id,
    String secret,
    UUID recoverySalt,
    Instant createdAt,
    @Nullable Instant enrolledAt,
    long lastStep) {

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "SecondFactor[" + id + "]";
  }
}
