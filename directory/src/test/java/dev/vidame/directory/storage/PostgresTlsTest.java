package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store behind TLS, as docs/postgresql.md tells to set it up. */
@Tag("postgresql")
@Timeout(120)
class PostgresTlsTest {
  private static final String HOST = "localhost";
  private static final String PASSWORD = "Only-The-Server-May-Know-7";
  private static final String ADVICE = "What sslmode asks for";
  private static final String IS_ENCRYPTED =
      "select 1 from pg_stat_ssl where pid = pg_backend_pid() and ssl";

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static TestAuthority stranger;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    authority = new TestAuthority(folder, "authority");
    stranger = new TestAuthority(folder, "stranger");
    TestAuthority.Issued issued = authority.issue(HOST);
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", issued.certificate().toString())
            .setServerConfig("ssl_key_file", issued.key().toString())
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role vidame login password '" + PASSWORD + "'");
      statement.execute("create database vidame owner vidame");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static PostgresOptions options(String host, int port, Path root) {
    String url =
        "jdbc:postgresql://%s:%d/vidame?sslmode=verify-full&sslrootcert=%s"
            .formatted(host, port, root);
    return as("vidame", PostgresOptions.standard(url));
  }

  @Test
  void storeIsReadAndWrittenInSecret() throws SQLException {
    try (Transactions store =
        PostgresTransactions.open(options(HOST, server.getPort(), authority.root()))) {
      assertThat(store.<Boolean>query(session -> session.exists(IS_ENCRYPTED, none -> {})))
          .isTrue();
      assertThat(store.<Boolean>writeShared(session -> session.exists(IS_ENCRYPTED, none -> {})))
          .isTrue();
    }
  }

  /** Whoever opens a store shows the cause's message. */
  private static String shown(PostgresOptions options) {
    SQLException refused =
        catchThrowableOfType(
            SQLException.class, () -> ConnectionPool.open(options, Duration.ofMillis(1)).close());
    StringWriter all = new StringWriter();
    refused.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(PASSWORD);
    return String.valueOf(Objects.requireNonNull(refused.getCause()).getMessage());
  }

  @Test
  void serverOfAnotherAuthorityIsNotTalkedTo() {
    assertThat(shown(options(HOST, server.getPort(), stranger.root())))
        .contains("certification path")
        .contains(ADVICE);
  }

  @Test
  void serverOfAnotherNameIsNotTalkedTo() {
    assertThat(shown(options("127.0.0.1", server.getPort(), authority.root())))
        .contains("127.0.0.1")
        .contains(ADVICE);
  }

  @Test
  void serverWithoutTlsIsNotTalkedTo() {
    assertThat(shown(options(TestPostgres.host(), TestPostgres.port(), authority.root())))
        .contains("does not support SSL")
        .contains(ADVICE);
  }

  @Test
  void missingFileOfTheAuthorityIsNamed() {
    Path missing = folder.resolve("missing.pem");

    assertThat(shown(options(HOST, server.getPort(), missing)))
        .contains(missing.toString())
        .contains(ADVICE);
  }

  /** What has nothing to do with TLS is not explained by it. */
  @Test
  void unknownUserAndServerThatIsNotThereAreToldAsTheyAre() throws Exception {
    PostgresOptions known = options(HOST, server.getPort(), authority.root());
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }

    assertThat(shown(as("nobody", known))).contains("nobody").doesNotContain(ADVICE);
    assertThat(shown(options(HOST, unused, authority.root())))
        .contains(HOST + ":" + unused)
        .doesNotContain(ADVICE);
  }

  private static PostgresOptions as(String user, PostgresOptions options) {
    return new PostgresOptions(
        options.url(),
        "",
        user,
        PASSWORD,
        2,
        options.statementTimeout(),
        options.lockTimeout(),
        false);
  }
}
