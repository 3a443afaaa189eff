package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.server.tokens.Verification.Rejected;
import dev.vidame.server.tokens.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The known attacks on signed tokens (RFC 8725). */
final class TokenAttackTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String CLAIMS = JSONObjectUtils.toJSONString(Forge.userClaims());
  private static final byte[] PAYLOAD = CLAIMS.getBytes(StandardCharsets.UTF_8);
  private static final String KEY_ID = "\"kid\":\"" + World.KEY.getKeyID() + "\"";

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

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "rs256", "RS256 ", "HS256", "RS512"})
  void onlyOneAlgorithmIsLookedAtAndNoKeyBeforeIt(String algorithm) {
    TokenVerifier noKeys =
        world.newVerifier(keyId -> {
          throw new AssertionError("A key was asked for");
        });
    String token = Forge.signed(header(algorithm), CLAIMS);

    assertThat(noKeys.verify(token)).isEqualTo(new Rejected(Reason.ALGORITHM));
  }

  @Test
  void unsignedTokensAreRefused() {
    String parts = Forge.base64("{\"alg\":\"none\"}") + "." + Forge.base64(CLAIMS);

    rejected(Reason.ALGORITHM, parts + ".AAAA");
    rejected(Reason.MALFORMED, parts + ".");
    rejected(Reason.MALFORMED, parts);
    rejected(Reason.MALFORMED, Forge.base64(Forge.header()) + "." + Forge.base64(CLAIMS) + ".");
  }

  @Test
  void thePublicKeyIsNoSharedSecret() throws JOSEException {
    byte[] der = World.KEY.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";

    for (byte[] secret : List.of(der, pem.getBytes(StandardCharsets.US_ASCII))) {
      rejected(Reason.ALGORITHM, hmacSigned(header("HS256"), secret));
      rejected(Reason.SIGNATURE, hmacSigned(header("RS256"), secret));
    }
  }

  @Test
  void ourKeySignsWithNoOtherAlgorithm() throws JOSEException {
    var key = World.KEY.toPrivateKey();

    rejected(Reason.ALGORITHM, Forge.signed(header("RS512"), PAYLOAD, "SHA512withRSA", key));
    rejected(Reason.SIGNATURE, Forge.signed(header("RS256"), PAYLOAD, "SHA512withRSA", key));
    rejected(Reason.SIGNATURE, Forge.signed(header("RS256"), PAYLOAD, "SHA1withRSA", key));
  }

  @Test
  void anEllipticKeyIsNoneOfOurs() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var key = generator.generateKeyPair().getPrivate();

    rejected(
        Reason.ALGORITHM,
        Forge.signed(header("ES256"), PAYLOAD, "SHA256withECDSAinP1363Format", key));
    rejected(
        Reason.SIGNATURE,
        Forge.signed(header("RS256"), PAYLOAD, "SHA256withECDSAinP1363Format", key));
  }

  @Test
  void anotherKeyIsNotOursByItsName() throws JOSEException {
    RSAKey attackers = World.newKey();

    rejected(
        Reason.SIGNATURE,
        Forge.signed(Forge.header(), PAYLOAD, "SHA256withRSA", attackers.toPrivateKey()));
    rejected(
        Reason.UNKNOWN_KEY,
        Forge.signed(
            "{\"alg\":\"RS256\",\"kid\":\"" + attackers.getKeyID() + "\"}",
            PAYLOAD,
            "SHA256withRSA",
            attackers.toPrivateKey()));
  }

  @Test
  void aTokenMustNameItsKey() {
    rejected(Reason.MALFORMED, Forge.signed("{\"alg\":\"RS256\"}", CLAIMS));
    rejected(Reason.MALFORMED, Forge.signed("{\"alg\":\"RS256\",\"kid\":\"\"}", CLAIMS));
    rejected(Reason.MALFORMED, Forge.signed("{\"alg\":\"RS256\",\"kid\":7}", CLAIMS));
    rejected(
        Reason.UNKNOWN_KEY, Forge.signed("{\"alg\":\"RS256\",\"kid\":\"../../dev/null\"}", CLAIMS));
  }

  /** Signed with our own key, so that only the header can be the reason. */
  @Test
  void aHeaderThatBringsMoreThanOursIsRefused() {
    String embedded = World.newKey().toPublicJWK().toJSONString();
    List<String> members =
        List.of(
            "\"jwk\":" + embedded,
            "\"jku\":\"https://evil.example/keys\"",
            "\"x5u\":\"https://evil.example/chain\"",
            "\"x5c\":[\"MIIB\"]",
            "\"crit\":[\"exp\"]",
            "\"crit\":[]",
            "\"crit\":[\"b64\"],\"b64\":false",
            "\"b64\":true",
            "\"cty\":\"JWT\"",
            "\"zip\":\"DEF\"",
            "\"typ\":\"JWE\"",
            "\"typ\":\"id_token+jwt\"",
            "\"typ\":null",
            "\"typ\":\"JWT\",\"typ\":\"JWT\"",
            "\"alg\":\"none\"",
            KEY_ID);

    for (String member : members) {
      String header = "{\"alg\":\"RS256\"," + KEY_ID + "," + member + "}";
      rejected(Reason.MALFORMED, Forge.signed(header, CLAIMS));
    }
  }

  @Test
  void theEmbeddedKeyOfAnAttackerIsNotUsed() throws JOSEException {
    RSAKey attackers = World.newKey();
    String header =
        "{\"alg\":\"RS256\",\"kid\":\""
            + attackers.getKeyID()
            + "\",\"jwk\":"
            + attackers.toPublicJWK().toJSONString()
            + "}";

    rejected(
        Reason.MALFORMED, Forge.signed(header, PAYLOAD, "SHA256withRSA", attackers.toPrivateKey()));
  }

  @Test
  void claimsThatCanBeReadTwoWaysAreRefused() {
    String open = CLAIMS.substring(0, CLAIMS.length() - 1);
    List<String> payloads =
        List.of(
            open + ",\"tid\":\"" + World.PARTNER + "\"}",
            open + ",\"t\\u0069d\":\"" + World.OTHER_PARTNER + "\"}",
            CLAIMS + CLAIMS,
            CLAIMS + "x",
            "[" + CLAIMS + "]",
            open + ",\"x\":{\"y\":1}}",
            open + ",\"x\":null}",
            open + ",}",
            open + ",\"x\":1e400}",
            open + ",\"x\":" + "9".repeat(40) + "}",
            open + ",\"x\":" + "[".repeat(1500) + "]".repeat(1500) + "}",
            open,
            "\uFEFF" + CLAIMS,
            "null",
            " ");

    for (String payload : payloads) {
      rejected(Reason.MALFORMED, Forge.signed(Forge.header(), payload));
    }
  }

  @Test
  void textsThatAreNotUnicodeAreRefused() {
    byte[] claims = CLAIMS.replace("agent@", "agent?").getBytes(StandardCharsets.ISO_8859_1);
    for (int bad : List.of(0xFF, 0xC0, 0x80)) {
      byte[] spoiled = claims.clone();
      spoiled[CLAIMS.indexOf("agent@") + 5] = (byte) bad;

      rejected(Reason.MALFORMED, Forge.signed(Forge.header(), spoiled));
    }
    byte[] utf16 = CLAIMS.getBytes(StandardCharsets.UTF_16LE);
    rejected(Reason.MALFORMED, Forge.signed(Forge.header(), utf16));
  }

  @Test
  void anEncryptedTokenIsRefused() throws JOSEException {
    JWEObject nested =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                .contentType("JWT")
                .keyID(World.KEY.getKeyID())
                .build(),
            new Payload(world.userToken()));
    nested.encrypt(new RSAEncrypter(World.KEY));

    rejected(Reason.MALFORMED, nested.serialize());
  }

  @Test
  void aTokenHasExactlyOneText() {
    String token = world.userToken();
    String[] parts = token.split("\\.", -1);
    List<String> others =
        List.of(
            "",
            ".",
            "..",
            "...",
            " " + token,
            token + " ",
            token + "\n",
            "\"" + token + "\"",
            "Bearer " + token,
            token + ".",
            "." + token,
            token + "." + parts[2],
            token + "=",
            token + "==",
            parts[0] + "=." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1],
            parts[0] + ".." + parts[2],
            "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + ".",
            parts[0] + ".\r\n" + parts[1] + "." + parts[2],
            token.replace('.', ','),
            token + "\u0000",
            token + "\uD800",
            token.replace("ey", "\u0435y"));

    for (String other : others) {
      rejected(Reason.MALFORMED, other);
    }
    assertThat(world.verify(token)).isInstanceOf(Verified.class);
  }

  /** The last character of a 256-byte signature has four bits that decoders throw away. */
  @Test
  void theUnusedBitsOfTheLastCharacterMustBeZero() {
    String token = world.userToken();
    int last = ALPHABET.indexOf(token.charAt(token.length() - 1));
    byte[] signature = decode(token.substring(token.lastIndexOf('.') + 1));

    for (int bits = 1; bits < 16; bits++) {
      String other = token.substring(0, token.length() - 1) + ALPHABET.charAt(last + bits);
      assertThat(decode(other.substring(other.lastIndexOf('.') + 1))).isEqualTo(signature);

      rejected(Reason.MALFORMED, other);
    }
  }

  @Test
  void aTokenOfMoreThanEightKibibytesIsNotReadAtAll() {
    TokenVerifier noKeys =
        world.newVerifier(keyId -> {
          throw new AssertionError("A key was asked for");
        });
    String filler = "x".repeat(8 * 1024);
    String token =
        Forge.signed(
            Forge.header(),
            CLAIMS.substring(0, CLAIMS.length() - 1) + ",\"x\":\"" + filler + "\"}");

    assertThat(noKeys.verify(token)).isEqualTo(new Rejected(Reason.MALFORMED));
    assertThat(noKeys.verify("x".repeat(50_000_000))).isEqualTo(new Rejected(Reason.MALFORMED));
  }

  @Test
  void aTokenOfExactlyEightKibibytesIsRead() {
    Optional<String> longest =
        IntStream.range(5000, 6000)
            .mapToObj(length ->
                Forge.signed(
                    Forge.header(),
                    CLAIMS.substring(0, CLAIMS.length() - 1)
                        + ",\"x\":\""
                        + "x".repeat(length)
                        + "\"}"))
            .filter(token -> token.length() >= 8191 && token.length() <= 8192)
            .findFirst();

    assertThat(world.verify(longest.orElseThrow())).isInstanceOf(Verified.class);
  }

  @Test
  void aChangedPayloadIsRefused() {
    String[] parts = world.userToken().split("\\.", -1);
    String claims = new String(decode(parts[1]), StandardCharsets.UTF_8);
    String raised = claims.replace(World.PARTNER.toString(), World.OTHER_PARTNER.toString());

    assertThat(raised).isNotEqualTo(claims);
    rejected(Reason.SIGNATURE, parts[0] + "." + Forge.base64(raised) + "." + parts[2]);
  }

  @Test
  void oneTokensSignatureIsNotAnothers() {
    String[] user = world.userToken().split("\\.", -1);
    String[] app = world.appOnlyToken().split("\\.", -1);

    rejected(Reason.SIGNATURE, app[0] + "." + app[1] + "." + user[2]);
  }

  @Test
  void everyBitOfTheSignatureCounts() {
    String token = world.userToken();
    String signedPart = token.substring(0, token.lastIndexOf('.') + 1);
    byte[] signature = decode(token.substring(signedPart.length()));

    for (int place : List.of(0, 1, 127, 128, 254, 255)) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = signature.clone();
        changed[place] ^= (byte) (1 << bit);
        rejected(Reason.SIGNATURE, signedPart + Forge.base64(changed));
      }
    }
    rejected(Reason.SIGNATURE, signedPart + Forge.base64(new byte[256]));
    rejected(Reason.SIGNATURE, signedPart + Forge.base64(new byte[1]));
    rejected(Reason.SIGNATURE, signedPart + Forge.base64(withLeadingZero(signature)));
  }

  private static byte[] withLeadingZero(byte[] bytes) {
    byte[] longer = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, longer, 1, bytes.length);
    return longer;
  }

  private static String hmacSigned(String header, byte[] secret) {
    String signedPart = Forge.base64(header) + "." + Forge.base64(CLAIMS);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] signature = mac.doFinal(signedPart.getBytes(StandardCharsets.US_ASCII));
      return signedPart + "." + Forge.base64(signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String header(String algorithm) {
    return "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"," + KEY_ID + "}";
  }

  private static byte[] decode(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private void rejected(Reason reason, String token) {
    assertThat(world.verify(token)).as(token).isEqualTo(new Rejected(reason));
  }
}
