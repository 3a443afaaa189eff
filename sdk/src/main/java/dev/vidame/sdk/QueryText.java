package dev.vidame.sdk;

import org.jspecify.annotations.Nullable;

/** Writes the query of a request. Used by one thread. */
final class QueryText {
  private final StringBuilder text = new StringBuilder();

  /** Adds a parameter, unless there is no value. */
  QueryText add(String name, @Nullable Object value) {
    if (value != null) {
      text.append(text.isEmpty() ? '?' : '&')
          .append(name)
          .append('=')
          .append(BaseUri.segment(value.toString()));
    }
    return this;
  }

  /** Empty, or a question mark and the parameters. */
  @Override
  public String toString() {
    return text.toString();
  }

  static int requireSize(int size) {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException("A page has 1 to " + MAX_SIZE + " items, not " + size);
    }
    return size;
  }

  private static final int MAX_SIZE = 500;
}
