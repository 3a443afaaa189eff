package dev.vidame.directory.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Replays;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Dialect;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(account.toString()).doesNotContain(account.password());
        seen.add(account.password());
      }
    }
    assertThat(seen).hasSize(ACCOUNTS);
  }

  /** A source that begins with sixteen times the same character must be asked again. */
  @Test
  void passwordThatThePolicyRefusesIsNotTaken() {
    RandomGenerator weakFirst =
        new RandomGenerator() {
          private int calls;

          @Override
          public long nextLong() {
            return 0;
          }

          @Override
          public int nextInt(int bound) {
            return calls++ < 16 ? 0 : calls * 7 % bound;
          }
        };
    try (PasswordHasher hasher =
        new PasswordHasher(new SecureRandom(), Fixture.OPTIONS.hashing())) {
      assertThat(
              accounts(hasher, weakFirst)
                  .prepare("a.example", PasswordStandard.COMPATIBLE)
                  .password())
          .isNotEqualTo("a".repeat(16));
    }
  }
}
