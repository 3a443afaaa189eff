package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.OwnServers;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How agents come to the pages and go. */
class SignInTest {
  private static final String ACCOUNT = "/dashboard/customers/" + Tenancy.CUSTOMER;

  @RegisterExtension static final Served served = new Served();

  @RegisterExtension private final OwnServers servers = new OwnServers();

  @TempDir private Path folder;

  private TestServer start(Map<String, String> settings) {
    return servers.start(folder, settings);
  }

  private static String admin(TestServer server) {
    return server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName();
  }

  @Test
  void agentComesToThePageThatWasAskedFor() {
    TestServer here = served.server();
    Visitor visitor = new Visitor(here, "en");

    RawAnswer answer = visitor.signIn(ACCOUNT + "/users?q=a%20b", admin(here));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo(ACCOUNT + "/users?q=a%20b");
    assertThat(answer.all("Set-Cookie").getFirst())
        .matches("vidame-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    assertThat(visitor.follow(answer).status()).isEqualTo(200);
  }

  @Test
  void formSaysWhatItIsForAndAsksForNoConsent() {
    TestServer here = served.server();
    Visitor visitor = new Visitor(here, "fr");

    RawAnswer begun = visitor.follow(visitor.get("/dashboard/customers"));
    RawAnswer form = visitor.follow(begun);

    assertThat(form.text())
        .contains("Connectez-vous au tableau de bord", ">Se connecter</button>", ">Annuler<")
        .doesNotContain("Se connecter et autoriser");
  }

  @Test
  void homeLeadsToTheCustomers() {
    RawAnswer answer = new Visitor(served.server(), "en").get("/dashboard");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo("/dashboard/customers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/dashboard//elsewhere.example",
        "/dashboard/../device",
        "/dashboard/%5c..",
        "/device",
        "/dashboard/signed-in?code=x",
        "/dashboard/sign-in"
      })
  void signInLeadsNowhereElse(String target) {
    TestServer here = served.server();
    Visitor visitor = new Visitor(here, "en");
    RawAnswer begun = visitor.get("/dashboard/sign-in?to=" + Visitor.encoded(target));
    String form = visitor.local(begun.header("Location"));
    Map<String, String> fields = Visitor.hidden(visitor.get(form).text());
    fields.put("username", admin(here));
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");

    RawAnswer answer = visitor.follow(visitor.post(form, fields));

    String location = answer.header("Location");
    assertThat(location).startsWith("/dashboard/").doesNotContain("//", "elsewhere.example/", "..");
  }

  @Test
  void signInOfAnotherBrowserIsNotTaken() {
    TestServer here = served.server();
    Visitor victim = new Visitor(here, "en");
    Visitor attacker = new Visitor(here, "en");
    RawAnswer begun = attacker.follow(attacker.get("/dashboard/customers"));
    String form = attacker.local(begun.header("Location"));
    Map<String, String> fields = Visitor.hidden(attacker.get(form).text());
    fields.put("username", admin(here));
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");
    String back = attacker.local(attacker.post(form, fields).header("Location"));

    assertThat(victim.get(back).status()).isEqualTo(400);
    var _ = victim.get("/dashboard/sign-in");
    assertThat(victim.get(back).status()).as("with a cookie of its own").isEqualTo(400);
    assertThat(victim.cookies()).doesNotContainKey("vidame-session");
    assertThat(attacker.get(back).status()).as("where it was begun").isEqualTo(303);
    assertThat(attacker.get(back).status()).as("a second time").isEqualTo(400);
  }

  @Test
  void whoCancelsIsNotSignedIn() {
    TestServer here = served.server();
    Visitor visitor = new Visitor(here, "en");
    RawAnswer begun = visitor.follow(visitor.get("/dashboard/customers"));
    String form = visitor.local(begun.header("Location"));
    Map<String, String> fields = Visitor.hidden(visitor.get(form).text());
    fields.put("decision", "deny");

    RawAnswer answer = visitor.follow(visitor.post(form, fields));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("You have not signed in.");
    assertThat(visitor.cookies()).doesNotContainKey("vidame-session");
  }

  @Test
  void wrongPasswordSignsNobodyIn() {
    TestServer here = served.server();

    RawAnswer answer = new Visitor(here, "en").signIn("/dashboard/customers", "nobody@x.example");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("The user name or the password is wrong.");
  }

  @Test
  void secondFactorIsAskedFor() {
    TestServer here = start(Map.of("security.require-mfa", "true"));
    Agent agent = here.tenancy().agent(Role.ADMIN_AGENT);
    Authenticator hand = Authenticator.enrol(here, agent);
    Visitor visitor = new Visitor(here, "en");
    RawAnswer begun = visitor.follow(visitor.get("/dashboard/customers"));
    String form = visitor.local(begun.header("Location"));
    Map<String, String> fields = Visitor.hidden(visitor.get(form).text());
    fields.put("username", agent.userPrincipalName());
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");
    RawAnswer second = visitor.post(form, fields);
    Map<String, String> code = new LinkedHashMap<>(Visitor.hidden(second.text()));
    code.put("otp", hand.code());
    code.put("decision", "allow");

    RawAnswer answer = visitor.follow(visitor.post(form, code));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(visitor.follow(answer).status()).isEqualTo(200);
  }

  @Test
  void whoHasNoSecondFactorIsToldWhereOneIsAskedFor() {
    TestServer here = start(Map.of("security.require-mfa", "true"));
    Visitor visitor = new Visitor(here, "en");

    RawAnswer answer = visitor.signIn("/dashboard/customers", admin(here));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("asks agents for a second factor");
    assertThat(visitor.cookies()).doesNotContainKey("vidame-session");
  }

  @Test
  void signingInAgainEndsTheSessionBefore() {
    TestServer here = served.server();
    Visitor visitor = Visitor.signedIn(here, here.tenancy().agent(Role.ADMIN_AGENT));
    String first = String.valueOf(visitor.cookies().get("vidame-session"));
    RawAnswer begun = visitor.get("/dashboard/sign-in");
    String form = visitor.local(begun.header("Location"));
    Map<String, String> fields = Visitor.hidden(visitor.get(form).text());
    fields.put("username", admin(here));
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");
    var _ = visitor.follow(visitor.post(form, fields));
    assertThat(visitor.cookies().get("vidame-session")).isNotEqualTo(first);

    visitor.cookies().put("vidame-session", first);

    assertThat(visitor.get("/dashboard/customers").status()).isEqualTo(303);
  }

  @Test
  void signOutEndsTheSession() {
    TestServer here = served.server();
    Visitor visitor = Visitor.signedIn(here, here.tenancy().agent(Role.ADMIN_AGENT));
    String key = String.valueOf(visitor.cookies().get("vidame-session"));

    RawAnswer answer = visitor.submit("/dashboard/customers", "/dashboard/sign-out", Map.of());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("You are signed out.");
    assertThat(visitor.cookies()).doesNotContainKey("vidame-session");
    visitor.cookies().put("vidame-session", key);
    assertThat(visitor.get("/dashboard/customers").status()).isEqualTo(303);
  }

  @Test
  void nobodyElseCanSignSomebodyOut() {
    TestServer here = served.server();
    Visitor visitor = Visitor.signedIn(here, here.tenancy().agent(Role.ADMIN_AGENT));

    RawAnswer answer = visitor.post("/dashboard/sign-out", Map.of("form_token", "guessed"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(visitor.get("/dashboard/customers").status()).isEqualTo(200);
  }

  @Test
  void cookiesAreSecureWhereThereIsTls() throws IOException {
    String port = Integer.toString(freePort());
    TestServer here =
        start(Map.of("listen.port", port, "listen.base-url", "https://accounts.example:" + port));
    Visitor visitor = new Visitor(here, "en");

    RawAnswer begun = visitor.get("/dashboard/sign-in");
    RawAnswer answer = visitor.signIn("/dashboard/customers", admin(here));

    assertThat(begun.header("Set-Cookie"))
        .matches("__Host-vidame-sign-in=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(answer.all("Set-Cookie").getFirst())
        .matches("__Host-vidame-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void scriptIsToldWhereToSignIn() {
    TestServer here = served.server();

    RawAnswer answer =
        new Visitor(here, "en")
            .exchange(RawRequest.get("/dashboard/customers?q=x").header("HX-Request", "true"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("HX-Redirect"))
        .isEqualTo(
            here.server().address() + "/dashboard/sign-in?to=%2Fdashboard%2Fcustomers%3Fq%3Dx");
  }

  @Test
  void dashboardCanBeLeftOut() {
    TestServer here = start(Map.of("dashboard.enabled", "false"));

    assertThat(here.send(RawRequest.get("/dashboard/customers")).outcome()).isEqualTo("404/1000");
    assertThat(here.send(RawRequest.get("/dashboard/sign-in")).outcome()).isEqualTo("404/1000");
  }
}
