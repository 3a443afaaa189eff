package dev.vidame.server.settings;

/**
 * Where a value was written, and what was written there.
 *
 * @param place for the operator
 * @param text the value, which may be secret
 */
record Source(String place, String text) {
  private static final String ENVIRONMENT = "environment variable ";

  static Source ofVariable(String variable, String text) {
    return new Source(ENVIRONMENT + variable, text);
  }

  /** Whether it stands where other users of the machine cannot read it. */
  boolean isFromEnvironment() {
    return place.startsWith(ENVIRONMENT);
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return "Source[" + place + "]";
  }
}
