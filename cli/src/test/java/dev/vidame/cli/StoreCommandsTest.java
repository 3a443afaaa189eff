package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Until;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code vidame admin backup}, {@code restore} and {@code move}, with real servers and a real
 * PostgreSQL.
 */
class StoreCommandsTest {
  private static final int USERS = 3;
  private static final String SECRET_WORD = "a-very-secret-word";

  /** The superuser comes in as it is, everybody else with a password. */
  private static final String WHO_COMES_IN =
      """
      local all all trust
      host all postgres 127.0.0.1/32 trust
      host all postgres ::1/128 trust
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  @TempDir private static Path shared;
  private static EmbeddedPostgres postgres;

  @TempDir private Path folder;
  private Path data;
  private List<UserId> users;

  private record Said(int code, String out, String err) {}

  @BeforeAll
  static void start() throws IOException, SQLException {
    Path rules = Files.writeString(shared.resolve("pg_hba.conf"), WHO_COMES_IN);
    postgres = EmbeddedPostgres.builder().setServerConfig("hba_file", rules.toString()).start();
    sql("create role vidame login superuser password '" + SECRET_WORD + "'");
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    data = folder.resolve("data");
    assertThat(data.toFile().mkdir()).isTrue();
    users = Tenants.fill(data, USERS);
  }

  @AfterEach
  void empty() throws SQLException {
    sql("drop schema public cascade");
    sql("create schema public");
  }

  private static String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(url() + "?user=postgres");
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection = connect();
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  private static Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Vidame.commandLine(arguments);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  private Said succeeded(String... arguments) {
    Said said = run(arguments);
    assertThat(said.code()).as(said.toString()).isZero();
    return said;
  }

  /** Settings of the database, with this password. */
  private Path config(String password, String... more) throws IOException {
    Path secret = Files.writeString(folder.resolve("password"), password + "\n");
    List<String> lines =
        new ArrayList<>(List.of("store.user=vidame", "store.password-file=" + secret));
    lines.addAll(List.of(more));
    return Files.write(folder.resolve("vidame.properties"), lines);
  }

  private String backup() {
    return folder.resolve("backup.db").toString();
  }

  private static String name(PartnerClient client, UserId user) {
    return String.valueOf(
        client.customers().byId(Tenants.CUSTOMER).users().byId(user).get().displayName());
  }

  private static void rename(PartnerClient client, UserId user, String name) {
    client
        .customers()
        .byId(Tenants.CUSTOMER)
        .users()
        .byId(user)
        .patch(CustomerUserUpdate.builder().displayName(name).build());
  }

  @Test
  void backupOfARunningServerIsServedFrom() throws Exception {
    Path restored = folder.resolve("restored");
    try (ServerProcess server = ServerProcess.start(data)) {
      rename(Tenants.client(server.address()), users.getFirst(), "before");
      Said said =
          succeeded("admin", "backup", "--data", data.toString(), "--to", backup(), "--verify");
      rename(Tenants.client(server.address()), users.getFirst(), "after");

      assertThat(said.out()).contains("checked to every change").containsPattern("accounts +3");
      assertThat(said.err()).contains("Checking journals");
      assertThat(name(Tenants.client(server.address()), users.getFirst())).isEqualTo("after");
    }

    Said said = succeeded("admin", "restore", backup(), "--data", restored.toString());

    assertThat(said.out()).contains("Restored to " + restored).containsPattern("accounts +3");
    try (ServerProcess server = ServerProcess.start(restored)) {
      assertThat(name(Tenants.client(server.address()), users.getFirst())).isEqualTo("before");
    }
  }

  @Test
  void restoreTakesOnlyAFolderThatIsEmpty() throws Exception {
    succeeded("admin", "backup", "-d", data.toString(), "--to", backup());

    Said filled = run("admin", "restore", backup(), "-d", data.toString());
    assertThat(filled.code()).isEqualTo(69);
    assertThat(filled.err()).contains("is not empty");
    try (ServerProcess server = ServerProcess.start(data)) {
      Said held = run("admin", "restore", backup(), "-d", data.toString());
      assertThat(held.code()).isEqualTo(69);
      assertThat(held.err()).contains("in use by another server");
      assertThat(server.address()).isNotNull();
    }
    Path empty = Files.createDirectory(folder.resolve("empty"));
    succeeded("admin", "restore", backup(), "-d", empty.toString());
  }

  @Test
  void nothingIsLeftOfARestoreThatFails() throws Exception {
    succeeded("admin", "backup", "-d", data.toString(), "--to", backup());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + backup());
        Statement jdbc = connection.createStatement()) {
      jdbc.execute("delete from journal where seq = 2");
    }
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path fresh = folder.resolve("fresh");

    for (Path target : List.of(empty, fresh)) {
      Said said = run("admin", "restore", backup(), "-d", target.toString());
      assertThat(said.code()).isEqualTo(65);
      assertThat(said.err()).contains("is damaged: journals have gaps");
    }
    assertThat(fresh).doesNotExist();
    try (Stream<Path> left = Files.list(empty)) {
      assertThat(left).isEmpty();
    }
    Path text = Files.writeString(folder.resolve("text"), "no store");
    assertThat(run("admin", "restore", text.toString(), "-d", fresh.toString()).code())
        .isEqualTo(65);
    assertThat(fresh).doesNotExist();
  }

  @Test
  void backupThatIsThereIsNotTouched() throws Exception {
    Files.writeString(Path.of(backup()), "mine");

    Said said = run("admin", "backup", "-d", data.toString(), "--to", backup());

    assertThat(said.code()).isEqualTo(65);
    assertThat(Path.of(backup())).hasContent("mine");
  }

  @Test
  void ofADatabaseTheCommandsSayWhatToDoInstead() throws Exception {
    String config = config(SECRET_WORD, "store.url=" + url()).toString();

    Said backup = run("admin", "backup", "-c", config, "--to", backup());
    Said restore = run("admin", "restore", backup(), "-c", config);

    assertThat(backup.code()).isEqualTo(2);
    assertThat(backup.err())
        .contains("pg_dump --format=custom --file=" + backup())
        .contains(url().replace("jdbc:", ""))
        .doesNotContain(SECRET_WORD);
    assertThat(restore.code()).isEqualTo(2);
    assertThat(restore.err()).contains("pg_restore");
  }

  private Said move(String password) throws IOException {
    return run(
        "admin", "move", "-c", config(password).toString(), "-d", data.toString(), "--to", url());
  }

  @Test
  void movedStoreIsServedFrom() throws Exception {
    Said said = move(SECRET_WORD);

    assertThat(said.code()).as(said.toString()).isZero();
    assertThat(said.out())
        .contains("proved row by row")
        .containsPattern("accounts +3")
        .containsPattern("SHA-256 +[0-9a-f]{64}\\R")
        .doesNotContain(SECRET_WORD);
    assertThat(said.err()).contains("Copying users", "Comparing");
    assertServed();
    assertThat(move(SECRET_WORD).code()).isEqualTo(65);
  }

  private void assertServed() throws IOException {
    try (ServerProcess server =
        ServerProcess.start(
            folder.resolve("unused"),
            "--set",
            "store.url=" + url(),
            "--set",
            "store.user=postgres")) {
      PartnerClient client = Tenants.client(server.address());
      assertThat(name(client, users.getLast())).isEqualTo("0");
      rename(client, users.getLast(), "in the database");
      assertThat(name(client, users.getLast())).isEqualTo("in the database");
    }
  }

  @Test
  void wrongPasswordIsToldAndNotShown() throws Exception {
    Said said = move("another-secret-word");

    assertThat(said.code()).isEqualTo(69);
    assertThat(said.err())
        .contains("does not let this user in", "store.password")
        .doesNotContain("another-secret-word")
        .doesNotContain("\tat ");
    assertThat(said.out()).isEmpty();
  }

  @Test
  void urlWithAPasswordIsRefused() throws Exception {
    Said said =
        run("admin", "move", "-d", data.toString(), "--to", url() + "?password=" + SECRET_WORD);

    assertThat(said.code()).isEqualTo(78);
    assertThat(said.err()).contains("must not hold a password").doesNotContain(SECRET_WORD);
  }

  @Test
  void storeOfARunningServerIsNotMoved() throws Exception {
    try (ServerProcess server = ServerProcess.start(data)) {
      Said said = move(SECRET_WORD);

      assertThat(said.code()).isEqualTo(69);
      assertThat(said.err()).contains("in use by another server");
      assertThat(server.address()).isNotNull();
    }
    try (Connection connection = connect();
        Statement jdbc = connection.createStatement();
        ResultSet rows = jdbc.executeQuery("select 1 from pg_tables where schemaname = 'public'")) {
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void folderWithoutAStoreIsNotMoved() throws Exception {
    Path none = folder.resolve("none");

    Said said =
        run(
            "admin",
            "move",
            "-c",
            config(SECRET_WORD).toString(),
            "-d",
            none.toString(),
            "--to",
            url());

    assertThat(said.code()).isEqualTo(69);
    assertThat(said.err()).contains("no store");
    assertThat(none).doesNotExist();
  }

  /** Held up at one table after the other, and killed there as {@code kill -9} does. */
  @Test
  @Timeout(120)
  void moveThatIsKilledGoesOn() throws Exception {
    succeeded(
        "admin", "move", "-c", config(SECRET_WORD).toString(), "--to", url(), "--tables-only");
    for (String table : List.of("users", "journal", "refused_requests")) {
      killAt(table);
    }

    Said said = move(SECRET_WORD);

    assertThat(said.code()).as(said.toString()).isZero();
    assertServed();
  }

  private void killAt(String table) throws Exception {
    try (Connection holder = connect();
        Statement jdbc = holder.createStatement()) {
      holder.setAutoCommit(false);
      jdbc.execute("lock table " + table + " in exclusive mode");
      Process mover =
          ServerProcess.launch(
              "admin",
              "move",
              "-c",
              config(SECRET_WORD).toString(),
              "-d",
              data.toString(),
              "--to",
              url());
      try {
        Until.met(() -> !mover.isAlive() || isWaiting());
        assertThat(mover.isAlive()).as("a move that waits for " + table).isTrue();
      } finally {
        mover.destroyForcibly().waitFor();
      }
      holder.rollback();
    }
    Until.met(() -> !isWaiting());
  }

  private static boolean isWaiting() throws SQLException {
    try (Connection connection = connect();
        Statement jdbc = connection.createStatement();
        ResultSet rows =
            jdbc.executeQuery(
                "select 1 from pg_stat_activity where application_name = 'vidame move'"
                    + " and wait_event_type = 'Lock'")) {
      return rows.next();
    }
  }
}
