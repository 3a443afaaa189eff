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
 * @param ofMany the how-manieth of its kind within a minute it is, where those are unusually many;
 *     otherwise 0. A row of the journal tells it among its fields, so one that was read says 0
 */
@SuppressWarnings("TooManyParameters") // all that is known of a request, once
public record ChangeRequest(
    Actor actor,
    UUID requestId,
    UUID correlationId,
    Fingerprint key,
    Fingerprint bodyHash,
    int ofMany) {

  /** A request that is not one of unusually many. */
  @SuppressWarnings("TooManyParameters") // all that is known of a request, once
  public ChangeRequest(
      Actor actor, UUID requestId, UUID correlationId, Fingerprint key, Fingerprint bodyHash) {
    this(actor, requestId, correlationId, key, bodyHash, 0);
  }

  /** The same as one of many. */
  public ChangeRequest asOneOfMany(int count) {
    return new ChangeRequest(actor, requestId, correlationId, key, bodyHash, count);
  }

  /** The same with another hash of its body. */
  ChangeRequest withBodyHash(Fingerprint hash) {
    return new ChangeRequest(actor, requestId, correlationId, key, hash, ofMany);
  }

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
