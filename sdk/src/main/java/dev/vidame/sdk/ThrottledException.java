package dev.vidame.sdk;

/**
 * The service is asked too often (429), and went on saying so through all attempts that the {@link
 * RetryPolicy} allows. Nothing was changed. {@link #retryAfter()} says when to come back, if the
 * service said so.
 */
public final class ThrottledException extends PartnerException {
  private static final long serialVersionUID = 1L;

  ThrottledException(Failure failure) {
    super(failure, null);
  }
}
