package dev.vidame.server.tokens;

import com.nimbusds.jose.util.Base64URL;
import dev.vidame.server.tokens.Verification.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed token taken apart, before anything in it is believed.
 *
 * <p>Base64url has several spellings of the same bytes (padding, unused last bits); only the one
 * that an encoder writes is taken, so that a token has one text.
 */
final class CompactToken {
  /**
   * Everything that this server writes into a header. What else a header may hold can only harm.
   */
  private static final Set<String> HEADER_MEMBERS = Set.of("alg", "kid", "typ");

  private static final Set<String> TYPES = Set.of("JWT", "at+jwt");

  /** Of base64. */
  private static final int CHARS_OF_GROUP = 4;

  private static final int BYTES_OF_GROUP = 3;

  private final Claims header;
  private final byte[] payload;
  private final String signedText;
  private final Base64URL signature;

  private CompactToken(Claims header, byte[] payload, String signedText, Base64URL signature) {
    this.header = header;
    this.payload = payload;
    this.signedText = signedText;
    this.signature = signature;
  }

  static CompactToken parse(String text) throws TokenRefused {
    return parse(text, HEADER_MEMBERS, TYPES);
  }

  /** One of somebody else's, whose header may hold these members and whose type is one of these. */
  static CompactToken parse(String text, Set<String> headerMembers, Set<String> types)
      throws TokenRefused {
    int headerEnd = text.indexOf('.');
    int payloadEnd = text.indexOf('.', headerEnd + 1);
    if (headerEnd < 0 || payloadEnd < 0) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    Claims header = Claims.parse(decode(text.substring(0, headerEnd)));
    if (!headerMembers.containsAll(header.names())
        || !types.contains(header.textOr("typ", "JWT"))) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    byte[] payload = decode(text.substring(headerEnd + 1, payloadEnd));
    String signature = text.substring(payloadEnd + 1);
    return new CompactToken(
        header,
        payload,
        text.substring(0, payloadEnd),
        new DecodedText(signature, decode(signature)));
  }

  String algorithm() throws TokenRefused {
    return header.text("alg");
  }

  String keyId() throws TokenRefused {
    return header.text("kid");
  }

  /** A member of the header that is a text, or null where there is none. */
  @Nullable String headerText(String name) throws TokenRefused {
    return header.optionalText(name);
  }

  byte[] signedBytes() {
    return signedText.getBytes(StandardCharsets.US_ASCII);
  }

  Base64URL signature() {
    return signature;
  }

  /** To be called once the signature is known to be right. */
  Claims claims() throws TokenRefused {
    return Claims.parse(payload);
  }

  private static byte[] decode(String part) throws TokenRefused {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    if (bytes.length == 0 || !isAsEncoded(part, bytes)) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    return bytes;
  }

  /**
   * Whole groups of characters have one spelling, so only what is left behind them is looked at.
   */
  private static boolean isAsEncoded(String part, byte[] bytes) {
    byte[] rest =
        Arrays.copyOfRange(bytes, bytes.length - bytes.length % BYTES_OF_GROUP, bytes.length);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(rest)
        .equals(part.substring(part.length() - part.length() % CHARS_OF_GROUP));
  }

  /**
   * A text whose bytes are known: the library's own decoder takes four microseconds to find them.
   */
  private static final class DecodedText extends Base64URL {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    DecodedText(String text, byte[] bytes) {
      super(text);
      this.bytes = bytes;
    }

    @Override
    public byte[] decode() {
      return bytes.clone();
    }
  }
}
