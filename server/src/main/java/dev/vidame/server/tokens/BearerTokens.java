package dev.vidame.server.tokens;

import dev.vidame.server.limits.RefusedTokens;
import dev.vidame.server.limits.RequestLimits.Refusal;
import dev.vidame.server.tokens.TokenVerifier.Check;
import dev.vidame.server.tokens.Verification.NotLookedAt;
import dev.vidame.server.tokens.Verification.Rejected;
import dev.vidame.server.tokens.Verification.Verified;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says who any access token speaks for, one of ours or of an issuer that is trusted, and looks at
 * no more of an address that made up too many. Thread-safe.
 */
public final class BearerTokens {
  /*
   * Our own tokens come first, which are most, and cost nothing more for that others are trusted. Of those, what was
   * found good before costs a look into memory, so it is let in before anything is counted: a flood from the address that
   * a caller shares with others reaches new tokens only.
   */

  private final TokenVerifier ours;
  private final Function<String, Verification> others;
  private final RefusedTokens refused;

  /**
   * A look at tokens.
   *
   * @param ours looks at this server's own
   * @param others looks at those of other issuers
   * @param refused how many may be made up
   */
  public BearerTokens(
      TokenVerifier ours, Function<String, Verification> others, RefusedTokens refused) {
    this.ours = ours;
    this.others = others;
    this.refused = refused;
  }

  /**
   * Looks at what a request carried behind {@code Bearer}.
   *
   * @param token the text, with nothing around it
   * @param client from where it came
   */
  public Verification verify(String token, InetAddress client) {
    return ours.verify(token, check -> counted(token, client, check));
  }

  private Verification counted(String token, InetAddress client, Check check) {
    Optional<Refusal> tooSoon = refused.take(client);
    if (tooSoon.isEmpty()) {
      return looked(token, client, check);
    }
    return refused.isRemembered(token) ? verified(token, check) : new NotLookedAt(tooSoon.get());
  }

  private Verification looked(String token, InetAddress client, Check check) {
    boolean isMadeUp = false;
    try {
      Verification verification = verified(token, check);
      isMadeUp = verification instanceof Rejected rejected && rejected.mayBeMadeUp();
      return verification;
    } finally {
      if (!isMadeUp) {
        refused.giveBack(client);
      }
    }
  }

  private Verification verified(String token, Check check) {
    Verification own = check.verification();
    if (!(own instanceof Rejected rejected && rejected.mayBeAnothersToken())) {
      return own;
    }
    Verification another = others.apply(token);
    if (another instanceof Verified) {
      refused.remember(token);
    }
    return another;
  }
}
