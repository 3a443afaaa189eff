package dev.vidame.directory.storage;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings a store's schema up to date. Forward only: a store that is newer than the program is
 * refused.
 */
final class Migrations {
  private Migrations() {}

  static void migrate(DataSource source, String dialect) throws SQLException {
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(source)
            .locations("classpath:dev/vidame/directory/storage/" + dialect)
            .table("schema_history")
            .ignoreMigrationPatterns(new String[0]);
    try {
      configuration.load().migrate();
    } catch (FlywayException e) {
      throw new SQLException("The store's schema cannot be brought up to date", e);
    }
  }
}
