package dev.vidame.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The resource is no longer in the version that {@link RequestOptions#withIfMatch} named, so
 * nothing was changed. The caller reads it again and decides anew.
 */
public final class VersionMismatchException extends PartnerException {
  private static final long serialVersionUID = 1L;

  VersionMismatchException(Failure failure, @Nullable Throwable cause) {
    super(failure, cause);
  }
}
