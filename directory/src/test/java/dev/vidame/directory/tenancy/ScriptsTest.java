package dev.vidame.directory.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vidame.directory.TestPostgres;
import dev.vidame.directory.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts for distributed databases run in a PostgreSQL, over a store's real tables. What only
 * Citus has stands in here under its names, and refuses what Citus refuses.
 */
@Tag("postgresql")
class ScriptsTest {
  private static final String CITUS =
      """
      create table pg_dist_partition (logicalrelid regclass not null primary key, partmethod "char",
        partkey text, colocationid integer, repmodel "char", autoconverted boolean default false);
      create function create_reference_table(table_name regclass) returns void language plpgsql as $f$
      begin
        insert into pg_dist_partition values (table_name, 'n', null, 1, 't');
      end $f$;
      create function create_distributed_table(table_name regclass, distribution_column text,
        colocate_with text default 'default') returns void language plpgsql as $f$
      declare
        colocation integer := 2 + (select count(*) from pg_dist_partition);
      begin
        if not exists (select 1 from pg_attribute where attrelid = table_name
            and attname = distribution_column and attnum > 0) then
          raise 'column % of % does not exist', distribution_column, table_name;
        end if;
        if colocate_with <> 'none' then
          select colocationid into strict colocation from pg_dist_partition
            where logicalrelid = colocate_with::regclass and partmethod = 'h';
        end if;
        insert into pg_dist_partition values (table_name, 'h', distribution_column, colocation, 's');
      end $f$;
      """;

  private static final String PLACES =
      "select logicalrelid::text, case partmethod when 'n' then 'whole' else partkey || ' with '"
          + " || (select min(logicalrelid::text) from pg_dist_partition o"
          + " where o.colocationid = p.colocationid) end from pg_dist_partition p";

  private static final String INDEXES =
      "select indexname, indexdef from pg_indexes where schemaname = current_schema()";

  @TempDir private Path folder;
  private TestStore store;
  private Connection connection;

  @BeforeEach
  void makeTables() throws SQLException {
    assumeThat(TestPostgres.isCitus()).as("a cluster has run its script already").isFalse();
    store = TestStore.in(folder);
    store.transactions().close();
    connection = store.connect();
  }

  @AfterEach
  void close() throws SQLException {
    if (connection != null) {
      connection.close();
      store.close();
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Map<String, String> pairs(String query) throws SQLException {
    Map<String, String> pairs = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        pairs.put(rows.getString(1), rows.getString(2));
      }
    }
    return pairs;
  }

  private static String script(String name) throws IOException {
    return Files.readString(DistributionTest.SCRIPTS.resolve(name));
  }

  private static String citus() throws IOException {
    String script = script("citus.sql");
    assertThat(script).contains("create extension if not exists citus;");
    return script.replace("create extension if not exists citus;", "");
  }

  @Test
  void citusPlacesEveryTableByItsCustomerOrWhole() throws SQLException, IOException {
    run(CITUS);
    Map<String, String> expected = new TreeMap<>();
    Schema.tables().keySet().forEach(table -> expected.put(table, "whole"));
    DistributionTest.ofCustomers()
        .forEach(table -> expected.put(table, "customer_id with customer_profiles"));
    expected.put("refused_requests", "partner_id with refused_requests");

    run(citus());

    assertThat(pairs(PLACES)).isEqualTo(expected);
    assertThat(expected.values()).contains("whole", "customer_id with customer_profiles");
  }

  @Test
  void whatIsSpreadStaysAsItIsAndWhatIsNewFollows() throws SQLException, IOException {
    run(CITUS);
    run(citus());
    Map<String, String> before = pairs(PLACES);
    run(
        "delete from pg_dist_partition where logicalrelid in ('licenses'::regclass, 'leases'::regclass)");

    run(citus());

    assertThat(pairs(PLACES)).isEqualTo(before);
  }

  @Test
  void standInsRefuseWhatCitusRefuses() throws SQLException, IOException {
    run(CITUS);
    String script = citus();

    assertThatThrownBy(() -> run(script.replace("'customer_id'", "'client_id'")))
        .hasMessageContaining("client_id");
    assertThatThrownBy(() -> run(script.replace("'licenses'", "'licences'")))
        .hasMessageContaining("licences");
    assertThatThrownBy(() -> run(script.replace("=> 'journal_heads'", "=> 'partners'")))
        .hasMessageContaining("no rows");
    assertThatThrownBy(() -> run(script.replace("logicalrelid", "logicalrel")))
        .hasMessageContaining("logicalrel");
    assertThat(pairs(PLACES)).isEmpty();
  }

  /** The indexes that they make anew are those of the migrations, to the last condition. */
  @Test
  void otherScriptsChangeNothingThatPostgresCouldTell() throws SQLException, IOException {
    Map<String, String> before = pairs(INDEXES);
    assertThat(before).containsKey("users_deleted");

    run(script("yugabytedb.sql"));
    assertThat(pairs(INDEXES)).isEqualTo(before);

    String hashed = script("cockroachdb.sql");
    assertThat(hashed).contains(" using hash with (bucket_count = 8);");
    run(hashed.replace(" using hash with (bucket_count = 8);", ";"));
    assertThat(pairs(INDEXES)).isEqualTo(before);
  }
}
