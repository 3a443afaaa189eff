package dev.vidame.server.tokens;

import static dev.vidame.server.tokens.Signers.BARE;
import static dev.vidame.server.tokens.Signers.KEY;
import static dev.vidame.server.tokens.Signers.privateKey;
import static dev.vidame.server.tokens.World.CONFIDENTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.vidame.directory.operators.Applications;
import dev.vidame.server.harness.SignedAssertion;
import dev.vidame.server.tokens.World.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assertions that no owner of a key has signed, or not for this server and time. */
final class ForgedAssertionsTest {
  private static final RSAKey STRANGERS = World.newKey();
  private static final String OTHER = World.CONFIDENTIAL_TOO.id().toString();
  private static final long SECOND = World.START_SECOND;

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

  private SignedAssertion good() {
    return signers.assertion();
  }

  private String signed(SignedAssertion assertion) {
    return assertion.by(privateKey(KEY));
  }

  private String claim(String name, Object value) {
    return signed(good().claim(name, value));
  }

  private String header(String name, Object value) {
    return signed(good().header(name, value));
  }

  private static String hmac(SignedAssertion assertion, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String text = assertion.unsigned();
      return text
          + "."
          + SignedAssertion.base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What is wrong with the algorithm, the key or the signature. */
  private Map<String, String> forged() throws Exception {
    Map<String, String> all = new LinkedHashMap<>();
    byte[] publicKey = KEY.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(publicKey)
            + "\n-----END PUBLIC KEY-----\n";
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      all.put("alg " + none + " without a signature", good().header("alg", none).unsigned() + ".");
      all.put("alg " + none + " with one", header("alg", none));
    }
    all.put("HS256 with the public key", hmac(good().header("alg", "HS256"), publicKey));
    all.put(
        "HS256 with the public key in PEM",
        hmac(good().header("alg", "HS256"), pem.getBytes(StandardCharsets.US_ASCII)));
    all.put(
        "HS256 with the secret",
        hmac(good().header("alg", "HS256"), World.SECRET.getBytes(StandardCharsets.UTF_8)));
    for (String algorithm :
        List.of("HS512", "RS384", "RS512", "PS384", "ES256", "rs256", "EdDSA")) {
      all.put("alg " + algorithm, header("alg", algorithm));
    }
    all.put("no alg", signed(good().header("alg", null)));
    all.put("alg that is no text", header("alg", List.of("RS256")));
    all.put("RS256 said, PS256 signed", good().by(privateKey(KEY), "PS256"));
    all.put("PS256 said, RS256 signed", good().header("alg", "PS256").by(privateKey(KEY), "RS256"));
    all.put("a stranger's key", good().by(privateKey(STRANGERS)));
    all.put("the server's key", good().by(privateKey(World.KEY)));
    all.put("the application's other key", good().by(privateKey(BARE)));
    all.put("no name of a key", signed(good().header("x5t", null)));
    all.put("an empty name", header("kid", ""));
    all.put("two names of two keys", header("kid", Signers.NAME));
    all.put("a thumbprint of another length", header("x5t#S256", Signers.X5T));
    all.put("an unknown thumbprint", header("x5t", Signers.X5T_S256));
    all.put("the thumbprint with a blank", header("x5t", Signers.X5T + " "));
    all.put("a thumbprint of padding", header("x5t", "=="));
    all.put("critical extensions", header("crit", List.of("exp")));
    all.put("no critical extensions", header("crit", List.of()));
    all.put(
        "a key in the header", header("jwk", STRANGERS.toPublicJWK().toJSONObject().toString()));
    all.put("a key set's address", header("jku", "https://keys.example/"));
    all.put("a certificate's address", header("x5u", "https://keys.example/"));
    all.put("an unencoded payload", header("b64", "false"));
    all.put("compression", header("zip", "DEF"));
    all.put("another type", header("typ", "at+jwt"));
    all.put(
        "a stranger's key with a chain",
        good().header("x5c", List.of("MIIC")).by(privateKey(STRANGERS)));
    return all;
  }

  private Map<String, String> damaged() {
    Map<String, String> all = new LinkedHashMap<>();
    String whole = signed(good());
    String[] parts = whole.split("\\.", -1);
    all.put("no dots", parts[0]);
    all.put("two parts", parts[0] + "." + parts[1]);
    all.put("no signature", parts[0] + "." + parts[1] + ".");
    all.put("five parts", whole + ".e.e");
    all.put("padding", whole + "=");
    all.put("a blank in front", " " + whole);
    all.put("a line end", whole + "\n");
    all.put("half a signature", whole.substring(0, whole.length() - 40));
    all.put(
        "another payload", parts[0] + "." + claim("jti", "x").split("\\.", -1)[1] + "." + parts[2]);
    all.put(
        "another header",
        header("kid", Signers.X5T).split("\\.", -1)[0] + "." + parts[1] + "." + parts[2]);
    all.put("parts exchanged", parts[1] + "." + parts[0] + "." + parts[2]);
    all.put("not JSON", "e30x.e30x." + parts[2]);
    all.put("empty objects", "e30.e30." + parts[2]);
    all.put("far too long", claim("other", "x".repeat(40_000)));
    all.put("an access token", world.appOnlyToken());
    all.put("a name twice", twice());
    all.put("exp as text", claim("exp", Long.toString(SECOND + 600)));
    all.put("exp as a fraction", claim("exp", SECOND + 600.5));
    all.put("a negative exp", claim("exp", -1L));
    all.put("nbf as text", claim("nbf", "now"));
    all.put("no sub", signed(good().claim("sub", null)));
    all.put("no iss", signed(good().claim("iss", null)));
    all.put("sub that is no id", claim("sub", "portal"));
    all.put("sub as a list", claim("sub", List.of(CONFIDENTIAL.id().toString())));
    all.put("a claim that is null in text", claim("jti", 7L));
    return all;
  }

  private String twice() {
    String payload =
        "{\"iss\":\"%1$s\",\"sub\":\"%1$s\",\"sub\":\"%2$s\",\"aud\":\"%3$s\",\"jti\":\"x\",\"exp\":%4$s}"
            .formatted(OTHER, CONFIDENTIAL.id(), Signers.V1, SECOND + 600);
    return Forge.signed(
        "{\"alg\":\"RS256\",\"x5t\":\"" + Signers.X5T + "\"}",
        payload.getBytes(StandardCharsets.UTF_8),
        "SHA256withRSA",
        privateKey(KEY));
  }

  /** What the owner of the key has signed for somewhere or somebody else. */
  private Map<String, String> misused() {
    Map<String, String> all = new LinkedHashMap<>();
    String host = World.ADDRESS.toString();
    for (String audience :
        List.of(
            host,
            host + "/",
            "https://login.microsoftonline.com/" + World.PARTNER + "/oauth2/token",
            host + "/" + World.OTHER_PARTNER + "/oauth2/token",
            host + "/common/oauth2/token",
            Signers.V1 + "/",
            Signers.V1 + "?x",
            Signers.V1.toUpperCase(Locale.ROOT),
            Signers.V1.replace("http:", "https:"),
            Signers.V1.replace("8080", "8081"),
            Signers.V1.replace("/token", "/revoke"),
            CONFIDENTIAL.id().toString(),
            TokenSettings.DEFAULT_AUDIENCE)) {
      all.put("aud " + audience, claim("aud", audience));
    }
    all.put("no aud", signed(good().claim("aud", null)));
    all.put("an empty list of aud", claim("aud", List.of()));
    all.put("us among others", claim("aud", List.of(Signers.V1, "https://other.example")));
    all.put("us twice", claim("aud", List.of(Signers.V1, Signers.V2)));
    all.put("no exp", signed(good().claim("exp", null)));
    all.put("over", claim("exp", SECOND - 31));
    all.put("good for an hour", claim("exp", SECOND + 3_600));
    all.put("good for ever", claim("exp", 253_402_300_799L));
    all.put("not yet good", claim("nbf", SECOND + 60));
    all.put("from the future", claim("iat", SECOND + 60));
    all.put("no jti", signed(good().claim("jti", null)));
    return all;
  }

  private Map<String, String> ofAnother() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("another iss", claim("iss", OTHER));
    all.put("another sub", claim("sub", OTHER));
    all.put("another application", signed(good().claim("iss", OTHER).claim("sub", OTHER)));
    all.put("an unknown iss", claim("iss", "0c000000-0000-4000-8000-00000000dead"));
    return all;
  }

  private void allRefused(Map<String, String> assertions) {
    assertions.forEach((what, assertion) -> {
      Answer answer = signers.ask(assertion);
      assertThat(answer.body()).as(what).doesNotContainKey("access_token");
      assertThat(answer.body()).as(what).containsEntry("error", "invalid_client");
      assertThat(answer.status()).as(what).isEqualTo(401);
    });
    assertThat(signers.ask(signers.signed()).status()).as("a good one").isEqualTo(200);
  }

  private void sameAnswer(Map<String, String> assertions) {
    assertions.forEach((what, assertion) ->
        assertThat(signers.ask(assertion).body())
            .as(what)
            .containsEntry("error_codes", List.of(700027L)));
  }

  @Test
  void noneIsTaken() throws Exception {
    Map<String, String> all = new LinkedHashMap<>(forged());
    all.putAll(damaged());
    all.putAll(misused());
    all.putAll(ofAnother());

    assertThat(all).hasSizeGreaterThan(90);
    allRefused(all);
  }

  /** Who has no key learns nothing but that. */
  @Test
  void untilTheSignatureIsRightEveryFaultLooksTheSame() throws Exception {
    sameAnswer(forged());
    SignedAssertion strangers = good().claim("aud", "https://x.example").claim("exp", 1L);
    sameAnswer(Map.of("wrong in every way", strangers.by(privateKey(STRANGERS))));
  }

  @Test
  void applicationWithoutKeysAndNoApplicationLookTheSame() {
    for (String client :
        List.of(OTHER, World.PUBLIC.id().toString(), "0c000000-0000-4000-8000-00000000dead")) {
      Map<String, String> form =
          Signers.form(signed(good().claim("iss", client).claim("sub", client)));
      form.put("client_id", client);

      assertThat(world.ask(TokenVersion.V1, form).body())
          .containsEntry("error_codes", List.of(700027L));
    }
  }

  @Test
  void theOwnerOfTheKeyIsToldWhatIsWrong() {
    misused()
        .forEach((what, assertion) -> {
          long number = what.contains("aud") || what.startsWith("us ") ? 700023L : 700024L;
          assertThat(signers.ask(assertion).body())
              .as(what)
              .containsEntry("error_codes", List.of(number));
        });
    ofAnother()
        .forEach((what, assertion) ->
            assertThat(signers.ask(assertion).body())
                .as(what)
                .containsEntry("error_codes", List.of(700021L)));
  }

  @Test
  void aCharacterChangedAnywhereIsOneTooMany() {
    long seed = new Random().nextLong();
    System.out.println("ForgedAssertionsTest: seed " + seed);
    Random random = new Random(seed);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    String good = signers.signed();
    for (int i = 0; i < 5_000; i++) {
      int at = random.nextInt(good.length());
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      String changed = good.substring(0, at) + other + good.substring(at + 1);
      if (other != good.charAt(at)) {
        assertThat(signers.ask(changed).body()).as("%s at %s", other, at).containsKey("error");
      }
    }
    assertThat(signers.ask(good).status()).isEqualTo(200);
  }

  @Test
  void endsOfApplicationAndPartnerAreEnds() {
    world
        .directory
        .applications()
        .update(
            World.PARTNER,
            CONFIDENTIAL.id(),
            new Applications.Update(null, true),
            Signers.request());

    assertThat(signers.ask(signers.signed()).body()).containsEntry("error_codes", List.of(700027L));
  }
}
