package dev.vidame.directory;

import dev.vidame.directory.users.Problem;
import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.util.List;

/** Why an operation was refused. A refused operation has changed nothing. */
public sealed interface Failure {

  /** The account does not exist, or its time to be restored is over. */
  record UserNotFound() implements Failure {}

  /**
   * The input breaks rules.
   *
   * @param problems at least one, in the order of the account's properties
   */
  record Invalid(List<Problem> problems) implements Failure {
    /** Copies the problems. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Another account has the value already.
   *
   * @param property the property that must be unique
   */
  record Conflict(String property) implements Failure {}

  /**
   * The account is no longer the version that the caller saw.
   *
   * @param changedFields what changed since, in alphabetical order; empty when the caller's version
   *     never existed
   */
  record VersionMismatch(List<String> changedFields) implements Failure {
    /** Copies the fields. */
    public VersionMismatch {
      changedFields = List.copyOf(changedFields);
    }
  }

  /**
   * The domain belongs to a customer already.
   *
   * @param domain which
   */
  record DomainTaken(String domain) implements Failure {}

  /**
   * What the law of a customer's country asks of its company is missing or wrong.
   *
   * @param kind what
   */
  record CountryDuty(Kind kind) implements Failure {
    /** What is missing or wrong. */
    public enum Kind {
      /** Companies of this country must tell their registration number. */
      ORGANIZATION_NUMBER_MISSING,
      /** The number does not have the form of this country's. */
      ORGANIZATION_NUMBER_MALFORMED,
      /** Companies of this country tell no number. */
      ORGANIZATION_NUMBER_NOT_TAKEN,
      /** Companies of this country must tell a phone number. */
      PHONE_NUMBER_MISSING
    }
  }

  /** The partner has, or no longer has, no relationship with the customer, or is gone itself. */
  record NoRelationship() implements Failure {}

  /** The customer was the partner's and has been deleted. */
  record TenantGone() implements Failure {}

  /** The sandbox partner has as many customers as it may have. */
  record SandboxLimit() implements Failure {}

  /** Only customers of sandbox partners can be deleted. */
  record NotSandbox() implements Failure {}

  /** The caller may do some things of this kind, but not this one. */
  record RightTooNarrow() implements Failure {}

  /**
   * No unit of the product is left.
   *
   * @param customer whose
   * @param skuId the product
   */
  record OutOfLicenses(CustomerId customer, String skuId) implements Failure {}

  /**
   * A place in a customer's journal that this journal does not have.
   *
   * @param isAhead whether it lies behind the journal's end; otherwise another row is there
   */
  record NoSuchPlace(boolean isAhead) implements Failure {}

  /**
   * The sign-in name that an account had belongs to another one by now.
   *
   * @param name which
   */
  record NameTakenMeanwhile(String name) implements Failure {}

  /**
   * No unit of products is left that an account held.
   *
   * @param skuIds the products
   */
  record NoUnitsLeft(List<String> skuIds) implements Failure {
    /** Copies the products. */
    public NoUnitsLeft {
      skuIds = List.copyOf(skuIds);
    }
  }

  /** The request id was used for another request of the same caller. */
  record RequestIdReused() implements Failure {}

  /**
   * Too much waits already.
   *
   * @param retryAfter when to try again
   */
  record Overloaded(Duration retryAfter) implements Failure {}

  /** The store could not answer; the change may or may not have happened. */
  record StoreUnavailable() implements Failure {}

  /** This failure as an exception. */
  default DirectoryException asException() {
    return new DirectoryException(this);
  }
}
