package dev.vidame.sdk;

/**
 * A name that must be unique belongs to somebody else: a user principal name or an immutable id
 * (code 990001), or a customer's domain (990002). The caller chooses another one. Partner Center
 * refuses with 400 in the words of Entra where Vidame says 409; both are this exception.
 */
public final class NameTakenException extends ConflictException {
  private static final long serialVersionUID = 1L;

  NameTakenException(Failure failure) {
    super(failure);
  }
}
