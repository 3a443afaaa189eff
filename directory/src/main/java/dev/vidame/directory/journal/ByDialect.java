package dev.vidame.directory.journal;

import dev.vidame.directory.storage.Session;

/**
 * A statement over the journal, which lies otherwise in each kind of store: SQLite's is in order of
 * arrival with indexes some rows behind it, PostgreSQL's is in order of customers.
 *
 * @param sqlite for the one
 * @param postgresql for the other
 */
record ByDialect(String sqlite, String postgresql) {

  /** The one for a session's store. */
  String in(Session session) {
    return switch (session.dialect()) {
      case SQLITE -> sqlite;
      case POSTGRESQL -> postgresql;
    };
  }

  /**
   * Over a customer's rows. The first argument is the customer.
   *
   * @param columns of {@code journal}
   * @param condition further, over {@code of_seq} and columns of {@code journal}
   * @param order by {@code of_seq}, and a limit
   */
  static ByDialect rowsOfCustomer(String columns, String condition, String order) {
    return new ByDialect(
        JournalIndex.rowsOfCustomer(columns, condition) + order,
        "select "
            + columns
            + ", of_seq from (select customer_id as of_customer, seq as of_seq, journal.* from journal)"
            + " of_customers where of_customer = ?1 and "
            + condition
            + order);
  }

  /**
   * Over a partner's rows. Its arguments are the partner, and the first and the last position.
   *
   * @param columns of {@code journal}
   * @param order by {@code position}
   */
  static ByDialect rowsOfPartner(String columns, String order) {
    return new ByDialect(
        JournalIndex.rowsOfPartner(columns) + order,
        "select "
            + columns
            + ", position from journal where partner_id = ?1 and position between ?2 and ?3"
            + order);
  }
}
