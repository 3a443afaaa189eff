package dev.vidame.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.directory.partners.SigningKeys.StoredKey;
import dev.vidame.server.harness.SharedStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A directory with two partners, and the tokens of a server over it. What it reads, it reads with
 * the library and not with the code under test.
 */
final class World implements AutoCloseable {
  static final URI ADDRESS = URI.create("http://127.0.0.1:8080");
  static final Instant START = Instant.parse("2026-03-01T10:00:00.250Z");
  static final long START_SECOND = START.getEpochSecond();
  static final String SECRET = "s+%3A/0Q8 wZ~ä-1f6c0d5e7a2b4938";
  static final String PASSWORD = "Correct horse 7 battery!";
  static final UUID CORRELATION = UUID.fromString("11111111-2222-4333-8444-555555555555");
  static final RSAKey KEY = newKey();

  static final PartnerId PARTNER = new PartnerId(uuid("0a000000-0000-4000-8000-000000000001"));
  static final PartnerId OTHER_PARTNER =
      new PartnerId(uuid("0a000000-0000-4000-8000-000000000002"));

  static final Application CONFIDENTIAL =
      application("0c000000-0000-4000-8000-000000000001", PARTNER, true);
  static final Application CONFIDENTIAL_TOO =
      application("0c000000-0000-4000-8000-000000000002", PARTNER, true);
  static final Application PUBLIC =
      application("0c000000-0000-4000-8000-000000000003", PARTNER, false);
  static final Application OTHERS_PUBLIC =
      application("0c000000-0000-4000-8000-000000000004", OTHER_PARTNER, false);

  static final Agent AGENT =
      new Agent(
          new AgentId(uuid("0b000000-0000-4000-8000-000000000001")),
          PARTNER,
          "agent@partner.example",
          "An Agent",
          Set.of(Role.ADMIN_AGENT));

  final TestClock clock = new TestClock(START);
  final Directory directory;
  private final TokenSettings settings;
  private final Tokens tokens;

  World(Path folder) {
    this(folder, TokenSettings.standard().withPasswordGrant(true));
  }

  World(Path folder, TokenSettings settings) {
    this.settings = settings;
    try {
      directory = SharedStore.open(folder, clock);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    directory.signingKeys().loadOrCreate(() -> new StoredKey(KEY.getKeyID(), KEY.toJSONString()));
    directory.partners().create(new Partner(PARTNER, "A partner"));
    directory.partners().create(new Partner(OTHER_PARTNER, "Another partner"));
    directory.partners().createApplication(CONFIDENTIAL, SECRET);
    directory.partners().createApplication(CONFIDENTIAL_TOO, SECRET);
    directory.partners().createApplication(PUBLIC, null);
    directory.partners().createApplication(OTHERS_PUBLIC, null);
    directory.partners().createAgent(AGENT, PASSWORD);
    tokens = Tokens.open(directory, () -> ADDRESS, settings, clock);
  }

  Tokens tokens() {
    return tokens;
  }

  /** A verifier that has seen no token yet. */
  TokenVerifier newVerifier(TokenVerifier.KeyLookup keys) {
    return new TokenVerifier(
        keys, new ServiceNames(() -> ADDRESS, settings.audiences()), settings, clock);
  }

  Answer ask(TokenVersion version, Map<String, String> form) {
    return ask(new TokenRequest(PARTNER.toString(), version, form, null, CORRELATION));
  }

  Answer ask(TokenRequest request) {
    return Answer.of(tokens.endpoint().answer(request));
  }

  Verification verify(String token) {
    return tokens.verifier().verify(token);
  }

  String appOnlyToken() {
    return tokens
        .issuer()
        .accessToken(TokenSubject.of(CONFIDENTIAL), TokenVersion.V1, TokenSettings.DEFAULT_AUDIENCE)
        .text();
  }

  String userToken() {
    return tokens
        .issuer()
        .accessToken(
            TokenSubject.of(PUBLIC, AGENT), TokenVersion.V1, TokenSettings.DEFAULT_AUDIENCE)
        .text();
  }

  /** The claims of a token whose signature is checked against the published keys. */
  Map<String, Object> claims(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      RSAKey key =
          JWKSet.parse(tokens.jwksJson()).getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
      if (!jwt.verify(new RSASSAVerifier(key))) {
        throw new AssertionError("The signature is wrong");
      }
      return jwt.getPayload().toJSONObject();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static Map<String, String> clientCredentials() {
    return form(
        "grant_type",
        "client_credentials",
        "client_id",
        CONFIDENTIAL.id().toString(),
        "client_secret",
        SECRET);
  }

  static Map<String, String> password() {
    return form(
        "grant_type",
        "password",
        "client_id",
        PUBLIC.id().toString(),
        "username",
        AGENT.userPrincipalName(),
        "password",
        PASSWORD);
  }

  static Map<String, String> refresh(String refreshToken) {
    return form(
        "grant_type",
        "refresh_token",
        "client_id",
        PUBLIC.id().toString(),
        "refresh_token",
        refreshToken);
  }

  /** A form that a test may change. */
  static Map<String, String> form(String... namesAndValues) {
    Map<String, String> form = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return form;
  }

  static Map<String, String> with(Map<String, String> form, String name, String value) {
    Map<String, String> changed = new HashMap<>(form);
    changed.put(name, value);
    return changed;
  }

  static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Application application(String id, PartnerId partner, boolean isConfidential) {
    return new Application(new ApplicationId(uuid(id)), partner, "An app", isConfidential);
  }

  private static UUID uuid(String text) {
    return UUID.fromString(text);
  }

  @Override
  public void close() {
    directory.close();
  }

  /** An answer with its body read. */
  record Answer(int status, Map<String, Object> body) {
    static Answer of(TokenAnswer answer) {
      try {
        return new Answer(
            answer.status(),
            JSONObjectUtils.parse(new String(answer.json(), StandardCharsets.UTF_8)));
      } catch (ParseException e) {
        throw new AssertionError(e);
      }
    }

    String text(String name) {
      if (body.get(name) instanceof String text) {
        return text;
      }
      throw new AssertionError("No text " + name + " in " + body.keySet());
    }
  }
}
