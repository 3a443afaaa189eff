package dev.vidame.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.journal.Replays;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FirstAccountTest {
  private static final int ACCOUNTS = 12;

  private static FirstAccount accounts(PasswordHasher hasher, RandomGenerator random) {
    Clock clock = Clock.systemUTC();
    return new FirstAccount(
        new Journal(
            clock, random, new Replays(clock, Dialect.SQLITE, new byte[32]), Dialect.SQLITE),
        hasher,
        UserPolicy.standard(),
        random);
  }

  @ParameterizedTest
  @EnumSource(PasswordStandard.class)
  void everyPasswordIsTakenByThePolicyAndIsHashed(PasswordStandard standard) {
    long seed = System.nanoTime();
    Set<String> seen = new HashSet<>();
    try (PasswordHasher hasher =
        new PasswordHasher(new SecureRandom(), Fixture.OPTIONS.hashing())) {
      FirstAccount accounts = accounts(hasher, new Random(seed));
      for (int i = 0; i < ACCOUNTS; i++) {
        FirstAccount.Prepared account = accounts.prepare("a.example", standard);
        List<Problem> problems = new ArrayList<>();
        new PasswordPolicy(UserPolicy.standard())
            .check(standard, account.password(), account.userPrincipalName(), problems);
        assertThat(problems).as("seed %s", seed).isEmpty();
        assertThat(hasher.verify(account.password(), account.passwordHash())).isTrue();
        assertThat(account.password()).hasSize(16).doesNotContainPattern("[0O1Il]");
        assertThat(account).hasToString("Prepared[admin@a.example]");
        seen.add(account.password());
      }
    }
    assertThat(seen).hasSize(ACCOUNTS);
  }

  /** A source that begins with sixteen times the same character must be asked again. */
  @Test
  void passwordThatThePolicyRefusesIsNotTaken() {
    try (PasswordHasher hasher =
        new PasswordHasher(new SecureRandom(), Fixture.OPTIONS.hashing())) {
      assertThat(
              accounts(hasher, new WeakFirst(0))
                  .prepare("a.example", PasswordStandard.COMPATIBLE)
                  .password())
          .isNotEqualTo("a".repeat(16));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00000000-0000-4000-8000-000000000000",
    "-1, ffffffff-ffff-4fff-bfff-ffffffffffff",
    "81985529216486895, 01234567-89ab-4def-8048-d159e26af37b"
  })
  void idIsOfChanceButForWhatTellsThat(long chance, UUID id) {
    try (PasswordHasher hasher =
        new PasswordHasher(new SecureRandom(), Fixture.OPTIONS.hashing())) {
      FirstAccount.Prepared account =
          accounts(hasher, new WeakFirst(chance)).prepare("a.example", PasswordStandard.COMPATIBLE);

      assertThat(account.id()).isEqualTo(new UserId(id));
    }
  }

  @Test
  void ownerSignsInWithThePasswordAndMustChangeIt(@TempDir Path folder) throws SQLException {
    CustomerId customer = new CustomerId(new UUID(4, 4));
    try (Fixture fixture = new Fixture(folder);
        PasswordHasher hasher = new PasswordHasher(new SecureRandom(), Fixture.OPTIONS.hashing())) {
      Users users = fixture.directory().users();

      String password =
          fixture
              .directory()
              .customers()
              .create(customer, Fixture.creation("first.example"), Fixture.request())
              .password();

      User admin = users.get(customer, new UserRef.ByName("admin@first.example"));
      assertThat(admin)
          .isEqualTo(
              new User(
                  customer,
                  admin.id(),
                  2,
                  "admin@first.example",
                  "Administrator",
                  null,
                  null,
                  null,
                  null,
                  null,
                  true,
                  null));
      String hash = users.passwordHash(customer, admin.id()).orElseThrow();
      assertThat(hasher.verify(String.valueOf(password), hash)).isTrue();
      Entry row = fixture.directory().journal(customer, 1, 1).getFirst();
      assertThat(row.operation()).isEqualTo(Operation.CREATE_USER);
      assertThat(row.changes())
          .containsExactly(
              new FieldChange("userPrincipalName", null, "admin@first.example"),
              new FieldChange("displayName", null, "Administrator"),
              new FieldChange("password", null, null),
              new FieldChange("forceChangePassword", "false", "true"));
    }
  }

  /** Gives one long number for ever, and small ones that begin with sixteen zeros. */
  private static final class WeakFirst implements RandomGenerator {
    private final long chance;
    private int calls;

    WeakFirst(long chance) {
      this.chance = chance;
    }

    @Override
    public long nextLong() {
      return chance;
    }

    @Override
    public int nextInt(int bound) {
      return calls++ < 16 ? 0 : calls * 7 % bound;
    }
  }
}
