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
import dev.vidame.directory.TestPostgres;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Users.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection ends while it commits, so that nobody knows whether the change happened. */
@Tag("postgresql")
class CommitLostTest {
  @TempDir private Path folder;
  private Fixture fixture;
  private CuttingProxy proxy;
  private Directory behind;

  @BeforeEach
  void open() throws IOException, SQLException {
    fixture = new Fixture(folder);
    proxy = new CuttingProxy(TestPostgres.host(), TestPostgres.port());
    behind =
        Directory.open(
            PostgresOptions.standard(TestPostgres.throughPort(fixture.store().url(), proxy.port())),
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
    long rows = fixture.count("select count(*) from journal");

    for (int i = 0; i < 10; i++) {
      proxy.loseCommits(1 + i % 2);
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
    PartnerId other = new PartnerId(UUID.randomUUID());
    proxy.loseCommits(1);

    assertThatThrownBy(() -> behind.partners().create(new Partner(other, "Other")))
        .isInstanceOfSatisfying(
            DirectoryException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.StoreUnavailable()));

    assertThat(behind.partners().get(other)).isPresent();
  }
}
