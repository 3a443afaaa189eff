package dev.vidame.directory.customers;

/**
 * The switches of the rules for customers.
 *
 * @param deletionNeedsNoLicenses refuses to delete a customer while accounts of it hold licences
 */
public record CustomerPolicy(boolean deletionNeedsNoLicenses) {

  /** What a server does unless told otherwise. */
  public static CustomerPolicy standard() {
    return new CustomerPolicy(false);
  }
}
