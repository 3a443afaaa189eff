package dev.vidame.directory.journal;

/** What a journal row records. */
public enum Operation {
  /** A customer was created; the row's subject is the customer. */
  CREATE_CUSTOMER("customer.create"),
  /** An account was created. */
  CREATE_USER("user.create"),
  /** An account's properties or password changed. */
  UPDATE_USER("user.update"),
  /** An account was deleted; it can be restored for a while. */
  DELETE_USER("user.delete"),
  /** A deleted account was brought back; properties may have changed with it. */
  RESTORE_USER("user.restore"),
  /** A deleted account's time to be restored was over, and it is gone. */
  PURGE_USER("user.purge"),
  /** An account was given a directory role; the row's subject is the account. */
  ADD_ROLE_MEMBER("role.add"),
  /** A directory role was taken from an account; the row's subject is the account. */
  REMOVE_ROLE_MEMBER("role.remove"),
  /** An account's licences changed; the row's subject is the account. */
  UPDATE_LICENSES("license.update"),
  /** A customer's billing profile was replaced; the row's subject is the customer. */
  UPDATE_BILLING_PROFILE("customer.update-billing-profile"),
  /** A customer was given another domain; the row's subject is the customer. */
  ADD_DOMAIN("customer.add-domain"),
  /** A further partner's relationship with the customer began; the row's subject is the customer. */
  ADD_RELATIONSHIP("customer.add-relationship"),
  /** A partner's relationship with the customer ended; the row's subject is the customer. */
  REMOVE_RELATIONSHIP("customer.remove-relationship"),
  /** A customer was deleted with all that it had; the row's subject is the customer. */
  DELETE_CUSTOMER("customer.delete");

  private final String code;

  Operation(String code) {
    this.code = code;
  }

  /** The stored form. It never changes, because row hashes cover it. */
  public String code() {
    return code;
  }

  static Operation of(String code) {
    for (Operation operation : values()) {
      if (operation.code.equals(code)) {
        return operation;
      }
    }
    throw new IllegalStateException(
        "The journal holds an operation that this version does not know: " + code);
  }
}
