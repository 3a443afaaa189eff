package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What an application without a secret proves itself with: it signs who it is with a private RSA
 * key, whose certificate the token endpoint knows ({@code private_key_jwt}, RFC 7523). Immutable
 * and thread-safe; the key never leaves it.
 *
 * {@snippet :
 * PartnerCredential credential =
 *     OAuthCredential.builder()
 *         .tokenEndpoint(TokenEndpoint.microsoft("contoso.onmicrosoft.com"))
 *         .clientId(clientId)
 *         .clientCertificate(ClientCertificate.of(key, certificate))
 *         .clientCredentials()
 *         .build();
 * }
 */
public final class ClientCertificate {
  private static final long LIFETIME_SECONDS = 300;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String RSA = "RSA";

  private final PrivateKey key;
  private final Map<String, String> names;

  private ClientCertificate(PrivateKey key, Map<String, String> names) {
    if (!RSA.equals(key.getAlgorithm())) {
      throw new IllegalArgumentException("The key must be an RSA key, not " + key.getAlgorithm());
    }
    this.key = key;
    this.names = Map.copyOf(names);
  }

  /**
   * A private key and its certificate, which the service knows by its thumbprints.
   *
   * @throws IllegalArgumentException when the key is no RSA key, or the certificate cannot be
   *     encoded
   */
  public static ClientCertificate of(PrivateKey key, X509Certificate certificate) {
    try {
      byte[] encoded = certificate.getEncoded();
      return new ClientCertificate(
          key,
          Map.of(
              "x5t", thumbprint("SHA-1", encoded),
              "x5t#S256", thumbprint("SHA-256", encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The certificate cannot be used", e);
    }
  }

  /**
   * A private key that the service knows by an id; Vidame only.
   *
   * @throws IllegalArgumentException when the key is no RSA key
   */
  public static ClientCertificate ofKey(PrivateKey key, String keyId) {
    return new ClientCertificate(key, Map.of("kid", keyId));
  }

  private static String thumbprint(String algorithm, byte[] certificate)
      throws GeneralSecurityException {
    return BASE64.encodeToString(MessageDigest.getInstance(algorithm).digest(certificate));
  }

  /** The proof of an application, a new assertion each time. */
  ClientProof proof(String clientId, Surroundings surroundings) {
    return endpoint ->
        Map.of(
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            assertion(
                clientId,
                endpoint,
                surroundings.clock().instant(),
                surroundings.requestIds().get()));
  }

  private String assertion(String clientId, URI audience, Instant now, UUID id) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "RS256");
    header.put("typ", "JWT");
    header.putAll(names);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", audience);
    claims.put("iss", clientId);
    claims.put("sub", clientId);
    claims.put("jti", id);
    claims.put("iat", now.getEpochSecond());
    claims.put("nbf", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + LIFETIME_SECONDS);
    String signed =
        BASE64.encodeToString(JsonBody.write(header))
            + "."
            + BASE64.encodeToString(JsonBody.write(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new PartnerException(Failure.withoutAnswer("The private key does not sign"), e);
    }
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "ClientCertificate" + names;
  }
}
