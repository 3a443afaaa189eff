package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications send browsers here, and agents sign in and allow them to act (wire-spec §1.4). */
class AuthorizeRoutesTest {
  @RegisterExtension static final Served served = new Served();

  /** The pair of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String BACK = "https://portal.example/callback?kept=1";
  private static final String STATE = "a&b=c <d>\"";
  private static final ApplicationId PORTAL = new ApplicationId(UUID.randomUUID());
  private static final String PATH = "/" + Tenancy.PARTNER + "/oauth2/v2.0/authorize";

  @BeforeAll
  static void register() {
    served
        .server()
        .server()
        .directory()
        .partners()
        .createApplication(
            new Application(
                PORTAL,
                Tenancy.PARTNER,
                "<b>Portal</b> & Co",
                false,
                false,
                List.of(BACK, "http://localhost:8400/x", "com.example.app:/back")),
            null);
  }

  private static Map<String, String> wish() {
    Map<String, String> wish = new LinkedHashMap<>();
    wish.put("client_id", PORTAL.toString());
    wish.put("redirect_uri", BACK);
    wish.put("response_type", "code");
    wish.put("code_challenge", CHALLENGE);
    wish.put("code_challenge_method", "S256");
    wish.put("state", STATE);
    wish.put("nonce", "n-1");
    wish.put("scope", "openid https://api.partnercenter.microsoft.com/user_impersonation");
    return wish;
  }

  private static String at(Map<String, String> wish) {
    return PATH + "?" + Browser.form(wish);
  }

  private static Map<String, String> with(Map<String, String> wish, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(wish);
    changed.put(name, value);
    return changed;
  }

  private static Browser browser() {
    return new Browser(served.server());
  }

  private static String userName() {
    return served.server().tenancy().agent(Role.ADMIN_AGENT).userPrincipalName();
  }

  private static RawAnswer signedIn(Map<String, String> wish) {
    Browser browser = browser();
    return browser.post(at(wish), browser.filled(browser.get(at(wish)), "allow"));
  }

  private static Map<String, String> query(String location) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : URI.create(location).getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return fields;
  }

  private static String code() {
    return String.valueOf(query(signedIn(wish()).header("Location")).get("code"));
  }

  private static Map<String, String> proof(String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", PORTAL.toString());
    form.put("code", code);
    form.put("redirect_uri", BACK);
    form.put("code_verifier", VERIFIER);
    return form;
  }

  private static RawAnswer token(Map<String, String> form) {
    return served
        .server()
        .send(
            served
                .server()
                .tokens()
                .requestAt("/" + Tenancy.PARTNER + "/oauth2/v2.0/token", Browser.form(form)));
  }

  private static String error(RawAnswer answer) {
    return answer.json().get("error").text();
  }

  @Test
  void agentSignsInAndTheApplicationActs() throws ParseException {
    RawAnswer back = signedIn(wish());

    assertThat(back.status()).isEqualTo(303);
    assertThat(back.header("Location")).startsWith(BACK + "&code=");
    Map<String, String> members = query(back.header("Location"));
    assertThat(members)
        .containsOnlyKeys("kept", "code", "state", "iss")
        .containsEntry("state", STATE)
        .containsEntry("iss", served.server().server().address() + "/" + Tenancy.PARTNER + "/v2.0");
    RawAnswer tokens = token(proof(String.valueOf(members.get("code"))));
    assertThat(tokens.status()).isEqualTo(200);
    String access = tokens.json().get("access_token").text();
    assertThat(
            served.server().send(RawRequest.get(TestServer.foundingPath()).token(access)).outcome())
        .isEqualTo("200");
    assertThat(SignedJWT.parse(tokens.json().get("id_token").text()).getPayload().toJSONObject())
        .containsEntry("nonce", "n-1")
        .containsEntry("aud", PORTAL.toString())
        .containsEntry("preferred_username", userName());
    assertThat(tokens.json().has("refresh_token")).isTrue();
  }

  @Test
  void olderAddressGivesOlderTokens() throws ParseException {
    String path = "/common/oauth2/authorize?" + Browser.form(wish());
    Browser browser = browser();
    RawAnswer back = browser.post(path, browser.filled(browser.get(path), "allow"));

    Map<String, String> members = query(back.header("Location"));
    RawAnswer tokens =
        served
            .server()
            .send(
                served
                    .server()
                    .tokens()
                    .request(Browser.form(proof(String.valueOf(members.get("code"))))));

    assertThat(members)
        .containsEntry("iss", served.server().server().address() + "/" + Tenancy.PARTNER + "/");
    assertThat(
            SignedJWT.parse(tokens.json().get("access_token").text()).getPayload().toJSONObject())
        .containsEntry("ver", "1.0");
  }

  @Test
  void answerIsPostedWhereTheApplicationWantsItSo() {
    RawAnswer page = signedIn(with(wish(), "response_mode", "form_post"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("<form method=\"post\" action=\"" + BACK + "\">")
        .doesNotContain("<script");
    assertThat(Browser.hidden(page))
        .containsOnlyKeys("code", "state", "iss")
        .containsEntry("state", STATE);
    assertThat(page.header("Content-Security-Policy"))
        .contains("form-action https://portal.example;");
    assertThat(token(proof(String.valueOf(Browser.hidden(page).get("code")))).status())
        .isEqualTo(200);
  }

  @Test
  void whoDoesNotAllowItSendsAnErrorBack() {
    Browser browser = browser();
    Map<String, String> fields = Browser.hidden(browser.get(at(wish())));
    fields.put("decision", "deny");

    RawAnswer back = browser.post(at(wish()), fields);

    assertThat(query(back.header("Location")))
        .containsOnlyKeys("kept", "error", "error_description", "state", "iss")
        .containsEntry("error", "access_denied");
  }

  @Test
  void pageRunsNothingAndCannotBeFramed() {
    RawAnswer page = browser().get(at(wish()));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Content-Security-Policy"))
        .matches(
            "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; form-action 'self'"
                + " https://portal.example; base-uri 'none'; frame-ancestors 'none'");
    assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Set-Cookie"))
        .matches("vidame-form=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    assertThat(page.text()).doesNotContain("<script", "<img", "<link", " onload", " style=");
  }

  @Test
  void everyFieldHasItsLabelAndEveryButtonItsText() {
    String html = browser().get(at(wish())).text();

    assertThat(html)
        .contains("<html lang=\"en\">", "<title>Sign in and allow</title>", "<main>", "<h1>")
        .contains("<label for=\"username\">User name</label>", "id=\"username\"")
        .contains("<label for=\"password\">Password</label>", "id=\"password\"")
        .contains("autocomplete=\"username\"", "autocomplete=\"current-password\"")
        .contains(">Sign in and allow</button>", ">Do not allow</button>")
        .contains("&lt;b&gt;Portal&lt;/b&gt; &amp; Co of First partner")
        .doesNotContain("<b>", "tabindex");
  }

  @Test
  void frenchPageSaysTheSame() {
    RawAnswer page = new Browser(served.server(), "fr-CA, en;q=0.5").get(at(wish()));

    assertThat(page.text())
        .contains("<html lang=\"fr\">", "Nom d’utilisateur", "Mot de passe", "Ne pas autoriser")
        .doesNotContain("Password", "User name", "wants to act");
    assertThat(page.text().replaceAll("[^<>/=]", ""))
        .isEqualTo(browser().get(at(wish())).text().replaceAll("[^<>/=]", ""));
  }

  @Test
  void hintIsInTheFieldAndCannotLeaveIt() {
    String html =
        browser().get(at(with(wish(), "login_hint", "\"><script>alert(1)</script>"))).text();

    assertThat(html)
        .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
        .doesNotContain("<script");
  }

  @ParameterizedTest
  @CsvSource({
    "username, nobody@nowhere.example",
    "username, ''",
    "password, wrong",
    "password, ''",
    "username, OTHER"
  })
  void wrongSignInSaysSoToThePersonOnly(String field, String value) {
    Browser browser = browser();
    Map<String, String> fields = browser.filled(browser.get(at(wish())), "allow");
    String other = served.server().tenancy().otherAdmin().userPrincipalName();
    fields.put(field, value.equals("OTHER") ? other : value);

    RawAnswer page = browser.post(at(wish()), fields);

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text())
        .contains("<p role=\"alert\" id=\"fault\">The user name or the password is wrong.</p>")
        .contains("aria-describedby=\"fault\"")
        .doesNotContain(Tenancy.AGENT_PASSWORD);
    assertThat(page.first("Location")).isEmpty();
    RawAnswer second = browser.post(at(wish()), browser.filled(page, "allow"));
    assertThat(second.status()).isEqualTo(303);
  }

  @Test
  void formOfAnotherBrowserIsNotTaken() {
    Browser stranger = browser();
    Map<String, String> fields = stranger.filled(stranger.get(at(wish())), "allow");

    Browser victim = browser();
    assertThat(victim.post(at(wish()), fields).status()).isEqualTo(400);
    victim.get(at(wish()));
    RawAnswer answer = victim.post(at(wish()), fields);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("did not come from this page");
    fields.put("decision", "deny");
    assertThat(victim.post(at(wish()), fields).status()).isEqualTo(400);
  }

  @Test
  void formOfAnotherWishIsNotTaken() {
    Browser browser = browser();
    Map<String, String> fields = browser.filled(browser.get(at(wish())), "allow");

    RawAnswer answer = browser.post(at(with(wish(), "state", "other")), fields);

    assertThat(answer.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%zz=1", "form_token=x&decision=allow", "decision=deny"})
  void formThatIsNoneShowsThePageAgain(String body) {
    RawAnswer answer = browser().post(at(wish()), Map.of(body, ""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://evil.example/",
        "https://portal.example/callback",
        "https://portal.example/callback?kept=1&more=2",
        "https://portal.example/callback?kept=1#x",
        "https://portal.example/callback?kept=1/",
        "https://PORTAL.example/callback?kept=1",
        "https://portal.example/callback/../callback?kept=1",
        "https://portal.example@evil.example/callback?kept=1",
        "http://portal.example/callback?kept=1",
        "http://localhost:8401/x",
        "javascript:alert(1)",
        "//evil.example"
      })
  void addressThatIsNotRegisteredToTheLetterIsNeverGoneTo(String address) {
    Map<String, String> wish = with(wish(), "redirect_uri", address);

    for (RawAnswer answer : List.of(browser().get(at(wish)), browser().post(at(wish), Map.of()))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.first("Location")).isEmpty();
      assertThat(answer.text()).doesNotContain("<form").contains("role=\"alert\"");
      assertThat(answer.header("Content-Security-Policy")).contains("form-action 'none'");
    }
  }

  @Test
  void unknownApplicationIsToldToThePerson() {
    for (String id : List.of("", "x", UUID.randomUUID().toString())) {
      RawAnswer answer = browser().get(at(with(wish(), "client_id", id)));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.first("Location")).isEmpty();
    }
    assertThat(browser().get(PATH).status()).isEqualTo(400);
    assertThat(browser().get(PATH + "?%zz").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "response_type, code id_token, invalid_request",
    "response_type, id_token, unsupported_response_type",
    "response_type, '', unsupported_response_type",
    "response_mode, fragment, invalid_request",
    "code_challenge, '', invalid_request",
    "code_challenge, short, invalid_request",
    "code_challenge_method, plain, invalid_request",
    "code_challenge_method, '', invalid_request",
    "scope, https://elsewhere.example/.default, invalid_scope",
    "prompt, none, login_required"
  })
  void faultOfTheApplicationIsToldToIt(String field, String value, String error) {
    RawAnswer answer = browser().get(at(with(wish(), field, value)));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).startsWith(BACK + "&error=");
    assertThat(query(answer.header("Location")))
        .containsEntry("error", error)
        .containsEntry("state", STATE)
        .containsKey("iss")
        .doesNotContainKey("code");
  }

  @Test
  void anotherPartnersTenantIsToldToTheApplication() {
    RawAnswer answer =
        browser()
            .get("/" + Tenancy.OTHER_PARTNER + "/oauth2/v2.0/authorize?" + Browser.form(wish()));

    assertThat(query(answer.header("Location"))).containsEntry("error", "invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX",
    "code_verifier, short",
    "code_verifier, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "redirect_uri, http://localhost:8400/x",
    "code, unknown"
  })
  void codeIsBoundToWhatItWasAskedForWith(String field, String value) {
    RawAnswer answer = token(with(proof(code()), field, value));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer)).isEqualTo("invalid_grant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "redirect_uri", "code_verifier"})
  void codeAloneIsNotEnough(String missing) {
    Map<String, String> form = proof(code());
    form.remove(missing);

    assertThat(error(token(form))).isEqualTo("invalid_request");
  }

  @Test
  void anotherApplicationGetsNothingForACode() {
    String code = code();
    Map<String, String> other =
        with(
            with(
                proof(code), "client_id", served.server().tenancy().confidential().id().toString()),
            "client_secret",
            Tenancy.APPLICATION_SECRET);

    assertThat(error(token(other))).isEqualTo("invalid_grant");
    assertThat(token(proof(code)).status()).isEqualTo(200);
  }

  @Test
  void schemeOfTheApplicationsOwnIsInThePolicy() {
    Map<String, String> wish = with(wish(), "redirect_uri", "com.example.app:/back");

    RawAnswer page = browser().get(at(wish));
    RawAnswer back = signedIn(wish);

    assertThat(page.header("Content-Security-Policy"))
        .contains("form-action 'self' com.example.app:;");
    assertThat(back.header("Location")).startsWith("com.example.app:/back?code=");
  }
}
