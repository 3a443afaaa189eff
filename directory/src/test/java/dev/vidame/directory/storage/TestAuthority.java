package dev.vidame.directory.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate authority of one test, whose files are in a folder. */
final class TestAuthority {
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final Path folder;
  private final X500Name name;
  private final KeyPair own = newKey();
  private final Path root;
  private int last;

  /** An authority whose files begin with its name. */
  TestAuthority(Path folder, String name) throws GeneralSecurityException, IOException {
    this.folder = folder;
    this.name = new X500Name("CN=" + name);
    Extension isAuthority =
        new Extension(Extension.basicConstraints, true, new BasicConstraints(true).getEncoded());
    this.root =
        pem(name + ".pem", "CERTIFICATE", certificate(this.name, own.getPublic(), isAuthority));
  }

  /** Its own certificate, as a PEM file. */
  Path root() {
    return root;
  }

  /** What a server shows and proves with, as PEM files. */
  record Issued(Path certificate, Path key) {}

  /** A key and certificate for a server of that name. */
  Issued issue(String host) throws GeneralSecurityException, IOException {
    KeyPair key = newKey();
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, host));
    byte[] certificate =
        certificate(
            new X500Name("CN=" + host),
            key.getPublic(),
            new Extension(Extension.subjectAlternativeName, false, names.getEncoded()));
    return new Issued(
        pem(host + ".pem", "CERTIFICATE", certificate),
        pem(host + ".key", "PRIVATE KEY", key.getPrivate().getEncoded()));
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private byte[] certificate(X500Name subject, PublicKey key, Extension extension)
      throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    V3TBSCertificateGenerator fields = new V3TBSCertificateGenerator();
    fields.setSerialNumber(new ASN1Integer(++last));
    fields.setIssuer(name);
    fields.setSubject(subject);
    fields.setStartDate(new Time(Date.from(now.minus(1, ChronoUnit.DAYS))));
    fields.setEndDate(new Time(Date.from(now.plus(1, ChronoUnit.DAYS))));
    fields.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    fields.setSignature(ALGORITHM);
    fields.setExtensions(new Extensions(extension));
    byte[] signed = fields.generateTBSCertificate().getEncoded();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(own.getPrivate());
    signature.update(signed);
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(fields.generateTBSCertificate());
    parts.add(ALGORITHM);
    parts.add(new DERBitString(signature.sign()));
    return new DERSequence(parts).getEncoded();
  }

  /** Readable by nobody else, which PostgreSQL wants of a key. */
  private Path pem(String file, String label, byte[] content) throws IOException {
    Path path = folder.resolve(file);
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return Files.writeString(
        path, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }
}
