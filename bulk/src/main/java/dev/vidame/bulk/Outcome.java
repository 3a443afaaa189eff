package dev.vidame.bulk;

import dev.vidame.wire.UserId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of sending a change once. */
public sealed interface Outcome {

  /**
   * It is made, now or by an earlier sending.
   *
   * @param id the account
   * @param version its version after the change, or null where the service told none
   * @param isRepeated whether an earlier sending had made it
   */
  record Done(@Nullable UserId id, @Nullable String version, boolean isRepeated)
      implements Outcome {}

  /**
   * It is not made, and never will be like this.
   *
   * @param why of which kind
   * @param field which property is to blame, or null
   * @param cause for people
   */
  record Refused(Why why, @Nullable String field, String cause) implements Outcome {}

  /** Kinds of refusals. */
  enum Why {
    /** A value, a rule or a right is against it. */
    RULE,
    /** The account was changed since its version. */
    VERSION_MOVED,
    /** The account is not there. */
    GONE,
    /** The name belongs to somebody. */
    NAME_TAKEN
  }

  /**
   * It is to be sent again.
   *
   * @param cause for people
   * @param after how long the service asked to be left alone, or null
   * @param isThrottled whether it said that it is asked too often
   * @param isInDoubt whether the change may have been made
   */
  record Later(String cause, @Nullable Duration after, boolean isThrottled, boolean isInDoubt)
      implements Outcome {}

  /**
   * It is not made, and nothing will be before somebody has signed in.
   *
   * @param cause for people
   */
  record SignedOut(String cause) implements Outcome {}
}
