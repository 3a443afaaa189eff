package dev.vidame.server.admin;

import dev.vidame.directory.operators.ApplicationKeys.NewKey;
import dev.vidame.directory.partners.ApplicationKey.Names;
import dev.vidame.directory.partners.ApplicationKey.Validity;
import dev.vidame.directory.partners.SecretHash;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.wire.JsonBody;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public key that an operator gives to an application: a certificate in PEM, or a JSON Web Key.
 * A private key is refused by its name, and never quoted.
 */
final class GivenKey {
  private static final String CERTIFICATE = "certificate";
  private static final String JWK = "jwk";

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END ([A-Z0-9 ]+)-----");

  /** What only a private key has (RFC 7518 §6.3.2), or one that is shared (§6.4). */
  private static final Set<String> PRIVATE_MEMBERS =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private static final int LONGEST_NAME = 256;
  private static final int SMALLEST_KEY_BITS = 2048;

  /** Larger ones make every look at a signature slow, and no library makes them. */
  private static final int LARGEST_KEY_BITS = 8192;

  private static final int LARGEST_EXPONENT_BITS = 32;
  private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65_537);

  private GivenKey() {}

  static NewKey of(AdminBody body, UUID id) {
    JsonBody json = body.json();
    Optional<String> certificate = json.text(CERTIFICATE).filter(text -> !text.isBlank());
    boolean hasJwk = json.names().contains(JWK);
    if (certificate.isPresent() == hasJwk) {
      throw ApiErrors.invalidProperty(
          CERTIFICATE, "Give a certificate in PEM or a jwk, and not both.");
    }
    return hasJwk ? ofJwk(json.object(JWK), id) : ofCertificate(certificate.orElseThrow(), id);
  }

  private static NewKey ofCertificate(String text, UUID id) {
    if (text.toUpperCase(Locale.ROOT).contains("PRIVATE KEY")) {
      throw isPrivate(CERTIFICATE);
    }
    X509Certificate certificate = certificate(text);
    if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
      throw ApiErrors.invalidProperty(CERTIFICATE, "The key must be an RSA key.");
    }
    Validity validity =
        new Validity(
            certificate.getNotBefore().toInstant(),
            certificate.getNotAfter().toInstant().plusSeconds(1)); // it is good during that second
    try {
      byte[] der = certificate.getEncoded();
      Names names = new Names(null, hash("SHA-1", der), hash("SHA-256", der));
      return new NewKey(id, encoded(key, CERTIFICATE), names, validity);
    } catch (GeneralSecurityException e) {
      throw notPem();
    }
  }

  private static X509Certificate certificate(String text) {
    Matcher pem = PEM.matcher(text);
    if (!pem.find() || !pem.group(1).equals("CERTIFICATE") || !pem.group(3).equals(pem.group(1))) {
      throw notPem();
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
      if (pem.find()) {
        throw ApiErrors.invalidProperty(
            CERTIFICATE, "Give the application's own certificate alone, without its chain.");
      }
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw notPem();
    }
  }

  private static RuntimeException notPem() {
    return ApiErrors.invalidProperty(
        CERTIFICATE,
        "The value must be a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----.");
  }

  private static NewKey ofJwk(JsonBody jwk, UUID id) {
    if (jwk.names().stream().anyMatch(PRIVATE_MEMBERS::contains)) {
      throw isPrivate(JWK);
    }
    if (!jwk.text("kty").orElse("").equals("RSA")) {
      throw ApiErrors.invalidProperty(JWK, "The key must be an RSA key.");
    }
    if (!jwk.text("use").orElse("sig").equals("sig")) {
      throw ApiErrors.invalidProperty(JWK, "The key must be for signatures.");
    }
    RSAPublicKey key = rsa(number(jwk, "n"), number(jwk, "e"));
    String name = jwk.text("kid").filter(text -> !text.isEmpty()).orElseGet(() -> thumbprint(key));
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw ApiErrors.invalidProperty(
          "kid", "The value is longer than %s characters.", LONGEST_NAME);
    }
    return new NewKey(id, encoded(key, JWK), new Names(name, null, null), null);
  }

  private static BigInteger number(JsonBody jwk, String name) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(jwk.text(name).orElse(""));
      if (bytes.length > 0 && bytes.length <= LARGEST_KEY_BITS / Byte.SIZE + 1) {
        return new BigInteger(1, bytes);
      }
    } catch (IllegalArgumentException e) {
      throw ApiErrors.invalidProperty(JWK, "The member %s is no number in Base64url.", name);
    }
    throw ApiErrors.invalidProperty(JWK, "The member %s is no number in Base64url.", name);
  }

  private static RSAPublicKey rsa(BigInteger modulus, BigInteger exponent) {
    try {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (GeneralSecurityException e) {
      throw unusual(JWK);
    }
  }

  /** One form, whatever the certificate calls the algorithm. */
  private static String encoded(RSAPublicKey key, String property) {
    int bits = key.getModulus().bitLength();
    BigInteger exponent = key.getPublicExponent();
    if (bits < SMALLEST_KEY_BITS
        || bits > LARGEST_KEY_BITS
        || !key.getModulus().testBit(0)
        || !exponent.testBit(0)
        || exponent.compareTo(SMALLEST_EXPONENT) < 0
        || exponent.bitLength() > LARGEST_EXPONENT_BITS) {
      throw unusual(property);
    }
    return Base64.getEncoder().encodeToString(rsa(key.getModulus(), exponent).getEncoded());
  }

  /** The name of a key that has none: its thumbprint (RFC 7638). */
  private static String thumbprint(RSAPublicKey key) {
    String members =
        "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}"
            .formatted(base64(key.getPublicExponent()), base64(key.getModulus()));
    return BASE64.encodeToString(SecretHash.of(members));
  }

  /** As RFC 7518 §6.3.1 writes numbers: no byte more than needed. */
  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String hash(String algorithm, byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of()
        .withUpperCase()
        .formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  private static RuntimeException unusual(String property) {
    return ApiErrors.invalidProperty(
        property,
        "The key must be an RSA key of 2048 to 8192 bits with an exponent of 65537 or more.");
  }

  private static RuntimeException isPrivate(String property) {
    return ApiErrors.invalidProperty(
        property,
        "The value holds a private key. It was not kept, but has left the application: make another one, and give only its certificate or public key.");
  }
}
