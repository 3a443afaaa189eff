package dev.vidame.cli.output;

/** The form of an answer. */
public enum Format {
  /** Columns for people. */
  TABLE,
  /** One JSON array, or one object. */
  JSON,
  /** One JSON object in each line. */
  JSONL,
  /** Comma-separated values with a header (RFC 4180), safe to open in a spreadsheet. */
  CSV
}
