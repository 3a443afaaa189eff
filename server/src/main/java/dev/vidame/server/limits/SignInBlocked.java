package dev.vidame.server.limits;

/**
 * A try to sign in with what takes no tries any more, until an operator has done something about
 * it. Ordinary, so there is no stack trace.
 */
public final class SignInBlocked extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isNew;

  /**
   * A block.
   *
   * @param isNew whether it begins with this try, which was the last one that was looked at
   */
  public SignInBlocked(boolean isNew) {
    super("Too many tries have failed in a row", null, false, false);
    this.isNew = isNew;
  }

  boolean isNew() {
    return isNew;
  }
}
