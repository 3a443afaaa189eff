package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.vidame.server.tokens.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue of forged and damaged tokens, none of which may be taken. */
final class ForgedTokensTest {
  private static final String CLAIMS = JSONObjectUtils.toJSONString(Forge.userClaims());
  private static final String KEY_ID = "\"kid\":\"" + World.KEY.getKeyID() + "\"";

  private final Map<String, String> tokens = new LinkedHashMap<>();

  @Test
  void noneIsTaken(@TempDir Path folder) throws JOSEException {
    algorithms();
    headers();
    keyIds();
    claims();
    List<String> taken = new ArrayList<>();
    try (World world = new World(folder)) {
      String good = world.userToken();
      assertThat(world.verify(good)).isInstanceOf(Verified.class);
      assertThat(world.verify(Forge.signed(Forge.userClaims()))).isInstanceOf(Verified.class);
      signatures(good);
      shapes(good);
      tokens.forEach((name, token) -> {
        if (world.verify(token) instanceof Verified) {
          taken.add(name);
        }
      });
    }

    assertThat(tokens).hasSizeGreaterThanOrEqualTo(200);
    assertThat(taken).isEmpty();
  }

  private void add(String name, String token) {
    assertThat(tokens.put(name, token)).as(name).isNull();
  }

  private void algorithms() {
    for (String algorithm :
        List.of(
            "\"none\"",
            "\"None\"",
            "\"NONE\"",
            "\"nOnE\"",
            "\"\"",
            "\" \"",
            "null",
            "1",
            "true",
            "[\"RS256\"]",
            "{}",
            "\"rs256\"",
            "\"RS256 \"",
            "\" RS256\"",
            "\"RS256\\u0000\"",
            "\"RS384\"",
            "\"RS512\"",
            "\"PS256\"",
            "\"PS512\"",
            "\"HS256\"",
            "\"HS512\"",
            "\"ES256\"",
            "\"ES512\"",
            "\"EdDSA\"",
            "\"Ed25519\"",
            "\"RSA1_5\"",
            "\"RSA-OAEP\"",
            "\"dir\"",
            "\"A128KW\"",
            "\"SHA256withRSA\"")) {
      String header = "{\"alg\":" + algorithm + "," + KEY_ID + "}";
      add("alg " + algorithm, Forge.signed(header, CLAIMS));
      add(
          "alg " + algorithm + " unsigned",
          Forge.base64(header) + "." + Forge.base64(CLAIMS) + ".");
    }
    add("no alg", Forge.signed("{" + KEY_ID + "}", CLAIMS));
    add("two alg", Forge.signed("{\"alg\":\"none\",\"alg\":\"RS256\"," + KEY_ID + "}", CLAIMS));
    add(
        "two alg, turned",
        Forge.signed("{\"alg\":\"RS256\",\"alg\":\"none\"," + KEY_ID + "}", CLAIMS));
  }

  private void headers() {
    String embedded = World.newKey().toPublicJWK().toJSONString();
    for (String member :
        List.of(
            "\"jwk\":" + embedded,
            "\"jku\":\"https://evil.example/keys\"",
            "\"jku\":\"file:///etc/passwd\"",
            "\"x5u\":\"https://evil.example/chain\"",
            "\"x5c\":[\"MIIB\"]",
            "\"x5t\":\"AAAA\"",
            "\"x5t#S256\":\"AAAA\"",
            "\"crit\":[\"exp\"]",
            "\"crit\":[]",
            "\"crit\":[\"b64\"],\"b64\":false",
            "\"b64\":false",
            "\"zip\":\"DEF\"",
            "\"enc\":\"A128GCM\"",
            "\"cty\":\"JWT\"",
            "\"epk\":{}",
            "\"p2c\":1000000000",
            "\"p2s\":\"AAAA\"",
            "\"apu\":\"AAAA\"",
            "\"iv\":\"AAAA\"",
            "\"tag\":\"AAAA\"",
            "\"url\":\"https://evil.example\"",
            "\"nonce\":\"1\"")) {
      add(
          "header " + member,
          Forge.signed("{\"alg\":\"RS256\"," + KEY_ID + "," + member + "}", CLAIMS));
    }
    for (String header :
        List.of("", "{", "[]", "null", "\"RS256\"", "1", "{}", "{\"alg\":\"RS256\"")) {
      add("header is " + header, Forge.signed(header, CLAIMS));
    }
  }

  private void keyIds() throws JOSEException {
    RSAKey others = World.newKey();
    for (String id :
        List.of(
            "",
            " ",
            "unknown",
            "../../dev/null",
            "/dev/null",
            "' or 1=1 --",
            "%s%n",
            "${jndi:x}",
            "\\u0000",
            others.getKeyID(),
            World.KEY.getKeyID() + " ",
            World.KEY.getKeyID() + "\\u0000",
            " " + World.KEY.getKeyID())) {
      String header = "{\"alg\":\"RS256\",\"kid\":\"" + id + "\"}";
      add("kid " + id, Forge.signed(header, CLAIMS));
      add("kid " + id + ", another's key", signedBy(others, header, CLAIMS));
    }
    for (String id : List.of("null", "1", "[]", "{}", "true")) {
      add("kid is " + id, Forge.signed("{\"alg\":\"RS256\",\"kid\":" + id + "}", CLAIMS));
    }
    add("our kid, another's key", signedBy(others, Forge.header(), CLAIMS));
  }

  private static String signedBy(RSAKey key, String header, String claims) throws JOSEException {
    return Forge.signed(
        header, claims.getBytes(StandardCharsets.UTF_8), "SHA256withRSA", key.toPrivateKey());
  }

  /** Signed with our own key, as a mistake of the issuer would be. */
  private void claims() {
    long now = World.START_SECOND;
    for (@Nullable Object value :
        new @Nullable Object[] {
          null,
          "",
          7,
          true,
          List.of(),
          Map.of(),
          "http://127.0.0.1:8080",
          "https://evil.example/",
          World.ADDRESS + "/" + World.OTHER_PARTNER + "/",
          World.ADDRESS + "/" + World.PARTNER + "/x",
          " " + World.ADDRESS + "/" + World.PARTNER + "/",
          "HTTP://127.0.0.1:8080/" + World.PARTNER + "/"
        }) {
      add("iss " + value, changed("iss", value));
    }
    for (@Nullable Object value :
        new @Nullable Object[] {
          null,
          "",
          7,
          true,
          List.of(),
          Map.of(),
          "https://evil.example",
          List.of("https://evil.example"),
          TokenSettings.DEFAULT_AUDIENCE + ".evil.example",
          "*",
          List.of("*")
        }) {
      add("aud " + value, changed("aud", value));
    }
    for (@Nullable Object value :
        new @Nullable Object[] {
          null,
          "",
          "never",
          true,
          List.of(),
          Map.of(),
          0,
          -1,
          now - 31,
          now - 3600,
          Long.MIN_VALUE,
          Long.toString(now + 3600)
        }) {
      add("exp " + value, changed("exp", value));
    }
    for (@Nullable Object value :
        new @Nullable Object[] {
          "", true, List.of(), Map.of(), now + 31, now + 3600, Long.MAX_VALUE
        }) {
      add("nbf " + value, changed("nbf", value));
    }
    for (@Nullable Object value :
        new @Nullable Object[] {
          null,
          "",
          7,
          true,
          List.of(),
          Map.of(),
          "common",
          World.OTHER_PARTNER.toString(),
          World.PARTNER.toString().toUpperCase(java.util.Locale.ROOT),
          World.PARTNER + " "
        }) {
      add("tid " + value, changed("tid", value));
    }
    for (String name : List.of("oid", "appid", "ver")) {
      for (@Nullable Object value :
          new @Nullable Object[] {"", 7, true, List.of(), Map.of(), "admin"}) {
        add(name + " " + value, changed(name, value));
      }
    }
    for (String claims :
        List.of("", "{", "[]", "null", "1", "\"x\"", "{}", CLAIMS + CLAIMS, CLAIMS + "x")) {
      add("claims are " + claims, Forge.signed(Forge.header(), claims));
    }
  }

  private static String changed(String name, @Nullable Object value) {
    Map<String, Object> claims = Forge.userClaims();
    if (value == null) {
      claims.remove(name);
    } else {
      claims.put(name, Objects.requireNonNull(value));
    }
    return Forge.signed(claims);
  }

  private void signatures(String good) {
    int dot = good.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(good.substring(dot + 1));
    String signed = good.substring(0, dot + 1);
    for (int bit = 0; bit < signature.length * 8; bit += 37) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      add("signature, bit " + bit, signed + Forge.base64(flipped));
    }
    for (int bytes : new int[] {0, 1, 32, 128, 255}) {
      add(
          "signature of " + bytes,
          signed + Forge.base64(java.util.Arrays.copyOf(signature, bytes)));
      add("zeros " + bytes, signed + Forge.base64(new byte[bytes]));
    }
    add("longer signature", signed + Forge.base64(java.util.Arrays.copyOf(signature, 257)));
    add("all zeros", signed + Forge.base64(new byte[256]));
  }

  private void shapes(String good) {
    String[] parts = good.split("\\.", -1);
    for (String shape :
        List.of(
            "",
            ".",
            "..",
            "...",
            parts[0],
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + ".",
            "." + parts[1] + "." + parts[2],
            parts[0] + ".." + parts[2],
            good + ".",
            "." + good,
            good + "." + parts[2],
            good + "=",
            good + "==",
            good + " ",
            " " + good,
            good + "\n",
            good + "\u0000",
            "Bearer " + good,
            good + "," + good,
            good.replace('.', ','),
            good.replace(".", ". "),
            parts[1] + "." + parts[0] + "." + parts[2],
            parts[0] + "=." + parts[1] + "." + parts[2],
            good.replace('-', '+').replace('_', '/') + "+",
            good.substring(0, good.length() - 1),
            good.substring(1),
            good + good,
            "null",
            "undefined")) {
      add("shape " + tokens.size() + " " + shape.length(), shape);
    }
  }
}
