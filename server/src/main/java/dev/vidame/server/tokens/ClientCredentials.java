package dev.vidame.server.tokens;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a client names and proves itself: in the form, or as HTTP Basic (RFC 6749 §2.3.1).
 *
 * @param clientId as it came
 * @param secret null for a client that has none
 */
record ClientCredentials(String clientId, @Nullable String secret) {
  private static final String BASIC = "Basic ";

  static ClientCredentials of(TokenRequest request) throws TokenRequestRefused {
    String clientId = request.field("client_id");
    String secret = request.field("client_secret");
    String authorization = request.authorization();
    if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      if (clientId == null) {
        throw new TokenRequestRefused(TokenError.FIELD_MISSING, "client_id");
      }
      return new ClientCredentials(clientId, secret);
    }
    ClientCredentials basic = basic(authorization.substring(BASIC.length()).strip());
    boolean isSame =
        (clientId == null || clientId.equals(basic.clientId()))
            && (secret == null || secret.equals(basic.secret()));
    if (!isSame) {
      throw new TokenRequestRefused(TokenError.TWO_CREDENTIALS);
    }
    return basic;
  }

  private static ClientCredentials basic(String encoded) throws TokenRequestRefused {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon > 0) {
        String secret = decode(pair.substring(colon + 1));
        return new ClientCredentials(
            decode(pair.substring(0, colon)), secret.isEmpty() ? null : secret);
      }
    } catch (IllegalArgumentException e) {
      throw new TokenRequestRefused(TokenError.CLIENT_REFUSED);
    }
    throw new TokenRequestRefused(TokenError.CLIENT_REFUSED);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + "]";
  }
}
