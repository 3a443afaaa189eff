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
 * @param wrongCodes how many codes in a row were wrong since one was right
 */
@SuppressWarnings("TooManyParameters") // a row of the table
public record SecondFactor(
    UUID id,
    String secret,
    UUID recoverySalt,
    Instant createdAt,
    @Nullable Instant enrolledAt,
    long lastStep,
    int wrongCodes) {
  /**
   * After so many wrong codes in a row a factor takes none any more: the most that NIST SP 800-63B
   * allows (section 5.2.2 of revision 3; the same number in revision 4).
   */
  public static final int MOST_WRONG_CODES = 100;

  /** Whether it takes no code any more. */
  public boolean isBlocked() {
    return wrongCodes >= MOST_WRONG_CODES;
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "SecondFactor[" + id + "]";
  }
}
