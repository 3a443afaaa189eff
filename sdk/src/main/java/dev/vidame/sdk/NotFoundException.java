package dev.vidame.sdk;

/**
 * There is no such resource (404): an account that never was or was purged (code 60002), a customer
 * that was deleted (60003), a role or record that is not known (1000).
 */
public final class NotFoundException extends PartnerException {
  private static final long serialVersionUID = 1L;

  NotFoundException(Failure failure) {
    super(failure, null);
  }
}
