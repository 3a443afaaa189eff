package dev.vidame.server.tokens;

import static dev.vidame.server.tokens.Signers.BARE;
import static dev.vidame.server.tokens.Signers.KEY;
import static dev.vidame.server.tokens.Signers.privateKey;
import static dev.vidame.server.tokens.World.CONFIDENTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.ApplicationKey.Names;
import dev.vidame.directory.partners.Assertions;
import dev.vidame.directory.partners.Credential;
import dev.vidame.server.harness.SignedAssertion;
import dev.vidame.server.harness.Together;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.secrets.KeySeal;
import dev.vidame.server.tokens.World.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that sign who they are, in the forms that libraries send. */
final class ClientAssertionTest {
  private static final String CLIENT = CONFIDENTIAL.id().toString();

  @TempDir private Path folder;
  private World world;
  private Signers signers;

  @BeforeEach
  void open() {
    world = new World(folder);
    signers = new Signers(world);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static SignedAssertion assertion() {
    return SignedAssertion.of(CLIENT, Signers.V2, World.START);
  }

  /** The headers and audiences of the libraries in use, and some more. */
  static Stream<String> goodOnes() {
    String upper = CLIENT.toUpperCase(Locale.ROOT);
    String issuer = World.ADDRESS + "/" + World.PARTNER;
    return Stream.of(
        // MSAL for Java: no typ, the chain along, thumbprints in the other Base64.
        assertion()
            .header("typ", null)
            .header("x5c", List.of("MIIC", "MIID"))
            .header("x5t#S256", plain(Signers.SHA256))
            .by(privateKey(KEY)),
        assertion().header("typ", null).header("x5t", plain(Signers.SHA1)).by(privateKey(KEY)),
        assertion()
            .header("x5c", List.of("MIIC", "MIID"))
            .header("x5t#S256", Signers.X5T_S256)
            .by(privateKey(KEY)),
        // MSAL for Node.js and .NET.
        assertion().header("alg", "PS256").header("x5t#S256", Signers.X5T_S256).by(privateKey(KEY)),
        // Older ones of all of them, and ADAL.
        assertion().header("x5t", Signers.X5T).by(privateKey(KEY)),
        assertion()
            .header("kid", Signers.SHA1)
            .header("x5t", Signers.X5T)
            .claim("iat", World.START_SECOND)
            .by(privateKey(KEY)),
        assertion().header("kid", Signers.SHA1.toLowerCase(Locale.ROOT)).by(privateKey(KEY)),
        assertion().header("kid", Signers.X5T).by(privateKey(KEY)),
        assertion().header("kid", Signers.SHA256).by(privateKey(KEY)),
        assertion().header("kid", Signers.NAME).by(privateKey(BARE)),
        assertion()
            .header("alg", "PS256")
            .header("typ", "client-authentication+jwt")
            .header("kid", Signers.NAME)
            .by(privateKey(BARE)),
        assertion().header("x5t", Signers.X5T).claim("aud", Signers.V1).by(privateKey(KEY)),
        assertion().header("x5t", Signers.X5T).claim("aud", issuer + "/").by(privateKey(KEY)),
        assertion().header("x5t", Signers.X5T).claim("aud", issuer + "/v2.0").by(privateKey(KEY)),
        assertion()
            .header("x5t", Signers.X5T)
            .claim("aud", List.of(Signers.V1))
            .by(privateKey(KEY)),
        assertion()
            .header("x5t", Signers.X5T)
            .claim("iss", upper)
            .claim("sub", upper)
            .by(privateKey(KEY)),
        assertion().header("x5t", Signers.X5T).claim("nbf", null).by(privateKey(KEY)),
        assertion().header("x5t", Signers.X5T).claim("other", "claims").by(privateKey(KEY)));
  }

  private static String plain(String hex) {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    assertThat(base64).contains("/", "=");
    return base64;
  }

  @ParameterizedTest
  @MethodSource("goodOnes")
  void whatLibrariesSendIsTaken(String assertion) {
    Answer answer = world.ask(TokenVersion.V2, Signers.form(assertion));

    assertThat(answer.body()).doesNotContainKey("error").containsKey("access_token");
    assertThat(world.verify(answer.text("access_token"))).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void tokenSaysThatAKeyWasItsProof() {
    Answer v1 = signers.ask(signers.signed());
    Answer v2 =
        world.ask(
            TokenVersion.V2,
            Signers.form(assertion().header("kid", Signers.NAME).by(privateKey(BARE))));

    assertThat(world.claims(v1.text("access_token")))
        .containsEntry("appidacr", "2")
        .containsEntry("secret_id", signers.certificate.toString())
        .containsEntry("appid", CLIENT)
        .containsEntry("oid", CLIENT)
        .containsEntry("idtyp", "app");
    assertThat(world.claims(v2.text("access_token")))
        .containsEntry("azpacr", "2")
        .containsEntry("secret_id", signers.bare.toString());
  }

  @Test
  void clientIdMayBeLeftOutOrInAnotherCase() {
    Map<String, String> without = Signers.form(signers.signed());
    without.remove("client_id");
    Map<String, String> upper = Signers.form(signers.signed());
    upper.put("client_id", CLIENT.toUpperCase(Locale.ROOT));

    assertThat(world.ask(TokenVersion.V1, without).status()).isEqualTo(200);
    assertThat(world.ask(TokenVersion.V1, upper).status()).isEqualTo(200);
  }

  @Test
  void endpointIsNamedByTheTenantOfThePath() {
    String domain = "contoso.example";
    String ours = World.ADDRESS + "/" + domain + "/oauth2/token";
    String assertion = signers.assertion().claim("aud", ours).by(privateKey(KEY));
    String elsewhere = signers.assertion().claim("aud", ours).by(privateKey(KEY));

    assertThat(askAt(domain, assertion).status()).isEqualTo(200);
    refused(signers.ask(elsewhere), 700023);
  }

  private Answer askAt(String tenant, String assertion) {
    return world.ask(
        new TokenRequest(
            tenant, TokenVersion.V1, Signers.form(assertion), null, World.CORRELATION));
  }

  private static void refused(Answer answer, long number) {
    assertThat(answer.body())
        .containsEntry("error", "invalid_client")
        .containsEntry("error_codes", List.of(number))
        .doesNotContainKey("access_token");
    assertThat(answer.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "refresh_token", "revoke", "device"})
  void everythingElseThatClientsAskForTakesThem(String what) {
    Map<String, String> form = Signers.form(signers.signed());
    form.put("grant_type", "password");
    form.put("username", World.AGENT.userPrincipalName());
    form.put("password", World.PASSWORD);
    if (what.equals("device")) {
      TokenRequest request =
          new TokenRequest(
              World.PARTNER.toString(), TokenVersion.V1, form, null, World.CORRELATION);
      assertThat(Answer.of(world.tokens().endpoint().deviceCodes(request)).status()).isEqualTo(200);
      return;
    }
    Answer signedIn = world.ask(TokenVersion.V1, form);
    assertThat(world.claims(signedIn.text("access_token"))).containsEntry("appidacr", "2");
    Map<String, String> next = Signers.form(signers.signed());
    next.put("grant_type", "refresh_token");
    next.put("refresh_token", signedIn.text("refresh_token"));
    next.put("token", signedIn.text("refresh_token"));
    if (what.equals("revoke")) {
      TokenRequest request =
          new TokenRequest(
              World.PARTNER.toString(), TokenVersion.V1, next, null, World.CORRELATION);
      Answer revoked = Answer.of(world.tokens().endpoint().revoke(request, text -> false));
      assertThat(revoked.status()).isEqualTo(200);
      next.put("client_assertion", signers.signed());
      assertThat(world.ask(TokenVersion.V1, next).body()).containsEntry("error", "invalid_grant");
    } else if (what.equals("refresh_token")) {
      assertThat(world.ask(TokenVersion.V1, next).status()).isEqualTo(200);
    }
  }

  @Test
  void assertionIsGoodOnce() {
    String assertion = signers.signed();

    assertThat(signers.ask(assertion).status()).isEqualTo(200);

    refused(signers.ask(assertion), 700024);
    assertThat(signers.ask(signers.signed()).status()).isEqualTo(200);
  }

  @Test
  void sameIdSignedAnewIsTheSameAssertion() {
    SignedAssertion assertion = signers.assertion().claim("jti", "the same");

    assertThat(signers.ask(assertion.by(privateKey(KEY))).status()).isEqualTo(200);

    refused(signers.ask(assertion.header("alg", "PS256").by(privateKey(KEY))), 700024);
    refused(signers.ask(assertion.claim("aud", Signers.V2).by(privateKey(KEY))), 700024);
  }

  @Test
  void usedOneStaysUsedAcrossAStartAndToItsEnd() {
    String assertion = signers.signed();
    assertThat(signers.ask(assertion).status()).isEqualTo(200);

    Tokens again =
        Tokens.open(world.directory, () -> World.ADDRESS, TokenSettings.standard(), world.clock);
    world.clock.advance(Duration.ofMinutes(10).plusSeconds(29));

    refused(
        Answer.of(
            again
                .endpoint()
                .answer(
                    new TokenRequest(
                        World.PARTNER.toString(),
                        TokenVersion.V1,
                        Signers.form(assertion),
                        null,
                        World.CORRELATION))),
        700024);
  }

  @Test
  void ofOneAssertionSentByManyAtOnceOneGetsAToken()
      throws InterruptedException, ExecutionException {
    for (int race = 0; race < 20; race++) {
      String assertion = signers.signed();

      List<Answer> answers = Together.run(16, i -> () -> signers.ask(assertion));

      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(15);
    }
  }

  @Test
  void anotherApplicationsSameIdIsAnother() {
    signers.register(World.CONFIDENTIAL_TOO, World.newKey(), new Names("unused", null, null), null);
    signers.register(World.CONFIDENTIAL_TOO, KEY, new Names("shared", null, null), null);
    String other = World.CONFIDENTIAL_TOO.id().toString();
    SignedAssertion first = signers.assertion().claim("jti", "the same");
    SignedAssertion second =
        SignedAssertion.of(other, Signers.V1, World.START)
            .header("kid", "shared")
            .claim("jti", "the same");
    Map<String, String> form = Signers.form(second.by(privateKey(KEY)));
    form.put("client_id", other);

    assertThat(signers.ask(first.by(privateKey(KEY))).status()).isEqualTo(200);
    assertThat(world.ask(TokenVersion.V1, form).status()).isEqualTo(200);
  }

  @Test
  void operatorMayLetLibrariesSendTheSameForItsTime() {
    Tokens lenient =
        Tokens.open(
            world.directory,
            () -> World.ADDRESS,
            TokenSettings.standard(),
            new Tokens.Defences(SignInGuard.open(), KeySeal.none(), false, IssueLimit.NONE),
            world.clock);
    TokenRequest request =
        new TokenRequest(
            World.PARTNER.toString(),
            TokenVersion.V1,
            Signers.form(signers.signed()),
            null,
            World.CORRELATION);

    assertThat(lenient.endpoint().answer(request).status()).isEqualTo(200);
    assertThat(lenient.endpoint().answer(request).status()).isEqualTo(200);
    world.clock.advance(Duration.ofMinutes(10).plusSeconds(30));
    assertThat(lenient.endpoint().answer(request).status()).isEqualTo(401);
  }

  @Test
  void rememberedOnesAreBoundedAndGoWithTheirTime() {
    Assertions assertions = world.directory.assertions();
    Instant end = world.clock.instant().plusSeconds(600);
    boolean areAllNew =
        world.directory.atomically(directory ->
            IntStream.range(0, Assertions.MOST_REMEMBERED)
                .allMatch(i -> directory.assertions().isFirstUse(CONFIDENTIAL.id(), hash(i), end)));
    assertThat(areAllNew).isTrue();

    assertThat(signers.ask(signers.signed()).status()).isEqualTo(503);
    world.clock.advance(Duration.ofMinutes(10));

    assertThat(signers.ask(signers.signed()).status()).isEqualTo(200);
    assertThat(assertions.isFirstUse(CONFIDENTIAL.id(), hash(9_999), end.plusSeconds(600)))
        .isTrue();
    assertThat(assertions.isFirstUse(CONFIDENTIAL.id(), hash(9_999), end.plusSeconds(600)))
        .isFalse();
  }

  private static byte[] hash(int number) {
    return Sha256.of(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void timesAreBelievedToTheSecond() {
    long now = World.START_SECOND;
    Map<Map<String, Object>, Integer> cases = new HashMap<>();
    cases.put(Map.of("exp", now - 29), 200);
    cases.put(Map.of("exp", now - 30), 401);
    cases.put(Map.of("exp", now + 630), 200);
    cases.put(Map.of("exp", now + 631), 401);
    cases.put(Map.of("nbf", now + 30), 200);
    cases.put(Map.of("nbf", now + 31), 401);
    cases.put(Map.of("iat", now + 30), 200);
    cases.put(Map.of("iat", now + 31), 401);

    cases.forEach((claims, status) -> {
      SignedAssertion assertion = signers.assertion();
      for (Map.Entry<String, Object> claim : claims.entrySet()) {
        assertion = assertion.claim(claim.getKey(), claim.getValue());
      }
      assertThat(signers.ask(assertion.by(privateKey(KEY))).status())
          .as("%s", claims)
          .isEqualTo(status);
    });
  }

  @Test
  void certificateIsGoodForItsTimeAndABareKeyUntilItIsTakenAway() {
    world.clock.set(World.START.plusSeconds(864_000).minusMillis(1));
    assertThat(signers.ask(signers.signed()).status()).isEqualTo(200);

    world.clock.advance(Duration.ofMillis(1));

    refused(signers.ask(signers.signed()), 1000502);
    SignedAssertion bare = signers.assertion().header("x5t", null).header("kid", Signers.NAME);
    assertThat(signers.ask(bare.by(privateKey(BARE))).status()).isEqualTo(200);
    world
        .directory
        .applicationKeys()
        .remove(World.PARTNER, CONFIDENTIAL.id(), signers.bare, Signers.request());
    refused(
        signers.ask(bare.claim("jti", UUID.randomUUID().toString()).by(privateKey(BARE))), 700027);
  }

  @Test
  void certificateIsNotGoodBeforeItsTime() {
    world.clock.set(World.START.minusSeconds(86_401));

    refused(signers.ask(signers.signed()), 1000502);
  }

  @Test
  void assertionAndSecretAreTwoCredentials() {
    Map<String, String> both = Signers.form(signers.signed());
    both.put("client_secret", World.SECRET);
    String basic =
        "Basic "
            + Base64.getEncoder().encodeToString((CLIENT + ":x").getBytes(StandardCharsets.UTF_8));

    Answer inForm = world.ask(TokenVersion.V1, both);
    Answer inHeader =
        world.ask(
            new TokenRequest(
                World.PARTNER.toString(),
                TokenVersion.V1,
                Signers.form(signers.signed()),
                basic,
                World.CORRELATION));

    for (Answer answer : List.of(inForm, inHeader)) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body())
          .containsEntry("error", "invalid_request")
          .containsEntry("error_codes", List.of(90023L));
    }
  }

  @Test
  void halfAnAssertionIsNamedByWhatItLacks() {
    Map<String, String> noType = Signers.form(signers.signed());
    noType.remove("client_assertion_type");
    Map<String, String> noAssertion = Signers.form("");
    Map<String, String> otherType = Signers.form(signers.signed());
    otherType.put(
        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");

    assertThat(world.ask(TokenVersion.V1, noType).text("error_description"))
        .startsWith("UAS-90014: The request lacks the field client_assertion_type.");
    assertThat(world.ask(TokenVersion.V1, noAssertion).text("error_description"))
        .startsWith("UAS-90014: The request lacks the field client_assertion.");
    assertThat(world.ask(TokenVersion.V1, otherType).text("error_description"))
        .startsWith("UAS-90023: The client_assertion_type is not taken here; it must be urn:");
  }

  @Test
  void secretsAndKeysAreToldApartByTheirIds() {
    UUID secret = CONFIDENTIAL.id().value();

    assertThat(credential(signers.certificate))
        .contains(new Credential(signers.certificate, Credential.Kind.KEY));
    assertThat(credential(secret)).contains(new Credential(secret, Credential.Kind.SECRET));
    assertThat(credential(UUID.randomUUID())).isEmpty();
  }

  private Optional<Credential> credential(UUID id) {
    return world.directory.partners().credential(CONFIDENTIAL.id(), id);
  }
}
