package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.ClientCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file with an application's private key and its certificate, as {@code openssl} writes them. */
public final class PemFile {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private PemFile() {}

  /**
   * Reads both.
   *
   * @throws CommandException where one is missing, broken or encrypted, or others can read the file
   */
  public static ClientCertificate read(Path file) {
    String text =
        PrivateFiles.read(file)
            .orElseThrow(() -> refused(file, "is not there", null));
    Matcher key = KEY.matcher(text);
    if (!key.find()) {
      throw refused(
          file,
          "has no private key in PKCS #8 without a password (-----BEGIN PRIVATE KEY-----)",
          null);
    }
    int certificate = text.indexOf("-----BEGIN CERTIFICATE-----");
    if (certificate < 0) {
      throw refused(file, "has no certificate (-----BEGIN CERTIFICATE-----)", null);
    }
    try {
      PrivateKey secret =
          KeyFactory.getInstance("RSA")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1))));
      X509Certificate shown =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(
                          text.substring(certificate).getBytes(StandardCharsets.US_ASCII)));
      return ClientCertificate.of(secret, shown);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused(file, "holds no RSA key with its certificate", e);
    }
  }

  private static CommandException refused(Path file, String why, @Nullable Throwable cause) {
    String text = "The file " + file + " " + why + ".";
    return cause == null
        ? new CommandException(ExitCode.CONFIGURATION, text)
        : new CommandException(ExitCode.CONFIGURATION, text, cause);
  }
}
