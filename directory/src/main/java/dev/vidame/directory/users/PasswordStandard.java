package dev.vidame.directory.users;

/** Which passwords are good. */
public enum PasswordStandard {
  /** What clients of Partner Center know: 8 to 256 of three kinds of ASCII character. */
  COMPATIBLE,
  /** Long ones of any characters, unless they are easily guessed (NIST SP 800-63B-4 §3.1.1). */
  NIST
}
