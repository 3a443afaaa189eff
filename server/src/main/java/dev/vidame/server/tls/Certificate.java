package dev.vidame.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A chain with the key of its first certificate. Immutable.
 *
 * @param chain the server's own certificate first
 * @param key of that certificate
 */
public record Certificate(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] PROBE = {1, 2, 3, 4};

  /**
   * Puts a chain and a key together.
   *
   * @throws TlsException when they do not belong together, as while two files are being exchanged
   */
  static Certificate of(List<X509Certificate> chain, PrivateKey key) throws TlsException {
    PublicKey publicKey = chain.getFirst().getPublicKey();
    String algorithm = signatureFor(publicKey.getAlgorithm());
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      if (signature.verify(signed)) {
        return new Certificate(List.copyOf(chain), key);
      }
    } catch (GeneralSecurityException e) {
      throw new TlsException("The private key cannot be used: " + e.getMessage(), e);
    }
    throw new TlsException("The private key is not that of the first certificate");
  }

  private static String signatureFor(String algorithm) throws TlsException {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
      default ->
          throw new TlsException(
              "A certificate with a key of the kind "
                  + algorithm
                  + " cannot be used; RSA, EC and EdDSA can");
    };
  }

  /** What a handshake calls the kind of this key. */
  String keyType() {
    return chain.getFirst().getPublicKey().getAlgorithm();
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "Certificate[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
