package dev.vidame.directory.storage;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.MayLag;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.TestPostgres;
import dev.vidame.directory.Together;
import dev.vidame.harness.Until;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real copy that follows, and that is made to lag. */
@Tag("postgresql")
@Timeout(120)
class ReplicaTest {
  private static final String INSERT =
      "insert into partners (partner_id, name, created_at) values (?, 'Partner', 0)";

  private static final String COUNT = "select count(*) from partners";

  @TempDir private Path folder;

  private EmbeddedPostgres start(String data) throws IOException {
    return TestPostgres.durable().setDataDirectory(folder.resolve(data)).start();
  }

  /** As pg_basebackup does it, with a file system's copy. */
  private void copy(EmbeddedPostgres primary) throws SQLException, IOException {
    try (Connection connection = primary.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      boolean isNew = connection.getMetaData().getDatabaseMajorVersion() >= 15;
      statement.execute(
          isNew
              ? "select pg_backup_start('copy', true)"
              : "select pg_start_backup('copy', true, false)");
      copyFiles(folder.resolve("primary"), folder.resolve("replica"));
      try (ResultSet rows =
          statement.executeQuery(
              isNew
                  ? "select labelfile from pg_backup_stop(false)"
                  : "select labelfile from pg_stop_backup(false, false)")) {
        rows.next();
        Files.writeString(folder.resolve("replica/backup_label"), rows.getString(1));
      }
    }
    Files.createFile(folder.resolve("replica/standby.signal"));
    Files.writeString(
        folder.resolve("replica/postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=" + primary.getPort() + " user=postgres'\n",
        StandardOpenOption.APPEND);
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(from)) {
      all = files.filter(file -> !isOwn(file.getFileName().toString())).toList();
    }
    for (Path file : all) {
      Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** What belongs to the running server. */
  private static boolean isOwn(String file) {
    return file.startsWith("postmaster.") || file.equals("epg-lock");
  }

  private static void onReplica(EmbeddedPostgres replica, String statement) throws SQLException {
    try (Connection connection = replica.getPostgresDatabase().getConnection();
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  private static long count(Transactions transactions) {
    return transactions.query(
        session -> session.one(COUNT, none -> {}, row -> row.number(1)).orElseThrow());
  }

  private static void insert(Transactions transactions, long id) {
    transactions.write(
        CUSTOMER, session -> session.update(INSERT, arguments -> arguments.uuid(new UUID(9, id))));
  }

  @Test
  @SuppressWarnings("try") // the replica ends while the store is in use
  void onlyReadsThatMayLagReadFromTheReplica() throws Exception {
    try (EmbeddedPostgres primary = start("primary")) {
      String url = primary.getJdbcUrl("postgres", "postgres");
      PostgresTransactions.open(PostgresOptions.standard(url)).close(); // makes the tables
      copy(primary);
      try (EmbeddedPostgres replica = start("replica");
          Transactions transactions =
              PostgresTransactions.open(
                  PostgresOptions.standard(url)
                      .withReplica(replica.getJdbcUrl("postgres", "postgres")))) {
        insert(transactions, 1);
        Until.met(() -> MayLag.reading(() -> count(transactions)) == 1);

        onReplica(replica, "select pg_wal_replay_pause()");
        insert(transactions, 2);

        assertThat(count(transactions)).isEqualTo(2);
        assertThat(MayLag.reading(() -> count(transactions))).isEqualTo(1);

        replica.close();

        assertThat(Together.run(200, i -> () -> MayLag.reading(() -> count(transactions))))
            .hasSize(200)
            .containsOnly(2L);
        assertThat(MayLag.reading(() -> count(transactions))).isEqualTo(2);
      }
    }
  }
}
