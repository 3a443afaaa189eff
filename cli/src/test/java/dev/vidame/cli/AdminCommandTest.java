package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.server.VidameServer;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.settings.SettingsLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code vidame admin} against a real server. */
class AdminCommandTest {
  private static final String PARTNER = "6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4";
  private static final String CUSTOMER = "eebd1b55-5360-4438-a11d-5c06918c3014";
  private static final String SKU = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
  private static final String NOBODY = "11111111-2222-3333-4444-555555555555";
  private static final String GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @TempDir private static Path folder;
  private static VidameServer server;
  private static Path secretFile;

  /**
   * What a command said.
   *
   * @param code for the shell
   * @param out for people or programs
   * @param err where it came to nothing
   */
  private record Said(int code, String out, String err) {
    /** The first match of a pattern in the output. */
    String find(String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(out);
      assertThat(matcher.find()).as(toString()).isTrue();
      return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server =
        VidameServer.start(
            SettingsLoader.load(
                Optional.empty(),
                Map.of(),
                Map.of("data.folder", folder.resolve("data").toString(), "listen.port", "0")),
            Clock.systemUTC(),
            Seed.read(ServeTest.EXAMPLE));
    secretFile =
        Files.writeString(
            folder.resolve("secret"), server.createFirstOperator().orElseThrow().secret() + "\n");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Said admin(String... arguments) {
    List<String> all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", server.address().toString()));
    all.addAll(List.of("--secret-file", secretFile.toString()));
    return run(all.toArray(String[]::new));
  }

  private static Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Vidame.commandLine(arguments);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  private static Said succeeded(String... arguments) {
    Said said = admin(arguments);
    assertThat(said.code()).as(said.toString()).isZero();
    assertThat(said.err()).isEmpty();
    return said;
  }

  @Test
  void operatorsAreListedAddedAndRemoved() {
    Said added = succeeded("operators", "add", "--name", "Second one");
    String id = added.find("(?m)^id +(" + GUID + ")$");

    assertThat(added.out()).contains("The secret is shown only now: vop_");
    Said listed = succeeded("operators", "list");
    assertThat(listed.out()).startsWith("ID").contains("Second one").doesNotContain("vop_");
    assertThat(succeeded("operators", "show", id).out()).contains("Second one");
    assertThat(succeeded("operators", "remove", id).out()).contains("gone");
    assertThat(admin("operators", "remove", id).code()).isEqualTo(65);
  }

  @Test
  void secondFactorIsEnrolledConfirmedAndRemoved() throws Exception {
    Path password = Files.writeString(folder.resolve("ada"), "Correct-Horse-77");
    String[] of = {"--partner", PARTNER};
    String agent =
        succeeded(
                "agents",
                "add",
                of[0],
                of[1],
                "--upn",
                "factor@contoso.example",
                "--name",
                "Factor",
                "--password-file",
                password.toString())
            .find("(?m)^id +(" + GUID + ")$");

    Said enrolled = succeeded("second-factor", "enrol", of[0], of[1], agent);

    String secret = enrolled.find("The secret is shown only now: ([A-Z2-7]{32})");
    assertThat(enrolled.out())
        .containsPattern("state +pending")
        .contains("otpauth://totp/Vidame:factor%40contoso.example?secret=" + secret)
        .containsPattern("shown only now:\\R(?:[0-9]{5}(?:-[0-9]{5}){3}\\R){10}");
    Said wrong = admin("second-factor", "confirm", of[0], of[1], agent, "no code");
    assertThat(wrong.code()).isEqualTo(65);
    assertThat(wrong.err()).contains("not the one that the authenticator shows now");
    Said confirmed = succeeded("second-factor", "confirm", of[0], of[1], agent, code(secret));
    assertThat(confirmed.out()).containsPattern("state +enrolled").doesNotContain(secret);
    assertThat(succeeded("second-factor", "recovery-codes", of[0], of[1], agent).out())
        .containsPattern("shown only now:\\R(?:[0-9]{5}(?:-[0-9]{5}){3}\\R){10}");
    assertThat(succeeded("second-factor", "recovery-codes", of[0], of[1], agent, "--json").out())
        .startsWith("{\"state\":\"enrolled\"")
        .endsWith("]}" + System.lineSeparator());
    assertThat(succeeded("second-factor", "status", of[0], of[1], agent).out())
        .containsPattern("recoveryCodesLeft +10")
        .doesNotContain(secret, "otpauth");
    assertThat(succeeded("second-factor", "remove", of[0], of[1], agent).out())
        .contains("password alone");
    assertThat(succeeded("second-factor", "status", of[0], of[1], agent).out())
        .containsPattern("state +none");
    assertThat(admin("second-factor", "remove", of[0], of[1], agent).code()).isEqualTo(65);
    succeeded("agents", "remove", of[0], of[1], agent);
  }

  /** What an authenticator shows, within the tolerance of its clock. */
  private static String code(String base32) throws GeneralSecurityException {
    byte[] secret = Base32.decode(base32);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(secret, "HmacSHA1"));
    long step = Clock.systemUTC().instant().getEpochSecond() / 30;
    byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
    int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
    return "%06d".formatted(number % 1_000_000);
  }

  @Test
  void addressesOfAnApplicationAreGivenOneByOne() {
    String[] of = {"--partner", PARTNER};
    String id =
        succeeded(
                "applications",
                "add",
                of[0],
                of[1],
                "--name",
                "Browsers",
                "--public",
                "--redirect-uri",
                "https://a.example/",
                "--redirect-uri",
                "http://localhost:8400/")
            .find("(?m)^id +(" + GUID + ")$");

    assertThat(succeeded("applications", "show", of[0], of[1], id).out())
        .contains("https://a.example/ http://localhost:8400/");
    assertThat(succeeded("applications", "change", of[0], of[1], id, "--redirect-uri", "").out())
        .doesNotContain("https://");
    succeeded("applications", "remove", of[0], of[1], id);
  }

  @Test
  void signingKeysAreListedAndExchanged() {
    String old = succeeded("keys", "list").find("(?m)^([A-Za-z0-9_-]{43}) ");

    String next = succeeded("keys", "rotate").find("(?m)^id +([A-Za-z0-9_-]{43})$");

    assertThat(succeeded("keys", "list").out().lines().toList())
        .hasSize(3)
        .element(1)
        .asString()
        .startsWith(next);
    assertThat(succeeded("keys", "list").out()).contains(old);
  }

  @Test
  void partnersAreAddedShownChangedAndRemoved() {
    String id = succeeded("partners", "add", "--name", "Third", "--sandbox").find(GUID);

    assertThat(succeeded("partners", "show", id).out()).containsPattern("sandbox +true");
    assertThat(succeeded("partners", "change", id, "--disabled=true", "--name", "Renamed").out())
        .containsPattern("disabled +true")
        .contains("Renamed");
    assertThat(succeeded("partners", "change", id, "--password-profile", "nist").out())
        .containsPattern("passwordProfile +nist");
    assertThat(succeeded("partners", "change", id, "--allow-app-only-users", "true").out())
        .containsPattern("allowAppOnlyUsers +true");
    String letting =
        succeeded("partners", "add", "--name", "Robots", "--allow-app-only-users").find(GUID);
    assertThat(succeeded("partners", "show", letting).out())
        .containsPattern("allowAppOnlyUsers +true");
    assertThat(succeeded("partners", "list").out()).contains(id, PARTNER);
    succeeded("partners", "remove", id);

    Said last = admin("partners", "remove", PARTNER);
    assertThat(last.code()).isEqualTo(65);
    assertThat(last.err()).startsWith("vidame: ").contains("The partner has customers");
  }

  @Test
  void agentsAreAddedChangedAndRemoved() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "A-Good-Password-4\n");
    Said added =
        succeeded(
            "agents",
            "add",
            "--partner",
            PARTNER,
            "--upn",
            "new@partner.example",
            "--name",
            "New",
            "--role",
            "sales_agent",
            "--role",
            "HelpdeskAgent",
            "--password-file",
            password.toString());
    String id = added.find("(?m)^id +(" + GUID + ")$");

    assertThat(added.out()).containsPattern("roles +helpdesk_agent sales_agent");
    assertThat(signsIn("A-Good-Password-4")).isTrue();
    assertThat(succeeded("agents", "list", "--partner", PARTNER).out())
        .contains("new@partner.example", "admin@partner.example");
    Files.writeString(password, "Another-Password-5");
    succeeded(
        "agents", "password", "--partner", PARTNER, id, "--password-file", password.toString());
    assertThat(signsIn("Another-Password-5")).isTrue();
    succeeded("agents", "change", "--partner", PARTNER, id, "--no-roles", "--disabled", "true");
    assertThat(signsIn("Another-Password-5")).isFalse();
    assertThat(succeeded("agents", "show", "--partner", PARTNER, id).out())
        .containsPattern("(?m)^roles *$");
    succeeded("agents", "remove", "--partner", PARTNER, id);
    assertThat(admin("agents", "show", "--partner", PARTNER, id).code()).isEqualTo(65);
  }

  private static boolean signsIn(String password) {
    return server.directory().partners().signIn("new@partner.example", password).isPresent();
  }

  @Test
  void weakPasswordIsRefused() throws IOException {
    Path password = Files.writeString(folder.resolve("weak"), "weak");

    Said said =
        admin(
            "agents",
            "add",
            "--partner",
            PARTNER,
            "--upn",
            "weak@partner.example",
            "--name",
            "W",
            "--password-file",
            password.toString());

    assertThat(said.code()).isEqualTo(65);
    assertThat(said.err()).contains("8 to 256 characters", "400/3000").doesNotContain("weak\n");
  }

  @Test
  void applicationsAndTheirSecretsAreArranged() {
    Said added = succeeded("applications", "add", "--partner", PARTNER, "--name", "Portal");
    String id = added.find("(?m)^id +(" + GUID + ")$");
    assertThat(added.out()).contains("The secret is shown only now: ");

    String[] of = {"--partner", PARTNER, "--application", id};
    String second = succeeded("secrets", "add", of[0], of[1], of[2], of[3]).find(GUID);
    assertThat(succeeded("secrets", "list", of[0], of[1], of[2], of[3]).out().lines()).hasSize(3);
    assertThat(admin("secrets", "add", of[0], of[1], of[2], of[3]).err())
        .contains("at most 2 secrets");
    succeeded("secrets", "remove", of[0], of[1], of[2], of[3], second);
    assertThat(
            succeeded("applications", "change", "--partner", PARTNER, id, "--name", "Desk").out())
        .contains("Desk");
    assertThat(
            succeeded("applications", "add", "--partner", PARTNER, "--name", "Phone", "--public")
                .out())
        .doesNotContain("secret");
    assertThat(succeeded("applications", "list", "--partner", PARTNER).out()).contains("Phone");
    assertThat(succeeded("applications", "show", "--partner", PARTNER, id).out()).contains(id);
    succeeded("applications", "remove", "--partner", PARTNER, id);
  }

  @Test
  void keysOfApplicationsAreArrangedAndPrivateOnesStayWhereTheyAre() throws IOException {
    String modulus = "1" + "Q".repeat(341); // any odd number of 2048 bits
    String jwk =
        "{\"kty\":\"RSA\",\"n\":\"" + modulus + "\",\"e\":\"AQAB\",\"kid\":\"portal-2026\"";
    Path key = Files.writeString(folder.resolve("key.json"), jwk + ",\"key_ops\":[\"verify\"]}");
    Path secretKey = Files.writeString(folder.resolve("private.json"), jwk + ",\"d\":\"AQAB\"}");
    Path pem =
        Files.writeString(folder.resolve("private.pem"), "-----BEGIN RSA PRIVATE KEY-----\n");
    String id =
        succeeded("applications", "add", "--partner", PARTNER, "--name", "Signer")
            .find("(?m)^id +(" + GUID + ")$");
    String[] of = {"--partner", PARTNER, "--application", id};

    Said added = keys("add", of, "--jwk", key.toString());
    Said listed = keys("list", of);

    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).contains("portal-2026");
    assertThat(listed.out().lines()).hasSize(2);
    for (String[] file : new String[][] {{"--jwk", secretKey + ""}, {"--certificate", pem + ""}}) {
      Said refused = keys("add", of, file);
      assertThat(refused.code()).isEqualTo(78);
      assertThat(refused.err()).contains("holds a private key", "Nothing was sent");
    }
    assertThat(keys("add", of).code()).isEqualTo(2);
    assertThat(keys("add", of, "--jwk", "/no/such").code()).isEqualTo(78);
    assertThat(keys("add", of, "--jwk", pem.toString()).err()).contains("no JSON Web Key");
    assertThat(keys("remove", of, added.find("(?m)^id +(" + GUID + ")$")).out()).contains("gone");
    assertThat(keys("list", of).out().lines()).hasSize(1);
  }

  private static Said keys(String what, String[] of, String... more) {
    List<String> all = new ArrayList<>(List.of("application-keys", what));
    all.addAll(List.of(of));
    all.addAll(List.of(more));
    return admin(all.toArray(String[]::new));
  }

  @Test
  void relationshipsBeginAndEnd() {
    String other = succeeded("partners", "add", "--name", "Other").find(GUID);

    assertThat(succeeded("customers", "add", "--partner", other, CUSTOMER).out())
        .contains("abcdefgh1234.ccsctp.net");
    assertThat(succeeded("customers", "list", "--partner", other).out()).contains(CUSTOMER);
    assertThat(succeeded("customers", "show", "--partner", other, CUSTOMER).out())
        .contains(CUSTOMER);
    succeeded("customers", "remove", "--partner", other, CUSTOMER);
    assertThat(succeeded("customers", "list", "--partner", other).out().lines()).hasSize(1);
    assertThat(admin("customers", "add", "--partner", other, NOBODY).code()).isEqualTo(65);
  }

  @Test
  void rolesOnCustomersAreGivenAndTaken() {
    String agent =
        succeeded("agents", "list", "--partner", PARTNER).find("(" + GUID + ") +admin@partner");
    String[] of = {"--partner", PARTNER, "--customer", CUSTOMER, agent, "global_reader"};
    String tomorrow = Clock.systemUTC().instant().plusSeconds(86_400).toString();

    assertThat(roles("give", of, "--until", tomorrow).out())
        .containsPattern("roles.global_reader +" + tomorrow.substring(0, 19))
        .containsPattern("roles.user_administrator *\n");
    assertThat(succeeded("roles", "list", "--partner", PARTNER, agent).out())
        .startsWith("ID")
        .contains("GLOBAL_READER", CUSTOMER, tomorrow.substring(0, 19));
    assertThat(roles("take", of).out()).contains("does not have the role");
    assertThat(succeeded("roles", "list", "--partner", PARTNER, agent).out().lines()).hasSize(1);
    assertThat(
            admin(
                    "roles",
                    "give",
                    "--partner",
                    PARTNER,
                    "--customer",
                    CUSTOMER,
                    agent,
                    "king",
                    "--until",
                    "2001-01-01")
                .err())
        .contains("king");
  }

  @Test
  void decisionsAreExplained() {
    String agent = "admin@partner.example";

    assertThat(succeeded("explain", agent, "update_user", CUSTOMER).out())
        .startsWith("explanation")
        .contains("The agent may, by its role admin_agent.")
        .containsPattern("decision +allow\\n");
    assertThat(succeeded("explain", agent, "listCustomers").out()).contains("list_customers");
    assertThat(succeeded("explain", agent, "get_user", NOBODY, "--json").out())
        .startsWith(
            "{\"explanation\":\"The agent's partner has no relationship with the customer.\"");
    assertThat(admin("explain", "nobody@partner.example", "get_user", CUSTOMER).code())
        .isEqualTo(65);
    assertThat(admin("explain", agent, "become_king", CUSTOMER).err()).contains("become_king");
    assertThat(admin("explain", agent, "get_user").err()).contains("customer");
    assertThat(admin("explain", agent).code()).isEqualTo(2);
  }

  @Test
  void issuersAreTrustedAndNoMore() {
    String id =
        succeeded(
                "issuers",
                "add",
                "--partner",
                PARTNER,
                "--issuer",
                "https://login.example",
                "--audience",
                "here",
                "--jwks",
                "https://login.example/keys",
                "--agent-claim",
                "sub")
            .find("(?m)^id +(" + GUID + ")$");

    assertThat(succeeded("issuers", "list", "--partner", PARTNER).out())
        .contains("https://login.example/keys", "sub", "azp");
    assertThat(
            succeeded(
                    "issuers",
                    "sign-in",
                    "--partner",
                    PARTNER,
                    id,
                    "--name",
                    "Contoso",
                    "--domain",
                    "contoso.example",
                    "--client-id",
                    "vidame",
                    "--authorize",
                    "https://login.example/authorize",
                    "--token",
                    "https://login.example/token")
                .out())
        .contains("contoso.example", "/dashboard/signed-in/" + id);
    succeeded("issuers", "no-sign-in", "--partner", PARTNER, id);
    assertThat(admin("issuers", "no-sign-in", "--partner", PARTNER, id).code()).isEqualTo(65);
    succeeded("issuers", "remove", "--partner", PARTNER, id);
    assertThat(admin("issuers", "remove", "--partner", PARTNER, id).code()).isEqualTo(65);
  }

  private static Said roles(String verb, String[] of, String... more) {
    List<String> all = new ArrayList<>(List.of("roles", verb));
    all.addAll(List.of(of));
    all.addAll(List.of(more));
    return succeeded(all.toArray(String[]::new));
  }

  @Test
  void productsAreDefinedAndCounted() {
    assertThat(
            succeeded(
                    "skus",
                    "define",
                    "--customer",
                    CUSTOMER,
                    "CFQ7TTC0K5DR/0002",
                    "--name",
                    "Faculty",
                    "--part-number",
                    "MEE",
                    "--group",
                    "group2",
                    "--active",
                    "3",
                    "--plan",
                    "c1ec4a95-1f05-45b3-a911-aa3fa01094f5,INTUNE,Intune, for schools")
                .out())
        .contains("Faculty");
    assertThat(
            succeeded("skus", "units", "--customer", CUSTOMER, "CFQ7TTC0K5DR/0002", "--active", "9")
                .out())
        .containsPattern("availableUnits +9");
    assertThat(succeeded("skus", "show", "--customer", CUSTOMER, "cfq7ttc0k5dr/0002").out())
        .contains("CFQ7TTC0K5DR/0002");
    Said fewer = admin("skus", "units", "--customer", CUSTOMER, SKU, "--active", "0");
    assertThat(fewer.code()).isEqualTo(65);
    assertThat(fewer.err()).contains("1 units are in use");
    succeeded("skus", "remove", "--customer", CUSTOMER, "CFQ7TTC0K5DR/0002");
    assertThat(succeeded("skus", "list", "--customer", CUSTOMER).out()).contains(SKU, "EMS");
    assertThat(
            admin(
                    "skus",
                    "define",
                    "--customer",
                    CUSTOMER,
                    "x",
                    "--name",
                    "x",
                    "--part-number",
                    "x",
                    "--plan",
                    "alone")
                .err())
        .contains("commas between");
  }

  @Test
  void programsGetJson() {
    Said list = succeeded("partners", "list", "--json");
    Said item = succeeded("partners", "show", PARTNER, "--json");

    assertThat(list.out()).matches("(?s)\\{\"totalCount\":\\d+,\"items\":\\[\\{.*}]}\\s");
    assertThat(item.out().strip())
        .isEqualTo(
            "{\"id\":\""
                + PARTNER
                + "\",\"name\":\"Partner\",\"sandbox\":true,\"disabled\":false,\"passwordProfile\":\"server\",\"allowAppOnlyUsers\":false}");
  }

  @Test
  void allPagesOfAListAreShown() {
    for (int i = 0; i < 101; i++) {
      server
          .directory()
          .partners()
          .createApplication(
              new Application(
                  new ApplicationId(UUID.randomUUID()),
                  new PartnerId(UUID.fromString(PARTNER)),
                  "Many",
                  false),
              null);
    }

    assertThat(succeeded("applications", "list", "--partner", PARTNER).out().lines())
        .hasSizeGreaterThan(102);
    assertThat(succeeded("applications", "list", "--partner", PARTNER, "--json").out())
        .startsWith("{\"totalCount\":1")
        .doesNotContain("}{");
  }

  @Test
  void wrongSecretSaysWhatToDo() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong"), "vop_no");

    Said said =
        run(
            "admin",
            "partners",
            "list",
            "--url",
            server.address().toString(),
            "--secret-file",
            wrong.toString());

    assertThat(said.code()).isEqualTo(77);
    assertThat(said.err()).contains("401/400", "VIDAME_OPERATOR_SECRET", "--secret-file");
  }

  @Test
  void missingSecretSaysWhatToDo() throws IOException {
    String url = server.address().toString();
    Said none = run("admin", "partners", "list", "--url", url);
    Said noFile = run("admin", "partners", "list", "--url", url, "--secret-file", "/no/such");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Said nothing =
        run("admin", "partners", "list", "--url", url, "--secret-file", empty.toString());

    assertThat(none.code()).isEqualTo(78);
    assertThat(none.err()).contains("VIDAME_OPERATOR_SECRET", "--secret-file");
    assertThat(noFile.code()).isEqualTo(78);
    assertThat(noFile.err()).contains("/no/such");
    assertThat(nothing.code()).isEqualTo(78);
  }

  @Test
  void serverThatIsNotThereIsNamed() {
    Said said =
        run(
            "admin",
            "partners",
            "list",
            "--url",
            "http://127.0.0.1:1",
            "--secret-file",
            secretFile.toString());

    assertThat(said.code()).isEqualTo(69);
    assertThat(said.err()).contains("http://127.0.0.1:1", "--url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://vidame.example", "ftp://127.0.0.1", "nowhere", "http://a b"})
  void addressThatWouldNotDoIsRefused(String url) {
    Said said =
        run("admin", "partners", "list", "--url", url, "--secret-file", secretFile.toString());

    assertThat(said.code()).isEqualTo(78);
    assertThat(said.err()).contains(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "operators",
        "partners",
        "agents",
        "applications",
        "secrets",
        "customers",
        "skus",
        "keys"
      })
  void everyGroupExplainsItself(String group) {
    Said help = run("admin", group, "--help");
    Said alone = run("admin", group);

    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Examples:", "vidame admin " + group);
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("Usage: vidame admin " + group);
  }

  @Test
  void unknownIdSaysWhatToDo() {
    Said said = admin("partners", "show", NOBODY);

    assertThat(said.code()).isEqualTo(65);
    assertThat(said.err()).contains("404/1000", "list commands");
  }
}
