package dev.vidame.directory.storage;

import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings a store's schema up to date. Forward only: a store that is newer than the program is
 * refused.
 */
final class Migrations {
  private Migrations() {}

  private static FluentConfiguration configuration(DataSource source, String dialect) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:dev/vidame/directory/storage/" + dialect)
        .table("schema_history")
        .ignoreMigrationPatterns(new String[0]);
  }

  static void migrate(DataSource source, String dialect) throws SQLException {
    try {
      configuration(source, dialect).load().migrate();
    } catch (FlywayException e) {
      throw new SQLException("The store's schema cannot be brought up to date", e);
    }
  }

  /** Where a store's schema stands, which is not changed. */
  static SqliteFile.Schema standing(DataSource source, String dialect) throws SQLException {
    try {
      MigrationInfoService all = configuration(source, dialect).load().info();
      if (all.current() == null) {
        return SqliteFile.Schema.NONE;
      }
      if (Stream.of(all.applied()).anyMatch(one -> !one.getState().isResolved())) {
        return SqliteFile.Schema.NEWER;
      }
      return all.pending().length == 0 ? SqliteFile.Schema.SAME : SqliteFile.Schema.OLDER;
    } catch (FlywayException e) {
      throw new SQLException("The store's schema cannot be read", e);
    }
  }
}
