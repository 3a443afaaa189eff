package dev.vidame.server.tokens;

import dev.vidame.directory.partners.ApplicationKey;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How the header of an assertion says which key has signed it. What it says more than once must be
 * the same key each time.
 *
 * @param name the {@code kid}: of a bare key its name, of a certificate a thumbprint, in hex digits
 *     or as {@code x5t} has it
 * @param sha1 the {@code x5t}
 * @param sha256 the {@code x5t#S256}
 */
record KeyHint(@Nullable String name, @Nullable String sha1, @Nullable String sha256) {
  static KeyHint of(CompactToken token) throws TokenRefused {
    return new KeyHint(
        token.headerText("kid"), token.headerText("x5t"), token.headerText("x5t#S256"));
  }

  /** Whether it means this key. */
  boolean means(ApplicationKey key) {
    ApplicationKey.Names names = key.names();
    boolean saysSomething = name != null || sha1 != null || sha256 != null;
    return saysSomething
        && (name == null || isCalled(name, names))
        && (sha1 == null || urlSafe(sha1).equals(base64(names.sha1())))
        && (sha256 == null || urlSafe(sha256).equals(base64(names.sha256())));
  }

  /** MSAL for Java writes the other Base64, with padding. */
  private static String urlSafe(String base64) {
    int end = base64.length();
    while (end > 0 && base64.charAt(end - 1) == '=') {
      end--;
    }
    return base64.substring(0, end).replace('+', '-').replace('/', '_');
  }

  private static boolean isCalled(String name, ApplicationKey.Names names) {
    return name.equals(names.name())
        || name.equalsIgnoreCase(names.sha1())
        || name.equalsIgnoreCase(names.sha256())
        || name.equals(base64(names.sha1()))
        || name.equals(base64(names.sha256()));
  }

  private static @Nullable String base64(@Nullable String hex) {
    return hex == null
        ? null
        : Base64.getUrlEncoder().withoutPadding().encodeToString(HexFormat.of().parseHex(hex));
  }
}
