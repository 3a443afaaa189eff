package dev.vidame.sdk;

import java.util.Locale;

/** Which end of a list comes first. */
public enum SortDirection {
  /** From A to Z. */
  ASCENDING,
  /** From Z to A. */
  DESCENDING;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
