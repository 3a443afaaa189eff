package dev.vidame.directory.users;

/** What a domain is to a customer. */
enum DomainStanding {
  /** One of its verified domains. */
  VERIFIED,
  /** One of its own whose accounts come from another identity provider. */
  FEDERATED,
  /** Somebody else's, or nobody's. */
  FOREIGN
}
