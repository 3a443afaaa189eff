package dev.vidame.directory.journal;

import java.util.UUID;

/**
 * A request to change something, as the journal remembers it.
 *
 * @param actor who asks
 * @param requestId the caller's name for this request; the same on a repetition
 * @param correlationId the caller's name for what the request is part of
 * @param key tells this request from all others: caller, method, path and request id
 * @param bodyHash tells a repetition from another request that wrongly carries the same id
 */
public record ChangeRequest(
    Actor actor, UUID requestId, UUID correlationId, Fingerprint key, Fingerprint bodyHash) {

  /**
   * A request that nobody will repeat.
   *
   * @param id like no other
   */
  public static ChangeRequest once(Actor actor, UUID id) {
    Fingerprint unique = new Fingerprint(id.getMostSignificantBits(), id.getLeastSignificantBits());
    return new ChangeRequest(actor, id, id, unique, unique);
  }
}
