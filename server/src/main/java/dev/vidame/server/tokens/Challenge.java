package dev.vidame.server.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The hash by which a code is bound to who asked for it (RFC 7636, method S256 only). */
final class Challenge {
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private Challenge() {}

  /**
   * What a code that is exchanged is compared with; null where no verifier comes with it.
   *
   * @param isNeeded whether a verifier must
   * @throws TokenRequestRefused when one is missing, or the text cannot be one
   */
  static @Nullable String shown(TokenRequest request, boolean isNeeded) throws TokenRequestRefused {
    String verifier = request.field("code_verifier");
    if (verifier != null) {
      return of(verifier);
    }
    if (isNeeded) {
      throw new TokenRequestRefused(TokenError.FIELD_MISSING, "code_verifier");
    }
    return null;
  }

  /**
   * The challenge of a request for a code; null where it has none.
   *
   * @param isNeeded whether it must have one
   * @throws TokenRequestRefused when it has none, or one that is no hash of a verifier
   */
  static @Nullable String asked(TokenRequest request, boolean isNeeded) throws TokenRequestRefused {
    String challenge = request.field("code_challenge");
    String method = request.field("code_challenge_method");
    if (challenge == null && method == null && !isNeeded) {
      return null;
    }
    if (challenge == null || !HASH.matcher(challenge).matches() || !"S256".equals(method)) {
      throw new TokenRequestRefused(TokenError.CHALLENGE_NEEDED);
    }
    return challenge;
  }

  /**
   * The hash of a verifier.
   *
   * @throws TokenRequestRefused when the text cannot be a verifier
   */
  private static String of(String verifier) throws TokenRequestRefused {
    if (!VERIFIER.matcher(verifier).matches()) {
      throw new TokenRequestRefused(TokenError.CODE_REFUSED);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
  }
}
