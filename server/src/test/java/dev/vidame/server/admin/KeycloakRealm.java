package dev.vidame.server.admin;

import dev.vidame.server.harness.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A realm of a Keycloak, arranged by the commands that the documentation has, and its people. */
final class KeycloakRealm {
  static final String AUDIENCE = "https://vidame.example";

  /** What a client asks for to act for an agent. */
  static final String SCOPE = "openid user_impersonation";

  private static final Path PAGE = Path.of("..", "docs", "external-issuers.md");
  private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
  private static final String REDIRECT = "http://127.0.0.1/back";
  private static final String PASSWORD = "Sign-In-Of-This-Test-1";
  private static final String SECOND_FACTOR = "12345678901234567890";
  private static final String VERIFIER = "a-verifier-of-forty-three-characters-or-more-";
  private static final int FOUND = 302;

  private final Keycloak keycloak;
  private final String name;
  private final String application = UUID.randomUUID().toString();
  private final String service = UUID.randomUUID().toString();

  /** The name and priority of the key that it signs with; its first one is at 100. */
  private int newestKey = 100;

  private KeycloakRealm(Keycloak keycloak, String name) {
    this.keycloak = keycloak;
    this.name = name;
  }

  static KeycloakRealm create(Keycloak keycloak, String name) {
    KeycloakRealm realm = new KeycloakRealm(keycloak, name);
    keycloak.create("", "{\"realm\":\"%s\",\"enabled\":true}".formatted(name));
    keycloak.arrange(
        documented(),
        Map.of(
            "REALM",
            name,
            "AUDIENCE",
            AUDIENCE,
            "APPLICATION",
            realm.application,
            "SERVICE",
            realm.service,
            "REDIRECT",
            REDIRECT));
    return realm;
  }

  /** The commands of the page, to the letter. */
  private static String documented() {
    try {
      String page = Files.readString(PAGE);
      return COMMANDS
          .matcher(page.substring(page.indexOf("## Keycloak")))
          .results()
          .map((MatchResult block) -> block.group(1))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String application() {
    return application;
  }

  String service() {
    return service;
  }

  String issuer() {
    return keycloak.address() + "/realms/" + name;
  }

  private String protocol(String end) {
    return issuer() + "/protocol/openid-connect/" + end;
  }

  String keysUrl() {
    return protocol("certs");
  }

  /** Takes in a person who signs in with a password; the person's id. */
  String newUser(String user) {
    return newUser(user, "", "");
  }

  /** The same with an attribute that says which agent the person is. */
  String newUserForAgent(String user, String agent) {
    return newUser(user, ",\"attributes\":{\"vidame_agent\":[\"%s\"]}".formatted(agent), "");
  }

  /** The same with a second factor. */
  String newUserWithSecondFactor(String user) {
    return newUser(
        user,
        "",
        (",{\"type\":\"otp\",\"secretData\":\"{\\\"value\\\":\\\"%s\\\"}\",\"credentialData\":"
                + "\"{\\\"subType\\\":\\\"totp\\\",\\\"digits\\\":6,\\\"counter\\\":0,"
                + "\\\"period\\\":30,\\\"algorithm\\\":\\\"HmacSHA1\\\"}\"}")
            .formatted(SECOND_FACTOR));
  }

  private String newUser(String user, String more, String credential) {
    return keycloak.create(
        "/" + name + "/users",
        ("{\"username\":\"%1$s\",\"email\":\"%1$s@contoso.example\",\"firstName\":\"First\","
                + "\"lastName\":\"Last\",\"enabled\":true,\"credentials\":"
                + "[{\"type\":\"password\",\"value\":\"%2$s\"}%3$s]%4$s}")
            .formatted(user, PASSWORD, credential, more));
  }

  /** The access token of a person who signed in to the application. */
  String token(String user) {
    return token(user, SCOPE);
  }

  String token(String user, String scope) {
    return Keycloak.text(signIn(user, scope), "access_token");
  }

  /** The answer of the token endpoint to the code that a sign-in gave. */
  String signIn(String user, String scope) {
    HttpResponse<String> page =
        keycloak.exchange(
            HttpRequest.newBuilder(
                URI.create(
                    protocol("auth?")
                        + Keycloak.form(
                            Map.of(
                                "client_id",
                                application,
                                "response_type",
                                "code",
                                "scope",
                                scope,
                                "redirect_uri",
                                REDIRECT,
                                "code_challenge",
                                challenge(),
                                "code_challenge_method",
                                "S256")))));
    String cookies =
        page.headers().allValues("Set-Cookie").stream()
            .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
            .collect(Collectors.joining("; "));
    HttpResponse<String> next =
        keycloak.post(action(page), Map.of("username", user, "password", PASSWORD), cookies);
    if (next.statusCode() != FOUND) {
      next = keycloak.post(action(next), Map.of("otp", oneTimePassword()), cookies);
    }
    return redeemed(next);
  }

  private String redeemed(HttpResponse<String> redirect) {
    String location = redirect.headers().firstValue("Location").orElseThrow(() -> noCode(redirect));
    Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(location);
    if (!code.find()) {
      throw noCode(redirect);
    }
    return keycloak
        .post(
            URI.create(protocol("token")),
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                application,
                "code",
                code.group(1),
                "redirect_uri",
                REDIRECT,
                "code_verifier",
                VERIFIER),
            "")
        .body();
  }

  private static AssertionError noCode(HttpResponse<String> answer) {
    return new AssertionError("No code: " + answer.statusCode() + " " + answer.body());
  }

  private static URI action(HttpResponse<String> page) {
    Matcher action = ACTION.matcher(page.body());
    if (!action.find()) {
      throw new AssertionError("No form: " + page.statusCode() + " " + page.body());
    }
    return URI.create(action.group(1).replace("&amp;", "&"));
  }

  private static String challenge() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 6238, for half a minute of Keycloak's own clock. */
  private static String oneTimePassword() {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECOND_FACTOR.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
      byte[] hash =
          mac.doFinal(
              ByteBuffer.allocate(Long.BYTES).putLong(Instant.now().getEpochSecond() / 30).array());
      int offset = hash[hash.length - 1] & 0xF;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The access token of the application that comes on its own. */
  String serviceToken() {
    String client =
        keycloak
            .get("/%s/clients?clientId=%s".formatted(name, service))
            .items()
            .getFirst()
            .get("id")
            .text();
    String secret =
        keycloak.get("/%s/clients/%s/client-secret".formatted(name, client)).get("value").text();
    return Keycloak.text(
        keycloak
            .post(
                URI.create(protocol("token")),
                Map.of(
                    "grant_type",
                    "client_credentials",
                    "client_id",
                    service,
                    "client_secret",
                    secret),
                "")
            .body(),
        "access_token");
  }

  /** How long the access tokens are good that it issues from now on. */
  void setLifespan(Duration lifespan) {
    keycloak.put(
        "/" + name,
        "{\"accessTokenLifespan\":%1$d,\"ssoSessionMaxLifespan\":%2$d,\"ssoSessionIdleTimeout\":%2$d}"
            .formatted(lifespan.toSeconds(), lifespan.multipliedBy(2).toSeconds()));
  }

  /** Takes in a new key, with which it signs from now on; the older ones stay in its set. */
  void addKey() {
    newestKey += 100;
    keycloak.create(
        "/" + name + "/components",
        ("{\"name\":\"rsa-%1$d\",\"providerId\":\"rsa-generated\","
                + "\"providerType\":\"org.keycloak.keys.KeyProvider\",\"config\":{"
                + "\"priority\":[\"%1$d\"],\"algorithm\":[\"RS256\"],\"keySize\":[\"2048\"]}}")
            .formatted(newestKey));
  }

  /** Takes all of its keys for signatures out of its set but the newest. */
  void removeOlderKeys() {
    List<JsonNode> keys =
        keycloak.get("/%s/components?type=org.keycloak.keys.KeyProvider".formatted(name)).items();
    for (JsonNode key : keys) {
      boolean isOlder =
          key.get("providerId").text().equals("rsa-generated")
              && !key.get("name").text().equals("rsa-" + newestKey);
      if (isOlder) {
        keycloak.delete("/%s/components/%s".formatted(name, key.get("id").text()));
      }
    }
  }
}
