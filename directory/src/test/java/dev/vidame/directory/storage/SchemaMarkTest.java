package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaMarkTest {
  private static final String NEWER =
      "insert into schema_history (installed_rank, version, description, type, script, checksum,"
          + " installed_by, execution_time, success)"
          + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)";

  @TempDir private Path folder;

  private Path file = Path.of("store");

  @BeforeEach
  void store() throws SQLException {
    file = folder.resolve("store.db");
    SqliteTransactions.open(file).close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private boolean isCurrent() throws SQLException {
    try (Connection connection = connect()) {
      return SchemaMark.isCurrent(connection);
    }
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = connect();
        Statement one = connection.createStatement()) {
      one.execute(statement);
    }
  }

  @Test
  void theLastScriptIsTheLastOfTheFolder() throws IOException, URISyntaxException {
    Path first =
        Path.of(
            Objects.requireNonNull(SchemaMark.class.getResource("sqlite/" + SchemaMark.LAST_SCRIPT))
                .toURI());
    try (Stream<Path> scripts = Files.list(Objects.requireNonNull(first.getParent()))) {
      List<String> all =
          scripts
              .map(script -> Objects.requireNonNull(script.getFileName()).toString())
              .sorted(Comparator.comparingInt(SchemaMarkTest::number))
              .toList();
      assertThat(all).last().isEqualTo(SchemaMark.LAST_SCRIPT);
    }
  }

  private static int number(String script) {
    return Integer.parseInt(script.substring(1, script.indexOf('_')));
  }

  @Test
  void storeIsMarkedWhenItIsMadeAndStillWhenItIsOpenedAgain() throws SQLException {
    assertThat(isCurrent()).isTrue();

    SqliteTransactions.open(file).close();

    assertThat(isCurrent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pragma user_version = 0",
        "pragma user_version = 12345",
        "delete from schema_history where version = '16'",
        "delete from schema_history where version = '5'",
        "update schema_history set success = 0 where version = '7'",
        "drop table schema_history",
        NEWER
      })
  void storeThatDiffersIsNotTakenForCurrent(String change) throws SQLException {
    execute(change);

    assertThat(isCurrent()).isFalse();
  }

  @Test
  void storeOfALaterProgramIsRefusedThoughItIsMarked() throws SQLException {
    execute(NEWER);

    assertThatThrownBy(() -> SqliteTransactions.open(file)).isInstanceOf(SQLException.class);
  }

  @Test
  void storeWithoutAMarkIsOpenedAndMarked() throws SQLException {
    execute("pragma user_version = 0");

    SqliteTransactions.open(file).close();

    assertThat(isCurrent()).isTrue();
  }
}
