package dev.vidame.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
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

/**
 * The request of applications that sign people in by an older library (wire-spec §1.4): {@code code
 * id_token} by {@code form_post}, with a nonce and without PKCE.
 */
class AuthorizeWithIdTokenTest {
  @RegisterExtension
  static final Served served = new Served(Map.of("auth.nonce-instead-of-pkce", "true"));

  /** As a server is unless its operator wants something else. */
  @RegisterExtension static final Served strict = new Served();

  @RegisterExtension
  static final Served limited = new Served(Map.of("limits.partner-requests-per-minute", "1"));

  /** The pair of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String BACK = "https://portal.example/signin-oidc";
  private static final String STATE = "a&b=c <d>\"";
  private static final ApplicationId PORTAL = new ApplicationId(UUID.randomUUID());
  private static final ApplicationId PUBLIC = new ApplicationId(UUID.randomUUID());

  @BeforeAll
  static void register() {
    for (Served each : List.of(served, strict, limited)) {
      create(each, PORTAL, true);
      create(each, PUBLIC, false);
    }
  }

  private static void create(Served at, ApplicationId id, boolean isConfidential) {
    at.server()
        .server()
        .directory()
        .partners()
        .createApplication(
            new Application(id, Tenancy.PARTNER, "Portal", isConfidential, false, List.of(BACK)),
            isConfidential ? Tenancy.APPLICATION_SECRET : null);
  }

  /** Word for word what the documents print. */
  private static Map<String, String> wish() {
    Map<String, String> wish = new LinkedHashMap<>();
    wish.put("client_id", PORTAL.toString());
    wish.put("response_type", "code id_token");
    wish.put("response_mode", "form_post");
    wish.put("scope", "openid profile");
    wish.put("nonce", "n-1");
    wish.put("redirect_uri", BACK);
    wish.put("state", STATE);
    return wish;
  }

  private static Map<String, String> with(Map<String, String> wish, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(wish);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, String> withChallenge(Map<String, String> wish) {
    return with(with(wish, "code_challenge", CHALLENGE), "code_challenge_method", "S256");
  }

  private static String at(String endpoints, Map<String, String> wish) {
    return "/" + Tenancy.PARTNER + endpoints + "/authorize?" + Browser.form(wish);
  }

  private static RawAnswer asked(Served server, Map<String, String> wish) {
    return new Browser(server.server()).get(at("/oauth2", wish));
  }

  private static RawAnswer signedIn(Served server, String path) {
    Browser browser = new Browser(server.server());
    RawAnswer page = browser.get(path);
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    return browser.post(path, browser.filled(page, "allow"));
  }

  private static Map<String, String> posted(Served server, Map<String, String> wish) {
    return Browser.hidden(signedIn(server, at("/oauth2", wish)));
  }

  private static String code(Served server, Map<String, String> wish) {
    return String.valueOf(posted(server, wish).get("code"));
  }

  private static Map<String, String> proof(String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", PORTAL.toString());
    form.put("client_secret", Tenancy.APPLICATION_SECRET);
    form.put("code", code);
    form.put("redirect_uri", BACK);
    return form;
  }

  private static RawAnswer token(Served server, String endpoints, Map<String, String> form) {
    return server
        .server()
        .send(
            server
                .server()
                .tokens()
                .requestAt("/" + Tenancy.PARTNER + endpoints + "/token", Browser.form(form)));
  }

  private static RawAnswer token(Served server, Map<String, String> form) {
    return token(server, "/oauth2", form);
  }

  private static String error(RawAnswer answer) {
    return answer.json().get("error").text();
  }

  /** What an id token says, whose signature is checked against the keys that are published. */
  private static Map<String, Object> claims(String idToken) {
    try {
      SignedJWT token = SignedJWT.parse(idToken);
      String published =
          served
              .server()
              .send(RawRequest.get("/" + Tenancy.PARTNER + "/discovery/v2.0/keys"))
              .text();
      RSAKey key = JWKSet.parse(published).getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
      assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
      assertThat(token.verify(new RSASSAVerifier(key))).as("the signature").isTrue();
      return new HashMap<>(token.getPayload().toJSONObject());
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String leftHalf(String code) throws NoSuchAlgorithmException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
  }

  // ---- The documented request

  @ParameterizedTest
  @CsvSource({"/oauth2, /, 1.0", "/oauth2/v2.0, /v2.0, 2.0"})
  void documentedRequestWorksAsAWhole(String endpoints, String issuer, String version)
      throws NoSuchAlgorithmException {
    RawAnswer page = signedIn(served, at(endpoints, wish()));

    Map<String, String> members = Browser.hidden(page);
    String here = served.server().server().address() + "/" + Tenancy.PARTNER + issuer;
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.text()).contains("<form method=\"post\" action=\"" + BACK + "\">");
    assertThat(members)
        .containsOnlyKeys("code", "id_token", "state", "iss")
        .containsEntry("state", STATE)
        .containsEntry("iss", here);
    String code = String.valueOf(members.get("code"));
    Map<String, Object> front = claims(String.valueOf(members.get("id_token")));
    assertThat(front)
        .containsEntry("iss", here)
        .containsEntry("ver", version)
        .containsEntry("aud", PORTAL.toString())
        .containsEntry("nonce", "n-1")
        .containsEntry("c_hash", leftHalf(code));
    RawAnswer tokens = token(served, endpoints, proof(code));
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
    assertSaysTheSame(front, claims(tokens.json().get("id_token").text()));
    String access = tokens.json().get("access_token").text();
    assertThat(read(access).outcome()).isEqualTo("200");
    assertThat(tokens.json().has("refresh_token")).isTrue();
  }

  /** Of the person it holds what the token endpoint's holds, and no more. */
  private static void assertSaysTheSame(Map<String, Object> front, Map<String, Object> back) {
    assertThat(front.remove("c_hash")).isNotNull();
    assertThat(front.remove("jti")).isNotNull().isNotEqualTo(back.remove("jti"));
    assertThat(front).isEqualTo(back);
  }

  private static RawAnswer read(String token) {
    return served.server().send(RawRequest.get(TestServer.foundingPath()).token(token));
  }

  @Test
  void idTokenOpensNothing() {
    assertThat(read(String.valueOf(posted(served, wish()).get("id_token"))).status())
        .isEqualTo(401);
  }

  @Test
  void orderOfTheTwoSaysNothing() {
    Map<String, String> members = posted(served, with(wish(), "response_type", "id_token code"));

    assertThat(members).containsOnlyKeys("code", "id_token", "state", "iss");
  }

  @Test
  void idTokenSaysThatASecondFactorWasShown() {
    Authenticator hand =
        Authenticator.enrol(served.server(), served.server().tenancy().agent(Role.SALES_AGENT));
    String path = at("/oauth2", wish());
    Browser browser = new Browser(served.server());
    Map<String, String> first = browser.filled(browser.get(path), "allow");
    first.put("username", served.server().tenancy().agent(Role.SALES_AGENT).userPrincipalName());
    Map<String, String> second = Browser.hidden(browser.post(path, first));
    second.put("otp", hand.code());
    second.put("decision", "allow");

    Map<String, String> members = Browser.hidden(browser.post(path, second));

    Map<String, Object> front = claims(String.valueOf(members.get("id_token")));
    assertThat(front).containsEntry("amr", List.of("pwd", "mfa"));
    RawAnswer tokens = token(served, proof(String.valueOf(members.get("code"))));
    assertSaysTheSame(front, claims(tokens.json().get("id_token").text()));
  }

  @Test
  void whoDoesNotAllowItGivesNothing() {
    String path = at("/oauth2", wish());
    Browser browser = new Browser(served.server());
    Map<String, String> fields = Browser.hidden(browser.get(path));
    fields.put("decision", "deny");

    assertThat(Browser.hidden(browser.post(path, fields)))
        .containsOnlyKeys("error", "error_description", "state", "iss")
        .containsEntry("error", "access_denied");
  }

  @Test
  void codeThatComesTwiceEndsWhatItGave() {
    String code = code(served, wish());
    RawAnswer tokens = token(served, proof(code));
    assertThat(tokens.status()).isEqualTo(200);

    RawAnswer again = token(served, proof(code));

    assertThat(error(again)).isEqualTo("invalid_grant");
    Map<String, String> refresh = proof(code);
    refresh.put("grant_type", "refresh_token");
    refresh.put("refresh_token", tokens.json().get("refresh_token").text());
    assertThat(error(token(served, refresh))).isEqualTo("invalid_grant");
  }

  @Test
  void tokenCountsAsOneOfThePartners() {
    assertThat(posted(limited, withChallenge(wish()))).containsKey("id_token");

    assertThat(posted(limited, withChallenge(wish())))
        .containsOnlyKeys("error", "error_description", "state", "iss")
        .containsEntry("error", "temporarily_unavailable");
  }

  // ---- What is refused

  private static Map<String, String> refusal(RawAnswer answer) {
    if (answer.status() == 200) {
      return Browser.hidden(answer);
    }
    assertThat(answer.status()).isEqualTo(303);
    String location = answer.header("Location");
    assertThat(location).startsWith(BACK + "?").doesNotContain("#");
    Map<String, String> members = new HashMap<>();
    for (String pair : URI.create(location).getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      members.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return members;
  }

  @ParameterizedTest
  @CsvSource({
    "response_mode, query, invalid_request, form_post",
    "response_mode, fragment, invalid_request, form_post",
    "response_mode, '', invalid_request, form_post",
    "nonce, '', invalid_request, nonce",
    "scope, profile, invalid_request, openid",
    "scope, openidx profile, invalid_request, openid",
    "scope, '', invalid_request, openid",
    "client_id, PUBLIC, unauthorized_client, secret",
    "response_type, id_token, unsupported_response_type, code",
    "response_type, token, unsupported_response_type, code",
    "response_type, code token, unsupported_response_type, code",
    "response_type, id_token token, unsupported_response_type, code",
    "response_type, code id_token token, unsupported_response_type, code",
    "response_type, code code id_token, unsupported_response_type, code",
    "response_type, 'code,id_token', unsupported_response_type, code",
    "response_type, '', unsupported_response_type, code",
    "code_challenge, short, invalid_request, code_challenge",
    "code_challenge_method, S256, invalid_request, code_challenge",
    "code_challenge_method, plain, invalid_request, code_challenge"
  })
  void faultOfTheApplicationIsToldToIt(String field, String value, String error, String says) {
    Map<String, String> wish =
        with(wish(), field, value.equals("PUBLIC") ? PUBLIC.toString() : value);

    Map<String, String> members = refusal(asked(served, wish));

    assertThat(members)
        .containsOnlyKeys("error", "error_description", "state", "iss")
        .containsEntry("error", error)
        .containsEntry("state", STATE);
    assertThat(members.get("error_description")).contains(says);
  }

  /** What makes up for PKCE is the secret, the nonce and the way back, so all must be there. */
  @ParameterizedTest
  @CsvSource({
    "strict, PORTAL, code id_token",
    "strict, PORTAL, code",
    "served, PORTAL, code",
    "served, PUBLIC, code"
  })
  void noOtherRequestIsWithoutPkce(String server, String client, String type) {
    ApplicationId id = client.equals("PUBLIC") ? PUBLIC : PORTAL;
    Map<String, String> wish =
        with(with(wish(), "client_id", id.toString()), "response_type", type);

    Map<String, String> members = refusal(asked(server.equals("strict") ? strict : served, wish));

    assertThat(members)
        .containsOnlyKeys("error", "error_description", "state", "iss")
        .containsEntry("error", "invalid_request");
    assertThat(members.get("error_description")).contains("code_challenge");
  }

  // ---- With PKCE, and its downgrade

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pkceIsTakenWhetherItIsNeededOrNot(boolean isNeeded) {
    Served server = isNeeded ? strict : served;
    Map<String, String> members = posted(server, withChallenge(wish()));
    assertThat(members).containsOnlyKeys("code", "id_token", "state", "iss");
    Map<String, String> proof = proof(String.valueOf(members.get("code")));

    assertThat(token(server, with(proof, "code_verifier", VERIFIER)).status()).isEqualTo(200);
  }

  @Test
  void challengeIsNotForgottenWhereItWasNotNeeded() {
    Map<String, String> proof = proof(code(served, withChallenge(wish())));

    assertThat(error(token(served, proof))).isEqualTo("invalid_grant");
    assertThat(error(token(served, with(proof, "code_verifier", VERIFIER))))
        .as("it is used up")
        .isEqualTo("invalid_grant");
    Map<String, String> wrong = proof(code(served, withChallenge(wish())));
    assertThat(error(token(served, with(wrong, "code_verifier", VERIFIER.replace('d', 'e')))))
        .isEqualTo("invalid_grant");
  }

  /** Else whoever takes the challenge out of a request could use the code that comes of it. */
  @Test
  void verifierIsNoGoodForACodeWithoutChallenge() {
    Map<String, String> proof = proof(code(served, wish()));

    assertThat(error(token(served, with(proof, "code_verifier", VERIFIER))))
        .isEqualTo("invalid_grant");
    assertThat(error(token(served, proof))).as("it is used up").isEqualTo("invalid_grant");
  }

  @Test
  void verifierIsMissedWhereEveryCodeHasAChallenge() {
    Map<String, String> proof = proof(code(strict, withChallenge(wish())));

    RawAnswer missed = token(strict, proof);

    assertThat(error(missed)).isEqualTo("invalid_request");
    assertThat(missed.json().get("error_description").text()).contains("code_verifier");
    assertThat(token(strict, with(proof, "code_verifier", VERIFIER)).status()).isEqualTo(200);
  }

  @Test
  void anotherApplicationsVerifierIsMissedAllTheSame() {
    Map<String, String> proof = with(proof("unknown"), "client_id", PUBLIC.toString());
    proof.remove("client_secret");

    assertThat(error(token(served, proof))).isEqualTo("invalid_request");
  }
}
