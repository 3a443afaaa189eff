package dev.vidame.directory;

import org.jspecify.annotations.Nullable;

/**
 * Carries a {@link Failure} to the edge. Refusals are part of normal work, so most have no stack
 * trace.
 */
public final class DirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  DirectoryException(Failure failure) {
    super(failure.toString(), null, false, false);
    this.failure = failure;
  }

  /** A failure with its cause, for faults that somebody must look into. */
  public DirectoryException(Failure failure, @Nullable Throwable cause) {
    super(failure.toString(), cause, false, true);
    this.failure = failure;
  }

  /** Why the operation was refused. */
  public Failure failure() {
    return failure;
  }
}
