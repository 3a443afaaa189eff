package dev.vidame.server.dashboard;

import dev.vidame.wire.CustomerId;

/**
 * What the pages on a customer have in common.
 *
 * @param id the customer
 * @param name what it is called, as far as the reader may know
 * @param hasAccount whether the reader may see its account
 * @param hasUsers whether the reader may see its users
 * @param hasDeleted whether the reader may see those that are deleted
 * @param hasLicenses whether the reader may see its licences
 * @param hasRecords whether the reader may see who did what
 * @param hasBulk whether the reader may change accounts, and many of them from a file
 */
@SuppressWarnings("TooManyParameters") // one for each of its links
record CustomerHead(
    CustomerId id,
    String name,
    boolean hasAccount,
    boolean hasUsers,
    boolean hasDeleted,
    boolean hasLicenses,
    boolean hasRecords,
    boolean hasBulk) {
  /** Where its pages are. */
  String path() {
    return path(id);
  }

  static String path(CustomerId id) {
    return SignInRoutes.HOME + "/" + id;
  }
}
