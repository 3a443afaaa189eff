package dev.vidame.directory.users;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static dev.vidame.directory.Fixture.PARTNER;
import static dev.vidame.directory.Fixture.REF;
import static dev.vidame.directory.Fixture.USER;
import static dev.vidame.directory.Fixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.MutableClock;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Replays;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens between a look at an account and the change that follows it. */
class MeanwhileTest {
  private static final CustomerUserUpdate ELSEWHERE =
      CustomerUserUpdate.builder()
          .userPrincipalName("a@elsewhere.example")
          .displayName("A")
          .passwordProfile(PasswordProfile.temporary("Renew456*"))
          .build();

  private static final Failure REFUSAL =
      new Failure.Invalid(
          List.of(Problem.of("userPrincipalName", Rule.DOMAIN_NOT_VERIFIED, "elsewhere.example")));

  private final MutableClock clock = new MutableClock(Instant.parse("2026-06-01T12:00:00Z"));
  private final PasswordHasher hasher =
      new PasswordHasher(new SecureRandom(), Fixture.OPTIONS.hashing());

  @TempDir private Path folder;
  private TestStore store;
  private Transactions transactions;
  private Users atOnce;
  private Users slow;
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void open() throws SQLException {
    store = TestStore.in(folder);
    try (Directory directory = store.open(Fixture.OPTIONS.withClock(clock))) {
      directory.partners().create(new Partner(PARTNER, "Partner"));
      directory.customers().create(new NewCustomer(CUSTOMER, "Customer", DOMAIN), request());
    }
    transactions = store.transactions();
    Dialect dialect = TestStore.dialect();
    Replays replays = new Replays(clock, dialect, new byte[32]);
    Journal journal = new Journal(clock, new SecureRandom(), replays, dialect);
    Accounts accounts = new Accounts(journal, replays, Duration.ofDays(30), clock);
    UserPolicy policy = UserPolicy.standard();
    atOnce = new Users(transactions, journal, hasher, policy, accounts, List.of(), clock);
    slow = new Users(new Slow(), journal, hasher, policy, accounts, List.of(), clock);
    atOnce.create(
        CUSTOMER,
        USER,
        CustomerUserUpdate.builder()
            .userPrincipalName("emailid@" + DOMAIN)
            .displayName("Display")
            .passwordProfile(PasswordProfile.temporary("abCD123*"))
            .build(),
        request());
  }

  @AfterEach
  void close() {
    transactions.close();
    hasher.close();
    store.close();
  }

  /** Lets something happen before each change. */
  private final class Slow implements Transactions {
    @Override
    public Dialect dialect() {
      return transactions.dialect();
    }

    @Override
    public <R> R read(Work<R> work) {
      return transactions.read(work);
    }

    @Override
    public <R> R query(Work<R> statement) {
      return transactions.query(statement);
    }

    @Override
    public <R> R write(CustomerId customer, Work<R> work) {
      meanwhile.run();
      return transactions.write(customer, work);
    }

    @Override
    public <R> R writeShared(Work<R> work) {
      return transactions.writeShared(work);
    }

    @Override
    public void close() {}
  }

  private static Failure failureOf(ThrowingCallable call) {
    return catchThrowableOfType(DirectoryException.class, call).failure();
  }

  private void getDomain() {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into domains values ('elsewhere.example', %s, 0)"
              .formatted(store.literal(CUSTOMER.value())));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Its password was not hashed, because it was refused, so it would get none. */
  @Test
  void accountThatWasRefusedIsNotMadeWithoutAPassword() {
    UserId other = new UserId(new UUID(2, 2));
    meanwhile = this::getDomain;

    assertThat(failureOf(() -> slow.create(CUSTOMER, other, ELSEWHERE, request())))
        .isEqualTo(REFUSAL);

    meanwhile = () -> {};
    slow.create(CUSTOMER, other, ELSEWHERE, request());
    assertThat(slow.passwordHash(CUSTOMER, other)).isPresent();
  }

  @Test
  void changeThatWasRefusedIsNotMadeWithoutItsPassword() {
    EntityTag any = new EntityTag.Any();
    User before = slow.get(CUSTOMER, REF);
    meanwhile = this::getDomain;

    assertThat(failureOf(() -> slow.update(CUSTOMER, REF, ELSEWHERE, any, request())))
        .isEqualTo(REFUSAL);

    assertThat(slow.get(CUSTOMER, REF)).isEqualTo(before);
  }

  @Test
  void accountIsPurgedOnce() {
    atOnce.delete(CUSTOMER, REF, request());
    clock.advance(Duration.ofDays(30));
    meanwhile = () -> assertThat(atOnce.purge(request(), 9)).isEqualTo(1);

    slow.purge(request(), 9);

    assertThat(transactions.<Integer>read(session -> Journal.page(session, CUSTOMER, 0, 9).size()))
        .as("the customer, its account, the end and the purge of that")
        .isEqualTo(4);
  }
}
