package dev.vidame.directory.storage;

import java.util.regex.Pattern;

/** Which database keeps the store. Statements are the same text for both wherever they can be. */
public enum Dialect {
  /** In the process, which is the only one that writes. */
  SQLITE {
    @Override
    String prepared(String sql) {
      return LOCK.matcher(sql).replaceFirst("");
    }
  },
  /** A server, or several that look like one, which many processes write to at the same time. */
  POSTGRESQL {
    @Override
    String prepared(String sql) {
      return sql;
    }
  };

  /** The end of a query that locks the rows which it finds until its transaction ends. */
  private static final Pattern LOCK = Pattern.compile(" for (?:key share|update)$");

  /**
   * The text that is prepared for a statement. In a file one transaction changes things at a time,
   * so rows have no locks there.
   */
  abstract String prepared(String sql);
}
