package dev.vidame.server.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** The hash by which a code is bound to who asked for it (RFC 7636, method S256 only). */
final class Challenge {
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private Challenge() {}

  /** Whether a text can be such a hash. */
  static boolean isOne(String text) {
    return HASH.matcher(text).matches();
  }

  /**
   * The hash of a verifier.
   *
   * @throws TokenRequestRefused when the text cannot be a verifier
   */
  static String of(String verifier) throws TokenRequestRefused {
    if (!VERIFIER.matcher(verifier).matches()) {
      throw new TokenRequestRefused(TokenError.CODE_REFUSED);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
  }
}
