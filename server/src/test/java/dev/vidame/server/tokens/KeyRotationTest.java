package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.partners.SigningKeys.KeptKey;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is exchanged without a token being refused before its time. */
final class KeyRotationTest {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofMinutes(2);

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

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(Operators.NO_PARTNER), UUID.randomUUID());
  }

  private static String keyOf(String token) throws ParseException {
    return JWSObject.parse(token).getHeader().getKeyID();
  }

  private List<String> published() throws ParseException {
    return JWKSet.parse(world.tokens().jwksJson()).getKeys().stream().map(JWK::getKeyID).toList();
  }

  private boolean isGood(String token) {
    return world.verify(token) instanceof Verification.Verified;
  }

  @Test
  void theNextKeySignsAndTheOneBeforeVerifies() throws ParseException {
    String before = world.userToken();

    KeptKey next = world.tokens().rotateKeys(request()).orElseThrow().value();
    String after = world.userToken();

    assertThat(keyOf(before)).isEqualTo(World.KEY.getKeyID());
    assertThat(keyOf(after)).isEqualTo(next.key().id()).isNotEqualTo(keyOf(before));
    assertThat(isGood(before)).isTrue();
    assertThat(isGood(after)).isTrue();
    assertThat(published()).containsExactly(keyOf(after), keyOf(before));
    assertThat(JWKSet.parse(world.tokens().jwksJson()).getKeys()).noneMatch(JWK::isPrivate);
  }

  @Test
  void aKeyVerifiesTheLastTokenThatItSignedToItsEnd() throws ParseException {
    world.clock.advance(Duration.ofDays(40));
    String last = world.userToken();
    world.tokens().rotateKeys(request());

    world.clock.advance(LIFETIME.plus(SKEW).minusSeconds(1));

    assertThat(isGood(last)).isTrue();
    assertThat(published()).contains(keyOf(last));
  }

  @Test
  void aKeyIsGoneWithTheLastTokenThatItSigned() throws ParseException {
    world.tokens().rotateKeys(request());
    world.clock.advance(Duration.ofDays(2));
    String last = world.userToken();
    world.tokens().rotateKeys(request());

    world.clock.advance(LIFETIME.plus(MARGIN).minusSeconds(1));
    assertThat(published()).hasSize(2).contains(keyOf(last));
    world.clock.advance(Duration.ofSeconds(1));

    assertThat(published()).hasSize(1).doesNotContain(keyOf(last));
    assertThat(world.tokens().keys()).hasSize(1);
    assertThat(isGood(last)).isFalse();
  }

  @Test
  void aKeyRemembersThatItsTokensOnceLivedLonger() {
    world.tokens().rotateKeys(request());
    Tokens longer = open(TokenSettings.standard().withAccessTokenLifetime(Duration.ofHours(20)));
    String token =
        longer
            .issuer()
            .accessToken(
                TokenSubject.of(World.PUBLIC, World.AGENT),
                TokenVersion.V2,
                TokenSettings.DEFAULT_AUDIENCE)
            .text();
    Tokens shorter = open(TokenSettings.standard());
    shorter.rotateKeys(request());

    world.clock.advance(Duration.ofHours(20).minusSeconds(1));

    assertThat(shorter.verifier().verify(token)).isInstanceOf(Verification.Verified.class);
  }

  private Tokens open(TokenSettings settings) {
    return Tokens.open(world.directory, () -> World.ADDRESS, settings, world.clock);
  }

  @Test
  void privateHalvesOfKeysThatAreDoneWithAreDeleted() {
    world.tokens().rotateKeys(request());
    world.clock.advance(Duration.ofDays(2));

    KeptKey third = world.tokens().rotateKeys(request()).orElseThrow().value();

    assertThat(world.directory.signingKeys().kept())
        .hasSize(2)
        .noneMatch(kept -> kept.key().id().equals(World.KEY.getKeyID()))
        .first()
        .isEqualTo(third);
  }

  @Test
  void aServerThatStartsAgainSignsWithTheNextKey() throws ParseException {
    String next = world.tokens().rotateKeys(request()).orElseThrow().value().key().id();
    String before = world.userToken();

    Tokens again = open(TokenSettings.standard());

    assertThat(again.keys().getFirst().key().id()).isEqualTo(next).isEqualTo(keyOf(before));
    assertThat(again.verifier().verify(before)).isInstanceOf(Verification.Verified.class);
  }
}
