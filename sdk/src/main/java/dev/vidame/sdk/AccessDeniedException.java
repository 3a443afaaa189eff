package dev.vidame.sdk;

/**
 * The service knows who calls and does not let them (403): the credential is of the wrong kind
 * (code 2032, an application where a person must act), the role is too weak (900150), or there is
 * no relationship with the customer (20002). Repeating the call is in vain until somebody changes
 * that; the service answers the same for a customer that does not exist.
 */
public final class AccessDeniedException extends PartnerException {
  private static final long serialVersionUID = 1L;

  AccessDeniedException(Failure failure) {
    super(failure, null);
  }
}
