package dev.vidame.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a certificate and its key are. */
public sealed interface TlsFiles {
  /** The files that are looked at for changes. */
  List<Path> files();

  /**
   * Reads them.
   *
   * @throws TlsException when they cannot be read, or do not belong together
   */
  default Certificate load() throws TlsException {
    try {
      return read();
    } catch (IOException e) {
      throw new TlsException("Cannot read the certificate or its key: " + e, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TlsException("No certificate with a key can be found: " + e.getMessage(), e);
    }
  }

  /** As {@link #load}, with the failures as they come. */
  Certificate read() throws TlsException, IOException, GeneralSecurityException;

  /**
   * Two files of text.
   *
   * @param chain the certificates, the server's own first
   * @param key its private key, as PKCS#8 without a password
   */
  record Pem(Path chain, Path key) implements TlsFiles {
    private static final Pattern PKCS8 =
        Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    @Override
    public List<Path> files() {
      return List.of(chain, key);
    }

    @Override
    public Certificate read() throws TlsException, IOException, GeneralSecurityException {
      List<X509Certificate> certificates =
          x509(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(chain))));
      if (certificates.isEmpty()) {
        throw new TlsException(chain + " holds no certificate");
      }
      return Certificate.of(certificates, key(certificates.getFirst()));
    }

    private PrivateKey key(X509Certificate certificate)
        throws TlsException, IOException, GeneralSecurityException {
      Matcher pem = PKCS8.matcher(Files.readString(key, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        throw new TlsException(
            key
                + " holds no PRIVATE KEY without a password. Make one of what it holds with: openssl pkcs8 -topk8"
                + " -nocrypt -in "
                + key.getFileName()
                + " -out server.key");
      }
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
  }

  /**
   * A PKCS#12 file with one key.
   *
   * @param store the file
   * @param passwordFile a file with nothing but its password
   */
  record Pkcs12(Path store, Path passwordFile) implements TlsFiles {
    @Override
    public List<Path> files() {
      return List.of(store, passwordFile);
    }

    @Override
    public Certificate read() throws TlsException, IOException, GeneralSecurityException {
      char[] password =
          Files.readString(passwordFile, StandardCharsets.UTF_8).strip().toCharArray();
      try {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        opened.load(new ByteArrayInputStream(Files.readAllBytes(store)), password);
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(opened.aliases())) {
          if (opened.isKeyEntry(alias)) {
            keys.add(alias);
          }
        }
        if (keys.size() != 1) {
          throw new TlsException(store + " must hold one key, and holds " + keys.size());
        }
        return entry(opened, keys.getFirst(), password);
      } finally {
        Arrays.fill(password, ' ');
      }
    }

    private Certificate entry(KeyStore opened, String alias, char[] password)
        throws TlsException, GeneralSecurityException {
      java.security.cert.Certificate @Nullable [] chain = opened.getCertificateChain(alias);
      Key key = opened.getKey(alias, password);
      if (chain == null || !(key instanceof PrivateKey privateKey)) {
        throw new TlsException(store + " holds a key without a certificate");
      }
      return Certificate.of(x509(List.of(chain)), privateKey);
    }
  }

  private static List<X509Certificate> x509(
      Iterable<? extends java.security.cert.Certificate> certificates) throws TlsException {
    List<X509Certificate> chain = new ArrayList<>();
    for (java.security.cert.Certificate certificate : certificates) {
      if (!(certificate instanceof X509Certificate x509)) {
        throw new TlsException("A certificate is not of the kind X.509");
      }
      chain.add(x509);
    }
    return chain;
  }
}
