package dev.vidame.server.tokens;

import dev.vidame.server.limits.RequestLimits.Refusal;
import org.jspecify.annotations.Nullable;

/** What a look at a token gave. */
public sealed interface Verification {

  /**
   * The token is good.
   *
   * @param caller who it speaks for
   */
  record Verified(Caller caller) implements Verification {}

  /**
   * The token is not good.
   *
   * @param reason the first thing found wrong
   * @param audience for whom the token is, exactly with {@link Reason#AUDIENCE}; this server signed
   *     it, so it may be shown
   */
  record Rejected(Reason reason, @Nullable String audience) implements Verification {
    Rejected(Reason reason) {
      this(reason, null);
    }

    /**
     * Whether anybody can have made it up: it was refused before a signature of this server, or of
     * an issuer that it trusts, was found on it.
     */
    public boolean mayBeMadeUp() {
      return switch (reason) {
        case MALFORMED, ALGORITHM, UNKNOWN_KEY, SIGNATURE, ISSUER -> true;
        case NOT_YET_VALID, EXPIRED, KIND -> false;
        case AUDIENCE -> audience == null;
      };
    }

    /** Whether it is none of this server's own tokens, but may be one of another issuer's. */
    public boolean mayBeAnothersToken() {
      return reason == Reason.MALFORMED || reason == Reason.UNKNOWN_KEY;
    }
  }

  /**
   * Too many were refused that came from where this one does.
   *
   * @param refusal how long to wait
   */
  record NotLookedAt(Refusal refusal) implements Verification {}

  /** What can be wrong with a token, in the order in which it is looked for. */
  enum Reason {
    /** Not a signed token in its one spelling, or one with parts that this server never issues. */
    MALFORMED,
    /** Signed with another algorithm than RS256. */
    ALGORITHM,
    /** Signed with a key that is none of ours. */
    UNKNOWN_KEY,
    /** Changed, or never signed by us. */
    SIGNATURE,
    /** From another issuer than this server for the token's partner. */
    ISSUER,
    /** Before its start. */
    NOT_YET_VALID,
    /** After its end. */
    EXPIRED,
    /** For another server, or for an audience that is switched off. */
    AUDIENCE,
    /** Neither an application's nor an agent's access token; an id token, for one. */
    KIND
  }
}
