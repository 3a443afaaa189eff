package dev.vidame.directory.users;

/** Which version of an account a caller is ready to change. */
public sealed interface EntityTag {

  /** Whatever version there is. */
  record Any() implements EntityTag {}

  /**
   * Only this version.
   *
   * @param version as in {@link User#version}; a version that never existed matches nothing
   */
  record Exactly(long version) implements EntityTag {}
}
