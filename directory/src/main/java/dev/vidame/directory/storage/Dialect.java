package dev.vidame.directory.storage;

/** Which database keeps the store. Statements are the same text for both wherever they can be. */
public enum Dialect {
  /** In the process, which is the only one that writes. */
  SQLITE,
  /** A server, or several that look like one, which many processes write to at the same time. */
  POSTGRESQL
}
