package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.vidame.directory.partners.SigningKeys;
import dev.vidame.directory.partners.SigningKeys.StoredKey;
import dev.vidame.directory.storage.SqliteTransactions;
import dev.vidame.directory.storage.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SigningKeyRingTest {
  private final TestClock clock = new TestClock(World.START);
  @TempDir private Path folder;
  private Transactions store;
  private SigningKeys keys;

  @BeforeEach
  void open() throws SQLException {
    store = SqliteTransactions.open(folder.resolve("keys.db"));
    keys = new SigningKeys(store, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theFirstKeyIsMadeAndKept() throws ParseException {
    SigningKeyRing first = open(keys);
    SigningKeyRing second = open(keys);

    assertThat(second.jwksJson()).isEqualTo(first.jwksJson());
    JWK key = JWKSet.parse(first.jwksJson()).getKeys().getFirst();
    assertThat(key.size()).isEqualTo(2048);
    assertThat(first.verifier(key.getKeyID())).isPresent();
    assertThat(first.verifier("another")).isEmpty();
  }

  /** Two servers over one store: what one has exchanged, the other hears of. */
  @Test
  void keyThatAnotherServerMadeIsFoundWhenATokenNamesIt() throws ParseException {
    SigningKeyRing here = open(keys);
    RSAKey newer = World.newKey();
    add(newer.getKeyID(), newer.toJSONString());
    SigningKeyRing there = open(keys);

    assertThat(there.jwksJson()).contains(newer.getKeyID());
    assertThat(here.jwksJson()).doesNotContain(newer.getKeyID());
    assertThat(here.verifier(newer.getKeyID())).isPresent();
    assertThat(here.jwksJson()).contains(newer.getKeyID());
  }

  /** Or whoever invents names would make the store be asked for each. */
  @Test
  void storeIsAskedForUnknownKeysNowAndThenOnly() {
    SigningKeyRing ring = open(keys);
    assertThat(ring.verifier("unknown")).isEmpty();
    RSAKey newer = World.newKey();
    add(newer.getKeyID(), newer.toJSONString());

    assertThat(ring.verifier(newer.getKeyID())).isEmpty();
    clock.advance(Duration.ofSeconds(6));
    assertThat(ring.verifier(newer.getKeyID())).isPresent();
  }

  /** A server looks now and then what others have exchanged, perhaps just before they do. */
  @Test
  void keyThatWasMadeRightAfterALookIsFoundWhenATokenNamesIt() {
    SigningKeyRing ring = open(keys);
    ring.reload();
    RSAKey newer = World.newKey();
    add(newer.getKeyID(), newer.toJSONString());

    assertThat(ring.verifier(newer.getKeyID())).isPresent();
  }

  @Test
  void onlyPublicHalvesArePublished() throws ParseException {
    JWKSet published = JWKSet.parse(open(keys).jwksJson());

    assertThat(published.getKeys()).hasSize(1);
    assertThat(published.getKeys().getFirst().toJSONObject())
        .containsOnlyKeys("kty", "e", "use", "kid", "alg", "n")
        .containsEntry("alg", "RS256")
        .containsEntry("use", "sig");
  }

  @Test
  void theNewestKeySignsAndAllAreKnown() throws ParseException {
    RSAKey newer = World.newKey();
    SigningKeyRing before = open(keys);
    String olderId = JWKSet.parse(before.jwksJson()).getKeys().getFirst().getKeyID();
    clock.advance(Duration.ofDays(1));
    add(newer.getKeyID(), newer.toJSONString());

    SigningKeyRing ring = open(keys);

    assertThat(JWSObject.parse(ring.sign(Map.of())).getHeader().toJSONObject())
        .containsOnly(entry("alg", "RS256"), entry("typ", "JWT"), entry("kid", newer.getKeyID()));
    assertThat(ring.verifier(olderId)).isPresent();
    assertThat(JWKSet.parse(ring.jwksJson()).getKeys())
        .extracting(JWK::getKeyID)
        .containsExactly(newer.getKeyID(), olderId);
  }

  @Test
  void aKeyThatCannotSignStopsTheServerWithoutShowingIt() throws JOSEException {
    RSAKey weak = new RSAKeyGenerator(1024, true).keyIDFromThumbprint(true).generate();
    String secret = World.KEY.getPrivateExponent().toString();
    for (StoredKey bad :
        List.of(
            new StoredKey(weak.getKeyID(), weak.toJSONString()),
            new StoredKey("another id", World.KEY.toJSONString()),
            new StoredKey(World.KEY.getKeyID(), World.KEY.toPublicJWK().toJSONString()),
            new StoredKey(World.KEY.getKeyID(), "{\"kty\":\"RSA\",\"d\":\"" + secret + "\"}"),
            new StoredKey(World.KEY.getKeyID(), secret))) {
      assertThatThrownBy(() -> open(keysOf(bad)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(bad.id())
          .hasMessageNotContaining(secret)
          .hasNoCause();
    }
  }

  /** A carrier that signs would keep all others of its processor waiting. */
  @Test
  void signsOnThreadsThatLetOthersGoFirst() {
    open(keys).sign(Map.of("sub", "somebody"));

    assertThat(Thread.getAllStackTraces().keySet())
        .anyMatch(thread -> thread.getName().startsWith("vidame-sign-"));
  }

  private SigningKeyRing open(SigningKeys stored) {
    return SigningKeyRing.open(stored, Duration.ofHours(1), clock);
  }

  private SigningKeys keysOf(StoredKey only) {
    store.writeShared(session -> {
      session.update("delete from signing_keys", arguments -> {});
      return true;
    });
    add(only.id(), only.jwk());
    return keys;
  }

  private void add(String id, String jwk) {
    store.writeShared(session -> {
      session.update(
          "insert into signing_keys (key_id, jwk, created_at) values (?,?,?)",
          arguments -> arguments.text(id).text(jwk).instant(clock.instant()));
      return true;
    });
  }
}
