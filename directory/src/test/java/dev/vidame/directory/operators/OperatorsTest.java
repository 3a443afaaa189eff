package dev.vidame.directory.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.ExternalIssuer;
import dev.vidame.directory.partners.IssuerSignIn;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.SecretHash;
import dev.vidame.directory.storage.Arguments;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.CustomerId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do, where several do it at once, and what an older store becomes. */
class OperatorsTest {
  private static final ApplicationId APPLICATION = new ApplicationId(new UUID(1, 2));

  @TempDir private Path folder;
  private Fixture fixture;
  private Directory directory;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    directory = fixture.directory();
  }

  @AfterEach
  void close() {
    assertThat(directory.verifyJournal(Ledger.SERVICE).isIntact()).isTrue();
    fixture.close();
  }

  private Operators.Created create(String name) {
    return directory.operators().create(name, Fixture.request()).orElseThrow().value();
  }

  @Test
  void secretIsStoredAsAHashAndShownByNoToString() throws SQLException {
    Operators.Created created = create("first");
    String secret = String.valueOf(created.secret());

    assertThat(created.toString()).doesNotContain("vop_");
    assertThat(directory.operators().authenticate(secret)).contains(created.operator());
    assertThat(
            fixture.count(
                "select count(*) from operators where cast(secret_hash as text) like '%vop_%'"))
        .isZero();
    assertThat(directory.journal(Ledger.SERVICE, 0, 10).toString()).doesNotContain(secret);
  }

  /** Each of two may go while the other stays; not both. */
  @Test
  void twoOperatorsWhoRemoveEachOtherLeaveOne() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<Operator> before = directory.operators().page(new UUID(0, 0), 100);
      UUID left = before.isEmpty() ? create("a").operator().id() : before.getFirst().id();
      UUID right = create("b").operator().id();

      Together.run(
          2,
          worker ->
              () -> {
                try {
                  directory.operators().delete(worker == 0 ? left : right, Fixture.request());
                } catch (DirectoryException e) {
                  assertThat(e.failure())
                      .isEqualTo(
                          new Failure.Invalid(List.of(Problem.of("id", Rule.LAST_OPERATOR))));
                }
                return worker;
              });

      assertThat(directory.operators().page(new UUID(0, 0), 100)).hasSize(1);
    }
  }

  @Test
  void ofSixteenWhoWantTheSecondSecretOneGetsIt() throws Exception {
    Application application = new Application(APPLICATION, Fixture.PARTNER, "App", true);
    directory.applications().create(application, Fixture.request());
    AtomicInteger made = new AtomicInteger();

    Together.run(
        16,
        worker ->
            () -> {
              try {
                var added =
                    directory
                        .applications()
                        .addSecret(Fixture.PARTNER, APPLICATION, Fixture.request());
                made.addAndGet(added.isPresent() ? 1 : 0);
              } catch (DirectoryException e) {
                assertThat(e.failure()).isInstanceOf(Failure.Invalid.class);
              }
              return worker;
            });

    assertThat(made).hasValue(1);
    assertThat(directory.applications().secrets(Fixture.PARTNER, APPLICATION).orElseThrow())
        .hasSize(2);
  }

  @Test
  void whatFailsInTheMiddleOfSeveralChangesTakesAllOfThemBack() {
    PartnerId other = new PartnerId(new UUID(5, 5));

    assertConflict(
        "id",
        () ->
            directory.atomically(inside -> {
              inside.partnerRegistry().create(new Partner(other, "New"), Fixture.request());
              assertThat(inside.partnerRegistry().get(other)).isPresent();
              return inside
                  .partnerRegistry()
                  .create(new Partner(Fixture.PARTNER, "Taken"), Fixture.request());
            }));

    assertThat(directory.partnerRegistry().get(other)).isEmpty();
    assertThat(directory.verifyJournal(new CustomerId(other.value())).verifiedUpTo()).isZero();
    directory.partnerRegistry().create(new Partner(other, "New"), Fixture.request());
    assertThat(directory.verifyJournal(new CustomerId(other.value())).isIntact()).isTrue();
  }

  /**
   * What belongs to no customer has no lane of its own, and its repetitions are found all the same.
   */
  @Test
  void repeatedRequestOfAnOperatorHasNoSecondEffect() {
    ChangeRequest request = Fixture.request();
    Partner partner = new Partner(new PartnerId(UUID.randomUUID()), "Once");

    assertThat(directory.partnerRegistry().create(partner, request))
        .hasValueSatisfying(done -> assertThat(done.isReplay()).isFalse());
    assertThat(directory.partnerRegistry().create(partner, request))
        .hasValueSatisfying(done -> assertThat(done.isReplay()).isTrue());
  }

  @Test
  void repeatedRemovalsHaveNoSecondEffect() {
    ExternalIssuer issuer = trusted(new UUID(7, 1), "https://a.example");
    IssuerSignIn signIn =
        new IssuerSignIn(
            "A", "a.example", "client", null, "https://a.example/a", "https://a.example/t");
    assertThat(
            directory
                .issuerSignIns()
                .offer(Fixture.PARTNER, issuer.id(), signIn, Fixture.request()))
        .contains(new Done<>(signIn, false));
    create("stays");
    UUID operator = create("goes").operator().id();
    ChangeRequest withdrawal = Fixture.request();
    ChangeRequest removal = Fixture.request();
    ChangeRequest deletion = Fixture.request();

    for (boolean isReplay : List.of(false, true)) {
      assertThat(directory.issuerSignIns().withdraw(Fixture.PARTNER, issuer.id(), withdrawal))
          .contains(new Done<>(issuer.id(), isReplay));
    }
    for (boolean isReplay : List.of(false, true)) {
      assertThat(directory.trustedIssuers().remove(Fixture.PARTNER, issuer.id(), removal))
          .contains(new Done<>(issuer.id(), isReplay));
    }
    for (boolean isReplay : List.of(false, true)) {
      assertThat(directory.operators().delete(operator, deletion))
          .contains(new Done<>(operator, isReplay));
    }
    assertThat(directory.trustedIssuers().remove(Fixture.PARTNER, issuer.id(), Fixture.request()))
        .isEmpty();
    assertThat(directory.operators().delete(operator, Fixture.request())).isEmpty();
  }

  private ExternalIssuer trusted(UUID id, String audience) {
    ExternalIssuer issuer =
        new ExternalIssuer(
            id,
            Fixture.PARTNER,
            "https://issuer.example",
            audience,
            "https://issuer.example/keys",
            new ExternalIssuer.ClaimNames("agent", "application"));
    return directory.trustedIssuers().add(issuer, Fixture.request()).orElseThrow().value();
  }

  @Test
  void idOfAnotherIsAConflict() {
    UUID id = new UUID(7, 1);
    trusted(id, "https://a.example");
    Application application = new Application(APPLICATION, Fixture.PARTNER, "App", true);
    directory.applications().create(application, Fixture.request());

    assertConflict("id", () -> trusted(id, "https://b.example"));
    assertConflict("audience", () -> trusted(new UUID(7, 2), "https://a.example"));
    assertConflict("id", () -> directory.applications().create(application, Fixture.request()));
  }

  private static void assertConflict(String property, ThrowingCallable change) {
    assertThat(catchThrowableOfType(DirectoryException.class, change).failure())
        .isEqualTo(new Failure.Conflict(property));
  }

  /** Before there were two secrets an application, there was one in the application's own row. */
  @Test
  void applicationOfAnOlderStoreKeepsItsSecret() throws SQLException {
    Path file = folder.resolve("older.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:dev/vidame/directory/storage/sqlite")
        .table("schema_history")
        .target("4")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement partner =
            connection.prepareStatement(
                "insert into partners (partner_id, name, created_at) values (?,'Old',?)");
        PreparedStatement application =
            connection.prepareStatement(
                "insert into applications (application_id, partner_id, name, secret_hash,"
                    + " created_at) values (?,?,'Old',?,?)")) {
      long created = Arguments.micros(Instant.parse("2026-01-01T00:00:00Z"));
      partner.setBytes(1, bytes(Fixture.PARTNER.value()));
      partner.setLong(2, created);
      partner.executeUpdate();
      application.setBytes(1, bytes(APPLICATION.value()));
      application.setBytes(2, bytes(Fixture.PARTNER.value()));
      application.setBytes(3, SecretHash.of("old-secret"));
      application.setLong(4, created);
      application.executeUpdate();
      application.setBytes(1, bytes(new UUID(1, 3)));
      application.setBytes(3, null);
      application.executeUpdate();
    }

    try (Directory older = Directory.open(file, Directory.Options.standard())) {
      assertThat(older.partners().authenticate(APPLICATION, "old-secret"))
          .contains(new Application(APPLICATION, Fixture.PARTNER, "Old", true));
      assertThat(older.partners().publicClient(new ApplicationId(new UUID(1, 3)))).isPresent();
      assertThat(older.partners().publicClient(APPLICATION)).isEmpty();
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
