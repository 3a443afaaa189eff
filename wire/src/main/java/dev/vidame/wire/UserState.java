package dev.vidame.wire;

/** Whether an account is in use or was deleted and waits for its purge. */
public enum UserState {
  /** In use. */
  ACTIVE("active"),
  /** Deleted, and restorable until the retention window closes. */
  INACTIVE("inactive"),
  /** A value that this version does not know; only ever read, never sent. */
  UNRECOGNIZED("");

  private final String wire;

  UserState(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }
}
