package dev.vidame.wire;

/** Where the domain of an account's user principal name is managed. */
public enum UserDomainType {
  /** Nothing said; what this product answers. */
  NONE("none"),
  /** The directory holds the passwords. */
  MANAGED("managed"),
  /** Another identity provider signs the users in. */
  FEDERATED("federated"),
  /** A value that this version does not know; only ever read, never sent. */
  UNRECOGNIZED("");

  private final String wire;

  UserDomainType(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }
}
