package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.Together;
import dev.vidame.server.limits.RefusedTokens;
import dev.vidame.server.tokens.Verification.NotLookedAt;
import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.server.tokens.Verification.Rejected;
import dev.vidame.server.tokens.Verification.Verified;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at of an address that makes tokens up (docs/decisions/0096). */
final class BearerTokensTest {
  private static final int MOST = 20;
  private static final InetAddress OFFICE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.7");

  @TempDir private Path folder;

  /** A key is looked for before each check of a signature, and for nothing else. */
  private final AtomicInteger checks = new AtomicInteger();

  private final AtomicInteger checksOfOthers = new AtomicInteger();
  private World world;
  private BearerTokens tokens;
  private Verification another;

  @BeforeEach
  void open() {
    world = new World(folder);
    another = world.verify(world.userToken());
    tokens = tokens(MOST);
  }

  private BearerTokens tokens(int perMinute) {
    SigningKeyRing keys =
        SigningKeyRing.open(world.directory.signingKeys(), Duration.ofHours(1), world.clock);
    return new BearerTokens(
        world.newVerifier(keyId -> {
          checks.incrementAndGet();
          return keys.verifier(keyId);
        }),
        token -> {
          checksOfOthers.incrementAndGet();
          return token.equals("another issuer's") ? another : new Rejected(Reason.ISSUER);
        },
        RefusedTokens.of(perMinute, world.clock));
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** One that claims this server's key, so that only its signature tells. */
  private String forged() {
    String token = world.userToken();
    return token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
  }

  private List<Verification> flood(int count, String token) {
    return IntStream.range(0, count).mapToObj(i -> tokens.verify(token, OFFICE)).toList();
  }

  @Test
  void floodIsAnsweredWithoutALookAndKnownTokensOfItsAddressGoOn() {
    String known = world.userToken();
    assertThat(tokens.verify(known, OFFICE)).isInstanceOf(Verified.class);

    List<Verification> answers = flood(1_000, forged());

    assertThat(answers.subList(0, MOST)).containsOnly(new Rejected(Reason.SIGNATURE));
    assertThat(answers.subList(MOST, 1_000)).hasOnlyElementsOfType(NotLookedAt.class);
    assertThat(checks).hasValue(1 + MOST);
    assertThat(tokens.verify(known, OFFICE)).isInstanceOf(Verified.class);
    assertThat(checks).as("known").hasValue(1 + MOST);
  }

  @Test
  void newTokensWaitAtTheAddressOfAFloodOnlyAndNotLongerThanTheyAreTold() {
    flood(MOST, forged());
    String fresh = world.userToken();

    assertThat(tokens.verify(fresh, ELSEWHERE)).isInstanceOf(Verified.class);
    Verification refused = tokens.verify(world.userToken(), OFFICE);
    assertThat(refused)
        .isInstanceOfSatisfying(
            NotLookedAt.class,
            it -> assertThat(it.refusal().retryAfter()).isEqualTo(Duration.ofSeconds(3)));
    world.clock.advance(Duration.ofSeconds(3).minusNanos(1));
    assertThat(tokens.verify(world.userToken(), OFFICE)).isInstanceOf(NotLookedAt.class);
    world.clock.advance(Duration.ofNanos(1));
    assertThat(tokens.verify(world.userToken(), OFFICE)).isInstanceOf(Verified.class);
  }

  @Test
  void goodTokensOfAnAddressTakeNothing() {
    for (int i = 0; i < 3 * MOST; i++) {
      assertThat(tokens.verify(world.userToken(), OFFICE)).isInstanceOf(Verified.class);
    }
  }

  /** A client that goes on with what has ended made nothing up, and others share its address. */
  @Test
  void tokensThatHaveEndedTakeNothing() {
    String ended = world.userToken();
    world.clock.advance(Duration.ofHours(2));
    List<Verification> answers = flood(3 * MOST, ended);

    assertThat(answers).containsOnly(new Rejected(Reason.EXPIRED));
    assertThat(tokens.verify(world.userToken(), OFFICE)).isInstanceOf(Verified.class);
  }

  /** They are checked at each use, but which of them are good is remembered. */
  @Test
  void goodTokenOfAnotherIssuerGoesOnWhereItsAddressIsFlooded() {
    assertThat(tokens.verify("another issuer's", OFFICE)).isSameAs(another);
    List<Verification> answers = flood(1_000, "nobody's");
    assertThat(answers.subList(MOST, 1_000)).hasOnlyElementsOfType(NotLookedAt.class);
    assertThat(checksOfOthers).hasValue(1 + MOST);

    assertThat(tokens.verify("another issuer's", OFFICE)).isSameAs(another);
    assertThat(tokens.verify("another issuer's", OFFICE)).isSameAs(another);
    assertThat(tokens.verify("nobody's", OFFICE)).isInstanceOf(NotLookedAt.class);
  }

  @Test
  void noMoreAreUnderWayAtOnceThanMayBeRefused() throws InterruptedException, ExecutionException {
    String forged = forged();

    List<Verification> answers = Together.run(64, i -> () -> tokens.verify(forged, OFFICE));

    assertThat(answers).filteredOn(it -> it instanceof Rejected).hasSize(MOST);
    assertThat(checks).hasValue(MOST);
  }

  @Test
  void anyNumberIsLookedAtWhereTheOperatorSetsNoLimit() {
    tokens = tokens(0);

    assertThat(flood(1_000, forged())).containsOnly(new Rejected(Reason.SIGNATURE));
    assertThat(checks).hasValue(1_000);
  }
}
