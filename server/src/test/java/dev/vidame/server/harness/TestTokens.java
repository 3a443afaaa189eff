package dev.vidame.server.harness;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.tokens.TokenSettings;
import dev.vidame.server.tokens.TokenSubject;
import dev.vidame.server.tokens.TokenVersion;
import dev.vidame.server.tokens.Tokens;
import java.text.ParseException;
import java.util.Map;

/** Tokens for a test server: asked for at its endpoint, issued with its keys, or forged. */
public final class TestTokens {
  private final TestServer server;
  private final Tokens tokens;
  private final String admin;

  TestTokens(TestServer server) {
    this.server = server;
    this.tokens = server.server().tokens();
    this.admin = of(Role.ADMIN_AGENT);
  }

  /** The first partner's admin agent, for the server's first hour. */
  public String admin() {
    return admin;
  }

  /** The first partner's agent with this role. */
  public String of(Role role) {
    return of(
        server.tenancy().confidential(),
        server.tenancy().agent(role),
        TokenSettings.DEFAULT_AUDIENCE);
  }

  /** The second partner's admin agent. */
  public String otherAdmin() {
    return of(
        server.tenancy().otherApplication(),
        server.tenancy().otherAdmin(),
        TokenSettings.DEFAULT_AUDIENCE);
  }

  /** The first partner's admin agent, through its other application. */
  public String adminThroughPublicClient() {
    return of(
        server.tenancy().publicClient(),
        server.tenancy().agent(Role.ADMIN_AGENT),
        TokenSettings.DEFAULT_AUDIENCE);
  }

  /** The first partner's admin agent, for a resource of the test's choice. */
  public String forAudience(String audience) {
    return of(server.tenancy().confidential(), server.tenancy().agent(Role.ADMIN_AGENT), audience);
  }

  private String of(Application application, Agent agent, String audience) {
    return tokens
        .issuer()
        .accessToken(TokenSubject.of(application, agent), TokenVersion.V2, audience)
        .text();
  }

  /** An agent of a partner that the test made. */
  public String of(Application application, Agent agent) {
    return of(application, agent, TokenSettings.DEFAULT_AUDIENCE);
  }

  /** An application that speaks for itself. */
  public String appOnly() {
    return appOnly(server.tenancy().confidential());
  }

  /** An application of a partner that the test made, speaking for itself. */
  public String appOnly(Application application) {
    return appOnly(application, TokenSettings.DEFAULT_AUDIENCE);
  }

  /** The same for an audience. */
  public String appOnly(Application application, String audience) {
    return tokens
        .issuer()
        .accessToken(TokenSubject.of(application), TokenVersion.V2, audience)
        .text();
  }

  /** The form that asks for the first partner's admin agent's token. */
  public String passwordForm() {
    return "grant_type=password&client_id=%s&client_secret=%s&username=%s&password=%s&scope=openid"
        .formatted(
            server.tenancy().confidential().id(),
            Tenancy.APPLICATION_SECRET,
            server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName(),
            Tenancy.AGENT_PASSWORD);
  }

  /** The form that asks for the first partner's application's own token. */
  public String applicationForm() {
    return "grant_type=client_credentials&client_id=%s&client_secret=%s"
        .formatted(server.tenancy().confidential().id(), Tenancy.APPLICATION_SECRET);
  }

  /** Asks the endpoint of the old form for a token. */
  public RawRequest request(String form) {
    return requestAt("/" + Tenancy.PARTNER + "/oauth2/token", form);
  }

  /** Asks an endpoint for a token. */
  public RawRequest requestAt(String path, String form) {
    return RawRequest.of("POST", path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form);
  }

  /** What a device is told whose application has no secret. */
  public JsonNode deviceCodes() {
    String form = "client_id=" + server.tenancy().publicClient().id();
    return server.send(requestAt("/common/oauth2/v2.0/devicecode", form)).json();
  }

  /** The key that signs this server's tokens. */
  public RSAKey signingKey() {
    try {
      return RSAKey.parse(
          server
              .server()
              .directory()
              .signingKeys()
              .loadOrCreate(() -> {
                throw new AssertionError("The server has no key");
              })
              .getFirst()
              .jwk());
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** The claims of a token, unverified. */
  public static Map<String, Object> claims(String token) {
    try {
      return JWSObject.parse(token).getPayload().toJSONObject();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** A token over any claims, signed with any key, which the header names as the server's own. */
  public String signed(Map<String, Object> claims, RSAKey key) {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(signingKey().getKeyID())
                .build(),
            new Payload(claims));
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return token.serialize();
  }
}
