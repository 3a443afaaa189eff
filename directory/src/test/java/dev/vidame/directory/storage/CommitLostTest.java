package dev.vidame.directory.storage;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Users.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The connection ends while it commits, or the server does not know itself, so that nobody knows
 * whether the change happened.
 */
@Tag("postgresql")
class CommitLostTest {
  @TempDir private Path folder;
  private Fixture fixture;
  private ServerProxy proxy;
  private Directory behind;

  @BeforeEach
  void open() throws IOException, SQLException {
    fixture = new Fixture(folder);
    proxy = ServerProxy.ofTests();
    behind =
        Directory.open(
            PostgresOptions.standard(proxy.through(fixture.store().url())),
            Directory.Options.standard().withClock(fixture.clock()));
  }

  @AfterEach
  void close() throws IOException {
    behind.close();
    proxy.close();
    fixture.close();
  }

  @Test
  void changeWhoseCommitIsLostHappensOnce() throws SQLException {
    happenOnce(proxy::loseCommits);
  }

  /** A distributed database says so where it has lost a part of itself meanwhile. */
  @Test
  void changeWhoseCommitIsInDoubtHappensOnce() throws SQLException {
    happenOnce(proxy::doubtCommits);
  }

  private void happenOnce(IntConsumer spoil) throws SQLException {
    long rows = fixture.count("select count(*) from journal");

    for (int i = 0; i < 10; i++) {
      spoil.accept(1 + i % 2);
      Outcome outcome =
          behind
              .users()
              .update(CUSTOMER, Fixture.REF, named("n" + i), new EntityTag.Any(), request());
      assertThat(proxy.left()).isZero();
      assertThat(outcome.user().displayName()).isEqualTo("n" + i);
    }

    assertThat(fixture.count("select count(*) from journal")).isEqualTo(rows + 10);
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
  }

  /** What has no request id is not made again, because it might happen twice. */
  @Test
  void changeOfNoCustomerIsNotMadeAgain() {
    assertNotMadeAgain(proxy::loseCommits);
  }

  @Test
  void changeOfNoCustomerInDoubtIsNotMadeAgain() {
    assertNotMadeAgain(proxy::doubtCommits);
  }

  private void assertNotMadeAgain(IntConsumer spoil) {
    PartnerId other = new PartnerId(UUID.randomUUID());
    spoil.accept(1);

    assertThatThrownBy(() -> behind.partners().create(new Partner(other, "Other")))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.StoreUnavailable()));

    assertThat(behind.partners().get(other)).isPresent();
  }
}
