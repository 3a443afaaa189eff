package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.NOBODY;
import static dev.vidame.server.admin.Admin.OURS;
import static dev.vidame.server.admin.Admin.PARTNERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.IssuerSignIn;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.settings.SettingsLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How operators say with which trusted issuers agents sign in to the dashboard. */
class IssuerSignInRoutesTest {
  private static final String SECRET = "a-secret-that-is-planted-here";

  @TempDir private Path folder;
  private Admin admin;
  private String issuer = "";

  @BeforeEach
  void start() {
    admin = Admin.start(folder);
    issuer = OURS + "/issuers/" + trust(OURS);
  }

  private String trust(String partner) {
    RawAnswer trusted =
        admin.send(
            "POST",
            partner + "/issuers",
            "{\"issuer\":\"%s\",\"audience\":\"a\",\"jwksUrl\":\"https://login.example/k\"}"
                .formatted("https://login.example/" + UUID.randomUUID()));
    assertThat(trusted.status()).as(trusted.toString()).isEqualTo(201);
    return trusted.json().get("id").text();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private static String body(String domain) {
    return "{\"name\":\"Contoso\",\"domain\":\"%s\",\"clientId\":\"vidame\",\"clientSecret\":\"%s\","
            .formatted(domain, SECRET)
        + "\"authorizationUrl\":\"https://login.example/authorize\","
        + "\"tokenUrl\":\"https://login.example/token\"}";
  }

  private IssuerSignIn stored() {
    return admin
        .server()
        .server()
        .directory()
        .issuerSignIns()
        .get(Tenancy.PARTNER, UUID.fromString(issuer.substring(issuer.length() - 36)))
        .orElseThrow();
  }

  @Test
  void signInIsOfferedShownAndWithdrawn() {
    long rows = admin.partnerRows();

    RawAnswer offered = admin.send("PUT", issuer + "/sign-in", body("Contoso.Example"));
    RawAnswer shown = admin.send("GET", issuer + "/sign-in");
    RawAnswer gone = admin.send("DELETE", issuer + "/sign-in");

    assertThat(offered.status()).as(offered.toString()).isEqualTo(200);
    assertThat(offered.text())
        .isEqualTo(
            "{\"name\":\"Contoso\",\"domain\":\"contoso.example\",\"clientId\":\"vidame\","
                + "\"hasSecret\":true,\"authorizationUrl\":\"https://login.example/authorize\","
                + "\"tokenUrl\":\"https://login.example/token\",\"redirectUri\":\""
                + admin.server().server().address()
                + "/dashboard/signed-in/"
                + issuer.substring(issuer.length() - 36)
                + "\"}");
    assertThat(shown.text()).isEqualTo(offered.text());
    assertThat(gone.status()).isEqualTo(204);
    assertThat(admin.send("GET", issuer + "/sign-in").outcome()).isEqualTo("404/1000");
    assertThat(admin.send("DELETE", issuer + "/sign-in").outcome()).isEqualTo("404/1000");
    assertThat(admin.partnerRows()).isEqualTo(rows + 2);
  }

  @Test
  void requestThatIsRepeatedIsOneChange() {
    RawRequest request =
        RawRequest.of("PUT", issuer + "/sign-in").id(UUID.randomUUID()).body(body("a.example"));
    RawAnswer first = admin.send(request);
    long rows = admin.partnerRows();

    RawAnswer again = admin.send(request);

    assertThat(again.header("MS-Replayed")).isEqualTo("true");
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(admin.partnerRows()).isEqualTo(rows);
  }

  @Test
  void domainIsOneIssuersOfTheWholeServer() {
    String others = PARTNERS + "/" + Tenancy.OTHER_PARTNER;
    String other = others + "/issuers/" + trust(others) + "/sign-in";
    assertThat(admin.send("PUT", issuer + "/sign-in", body("a.example")).status()).isEqualTo(200);

    assertThat(admin.send("PUT", other, body("A.example")).outcome()).isEqualTo("409/990001");
    assertThat(admin.send("PUT", issuer + "/sign-in", body("a.example")).status()).isEqualTo(200);
    assertThat(admin.send("PUT", other, body("b.example")).status()).isEqualTo(200);
    assertThat(
            admin
                .send("PUT", OURS + "/issuers/" + NOBODY + "/sign-in", body("c.example"))
                .outcome())
        .isEqualTo("404/1000");
    assertThat(
            admin
                .send("PUT", issuer.replace(OURS, others) + "/sign-in", body("c.example"))
                .outcome())
        .isEqualTo("404/1000");
  }

  @ParameterizedTest
  @CsvSource({
    "contoso.example,a b,domain",
    "contoso.example,-a.example,domain",
    "contoso.example,a..example,domain",
    "contoso.example,ada@a.example,domain",
    "https://login.example/authorize,http://login.example/authorize,authorizationUrl",
    "https://login.example/authorize,https://login.example/authorize#x,authorizationUrl",
    "https://login.example/token,http://10.0.0.1/token,tokenUrl",
    "https://login.example/token,token,tokenUrl",
    "vidame,,clientId",
    "Contoso,,name"
  })
  void badValueIsNamed(String good, String bad, String named) {
    String body =
        body("contoso.example")
            .replace("\"" + good + "\"", bad == null ? "\"\"" : "\"" + bad + "\"");

    RawAnswer answer = admin.send("PUT", issuer + "/sign-in", body);

    assertThat(answer.outcome()).isEqualTo("400/3000");
    assertThat(answer.text()).contains(named);
    assertThat(admin.send("GET", issuer + "/sign-in").outcome()).isEqualTo("404/1000");
  }

  @Test
  void secretIsEncryptedWhereThereIsAKeyForIt() throws Exception {
    Path key = folder.resolve("key");
    Files.writeString(
        key,
        Base64.getEncoder()
            .encodeToString(
                "an example of a key of 32 bytes.".getBytes(StandardCharsets.US_ASCII)));
    assertThat(admin.send("PUT", issuer + "/sign-in", body("a.example")).status()).isEqualTo(200);
    assertThat(stored().clientSecret()).isEqualTo(SECRET);
    admin.close();

    try (VidameServer sealed = sealed(key)) {
      IssuerSignIn after =
          sealed
              .directory()
              .issuerSignIns()
              .get(Tenancy.PARTNER, UUID.fromString(issuer.substring(issuer.length() - 36)))
              .orElseThrow();
      assertThat(after.clientSecret()).startsWith("sealed-1.").doesNotContain(SECRET);
      assertThat(after.toString()).doesNotContain(SECRET);
    }
  }

  private VidameServer sealed(Path key) throws StartException {
    Map<String, String> flags = new HashMap<>(SharedStore.settings(folder));
    flags.put("listen.port", "0");
    flags.put("secrets.key-file", key.toString());
    return VidameServer.start(
        SettingsLoader.load(Optional.empty(), Map.of(), flags), admin.server().clock());
  }
}
