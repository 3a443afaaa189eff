package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.operators.KeyRotation;
import dev.vidame.directory.operators.KeyRotation.Renewal;
import dev.vidame.directory.operators.Operators;
import dev.vidame.harness.Until;
import dev.vidame.server.harness.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server exchanges the key that signs when it is old; the clock moves, nobody waits. */
final class KeyRenewalTest {
  private static final Duration AGE = Duration.ofDays(90);

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

  private Tokens another() {
    return Tokens.open(world.directory, () -> World.ADDRESS, TokenSettings.standard(), world.clock);
  }

  private static KeyRenewal renewal(Tokens tokens) {
    return new KeyRenewal(tokens, AGE, UUID::randomUUID);
  }

  private Renewal look() {
    try (KeyRenewal renewal = renewal(world.tokens())) {
      return renewal.run();
    }
  }

  private List<Entry> rows() {
    return world.directory.journal(Ledger.SERVICE, 0, 100).stream()
        .filter(entry -> entry.operation().code().equals("service.rotate-signing-key"))
        .toList();
  }

  @Test
  void keyIsExchangedOnceItIsAsOldAsTheSettingSays() {
    String before = world.userToken();
    world.clock.advance(AGE.minusSeconds(1));
    assertThat(look()).isEqualTo(Renewal.NOT_DUE);
    assertThat(world.tokens().signingKeyAge()).isEqualTo(AGE.minusSeconds(1));
    String last = world.userToken();

    world.clock.advance(Duration.ofSeconds(1));

    assertThat(look()).isEqualTo(Renewal.DONE);
    assertThat(look()).isEqualTo(Renewal.NOT_DUE);
    assertThat(world.tokens().signingKeyAge()).isEqualTo(Duration.ZERO);
    assertThat(world.tokens().keys()).hasSize(2);
    assertThat(world.verify(last)).isInstanceOf(Verification.Verified.class);
    assertThat(world.verify(world.userToken())).isInstanceOf(Verification.Verified.class);
    assertThat(world.verify(before)).isInstanceOf(Verification.Rejected.class); // over
    world.clock.advance(Duration.ofHours(2));
    assertThat(world.tokens().keys()).hasSize(1);
  }

  @Test
  void exchangeIsOneRowOfTheServersOwn() {
    world.clock.advance(AGE);

    look();
    look();

    assertThat(rows()).hasSize(1);
    Entry row = rows().getFirst();
    assertThat(row.request().actor()).isEqualTo(Actor.operator(Operators.NO_PARTNER));
    assertThat(row.toString())
        .contains(World.KEY.getKeyID(), world.tokens().keys().getFirst().key().id());
  }

  @Test
  void itIsDoneAtTheStartAndNotWhereItIsSwitchedOff() {
    world.clock.advance(Duration.ofDays(3_000));

    KeyRenewal.start(world.tokens(), Duration.ZERO, false, UUID::randomUUID).close();
    assertThat(world.tokens().keys()).hasSize(1);
    assertThat(rows()).isEmpty();

    KeyRenewal.start(world.tokens(), AGE, false, UUID::randomUUID).close();
    assertThat(world.tokens().keys()).hasSize(2);
    assertThat(rows()).hasSize(1);
  }

  @Test
  void ofManyThatLookAtOnceOneExchangesAndAllSignWithTheSame()
      throws InterruptedException, ExecutionException {
    List<Tokens> servers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      servers.add(another());
    }
    for (int race = 1; race <= 2; race++) {
      world.clock.advance(AGE);

      List<Renewal> outcomes =
          Together.run(
              16,
              i ->
                  () -> {
                    try (KeyRenewal renewal = renewal(servers.get(i % 8))) {
                      return renewal.run();
                    }
                  });

      assertThat(outcomes).filteredOn(Renewal.DONE::equals).hasSize(1);
      assertThat(outcomes).filteredOn(Renewal.NOT_DUE::equals).hasSize(15);
      assertThat(rows()).hasSize(race);
      assertThat(servers)
          .extracting(it -> it.keys().getFirst().key().id())
          .containsOnly(world.directory.signingKeys().kept().getFirst().key().id());
    }
  }

  /** Where the store is shared, a server looks now and then what the others have exchanged. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void keyThatAnotherServerExchangedSignsHereWithoutATokenThatNamesIt() {
    Tokens elsewhere = another();
    try (KeyRenewal _ =
        KeyRenewal.start(world.tokens(), Duration.ZERO, Duration.ofMillis(1), UUID::randomUUID)) {
      String before = world.tokens().keys().getFirst().key().id();
      world.clock.advance(AGE);
      try (KeyRenewal renewal = renewal(elsewhere)) {
        assertThat(renewal.run()).isEqualTo(Renewal.DONE);
      }

      Until.met(() -> !world.tokens().keys().getFirst().key().id().equals(before));

      assertThat(world.tokens().keys().getFirst().key().id())
          .isEqualTo(elsewhere.keys().getFirst().key().id());
    }
  }

  @Test
  void thereIsAnEndToHowManyKeysVerify() {
    Duration brief = Duration.ofMinutes(1);
    try (KeyRenewal renewal = new KeyRenewal(world.tokens(), brief, UUID::randomUUID)) {
      for (int i = 1; i < KeyRotation.MOST_KEYS; i++) {
        world.clock.advance(brief);
        assertThat(renewal.run()).isEqualTo(Renewal.DONE);
      }
      world.clock.advance(brief);

      assertThat(renewal.run()).isEqualTo(Renewal.NO_ROOM);
      assertThat(world.tokens().keys()).hasSize(KeyRotation.MOST_KEYS);
      world.clock.advance(Duration.ofHours(2));
      assertThat(renewal.run()).isEqualTo(Renewal.DONE);
    }
  }

  @Test
  void keyFromTheFutureIsNotOld() {
    world.clock.set(World.START.minus(Duration.ofDays(400)));

    assertThat(look()).isEqualTo(Renewal.NOT_DUE);
  }
}
