package dev.vidame.cli;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;

/**
 * What an application signs with, made by the JDK's own tool.
 *
 * @param certificate a PEM file with the certificate alone
 * @param both a PEM file with key and certificate, for its owner only
 */
record ApplicationKeyPair(Path certificate, Path both) {
  private static final String PASSWORD = "of-this-test-only";
  private static final String ALIAS = "application";

  static ApplicationKeyPair in(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=Application",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool made no key");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    String certificate = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    String key = pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    Path both = folder.resolve("both.pem");
    Files.createFile(
        both, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new ApplicationKeyPair(
        Files.writeString(folder.resolve("certificate.pem"), certificate),
        Files.writeString(both, key + certificate));
  }

  private static String pem(String what, byte[] encoded) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(encoded)
        + "\n-----END "
        + what
        + "-----\n";
  }
}
