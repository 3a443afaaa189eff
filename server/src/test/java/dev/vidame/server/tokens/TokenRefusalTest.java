package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.partners.Assertions;
import dev.vidame.directory.partners.AuthorizationCodes;
import dev.vidame.directory.partners.DeviceCodes;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.Partners;
import dev.vidame.directory.partners.RefreshTokens;
import dev.vidame.directory.partners.SigningKeys;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.server.factors.OneTimeCodes;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.secrets.KeySeal;
import dev.vidame.server.tokens.World.Answer;
import dev.vidame.wire.Guid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenRefusalTest {
  @TempDir private Path folder;
  private World world;

  @BeforeEach
  void open() {
    world = new World(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anErrorHasExactlyTheMembersThatClientsRead() {
    Answer answer = world.ask(TokenVersion.V1, World.with(World.password(), "password", "wrong"));

    assertThat(answer.status()).isEqualTo(400);
    String trace = answer.text("trace_id");
    assertThat(Guid.parse(trace)).isPresent();
    assertThat(answer.body())
        .containsOnly(
            entry("error", "invalid_grant"),
            entry(
                "error_description",
                "UAS-50126: The user name or the password is wrong.\r\nTrace ID: "
                    + trace
                    + "\r\nCorrelation ID: "
                    + World.CORRELATION
                    + "\r\nTimestamp: 2026-03-01 10:00:00Z"),
            entry("error_codes", List.of(50126L)),
            entry("timestamp", "2026-03-01 10:00:00Z"),
            entry("trace_id", trace),
            entry("correlation_id", World.CORRELATION.toString()));
  }

  @Test
  void aWrongUserAndAWrongPasswordCannotBeToldApart() {
    Map<String, String> othersClient =
        World.with(World.password(), "client_id", World.OTHERS_PUBLIC.id().toString());

    Answer wrongPassword =
        world.ask(TokenVersion.V1, World.with(World.password(), "password", "x"));
    Answer wrongUser =
        world.ask(TokenVersion.V1, World.with(World.password(), "username", "x@partner.example"));
    Answer endlessPassword =
        world.ask(TokenVersion.V1, World.with(World.password(), "password", "x".repeat(1025)));
    Answer othersAgent =
        world.ask(
            new TokenRequest("common", TokenVersion.V1, othersClient, null, World.CORRELATION));

    assertThat(withoutTrace(wrongUser)).isEqualTo(withoutTrace(wrongPassword));
    assertThat(withoutTrace(endlessPassword)).isEqualTo(withoutTrace(wrongPassword));
    assertThat(withoutTrace(othersAgent)).isEqualTo(withoutTrace(wrongPassword));
  }

  @Test
  void anUnknownClientAndAWrongSecretCannotBeToldApart() {
    Map<String, String> good = World.clientCredentials();
    Map<String, String> noSecret = World.clientCredentials();
    noSecret.remove("client_secret");

    Answer wrongSecret = world.ask(TokenVersion.V1, World.with(good, "client_secret", "x"));
    Answer unknown =
        world.ask(TokenVersion.V1, World.with(good, "client_id", new UUID(1, 2).toString()));
    Answer noGuid = world.ask(TokenVersion.V1, World.with(good, "client_id", "an app"));
    Answer silent = world.ask(TokenVersion.V1, noSecret);
    Answer publicWithSecret =
        world.ask(TokenVersion.V1, World.with(good, "client_id", World.PUBLIC.id().toString()));

    assertThat(wrongSecret.status()).isEqualTo(401);
    assertThat(wrongSecret.body())
        .containsEntry("error", "invalid_client")
        .containsEntry("error_codes", List.of(70002L));
    assertThat(List.of(unknown, noGuid, silent, publicWithSecret))
        .allSatisfy(other -> assertThat(withoutTrace(other)).isEqualTo(withoutTrace(wrongSecret)));
  }

  @Test
  void aConfidentialClientMustProveItselfInEveryGrant() {
    Map<String, String> password =
        World.with(World.password(), "client_id", World.CONFIDENTIAL.id().toString());
    Map<String, String> refresh =
        World.with(World.refresh("x"), "client_id", World.CONFIDENTIAL.id().toString());

    assertThat(world.ask(TokenVersion.V1, password).status()).isEqualTo(401);
    assertThat(world.ask(TokenVersion.V1, refresh).status()).isEqualTo(401);
  }

  @Test
  void aPublicClientCannotSpeakForItself() {
    Map<String, String> form = World.clientCredentials();
    form.put("client_id", World.PUBLIC.id().toString());
    form.put("client_secret", "");

    refused(world.ask(TokenVersion.V1, form), "unauthorized_client", 70001);
    assertThatThrownBy(() -> TokenSubject.of(World.PUBLIC))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePasswordGrantIsOffUnlessSwitchedOn(@TempDir Path other) {
    try (World standard = new World(other, TokenSettings.standard())) {
      Answer answer = standard.ask(TokenVersion.V1, World.password());

      refused(answer, "unsupported_grant_type", 70003);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit", "Password", "client_credentials ", "jwt_token"})
  void otherGrantsAreRefused(String grant) {
    Answer answer =
        world.ask(TokenVersion.V2, World.with(World.clientCredentials(), "grant_type", grant));

    refused(answer, "unsupported_grant_type", 70003);
  }

  @ParameterizedTest
  @CsvSource({
    "client_credentials, grant_type",
    "client_credentials, client_id",
    "password, username",
    "password, password",
    "refresh_token, refresh_token"
  })
  void anAbsentOrEmptyFieldIsNamed(String grant, String field) {
    Map<String, String> form =
        switch (grant) {
          case "client_credentials" -> World.clientCredentials();
          case "password" -> World.password();
          default -> World.refresh("x");
        };
    Map<String, String> without = new HashMap<>(form);
    without.remove(field);

    for (Map<String, String> bad : List.of(without, World.with(form, field, ""))) {
      Answer answer = world.ask(TokenVersion.V1, bad);

      refused(answer, "invalid_request", 90014);
      assertThat(answer.text("error_description"))
          .startsWith("UAS-90014: The request lacks the field " + field + ".\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0a000000-0000-4000-8000-000000000002",
        "not a host",
        "-a.example",
        "a..example",
        "",
        "a/b"
      })
  void anotherTenantIsRefused(String tenant) {
    for (Map<String, String> form : List.of(World.clientCredentials(), World.password())) {
      Answer answer =
          world.ask(new TokenRequest(tenant, TokenVersion.V1, form, null, World.CORRELATION));

      refused(answer, "invalid_request", 90002);
    }
  }

  @Test
  void aTenantLongerThanAnyHostNameIsRefused() {
    String tenant = "a.".repeat(127) + "a";

    Answer answer =
        world.ask(
            new TokenRequest(
                tenant, TokenVersion.V1, World.clientCredentials(), null, World.CORRELATION));

    refused(answer, "invalid_request", 90002);
  }

  @Test
  void anApplicationMustNameItsTenant() {
    Answer answer =
        world.ask(
            new TokenRequest(
                "Common", TokenVersion.V1, World.clientCredentials(), null, World.CORRELATION));

    refused(answer, "invalid_request", 50059);
  }

  @Test
  void theTenantIsLookedAtOnlyAfterTheClient() {
    Map<String, String> form = World.with(World.clientCredentials(), "client_secret", "wrong");

    Answer answer =
        world.ask(
            new TokenRequest(
                World.OTHER_PARTNER.toString(), TokenVersion.V1, form, null, World.CORRELATION));

    refused(answer, "invalid_client", 70002);
  }

  @Test
  void anUnknownResourceIsRefused() {
    Map<String, String> v1 =
        World.with(World.clientCredentials(), "resource", "https://graph.microsoft.com");
    Map<String, String> v2 =
        World.with(
            World.clientCredentials(),
            "scope",
            "https://graph.microsoft.com/.default https://graph.windows.net/.default");

    refused(world.ask(TokenVersion.V1, v1), "invalid_resource", 50001);
    refused(world.ask(TokenVersion.V2, v2), "invalid_scope", 70011);
  }

  @Test
  void aClientMustNotNameItselfTwice() {
    Map<String, String> form =
        World.with(World.clientCredentials(), "client_id", World.PUBLIC.id().toString());
    String basic = "Basic " + base64(World.CONFIDENTIAL.id() + ":secret");

    Answer answer =
        world.ask(
            new TokenRequest(
                World.PARTNER.toString(), TokenVersion.V1, form, basic, World.CORRELATION));

    refused(answer, "invalid_request", 90023);
  }

  @Test
  void nothingOfTheRequestIsEchoed() {
    Map<String, String> form =
        World.form("grant_type", "echo-1", "client_id", "echo-2", "echo-3", "echo-4");

    Answer answer = world.ask(TokenVersion.V1, form);

    assertThat(answer.body().toString()).doesNotContain("echo");
  }

  /** A hasher that takes no work shows that it was asked, for a name that exists or not. */
  @Test
  void bothWrongUserAndWrongPasswordAreHashedAndOverloadIsToldWithItsDelay() throws SQLException {
    PasswordHasher hasher = new PasswordHasher(new SecureRandom(), PasswordHashing.standard());
    try (SqliteTransactions store = SqliteTransactions.open(folder.resolve("busy.db"))) {
      TokenEndpoint endpoint = endpoint(store, hasher);
      hasher.close();

      for (String userName : List.of(World.AGENT.userPrincipalName(), "nobody@partner.example")) {
        TokenAnswer answer = signIn(endpoint, userName, "wrong");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(Answer.of(answer).body()).containsEntry("error", "temporarily_unavailable");
        assertThat(signIn(endpoint, userName, "x".repeat(1025)).status())
            .as("too long to be worth hashing")
            .isEqualTo(400);
      }
    }
  }

  private static TokenAnswer signIn(TokenEndpoint endpoint, String userName, String password) {
    Map<String, String> form = World.password();
    form.put("username", userName);
    form.put("password", password);
    return endpoint.answer(
        new TokenRequest("common", TokenVersion.V1, form, null, World.CORRELATION));
  }

  @Test
  void aStoreThatFailedIsNotTheClientsConcern() {
    TokenRequest request =
        new TokenRequest("common", TokenVersion.V1, World.password(), null, World.CORRELATION);

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> world.tokens().endpoint().answer(request))
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("StoreUnavailable");
    assertThat(Thread.interrupted()).isTrue();
  }

  private TokenEndpoint endpoint(SqliteTransactions store, PasswordHasher hasher) {
    Partners partners = new Partners(store, new Standings(store), hasher, world.clock);
    partners.create(new Partner(World.PARTNER, "A partner"));
    partners.createApplication(World.PUBLIC, null);
    partners.createAgent(World.AGENT, World.PASSWORD);
    RefreshTokens refreshTokens =
        new RefreshTokens(
            store, new SecureRandom(), world.clock, RefreshTokens.Lifetimes.standard());
    TokenSettings settings = TokenSettings.standard().withPasswordGrant(true);
    ServiceNames names = new ServiceNames(() -> World.ADDRESS, settings.audiences());
    TokenIssuer issuer =
        new TokenIssuer(
            SigningKeyRing.open(
                new SigningKeys(store, world.clock), Duration.ofHours(1), world.clock),
            names,
            settings,
            new TokenIssuer.Times(world.clock, UUID::randomUUID));
    return new TokenEndpoint(
        new TokenEndpoint.Store(
            partners,
            refreshTokens,
            new AuthorizationCodes(store, refreshTokens, new SecureRandom(), world.clock),
            new DeviceCodes(store, refreshTokens, new SecureRandom(), world.clock),
            new ClientAssertions(
                new Assertions(store, world.clock),
                names,
                new ClientAssertions.Rules(settings.clockSkew(), true),
                world.clock),
            new SignIns(
                partners,
                SignInGuard.open(),
                OneTimeCodes.open(
                    world.directory,
                    KeySeal.none(),
                    new OneTimeCodes.Chance(new SecureRandom(), world.clock)),
                world.clock)),
        issuer,
        new TokenEndpoint.Rules(names, settings),
        new TokenAnswers(world.clock, UUID::randomUUID));
  }

  private static void refused(Answer answer, String error, long number) {
    assertThat(answer.body())
        .containsEntry("error", error)
        .containsEntry("error_codes", List.of(number));
    assertThat(answer.status()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
  }

  /** The traces differ from answer to answer, and nothing else may. */
  private static String withoutTrace(Answer answer) {
    return answer.status() + answer.body().toString().replace(answer.text("trace_id"), "a trace");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
