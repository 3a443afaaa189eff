package dev.vidame.bulk;

import java.util.Arrays;
import java.util.Optional;

/** How a row ended. */
public enum Result {
  /** It was changed, once. */
  CHANGED("changed", false, true),
  /** An answer was lost, and the account was found as it was to be. */
  FOUND("found", false, true),
  /** It was changed but for a part that cannot be. */
  PARTLY("partly", true, true),
  /** The account was changed by somebody since it was looked at, and was left alone. */
  STALE("stale", true, false),
  /** There is no such account any more. */
  GONE("gone", true, false),
  /** The name belongs to somebody else. */
  NAME_TAKEN("nameTaken", true, false),
  /** The service refused it. */
  REFUSED("refused", true, false),
  /** An answer was lost, and nothing that is left tells whether it was changed. */
  IN_DOUBT("inDoubt", true, false),
  /** It cannot be undone, and was left alone. */
  KEPT("kept", true, false);

  private final String text;
  private final boolean isFailure;
  private final boolean isChange;

  Result(String text, boolean isFailure, boolean isChange) {
    this.text = text;
    this.isFailure = isFailure;
    this.isChange = isChange;
  }

  /** As files spell it. */
  public String text() {
    return text;
  }

  /** Whether a report lists it. */
  public boolean isFailure() {
    return isFailure;
  }

  /** Whether the account is changed now. */
  public boolean isChange() {
    return isChange;
  }

  static Optional<Result> of(String text) {
    return Arrays.stream(values()).filter(result -> result.text.equals(text)).findFirst();
  }
}
