package dev.vidame.cli.client;

import java.util.Arrays;
import java.util.Optional;

/** How a profile gets its tokens. */
public enum Grant {
  /** A person who signed in; the refresh token is kept. */
  PERSON("person"),
  /** An application with its secret. */
  SECRET("secret"),
  /** An application with a key and a certificate. */
  CERTIFICATE("certificate");

  private final String word;

  Grant(String word) {
    this.word = word;
  }

  /** As it stands in the profile. */
  public String word() {
    return word;
  }

  static Optional<Grant> of(String word) {
    return Arrays.stream(values()).filter(grant -> grant.word.equals(word)).findFirst();
  }
}
