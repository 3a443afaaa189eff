package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.AGENTS;
import static dev.vidame.server.admin.Admin.APPLICATIONS;
import static dev.vidame.server.admin.Admin.OURS;
import static dev.vidame.server.admin.Admin.PARTNERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens of a real Keycloak with two realms, which is arranged by the very commands of
 * docs/external-issuers.md. Runs with the profile {@code keycloak} only.
 */
@Tag("keycloak")
class KeycloakTest {
  private static final String REFUSED = "401/400";
  private static final String NO_SUCH_CALLER = "403/2032";
  private static final String OTHERS = PARTNERS + "/" + Tenancy.OTHER_PARTNER;

  @TempDir private static Path shared;
  private static Keycloak keycloak;
  private static KeycloakRealm contoso;
  private static KeycloakRealm fabrikam;
  private static String ada;

  @TempDir private Path folder;
  private Admin admin;
  private String trusted = "";

  @BeforeAll
  static void arrange() {
    keycloak = Keycloak.start(shared);
    contoso = KeycloakRealm.create(keycloak, "contoso");
    fabrikam = KeycloakRealm.create(keycloak, "fabrikam");
    ada = contoso.newUser("ada");
  }

  @AfterAll
  static void end() {
    if (keycloak != null) {
      keycloak.close();
    }
  }

  @BeforeEach
  void start() {
    start(folder.resolve("first"), Map.of());
  }

  private void start(Path empty, Map<String, String> settings) {
    admin = Admin.start(empty, settings);
    catchUp();
    created(APPLICATIONS, application(contoso.application()));
    created(APPLICATIONS, application(contoso.service()));
    addAgent(ada, "ada", "admin_agent");
    trusted =
        OURS
            + "/issuers/"
            + created(OURS + "/issuers", issuer(contoso, "sub")).json().get("id").text();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  /** Keycloak has the time of this machine; the server's stands still, unless it is behind. */
  private void catchUp() {
    MovableClock clock = admin.server().clock();
    Duration behind = Duration.between(clock.instant(), Instant.now());
    if (behind.isPositive()) {
      clock.advance(behind);
    }
  }

  private RawAnswer created(String path, String body) {
    RawAnswer answer = admin.send("POST", path, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer;
  }

  private static String application(String id) {
    return "{\"id\":\"%s\",\"name\":\"Application\",\"public\":true}".formatted(id);
  }

  private void addAgent(String id, String name, String role) {
    created(
        AGENTS,
        "{\"id\":\"%s\",\"userPrincipalName\":\"%s@first.example\",\"displayName\":\"%s\",\"roles\":[\"%s\"],\"password\":\"%s\"}"
            .formatted(id, name, name, role, Admin.PASSWORD));
  }

  private static String issuer(KeycloakRealm realm, String agentClaim) {
    return issuer(realm, agentClaim, KeycloakRealm.AUDIENCE);
  }

  private static String issuer(KeycloakRealm realm, String agentClaim, String audience) {
    return "{\"issuer\":\"%s\",\"audience\":\"%s\",\"jwksUrl\":\"%s\",\"agentClaim\":\"%s\",\"applicationClaim\":\"azp\"}"
        .formatted(realm.issuer(), audience, realm.keysUrl(), agentClaim);
  }

  /** What becomes of a read of an account with a token that has just come. */
  private String read(String token) {
    catchUp();
    return admin.read(token);
  }

  private String readOthers(String token) {
    catchUp();
    return admin
        .server()
        .send(
            RawRequest.get(TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER))
                .token(token))
        .outcome();
  }

  @Test
  void agentOfKeycloakChangesAnAccount() {
    String token = contoso.token("ada");
    catchUp();
    long rows = admin.rows(Tenancy.CUSTOMER);

    RawAnswer answer =
        admin
            .server()
            .send(
                RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"Of Keycloak\"}")
                    .token(token));

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("displayName").text()).isEqualTo("Of Keycloak");
    assertThat(admin.rows(Tenancy.CUSTOMER)).isEqualTo(rows + 1);
    assertThat(admin.read(admin.server().tokens().of(Role.ADMIN_AGENT))).isEqualTo("200");
  }

  @Test
  void rolesAreThoseThatTheAgentHasHere() {
    addAgent(contoso.newUser("bill"), "bill", "billing_admin");

    assertThat(read(contoso.token("bill"))).isEqualTo("403/900150");
  }

  @Test
  void personWhoIsNoAgentHereIsRefused() {
    contoso.newUser("eve");

    assertThat(read(contoso.token("eve"))).isEqualTo(NO_SUCH_CALLER);
  }

  @Test
  void applicationThatIsUnknownHereIsRefused() {
    String token = contoso.token("ada");
    admin.send("DELETE", APPLICATIONS + "/" + contoso.application());

    assertThat(read(token)).isEqualTo(NO_SUCH_CALLER);
  }

  @Test
  void applicationComesOnItsOwn() {
    String token = contoso.serviceToken();
    catchUp();

    assertThat(admin.list(token)).isEqualTo("200");
    assertThat(admin.read(token)).isEqualTo(NO_SUCH_CALLER);
  }

  @Test
  void tokenForSomethingElseIsRefused() {
    assertThat(read(contoso.token("ada", "openid"))).isEqualTo(REFUSED);
  }

  @Test
  void otherTokensOfTheSameSignInAreRefused() {
    String tokens = contoso.signIn("ada", KeycloakRealm.SCOPE);

    assertThat(read(Keycloak.text(tokens, "id_token"))).isEqualTo(REFUSED);
    assertThat(read(Keycloak.text(tokens, "refresh_token"))).isEqualTo(REFUSED);
    assertThat(read(Keycloak.text(tokens, "access_token"))).isEqualTo("200");
  }

  @Test
  void tokenForAnotherAudienceIsRefused() {
    admin.send("DELETE", trusted);
    created(OURS + "/issuers", issuer(contoso, "sub", "https://other.example"));

    assertThat(read(contoso.token("ada"))).isEqualTo(REFUSED);
  }

  @Test
  void realmsSpeakForThePartnersThatTrustThemAndForNobodyElse() {
    Tenancy tenancy = admin.server().tenancy();
    fabrikam.newUserForAgent("grace", tenancy.otherAdmin().id().toString());
    fabrikam.newUserForAgent("mallory", ada);
    String token = fabrikam.token("grace");
    assertThat(readOthers(token)).isEqualTo(REFUSED);

    created(OTHERS + "/applications", application(fabrikam.application()));
    created(OTHERS + "/issuers", issuer(fabrikam, "vidame_agent"));

    assertThat(readOthers(token)).isEqualTo("200");
    assertThat(read(token)).startsWith("403/");
    assertThat(readOthers(fabrikam.token("mallory"))).isEqualTo(NO_SUCH_CALLER);
    assertThat(read(fabrikam.token("mallory"))).isEqualTo(NO_SUCH_CALLER);
    assertThat(read(contoso.token("ada"))).isEqualTo("200");
    assertThat(readOthers(contoso.token("ada"))).startsWith("403/");
  }

  @Test
  void tokenThatHasExpiredIsRefused() throws ParseException {
    contoso.setLifespan(Duration.ofMinutes(1));
    String token = contoso.token("ada");
    Instant end = SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime().toInstant();
    assertThat(read(token)).isEqualTo("200");

    MovableClock clock = admin.server().clock();
    clock.advance(Duration.between(clock.instant(), end.plusSeconds(31)));

    assertThat(admin.read(token)).isEqualTo(REFUSED);
    contoso.setLifespan(Duration.ofMinutes(5));
  }

  @Test
  void newKeysAreKnownWithTheirFirstTokens() {
    String old = contoso.token("ada");
    assertThat(read(old)).isEqualTo("200");

    contoso.addKey();
    String second = contoso.token("ada");

    assertThat(keyOf(second)).isNotEqualTo(keyOf(old));
    assertThat(read(second)).isEqualTo("200");
    assertThat(read(old)).isEqualTo("200");

    contoso.addKey();
    contoso.removeOlderKeys();
    admin.server().clock().advance(Duration.ofSeconds(31));
    String third = contoso.token("ada");

    assertThat(read(third)).isEqualTo("200");
    assertThat(read(second)).isEqualTo(REFUSED);
    assertThat(read(old)).isEqualTo(REFUSED);
  }

  private static String keyOf(String token) {
    try {
      return SignedJWT.parse(token).getHeader().getKeyID();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** A key that is taken back, because it was stolen perhaps, ends without any other token. */
  @Test
  void keyThatIsTakenBackIsGoodForTenMinutesAtMost() {
    contoso.setLifespan(Duration.ofHours(1));
    String old = contoso.token("ada");
    assertThat(read(old)).isEqualTo("200");

    contoso.addKey();
    contoso.removeOlderKeys();
    admin.server().clock().advance(Duration.ofMinutes(10).plusSeconds(1));

    assertThat(admin.read(old)).isEqualTo(REFUSED);
    contoso.setLifespan(Duration.ofMinutes(5));
  }

  @Test
  void knownKeysDoForFourHoursWithoutKeycloak() {
    contoso.setLifespan(Duration.ofDays(1));
    String token = contoso.token("ada");
    assertThat(read(token)).isEqualTo("200");

    keycloak.stop();
    try {
      MovableClock clock = admin.server().clock();
      clock.advance(Duration.ofMinutes(11));
      assertThat(admin.read(token)).isEqualTo("200");
      clock.advance(Duration.ofHours(3));
      assertThat(admin.read(token)).isEqualTo("200");
      clock.advance(Duration.ofMinutes(60));
      assertThat(admin.read(token)).isEqualTo(REFUSED);
      assertThat(admin.read(admin.server().tokens().of(Role.ADMIN_AGENT))).isEqualTo("200");
    } finally {
      keycloak.startAgain();
    }

    admin.server().clock().advance(Duration.ofSeconds(31));
    assertThat(admin.read(token)).isEqualTo("200");
    contoso.setLifespan(Duration.ofMinutes(5));
  }

  @Test
  void trustThatIsTakenEndsWithTheNextRequest() {
    String token = contoso.token("ada");
    assertThat(read(token)).isEqualTo("200");

    assertThat(admin.send("DELETE", trusted).status()).isEqualTo(204);

    assertThat(admin.read(token)).isEqualTo(REFUSED);
  }

  @Test
  void secondFactorCounts() {
    String once = contoso.token("ada");
    String careful = contoso.newUserWithSecondFactor("careful");
    String twice = contoso.token("careful");
    admin.close();
    start(folder.resolve("second"), Map.of("security.require-mfa", "true"));
    addAgent(careful, "careful", "admin_agent");

    assertThat(read(once)).isEqualTo(REFUSED);
    assertThat(read(twice)).isEqualTo("200");
  }
}
