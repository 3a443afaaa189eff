package dev.vidame.directory.storage;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.users.EntityTag;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often a request asks the server. Each time costs the way there and back, which is most of
 * what a change costs beside its sync to disk; so one that is added should be meant.
 */
@Tag("postgresql")
class RoundTripsTest {
  @TempDir private Path folder;
  private Fixture fixture;
  private ServerProxy proxy;
  private Directory behind;
  private Standings.Bearer bearer;

  @BeforeEach
  void open() throws IOException, SQLException {
    fixture = new Fixture(folder);
    bearer = fixture.application();
    proxy = ServerProxy.ofTests();
    behind =
        Directory.open(
            PostgresOptions.standard(proxy.through(fixture.store().url())),
            Directory.Options.standard().withClock(fixture.clock()));
    patch("first", request()); // so that what is only asked once is known
    proxy.takeRoundTrips();
  }

  @AfterEach
  void close() throws IOException {
    behind.close();
    proxy.close();
    fixture.close();
  }

  private void patch(String name, ChangeRequest request) {
    behind.standings().of(bearer, CUSTOMER);
    behind.users().update(CUSTOMER, Fixture.REF, named(name), new EntityTag.Any(), request);
  }

  @Test
  void patchTakesThese() {
    patch("second", request());

    assertThat(proxy.takeRoundTrips())
        .containsExactly(
            List.of("SELECT 1"), // who asks, and what they may do
            List.of("BEGIN", "SELECT 1"), // the end of the journal, locked
            List.of("SELECT 1", "SELECT 0"), // the account, and the request under its id
            List.of("INSERT 0 1", "UPDATE 1", "UPDATE 1"), // journal, account, end of the journal
            List.of("COMMIT"));
  }

  @Test
  void patchThatIsRepeatedTakesThese() {
    ChangeRequest request = request();
    patch("second", request);
    proxy.takeRoundTrips();

    patch("second", request);

    assertThat(proxy.takeRoundTrips())
        .containsExactly(
            List.of("SELECT 1"), // who asks, and what they may do
            List.of("BEGIN", "SELECT 1"), // the end of the journal, locked
            List.of("SELECT 1", "SELECT 1"), // the account, and the request under its id
            List.of("SELECT 1"), // the first answer
            List.of("COMMIT"));
  }

  @Test
  void getTakesThese() {
    behind.standings().of(bearer, CUSTOMER);
    behind.users().get(CUSTOMER, Fixture.REF);

    assertThat(proxy.takeRoundTrips())
        .containsExactly(
            List.of("SELECT 1"), // who asks, and what they may do
            List.of("SELECT 1")); // the account
  }
}
