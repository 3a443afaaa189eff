package dev.vidame.server.tokens;

import static dev.vidame.server.tokens.World.CONFIDENTIAL;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.ApplicationKeys.NewKey;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationKey.Names;
import dev.vidame.directory.partners.ApplicationKey.Validity;
import dev.vidame.server.harness.SignedAssertion;
import dev.vidame.server.tokens.World.Answer;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Applications of a {@link World} that have keys, and what they sign. */
final class Signers {
  /** Of a bare key. */
  static final String NAME = "portal-2026";

  /** Of a certificate. */
  static final String SHA1 = "FFFBEF3D4E5F60718293A4B5C6D7E8F901234567";

  static final String SHA256 = SHA1 + "0A1B2C3D4E5F60718293A4B5";
  static final String X5T = base64(SHA1);
  static final String X5T_S256 = base64(SHA256);

  /** Of the certificate. */
  static final RSAKey KEY = World.newKey();

  /** The bare one, of the same application. */
  static final RSAKey BARE = World.newKey();

  static final String V1 = World.ADDRESS + "/" + World.PARTNER + "/oauth2/token";
  static final String V2 = World.ADDRESS + "/" + World.PARTNER + "/oauth2/v2.0/token";

  private final World world;
  final UUID certificate;
  final UUID bare;

  Signers(World world) {
    this.world = world;
    Validity validity =
        new Validity(World.START.minusSeconds(86_400), World.START.plusSeconds(864_000));
    certificate = register(CONFIDENTIAL, KEY, new Names(null, SHA1, SHA256), validity);
    bare = register(CONFIDENTIAL, BARE, new Names(NAME, null, null), null);
  }

  UUID register(Application application, RSAKey key, Names names, @Nullable Validity validity) {
    try {
      String encoded = Base64.getEncoder().encodeToString(key.toRSAPublicKey().getEncoded());
      return world
          .directory
          .applicationKeys()
          .add(
              application.partner(),
              application.id(),
              new NewKey(UUID.randomUUID(), encoded, names, validity),
              request())
          .orElseThrow()
          .value()
          .id();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(World.PARTNER), UUID.randomUUID());
  }

  private static String base64(String hex) {
    return SignedAssertion.base64(HexFormat.of().parseHex(hex));
  }

  static PrivateKey privateKey(RSAKey key) {
    try {
      return key.toPrivateKey();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A good one by the certificate, for the old endpoint. */
  SignedAssertion assertion() {
    return SignedAssertion.of(CONFIDENTIAL.id().toString(), V1, world.clock.instant())
        .header("x5t", X5T);
  }

  /** A good one, signed. */
  String signed() {
    return assertion().by(privateKey(KEY));
  }

  /** The form of who speaks for itself. */
  static Map<String, String> form(String assertion) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", CONFIDENTIAL.id().toString());
    form.put("client_assertion_type", SignedAssertion.TYPE);
    form.put("client_assertion", assertion);
    return form;
  }

  Answer ask(String assertion) {
    return world.ask(TokenVersion.V1, form(assertion));
  }
}
