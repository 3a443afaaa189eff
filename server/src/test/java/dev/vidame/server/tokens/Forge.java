package dev.vidame.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes tokens that the issuer never would, from texts, so that nothing tidies them up. */
final class Forge {
  private Forge() {}

  /** The header that the issuer writes. */
  static String header() {
    return "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + World.KEY.getKeyID() + "\"}";
  }

  /** The claims of an agent's access token that is good at {@link World#START}. */
  static Map<String, Object> userClaims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", World.ADDRESS + "/" + World.PARTNER + "/");
    claims.put("aud", TokenSettings.DEFAULT_AUDIENCE);
    claims.put("iat", World.START_SECOND);
    claims.put("nbf", World.START_SECOND);
    claims.put("exp", World.START_SECOND + 3600);
    claims.put("tid", World.PARTNER.toString());
    claims.put("ver", "1.0");
    claims.put("oid", World.AGENT.id().toString());
    claims.put("sub", "a name for one application");
    claims.put("upn", "agent@partner.example");
    claims.put("appid", World.PUBLIC.id().toString());
    claims.put("appidacr", "0");
    claims.put("scp", "user_impersonation");
    return claims;
  }

  /** Signed with the server's own key, so that only the claims can be the reason of a refusal. */
  static String signed(Map<String, Object> claims) {
    return signed(header(), JSONObjectUtils.toJSONString(claims));
  }

  static String signed(String header, String payload) {
    return signed(header, payload.getBytes(StandardCharsets.UTF_8));
  }

  static String signed(String header, byte[] payload) {
    try {
      return signed(header, payload, "SHA256withRSA", World.KEY.toPrivateKey());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String signed(String header, byte[] payload, String algorithm, PrivateKey key) {
    String signedPart = base64(header) + "." + base64(payload);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(signedPart.getBytes(StandardCharsets.US_ASCII));
      return signedPart + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
