package dev.vidame.server.harness;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an application signs to prove who it is, made from texts, so that nothing tidies it up. Each
 * method gives another one; immutable.
 *
 * @param header its members in order
 * @param claims its members in order
 */
public record SignedAssertion(Map<String, Object> header, Map<String, Object> claims) {
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** As libraries make it: good from now for ten minutes. */
  public static SignedAssertion of(String client, String audience, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audience);
    claims.put("iss", client);
    claims.put("sub", client);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("nbf", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 600);
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "RS256");
    header.put("typ", "JWT");
    return new SignedAssertion(header, claims);
  }

  /** The same with another member of the header; null for none. */
  public SignedAssertion header(String name, @Nullable Object value) {
    return new SignedAssertion(with(header, name, value), claims);
  }

  /** The same with another claim; null for none. */
  public SignedAssertion claim(String name, @Nullable Object value) {
    return new SignedAssertion(header, with(claims, name, value));
  }

  private static Map<String, Object> with(
      Map<String, Object> members, String name, @Nullable Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(members);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  /** Signed as the header says, where that is RS256 or PS256; else as RS256 wants it. */
  public String by(PrivateKey key) {
    return by(key, String.valueOf(header.get("alg")));
  }

  /** Signed as this algorithm wants it, whatever the header says. */
  public String by(PrivateKey key, String algorithm) {
    String signed = unsigned();
    return signed + "." + base64(signature(signed, key, algorithm));
  }

  /** The first two parts. */
  public String unsigned() {
    return base64(JSONObjectUtils.toJSONString(header).getBytes(StandardCharsets.UTF_8))
        + "."
        + base64(JSONObjectUtils.toJSONString(claims).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] signature(String text, PrivateKey key, String algorithm) {
    try {
      Signature signature =
          Signature.getInstance(algorithm.equals("PS256") ? "RSASSA-PSS" : "SHA256withRSA");
      if (algorithm.equals("PS256")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The form that asks with it for an application's own token. */
  public static String form(String client, String assertion) {
    return "grant_type=client_credentials&client_id=%s&%s".formatted(client, fields(assertion));
  }

  /** The two fields of a form. */
  public static String fields(String assertion) {
    return "client_assertion_type=%s&client_assertion=%s"
        .formatted(
            URLEncoder.encode(TYPE, StandardCharsets.UTF_8),
            URLEncoder.encode(assertion, StandardCharsets.UTF_8));
  }
}
