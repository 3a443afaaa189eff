package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.NOBODY;
import static dev.vidame.server.admin.Admin.OURS;
import static dev.vidame.server.admin.Admin.PARTNERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestKeys;
import dev.vidame.server.harness.Together;
import dev.vidame.server.tls.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of identity providers that an operator trusts for a partner, and of those that harm. */
class ExternalIssuerTest {
  private static final String ISSUER = "https://login.example/realms/contoso";
  private static final String AUDIENCE = "https://vidame.example";
  private static final String ISSUERS = OURS + "/issuers";
  private static final String REFUSED = "401/400";

  @TempDir private Path folder;
  private Admin admin;
  private Provider provider;
  private String trusted = "";

  @BeforeEach
  void start() throws IOException {
    admin = Admin.start(folder);
    provider = new Provider();
    RawAnswer answer = trust(ISSUER, AUDIENCE, provider.keysUrl());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    trusted = ISSUERS + "/" + answer.json().get("id").text();
  }

  @AfterEach
  void stop() {
    provider.close();
    admin.close();
  }

  private RawAnswer trust(String issuer, String audience, String keys) {
    return admin.send(
        "POST",
        ISSUERS,
        "{\"issuer\":\"%s\",\"audience\":\"%s\",\"jwksUrl\":\"%s\",\"agentClaim\":\"sub\"}"
            .formatted(issuer, audience, keys));
  }

  private Map<String, Object> claims() {
    return Provider.claims(admin.server(), ISSUER, AUDIENCE);
  }

  private Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  private String read(Map<String, Object> claims) {
    return admin.read(Provider.token(provider.key(), claims));
  }

  @Test
  void agentComesWithATokenOfItsProvider() {
    assertThat(read(claims())).isEqualTo("200");
    assertThat(
            read(claims("sub", admin.server().tenancy().agent(Role.BILLING_ADMIN).id().toString())))
        .isEqualTo("403/900150");
    assertThat(provider.fetches()).isEqualTo(1);
    assertThat(admin.read(admin.server().tokens().admin())).isEqualTo("200");
  }

  /** One of ours would be good for longer than its issuer is trusted. */
  @Test
  void exchangeGivesTheTokenBackAsItIs() {
    String token = Provider.token(provider.key(), claims());

    RawAnswer answer = exchange(token);

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json().get("access_token").text()).isEqualTo(token);
    assertThat(answer.json().get("expires_in").number()).isEqualTo(300);
    String stranger = Provider.token(provider.key(), claims("sub", UUID.randomUUID().toString()));
    assertThat(exchange(stranger).outcome()).isEqualTo("403/2032");
    admin.send("DELETE", trusted);
    assertThat(exchange(token).outcome()).isEqualTo(REFUSED);
    assertThat(admin.read(token)).isEqualTo(REFUSED);
  }

  private RawAnswer exchange(String token) {
    return admin
        .server()
        .send(
            RawRequest.of("POST", "/generatetoken")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .token(token)
                .body("grant_type=jwt_token"));
  }

  @Test
  void applicationComesOnItsOwnWhereItsTokenSaysSo() {
    Map<String, Object> claims = claims("idtyp", "app");
    claims.remove("scope");
    String token = Provider.token(provider.key(), claims);

    assertThat(admin.list(token)).isEqualTo("200");
    assertThat(admin.read(token)).isEqualTo("403/2032");
  }

  @ParameterizedTest
  @CsvSource({
    "iss, https://login.example/realms/other, 401/400",
    "iss, https://login.example/realms/contoso/, 401/400",
    "aud, account, 401/400",
    "scope, profile, 401/400",
    "scope, user_impersonations, 401/400",
    "idtyp, app, 401/400",
    "sub, no-guid, 401/400",
    "azp, portal, 401/400",
    "sub, 11111111-2222-3333-4444-555555555555, 403/2032",
    "azp, 11111111-2222-3333-4444-555555555555, 403/2032",
    "amr, pwd, 401/400"
  })
  void wrongClaimIsRefused(String name, String value, String outcome) {
    assertThat(read(claims(name, value))).isEqualTo(outcome);
  }

  @Test
  void anotherPartnersAgentsAndApplicationsAreNoneOfIt() {
    var tenancy = admin.server().tenancy();

    assertThat(read(claims("sub", tenancy.otherAdmin().id().toString()))).isEqualTo("403/2032");
    assertThat(read(claims("azp", tenancy.otherApplication().id().toString())))
        .isEqualTo("403/2032");
    assertThat(read(claims("tid", Tenancy.OTHER_PARTNER.toString()))).isEqualTo("200");
  }

  @Test
  void timesCount() {
    long now = admin.server().clock().instant().getEpochSecond();

    assertThat(read(claims("exp", now - 31))).isEqualTo(REFUSED);
    assertThat(read(claims("exp", now - 29))).isEqualTo("200");
    assertThat(read(claims("nbf", now + 31))).isEqualTo(REFUSED);
    assertThat(read(claims("iat", now + 31))).isEqualTo(REFUSED);
    Map<String, Object> endless = claims();
    endless.remove("exp");
    assertThat(read(endless)).isEqualTo(REFUSED);
  }

  @Test
  void forgedSignaturesAndHeadersAreRefused() {
    RSAKey forged = TestKeys.newKey("first", 2048);
    JWSHeader pointed =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("first")
            .jwkURL(URI.create(provider.keysUrl()))
            .build();
    JWSHeader carrying =
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").jwk(forged.toPublicJWK()).build();
    JWSHeader nameless = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    JWSHeader other = new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("first").build();
    String good = Provider.token(provider.key(), claims());
    String none =
        encoded("{\"alg\":\"none\",\"kid\":\"first\"}") + good.substring(good.indexOf('.'));
    String hmac =
        none.replace(
            encoded("{\"alg\":\"none\",\"kid\":\"first\"}"),
            encoded("{\"alg\":\"HS256\",\"kid\":\"first\"}"));

    for (String token :
        List.of(
            Provider.token(forged, claims()),
            Provider.token(pointed, provider.key(), claims()),
            Provider.token(carrying, forged, claims()),
            Provider.token(nameless, provider.key(), claims()),
            Provider.token(other, provider.key(), claims()),
            none,
            none.substring(0, none.lastIndexOf('.') + 1),
            hmac,
            good + "x",
            good.substring(0, good.length() - 4),
            good.substring(0, good.lastIndexOf('.')),
            "a.b.c",
            "..")) {
      assertThat(admin.read(token)).as(token).isEqualTo(REFUSED);
    }
    assertThat(admin.read(good)).isEqualTo("200");
  }

  private static String encoded(String json) {
    return Base64URL.encode(json.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Test
  void trustThatIsTakenEndsWithTheNextRequest() {
    String token = Provider.token(provider.key(), claims());
    assertThat(admin.read(token)).isEqualTo("200");

    assertThat(admin.send("DELETE", trusted).status()).isEqualTo(204);

    assertThat(admin.read(token)).isEqualTo(REFUSED);
    assertThat(admin.send("DELETE", trusted).outcome()).isEqualTo("404/1000");
  }

  @Test
  void disabledPartnersIssuersAreNotAsked() {
    admin.send("PATCH", OURS, "{\"disabled\":true}");

    assertThat(read(claims())).isEqualTo(REFUSED);
    assertThat(provider.fetches()).isZero();

    admin.send("PATCH", OURS, "{\"disabled\":false}");

    assertThat(read(claims())).isEqualTo("200");
  }

  static List<Provider.Mood> badMoods() {
    return Provider.badMoods();
  }

  /** Nobody waits longer than a few seconds, nobody gets in, and others notice nothing. */
  @ParameterizedTest
  @MethodSource("badMoods")
  void hostileKeySetLetsNobodyInAndHoldsNobodyUp(Provider.Mood mood) throws Exception {
    provider.become(mood);
    String token = Provider.token(provider.key(), claims());
    long start = System.nanoTime();

    List<String> outcomes =
        Together.run(
            6,
            worker ->
                () ->
                    worker % 2 == 0
                        ? admin.read(token)
                        : admin.read(admin.server().tokens().admin()));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(outcomes).containsExactly(REFUSED, "200", REFUSED, "200", REFUSED, "200");
    assertThat(provider.fetches()).isLessThanOrEqualTo(2);

    provider.become(Provider.Mood.WELL);
    admin.server().clock().advance(Duration.ofHours(5));

    assertThat(read(claims())).isEqualTo("200");
  }

  /** No authority that Java knows vouches for it, so it could be anybody. */
  @Test
  void keysOfWhoCannotProveItsHostLetNobodyIn() throws Exception {
    Path certificate = TestCertificates.pkcs12(folder.resolve("localhost.p12"), "EC");
    try (Provider unproved = Provider.withTls(TestCertificates.showing(certificate))) {
      String issuer = "https://unproved.example";
      assertThat(trust(issuer, AUDIENCE, unproved.keysUrl()).status()).isEqualTo(201);

      String token =
          Provider.token(unproved.key(), Provider.claims(admin.server(), issuer, AUDIENCE));

      assertThat(admin.read(token)).isEqualTo(REFUSED);
      assertThat(unproved.fetches()).isZero();
      assertThat(read(claims())).isEqualTo("200");
    }
  }

  @Test
  void newKeyIsFoundAndTheOldOneIsGone() {
    RSAKey old = provider.key();
    assertThat(read(claims())).isEqualTo("200");

    provider.rotate(TestKeys.newKey("second", 2048));

    assertThat(read(claims())).isEqualTo("200");
    assertThat(admin.read(Provider.token(old, claims()))).isEqualTo(REFUSED);
    admin.server().clock().advance(Duration.ofSeconds(31));
    provider.rotate(TestKeys.newKey("third", 2048));
    assertThat(read(claims())).isEqualTo("200");
  }

  @Test
  void inventedKeysDoNotMakeUsAskForever() {
    assertThat(read(claims())).isEqualTo("200");
    RSAKey forged = TestKeys.newKey("invented", 2048);

    for (int i = 0; i < 100; i++) {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("invented" + i).build();
      assertThat(admin.read(Provider.token(header, forged, claims()))).isEqualTo(REFUSED);
    }

    assertThat(provider.fetches()).isLessThanOrEqualTo(2);
    assertThat(read(claims())).isEqualTo("200");
  }

  @Test
  void knownKeysDoForFourHoursOfAnOutage() {
    assertThat(read(claims())).isEqualTo("200");
    provider.become(Provider.Mood.FAULT);

    admin.server().clock().advance(Duration.ofMinutes(11));
    assertThat(read(claims())).isEqualTo("200");
    admin.server().clock().advance(Duration.ofHours(3));
    assertThat(read(claims())).isEqualTo("200");
    admin.server().clock().advance(Duration.ofHours(2));

    assertThat(read(claims())).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "'', a, https://x.example/k, 400/3000, issuer",
    "i, '', https://x.example/k, 400/3000, audience",
    "i, a, '', 400/3000, jwksUrl",
    "i, a, http://x.example/k, 400/3000, jwksUrl",
    "i, a, http://localhost/k, 400/3000, jwksUrl",
    "i, a, http://127.0.0.1.x.example/k, 400/3000, jwksUrl",
    "i, a, https://u:p@x.example/k, 400/3000, jwksUrl",
    "i, a, file:///etc/passwd, 400/3000, jwksUrl",
    "i, a, https:/k, 400/3000, jwksUrl",
    "i, a, https://x.example:70000/k, 400/3000, jwksUrl",
    "i, a, https://169.254.169.254/latest/meta-data, 400/3000, jwksUrl",
    "i, a, https://[fe80::1]/k, 400/3000, jwksUrl",
    "i, a, https://[::ffff:169.254.169.254]/k, 400/3000, jwksUrl",
    "i, a, https://[64:ff9b::a9fe:a9fe]/k, 400/3000, jwksUrl",
    "i, a, https://0.0.0.0/k, 400/3000, jwksUrl",
    "i, a, https://[::]/k, 400/3000, jwksUrl",
    "i, a, https://224.0.0.1/k, 400/3000, jwksUrl",
    "i, a, https://[ff02::1]/k, 400/3000, jwksUrl",
    "i, a, https://255.255.255.255/k, 400/3000, jwksUrl",
    "i, a, https://[fd00:ec2::254]/k, 400/3000, jwksUrl",
    "i, a, https://2852039166/k, 400/3000, jwksUrl",
    "i, a, http://0.0.0.0/k, 400/3000, jwksUrl",
    "i, a, no url, 400/3000, jwksUrl"
  })
  void badIssuerIsNamedAndNotTrusted(
      String issuer, String audience, String keys, String outcome, String named) {
    RawAnswer answer = trust(issuer, audience, keys);

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.text()).contains(named);
    assertThat(admin.send("GET", ISSUERS).json().get("items").items()).hasSize(1);
  }

  /** A company's provider is often in its own network. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.0.0.1/k",
        "https://192.168.1.1:8443/k",
        "https://[fd12:3456::1]/k",
        "https://127.0.0.1/k",
        "https://keycloak/k",
        "http://127.0.0.1:8080/k",
        "http://[::1]/k"
      })
  void providerMayBeInTheCompanysNetwork(String keys) {
    assertThat(trust("i", "a", keys).status()).isEqualTo(201);
  }

  @Test
  void issuerAndAudienceBelongToOnePartner() {
    String body =
        "{\"issuer\":\"%s\",\"audience\":\"%s\",\"jwksUrl\":\"%s\"}"
            .formatted(ISSUER, AUDIENCE, provider.keysUrl());
    String others = PARTNERS + "/" + Tenancy.OTHER_PARTNER + "/issuers";

    assertThat(admin.send("POST", others, body).outcome()).isEqualTo("409/990001");
    assertThat(admin.send("POST", others, body.replace(AUDIENCE, "other")).status()).isEqualTo(201);
    assertThat(read(claims())).isEqualTo("200");
    assertThat(read(claims("aud", "other"))).isEqualTo("401/400");
    assertThat(read(claims("aud", List.of(AUDIENCE, "other")))).isEqualTo(REFUSED);
    assertThat(admin.send("GET", others.replace("issuers", "issuers/" + NOBODY)).outcome())
        .isEqualTo("404/1000");
  }

  @Test
  void trustIsOneRowHoweverOftenItIsAskedFor() {
    long rows = admin.partnerRows();
    RawRequest request =
        RawRequest.of("POST", ISSUERS)
            .id(UUID.randomUUID())
            .body("{\"issuer\":\"i\",\"audience\":\"a\",\"jwksUrl\":\"https://x.example/k\"}");

    RawAnswer first = admin.send(request);
    RawAnswer again = admin.send(request);

    assertThat(again.header("MS-Replayed")).isEqualTo("true");
    assertThat(again.text()).isEqualTo(first.text()).contains("\"agentClaim\":\"oid\"");
    assertThat(admin.partnerRows()).isEqualTo(rows + 1);
    for (int i = 2; i < 20; i++) {
      assertThat(trust("i" + i, "a", "https://x.example/k").status()).isEqualTo(201);
    }
    assertThat(trust("i20", "a", "https://x.example/k").text()).contains("at most 20 issuers");
    assertThat(
            admin
                .send(
                    "POST",
                    PARTNERS + "/" + NOBODY + "/issuers",
                    "{\"issuer\":\"z\",\"audience\":\"a\",\"jwksUrl\":\"https://x.example/k\"}")
                .outcome())
        .isEqualTo("404/1000");
  }
}
