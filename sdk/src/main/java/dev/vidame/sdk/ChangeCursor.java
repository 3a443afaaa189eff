package dev.vidame.sdk;

/**
 * A place in a customer's change feed, to be kept wherever its reader keeps its own state. It is
 * good for as long as the service has the customer's journal: over restarts, moves and years.
 *
 * @param value the text, which only the service understands
 */
public record ChangeCursor(String value) {
  /** Before the first change. */
  public static final ChangeCursor BEGINNING = new ChangeCursor("");

  /** Behind the last change that there is when the service is asked. */
  public static final ChangeCursor NOW = new ChangeCursor("now");

  /** The text as it was given. */
  @Override
  public String toString() {
    return value;
  }
}
