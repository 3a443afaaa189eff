package dev.vidame.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that vouch for themselves, made by the running platform's keytool. */
public final class TestCertificates {
  public static final String PASSWORD = "Store-Password-7";

  private TestCertificates() {}

  /** A PKCS#12 file with one key, of this machine. */
  public static Path pkcs12(Path file, String algorithm) {
    return pkcs12(file, algorithm, "localhost", "san=dns:localhost,ip:127.0.0.1");
  }

  /** A PKCS#12 file with one key, of a host elsewhere. */
  public static Path ofHost(Path file, String host) {
    return pkcs12(file, "EC", host, "san=dns:" + host);
  }

  private static Path pkcs12(Path file, String algorithm, String host, String names) {
    try {
      Files.deleteIfExists(file);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of("-genkeypair", "-alias", "server", "-keyalg", algorithm));
      if (algorithm.equals("RSA")) {
        command.addAll(List.of("-keysize", "2048")); // a longer one is searched for for seconds
      }
      command.addAll(List.of("-dname", "CN=" + host, "-ext", names, "-validity", "2"));
      command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
      command.addAll(List.of("-keystore", file.toString()));
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError(said);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The same as PEM: {@code chain.pem} and {@code key.pem} in the folder. */
  public static List<Path> pem(Path pkcs12, Path folder)
      throws IOException, GeneralSecurityException {
    KeyStore store = open(pkcs12);
    byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
    List<Path> files = new ArrayList<>();
    files.add(write(folder.resolve("chain.pem"), "CERTIFICATE", certificate(pkcs12).getEncoded()));
    files.add(write(folder.resolve("key.pem"), "PRIVATE KEY", key));
    return files;
  }

  public static X509Certificate certificate(Path pkcs12)
      throws IOException, GeneralSecurityException {
    return (X509Certificate) open(pkcs12).getCertificate("server");
  }

  private static KeyStore open(Path pkcs12) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(pkcs12)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static Path write(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  /** What a server shows that has the key of a file. */
  public static SSLContext showing(Path pkcs12) throws IOException, GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(open(pkcs12), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /** Trusts these certificates and nobody else's. */
  public static SSLContext trusting(X509Certificate... certificates)
      throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    for (int i = 0; i < certificates.length; i++) {
      trust.setCertificateEntry("trusted" + i, certificates[i]);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
