package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.APPLICATIONS;
import static dev.vidame.server.admin.Admin.access;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.operators.ApplicationKeys;
import dev.vidame.server.harness.Golden;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SignedAssertion;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestTokens;
import dev.vidame.server.tls.TestCertificates;
import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators give applications public keys, with which these prove who they are. */
class ApplicationKeyRoutesTest {
  @TempDir private static Path certificates;
  private static String pem = "";
  private static String privatePem = "";
  private static String ecPem = "";
  private static X509Certificate certificate;
  private static PrivateKey key;
  private static RSAKey bare;

  @TempDir private Path folder;
  private Admin admin;

  @BeforeAll
  static void makeKeys() throws IOException, GeneralSecurityException, JOSEException {
    Path rsa = TestCertificates.pkcs12(certificates.resolve("rsa.p12"), "RSA");
    List<Path> files = TestCertificates.pem(rsa, certificates);
    pem = Files.readString(files.getFirst());
    privatePem = Files.readString(files.getLast());
    certificate = TestCertificates.certificate(rsa);
    KeyStore store = KeyStore.getInstance(rsa.toFile(), TestCertificates.PASSWORD.toCharArray());
    key = (PrivateKey) store.getKey("server", TestCertificates.PASSWORD.toCharArray());
    Path ec = TestCertificates.pkcs12(certificates.resolve("ec.p12"), "EC");
    ecPem = Files.readString(TestCertificates.pem(ec, certificates).getFirst());
    bare = new RSAKeyGenerator(2048).keyID("portal-2026").generate();
  }

  /** The certificate is from today, so the server's day is the same. */
  @BeforeEach
  void start() {
    admin = Admin.start(folder);
    Duration ahead =
        Duration.between(admin.server().clock().instant(), certificate.getNotBefore().toInstant());
    admin.server().clock().advance(ahead.plusMinutes(1));
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private String keys() {
    return admin.application() + "/keys";
  }

  private static String body(String name, Object value) {
    return JSONObjectUtils.toJSONString(Map.of(name, value));
  }

  private RawAnswer addCertificate() {
    return admin.send("POST", keys(), body("certificate", pem));
  }

  private RawAnswer addBare() {
    return admin.send("POST", keys(), body("jwk", bare.toPublicJWK().toJSONObject()));
  }

  private static String id(RawAnswer added) {
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    return added.json().get("id").text();
  }

  private SignedAssertion assertion() {
    return SignedAssertion.of(
        client(),
        admin.server().server().address() + "/" + Tenancy.PARTNER + "/oauth2/token",
        admin.server().clock().instant());
  }

  private String client() {
    return admin.server().tenancy().confidential().id().toString();
  }

  private String byCertificate() {
    return assertion().header("x5t", x5t("SHA-1")).by(key);
  }

  private String byBare() throws JOSEException {
    return assertion().header("kid", "portal-2026").by(bare.toPrivateKey());
  }

  private static byte[] thumbprint(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String x5t(String algorithm) {
    return SignedAssertion.base64(thumbprint(algorithm));
  }

  private RawAnswer token(String assertion) {
    return admin.token(SignedAssertion.form(client(), assertion));
  }

  @Test
  void certificateIsShownByItsThumbprintsAndTimes() {
    RawAnswer added = addCertificate();

    JsonNode shown = added.json();
    assertThat(shown.members().keySet())
        .containsExactly(
            "id", "createdAt", "sha1Thumbprint", "sha256Thumbprint", "notBefore", "notAfter");
    HexFormat hex = HexFormat.of().withUpperCase();
    assertThat(shown.get("sha1Thumbprint").text()).isEqualTo(hex.formatHex(thumbprint("SHA-1")));
    assertThat(shown.get("sha256Thumbprint").text())
        .isEqualTo(hex.formatHex(thumbprint("SHA-256")));
    assertThat(shown.get("notAfter").text())
        .isEqualTo(certificate.getNotAfter().toInstant().toString());
    JsonNode listed = admin.send("GET", keys()).json();
    assertThat(listed.get("totalCount").number()).isEqualTo(1);
    assertThat(listed.get("items").items().getFirst().get("id").text()).isEqualTo(id(added));
  }

  @Test
  void keyIsShownByItsNameOrItsThumbprint() throws JOSEException {
    RSAKey nameless = new RSAKeyGenerator(2048).generate();

    RawAnswer named = addBare();
    RawAnswer unnamed =
        admin.send("POST", keys(), body("jwk", nameless.toPublicJWK().toJSONObject()));

    assertThat(named.json().members().keySet()).containsExactly("id", "createdAt", "kid");
    assertThat(named.json().get("kid").text()).isEqualTo("portal-2026");
    assertThat(unnamed.json().get("kid").text()).isEqualTo(nameless.computeThumbprint().toString());
  }

  @Test
  void tokensAreHadWithBothAndOpenTheApi() throws JOSEException {
    id(addCertificate());
    id(addBare());

    assertThat(admin.list(access(token(byCertificate())))).isEqualTo("200");
    assertThat(admin.list(access(token(byBare())))).isEqualTo("200");
    String chain = assertion().header("x5t#S256", x5t("SHA-256")).header("alg", "PS256").by(key);
    assertThat(admin.list(access(token(chain)))).isEqualTo("200");
  }

  /** MSAL for Java, Python and Node.js do so; where it is good once says the golden exchange. */
  @Test
  void libraryMaySendAnAssertionAgain() {
    id(addCertificate());
    String assertion = byCertificate();

    assertThat(token(assertion).status()).isEqualTo(200);
    assertThat(token(assertion).status()).isEqualTo(200);
  }

  @Test
  void exchangesOfThePagesAreAnswered() {
    id(addCertificate());
    try (Admin fresh = Admin.start(folder.resolve("golden"), "auth.assertions-once", "true")) {
      // The golden answer holds the time, so its server stands still; the key has no certificate.
      fresh.send(
          "POST", fresh.application() + "/keys", body("jwk", bare.toPublicJWK().toJSONObject()));
      String client = fresh.server().tenancy().confidential().id().toString();
      String audience =
          fresh.server().server().address() + "/" + Tenancy.PARTNER + "/oauth2/v2.0/token";
      SignedAssertion assertion =
          SignedAssertion.of(client, audience, fresh.server().clock().instant())
              .header("kid", "portal-2026")
              .header("alg", "PS256");
      new Golden(fresh.server())
          .with("assertion", assertion.by(bare.toPrivateKey()))
          .play("assertion");
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tokensOfARemovedKeyEndAtOnceAndThoseOfOthersGoOn() throws JOSEException {
    String certificateId = id(addCertificate());
    id(addBare());
    String ofCertificate = access(token(byCertificate()));
    String ofBare = access(token(byBare()));
    String ofSecret = access(admin.token(admin.server().tokens().applicationForm()));
    RawAnswer agents =
        admin.token(
            admin.server().tokens().passwordForm().replaceFirst("&client_secret=[^&]*", "")
                + "&"
                + SignedAssertion.fields(byCertificate()));
    String exchanged = exchanged(access(agents));
    assertThat(admin.read(access(agents))).isEqualTo("200");
    assertThat(admin.read(exchanged)).isEqualTo("200");
    assertThat(admin.list(ofCertificate)).isEqualTo("200");

    assertThat(admin.send("DELETE", keys() + "/" + certificateId).status()).isEqualTo(204);

    // 401, so that a client whose key was exchanged asks for another token.
    assertThat(admin.list(ofCertificate)).isEqualTo("401/400");
    assertThat(admin.read(access(agents))).isEqualTo("401/400");
    assertThat(admin.read(exchanged)).isEqualTo("401/400");
    assertThat(admin.list(ofBare)).isEqualTo("200");
    assertThat(admin.list(ofSecret)).isEqualTo("200");
    assertThat(token(byCertificate()).status()).isEqualTo(401);
  }

  private String exchanged(String token) {
    RawAnswer answer =
        admin
            .server()
            .send(
                RawRequest.of("POST", "/generatetoken")
                    .token(token)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body("grant_type=jwt_token"));
    String exchanged = access(answer);
    assertThat(TestTokens.claims(exchanged)).containsEntry("appidacr", "2");
    return exchanged;
  }

  @Test
  void applicationMayLiveWithoutASecret() {
    id(addCertificate());
    String secrets = admin.application() + "/secrets";
    String secret =
        admin.send("GET", secrets).json().get("items").items().getFirst().get("id").text();

    assertThat(admin.send("DELETE", secrets + "/" + secret).status()).isEqualTo(204);

    assertThat(admin.token(admin.server().tokens().applicationForm()).status()).isEqualTo(401);
    assertThat(admin.list(access(token(byCertificate())))).isEqualTo("200");
  }

  @Test
  void keysGoWithTheirApplicationAndPartner() {
    id(addCertificate());
    String token = access(token(byCertificate()));

    assertThat(admin.send("DELETE", admin.application()).status()).isEqualTo(204);

    assertThat(admin.list(token)).isEqualTo("403/2032");
    assertThat(token(byCertificate()).status()).isEqualTo(401);
    assertThat(admin.send("GET", keys()).outcome()).isEqualTo("404/1000");
    String again = "{\"id\":\"%s\",\"name\":\"Again\"}".formatted(client());
    assertThat(admin.send("POST", APPLICATIONS, again).status()).isEqualTo(201);
    assertThat(admin.send("GET", keys()).json().get("totalCount").number()).isZero();
  }

  @Test
  void repetitionsAddAndRemoveNothingMore() {
    UUID adding = UUID.randomUUID();
    UUID removing = UUID.randomUUID();
    long rows = admin.partnerRows();

    RawRequest add = RawRequest.of("POST", keys()).id(adding).body(body("certificate", pem));
    RawAnswer first = admin.send(add);
    RawAnswer again = admin.send(add);
    RawRequest remove = RawRequest.of("DELETE", keys() + "/" + id(first)).id(removing);
    RawAnswer removed = admin.send(remove);
    RawAnswer removedAgain = admin.send(remove);

    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(removed.status()).isEqualTo(204);
    assertThat(removedAgain.isReplayed()).isTrue();
    assertThat(admin.partnerRows()).isEqualTo(rows + 2);
    assertThat(admin.send(add).outcome()).isEqualTo("404/1000");
    assertThat(admin.send("DELETE", keys() + "/" + id(first)).outcome()).isEqualTo("404/1000");
  }

  @Test
  void eachChangeIsARowOfThePartnersJournal() {
    long rows = admin.partnerRows();

    String id = id(addCertificate());
    admin.send("DELETE", keys() + "/" + id);

    List<Entry> entries =
        admin
            .server()
            .server()
            .directory()
            .journal(new CustomerId(Tenancy.PARTNER.value()), rows, 10);
    assertThat(entries)
        .extracting(entry -> entry.operation().code())
        .containsExactly("application.add-key", "application.remove-key");
    assertThat(entries).extracting(Entry::subject).containsOnly(UUID.fromString(id));
    assertThat(entries.toString()).contains(client());
  }

  @Test
  void thereIsAnEndToHowManyKeysThereAre() throws JOSEException {
    for (int i = 0; i < ApplicationKeys.MOST_KEYS; i++) {
      RSAKey next = new RSAKeyGenerator(2048).generate();
      id(admin.send("POST", keys(), body("jwk", next.toPublicJWK().toJSONObject())));
    }

    RawAnswer answer = addBare();

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.text()).contains("at most 4 keys");
  }

  @Test
  void sameKeyAndAPublicApplicationAreRefused() {
    id(addCertificate());
    String publicClient = APPLICATIONS + "/" + admin.server().tenancy().publicClient().id();

    assertThat(addCertificate().outcome()).isEqualTo("409/990001");
    RawAnswer answer = admin.send("POST", publicClient + "/keys", body("certificate", pem));
    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.text()).contains("neither secrets nor keys");
  }

  @Test
  void certificateThatIsOverIsRefused() {
    admin.server().clock().advance(Duration.ofDays(3));

    RawAnswer answer = addCertificate();

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.text()).contains("The certificate is good no more.");
  }

  @Test
  void certificateThatIsOverOpensNothingMore() {
    id(addCertificate());
    admin.server().clock().advance(Duration.ofDays(3));

    RawAnswer answer = token(byCertificate());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().get("error_description").text()).startsWith("UAS-1000502: ");
  }

  /** It is refused by name, is not quoted, and is nowhere kept. */
  @Test
  void privateKeyIsRefusedAndNotKept() throws IOException {
    Map<String, Object> jwk = new LinkedHashMap<>(bare.toJSONObject());
    Map<String, Object> onlyOneMember = new LinkedHashMap<>(bare.toPublicJWK().toJSONObject());
    onlyOneMember.put("D", bare.toJSONObject().get("d"));
    long rows = admin.partnerRows();
    for (String body :
        List.of(
            body("certificate", privatePem),
            body("certificate", pem + privatePem),
            body("certificate", privatePem.replace("PRIVATE", "RSA PRIVATE")),
            body("certificate", privatePem.replace("PRIVATE", "ENCRYPTED PRIVATE")),
            body("jwk", jwk),
            body("jwk", onlyOneMember))) {
      RawAnswer answer = admin.send("POST", keys(), body);

      assertThat(answer.outcome()).isEqualTo("400/3000");
      assertThat(answer.text())
          .contains("holds a private key")
          .doesNotContain(String.valueOf(jwk.get("d")), privatePem.lines().toList().get(3));
    }
    assertThat(admin.partnerRows()).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"certificate\":\"\"}",
        "{\"certificate\":\"x\"}",
        "{\"certificate\":5}",
        "{\"certificate\":\"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\"}",
        "{\"certificate\":\"-----BEGIN CERTIFICATE-----\\n!!!!\\n-----END CERTIFICATE-----\"}",
        "{\"certificate\":\"-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----\"}",
        "{\"jwk\":\"x\"}",
        "{\"jwk\":{}}",
        "{\"jwk\":{\"kty\":\"oct\",\"K\":\"c2VjcmV0\"}}",
        "{\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}}",
        "{\"jwk\":{\"kty\":\"RSA\"}}",
        "{\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}",
        "{\"jwk\":{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}}",
        "{\"jwk\":{\"kty\":\"RSA\",\"n\":5,\"e\":\"AQAB\"}}"
      })
  void whatIsNoPublicKeyIsRefused(String body) {
    assertThat(admin.send("POST", keys(), body).outcome()).isIn("400/3000", "400/800002");
  }

  @Test
  void unfitKeysAreRefused() throws JOSEException {
    Map<String, Object> good = bare.toPublicJWK().toJSONObject();
    RSAKey weak = new RSAKeyGenerator(1024, true).generate();
    for (Map.Entry<String, Object> change :
        Map.<String, Object>of(
                "n",
                weak.toPublicJWK().toJSONObject().get("n"),
                "e",
                "Aw",
                "use",
                "enc",
                "kid",
                "x".repeat(257))
            .entrySet()) {
      Map<String, Object> jwk = new LinkedHashMap<>(good);
      jwk.put(change.getKey(), change.getValue());

      assertThat(admin.send("POST", keys(), body("jwk", jwk)).outcome())
          .as(change.getKey())
          .isEqualTo("400/3000");
    }
    for (String exponent : Set.of("AQAA", "AQABAQABAQ", "AA")) {
      Map<String, Object> jwk = new LinkedHashMap<>(good);
      jwk.put("e", exponent);
      assertThat(admin.send("POST", keys(), body("jwk", jwk)).outcome()).isEqualTo("400/3000");
    }
    assertThat(admin.send("POST", keys(), body("certificate", ecPem)).text())
        .contains("must be an RSA key");
    assertThat(admin.send("POST", keys(), body("certificate", pem + pem)).text())
        .contains("without its chain");
    assertThat(
            admin
                .send(
                    "POST",
                    keys(),
                    JSONObjectUtils.toJSONString(Map.of("certificate", pem, "jwk", good)))
                .text())
        .contains("not both");
    assertThat(admin.send("GET", keys()).json().get("totalCount").number()).isZero();
  }

  @Test
  void partnersTokenAndOtherPartnersPathReachNoKey() {
    String id = id(addCertificate());
    String other =
        Admin.PARTNERS
            + "/"
            + Tenancy.OTHER_PARTNER
            + "/applications/"
            + admin.server().tenancy().confidential().id()
            + "/keys";

    assertThat(admin.server().sendAsAdmin(RawRequest.get(keys())).outcome()).isEqualTo("401/400");
    assertThat(admin.send("GET", other).outcome()).isEqualTo("404/1000");
    assertThat(admin.send("POST", other, body("certificate", pem)).outcome()).isEqualTo("404/1000");
    assertThat(admin.send("DELETE", other + "/" + id).outcome()).isEqualTo("404/1000");
    assertThat(admin.send("GET", keys()).json().get("totalCount").number()).isEqualTo(1);
  }
}
