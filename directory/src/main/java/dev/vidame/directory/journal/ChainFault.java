package dev.vidame.directory.journal;

/** What can be wrong with a row of the journal. */
public enum ChainFault {
  /** The row is not there, and a later one is. */
  MISSING,
  /** Its fields are not those that were written. */
  CHANGES_ALTERED,
  /** Something else of it is not as it was written, or it is another row. */
  ROW_ALTERED,
  /** It is nothing that was ever written. */
  UNREADABLE
}
