package dev.vidame.directory.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.MutableClock;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.Together;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several servers are started at once over a database that is still empty. */
@Tag("postgresql")
@Timeout(120)
class FirstStartsTest {
  private static final int SERVERS = 4;
  private static final String STEPS =
      "select count(*), count(distinct version), sum(case when success then 1 else 0 end)"
          + " from schema_history where version is not null";
  private static final String POLICIES =
      "select count(*) from pg_policies where schemaname = current_schema()";

  @TempDir private Path folder;

  @Test
  void allComeUpOverOneSchema() throws Exception {
    try (TestStore store = TestStore.in(folder)) {
      startAll(store);

      assertThat(numbers(store, POLICIES)).containsExactly(0L);
    }
  }

  @Test
  void allComeUpBehindOneWall() throws Exception {
    try (TestStore store = TestStore.keepingApart(folder)) {
      startAll(store);

      assertThat(numbers(store, POLICIES)).containsExactly((long) PartnerWall.tables().size());
    }
  }

  private static void startAll(TestStore store) throws Exception {
    Directory.Options options =
        Directory.Options.standard()
            .withClock(new MutableClock(Instant.parse("2026-06-01T12:00:00Z")));

    List<Directory> started = Together.run(SERVERS, id -> () -> store.open(options));

    try {
      for (Directory one : started) {
        PartnerId partner = new PartnerId(UUID.randomUUID());
        one.partners().create(new Partner(partner, "Partner"));
        assertThat(started).allMatch(each -> each.partners().get(partner).isPresent());
      }
      List<Long> steps = numbers(store, STEPS);
      assertThat(steps.getFirst()).isPositive();
      assertThat(steps).as("each step once, and well").containsOnly(steps.getFirst());
    } finally {
      started.forEach(Directory::close);
    }
  }

  private static List<Long> numbers(TestStore store, String query) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      int columns = rows.getMetaData().getColumnCount();
      Long[] numbers = new Long[columns];
      for (int i = 0; i < columns; i++) {
        numbers[i] = rows.getLong(i + 1);
      }
      return List.of(numbers);
    }
  }
}
