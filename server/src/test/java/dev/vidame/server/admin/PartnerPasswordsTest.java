package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.AGENTS;
import static dev.vidame.server.admin.Admin.OURS;
import static dev.vidame.server.admin.Admin.PARTNERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.users.PasswordPolicy;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.UserPolicy;
import dev.vidame.server.customers.Bodies;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partners with password profiles of their own, side by side on one server. */
class PartnerPasswordsTest {
  private static final String THEIRS = PARTNERS + "/" + Tenancy.OTHER_PARTNER;
  private static final String OUR_USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  private static final String THEIR_USERS = "/v1/customers/" + Tenancy.OTHER_CUSTOMER + "/users";

  /** Of three kinds, but short. */
  private static final String KINDS = "Eight-Odd-8";

  /** Long, but of two kinds. */
  private static final String LONG = "blue rivers carry slow boats";

  @TempDir private Path folder;
  private Admin admin;

  @BeforeEach
  void start() {
    admin = Admin.start(folder);
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private RawAnswer choose(String partner, String profile) {
    return admin.send("PATCH", partner, "{\"passwordProfile\":\"" + profile + "\"}");
  }

  private static String password(String password) {
    return "{\"passwordProfile\":{\"password\":\"" + password + "\"}}";
  }

  private static RawRequest creation(String users, String domain, String password) {
    return RawRequest.of("POST", users)
        .body(
            "{\"userPrincipalName\":\"u%s@%s\",\"displayName\":\"U\",\"passwordProfile\":{\"password\":\"%s\"}}"
                .formatted(UUID.randomUUID(), domain, password));
  }

  private RawAnswer ours(RawRequest request) {
    return admin.server().sendAsAdmin(request);
  }

  private RawAnswer theirs(RawRequest request) {
    return admin.server().send(request.token(admin.server().tokens().otherAdmin()));
  }

  private List<String> outcomes(String password) {
    String path = TestServer.foundingPath();
    return List.of(
        ours(creation(OUR_USERS, Tenancy.DOMAIN, password)).outcome(),
        ours(RawRequest.patch(path, password(password))).outcome(),
        ours(RawRequest.patch(path + "/resetpassword", password(password))).outcome());
  }

  @Test
  void eachPartnersCustomersGoByItsOwnProfile() {
    choose(OURS, "nist");
    String other = TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER);

    assertThat(outcomes(KINDS)).containsExactly("400/3000", "400/3000", "400/3000");
    assertThat(outcomes(LONG)).containsExactly("201", "200", "200");
    assertThat(theirs(creation(THEIR_USERS, "other.example", KINDS)).outcome()).isEqualTo("201");
    assertThat(theirs(RawRequest.patch(other, password(KINDS))).outcome()).isEqualTo("200");
    assertThat(theirs(RawRequest.patch(other, password(LONG))).outcome()).isEqualTo("400/3000");
  }

  @Test
  void changeHoldsFromTheNextPasswordOnAndGoesBack() {
    assertThat(outcomes(KINDS)).containsExactly("201", "200", "200");
    choose(OURS, "nist");
    assertThat(outcomes(KINDS)).containsOnly("400/3000");
    choose(OURS, "SERVER");
    assertThat(outcomes(KINDS)).containsExactly("201", "200", "200");
    assertThat(outcomes(LONG)).containsOnly("400/3000");
  }

  @Test
  void partnerMayBeMilderThanTheServer() {
    admin.close();
    admin = Admin.start(folder.resolve("strict"), "validation.password-profile", "nist");
    assertThat(outcomes(KINDS)).containsOnly("400/3000");
    choose(OURS, "compatible");
    assertThat(outcomes(KINDS)).containsExactly("201", "200", "200");
    assertThat(theirs(creation(THEIR_USERS, "other.example", KINDS)).outcome())
        .isEqualTo("400/3000");
  }

  @Test
  void ofSeveralPartnersTheStrictestProfileHolds() {
    choose(THEIRS, "nist");
    assertThat(outcomes(KINDS)).containsExactly("201", "200", "200");

    String relationship = THEIRS + "/customers/" + Tenancy.CUSTOMER;
    assertThat(admin.send("PUT", relationship).status()).isLessThan(300);
    assertThat(outcomes(KINDS)).containsOnly("400/3000");

    assertThat(admin.send("DELETE", relationship).status()).isEqualTo(204);
    assertThat(outcomes(KINDS)).containsExactly("201", "200", "200");
  }

  @ParameterizedTest
  @CsvSource({"nist, NIST", "compatible, COMPATIBLE"})
  void firstAdministratorsPasswordIsOneThatIsTaken(String profile, PasswordStandard standard) {
    choose(OURS, profile);

    RawAnswer created = ours(Bodies.create(Bodies.newDomain()));

    assertThat(created.status()).isEqualTo(201);
    List<Problem> problems = new ArrayList<>();
    new PasswordPolicy(UserPolicy.standard())
        .check(
            standard,
            created.json().get("userCredentials").get("password").text(),
            "admin@x",
            problems);
    assertThat(problems).isEmpty();
  }

  @Test
  void accountsOfANewCustomerGoByItsCreatorsProfile() {
    choose(OURS, "nist");
    String domain = Bodies.newDomain();
    String users = Bodies.path(ours(Bodies.create(domain))) + "/users";

    assertThat(ours(creation(users, domain, KINDS)).outcome()).isEqualTo("400/3000");
    assertThat(ours(creation(users, domain, LONG)).outcome()).isEqualTo("201");
  }

  @Test
  void agentsOfThePartnerGoByItToo() {
    choose(OURS, "nist");
    String body =
        "{\"userPrincipalName\":\"new@partner.example\",\"displayName\":\"New\",\"password\":\"%s\"}";

    assertThat(admin.send("POST", AGENTS, body.formatted(KINDS)).outcome()).isEqualTo("400/3000");
    assertThat(admin.send("POST", AGENTS, body.formatted(LONG)).status()).isEqualTo(201);
    String reset = admin.adminAgent() + "/resetpassword";
    String weak = "{\"password\":\"" + KINDS + "\"}";
    assertThat(admin.send("POST", reset, weak).outcome()).isEqualTo("400/3000");
    assertThat(admin.send("POST", reset, weak.replace(KINDS, LONG)).status()).isEqualTo(204);
  }

  @Test
  void whatWasTakenOnceIsRepeatedAlthoughItWouldNotBeTakenNow() {
    RawRequest account = creation(OUR_USERS, Tenancy.DOMAIN, KINDS).id(UUID.randomUUID());
    RawRequest agent =
        RawRequest.of("POST", AGENTS)
            .id(UUID.randomUUID())
            .body(
                "{\"userPrincipalName\":\"again@partner.example\",\"displayName\":\"A\",\"password\":\"%s\"}"
                    .formatted(KINDS));
    RawRequest reset =
        RawRequest.of("POST", admin.adminAgent() + "/resetpassword")
            .id(UUID.randomUUID())
            .body("{\"password\":\"" + KINDS + "\"}");
    assertThat(ours(account).status()).isEqualTo(201);
    assertThat(admin.send(agent).status()).isEqualTo(201);
    assertThat(admin.send(reset).status()).isEqualTo(204);
    choose(OURS, "nist");

    for (RawAnswer again : List.of(ours(account), admin.send(agent), admin.send(reset))) {
      assertThat(again.status()).isLessThan(300);
      assertThat(again.header("MS-Replayed")).isEqualTo("true");
    }
  }

  @Test
  void profileIsShownSetAtCreationAndWrittenDown() {
    String id = UUID.randomUUID().toString();
    RawAnswer created =
        admin.send(
            "POST",
            PARTNERS,
            "{\"id\":\"" + id + "\",\"name\":\"Third\",\"PasswordProfile\":\"Nist\"}");
    RawAnswer renamed = admin.send("PATCH", PARTNERS + "/" + id, "{\"name\":\"Renamed\"}");
    choose(PARTNERS + "/" + id, "server");

    assertThat(created.json().get("passwordProfile").text()).isEqualTo("nist");
    assertThat(renamed.json().get("passwordProfile").text()).isEqualTo("nist");
    assertThat(admin.send("GET", PARTNERS + "/" + id).json().get("passwordProfile").text())
        .isEqualTo("server");
    List<Entry> rows = admin.server().server().directory().journal(CustomerId.of(id), 0, 10);
    assertThat(rows.stream().map(Entry::changes))
        .containsExactly(
            List.of(
                new FieldChange("name", null, "Third"),
                new FieldChange("passwordProfile", "server", "nist")),
            List.of(new FieldChange("name", "Third", "Renamed")),
            List.of(new FieldChange("passwordProfile", "nist", "server")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "nist2", "strict", "NIST ", "compatible\\u0000"})
  void unknownProfileIsRefusedByItsName(String profile) {
    RawAnswer refused = choose(OURS, profile);

    assertThat(refused.outcome()).isEqualTo("400/3000");
    assertThat(refused.text()).contains("passwordProfile");
    assertThat(admin.send("GET", OURS).json().get("passwordProfile").text()).isEqualTo("server");
  }

  @Test
  void refusalsSpeakEnglishAndFrench() {
    RawRequest unknown = RawRequest.patch(OURS, "{\"passwordProfile\":\"strict\"}");
    assertThat(admin.send(unknown).text())
        .contains("The value must be one of: server, compatible, nist.");
    assertThat(admin.send(unknown.header("X-Locale", "fr-FR")).text())
        .contains("La valeur doit être l’une des suivantes : server, compatible, nist.");
    choose(OURS, "nist");
    RawRequest weak = RawRequest.patch(TestServer.foundingPath(), password(KINDS));
    assertThat(ours(weak).text()).contains("15 to 256 characters");
    assertThat(ours(weak.header("X-Locale", "fr-FR")).text())
        .contains("Le mot de passe")
        .contains("15")
        .doesNotContain("characters");
  }
}
