package dev.vidame.directory.storage;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static dev.vidame.directory.Fixture.PARTNER;
import static dev.vidame.directory.Fixture.USER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.TestPostgres;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.harness.Until;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database's processes are killed while changes are made, and it comes back. */
@Tag("postgresql")
class PostgresCrashTest {
  private static final int WRITERS = 16;
  private static final int ROUNDS = Boolean.getBoolean("vidame.long") ? 10 : 1;

  @TempDir private Path folder;

  private EmbeddedPostgres start() throws IOException, SQLException {
    EmbeddedPostgres server =
        TestPostgres.durable().setDataDirectory(folder.resolve("data")).start();
    assertSyncs(server);
    return server;
  }

  /** Killed processes leave what they wrote with the kernel, so the crash itself would not tell. */
  private static void assertSyncs(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        try (ResultSet rows = statement.executeQuery("show " + setting)) {
          rows.next();
          assertThat(rows.getString(1)).as(setting).isEqualTo("on");
        }
      }
    }
  }

  private static Directory open(EmbeddedPostgres server) throws SQLException {
    return Directory.open(
        PostgresOptions.standard(server.getJdbcUrl("postgres", "postgres")),
        Directory.Options.standard());
  }

  @Test
  @Timeout(300)
  void nothingThatWasAcknowledgedIsLost() throws Exception {
    long seed = Long.getLong("vidame.seed", new Random().nextLong());
    System.out.println("vidame.seed=" + seed);
    Random random = new Random(seed);
    Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    seed();
    for (int round = 0; round < ROUNDS; round++) {
      EmbeddedPostgres server = start();
      try (Directory directory = open(server)) {
        int before = acknowledged.size();
        List<Thread> writers =
            Stream.generate(() -> Thread.startVirtualThread(() -> write(directory, acknowledged)))
                .limit(WRITERS)
                .toList();
        int enough = before + 50 + random.nextInt(400);
        Until.met(() -> acknowledged.size() >= enough);
        kill(folder.resolve("data"));
        server.close();
        for (Thread writer : writers) {
          writer.join();
        }
      }
      assertAllThere(acknowledged);
    }
  }

  private void seed() throws Exception {
    try (EmbeddedPostgres server = start();
        Directory directory = open(server)) {
      directory.partners().create(new Partner(PARTNER, "Partner"));
      directory.customers().create(new NewCustomer(CUSTOMER, "Customer", DOMAIN), request());
      directory
          .users()
          .create(
              CUSTOMER,
              USER,
              CustomerUserUpdate.builder()
                  .userPrincipalName("a@" + DOMAIN)
                  .displayName("A")
                  .passwordProfile(PasswordProfile.temporary("abCD123*"))
                  .build(),
              request());
    }
  }

  /** Until the store fails. */
  private static void write(Directory directory, Set<UUID> acknowledged) {
    try {
      while (true) {
        ChangeRequest request = request();
        directory
            .users()
            .update(
                CUSTOMER,
                Fixture.REF,
                named("n" + request.requestId()),
                new EntityTag.Any(),
                request);
        acknowledged.add(request.requestId());
      }
    } catch (DirectoryException e) {
      assertThat(e.failure().toString()).contains("StoreUnavailable");
    }
  }

  /** The one that started the others first, so that it starts no more. */
  private static void kill(Path data) throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> others = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    others.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().join();
    others.forEach(other -> other.onExit().join());
  }

  private void assertAllThere(Set<UUID> acknowledged) throws Exception {
    try (EmbeddedPostgres server = start();
        Directory directory = open(server)) {
      List<Entry> rows = directory.journal(CUSTOMER, 0, Integer.MAX_VALUE);
      List<UUID> requests = rows.stream().map(entry -> entry.request().requestId()).toList();
      assertThat(requests).doesNotHaveDuplicates();
      assertThat(requests.stream().collect(Collectors.toSet())).containsAll(acknowledged);
      assertThat(directory.verifyJournal(CUSTOMER).isIntact()).isTrue();
      assertThat(directory.users().get(CUSTOMER, Fixture.REF).version())
          .isEqualTo(rows.getLast().seq());
    }
  }
}
