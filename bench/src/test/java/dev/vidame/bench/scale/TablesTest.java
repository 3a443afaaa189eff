package dev.vidame.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.bench.Accounts;
import dev.vidame.bench.ProductChanges;
import dev.vidame.bench.SeededStore;
import dev.vidame.bench.compare.DurablePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seeded stores of both kinds, through what is asked of them. */
class TablesTest {
  private static final SeededStore.Size SIZE = new SeededStore.Size(2_000, 4);
  private static final int CHANGES = 300;

  @TempDir private Path folder;

  @Test
  void fileTellsWhatUsersAndChangesTakeUp() throws IOException, SQLException {
    requireSizes(SeededStore.create(folder, SIZE));
  }

  @Test
  void postgresTellsTheSameAndHoldsTheSameAccounts() throws IOException, SQLException {
    try (DurablePostgres postgres = DurablePostgres.start(folder.resolve("postgresql"))) {
      SeededStore store = SeededStore.create(folder.resolve("lists"), postgres.url(), SIZE);
      SeededStore file = SeededStore.create(folder.resolve("file"), SIZE);

      requireSizes(store);

      assertThat(store.accountsFile()).hasSameBinaryContentAs(file.accountsFile());
      assertThat(store.journalRows()).isEqualTo(CHANGES);
      assertThat(postgres.ask("show fsync")).isEqualTo("on");
    }
    assertThat(Files.exists(folder.resolve("postgresql/PG_VERSION"))).isTrue();
  }

  private static void requireSizes(SeededStore store) throws IOException, SQLException {
    Accounts accounts = Accounts.read(store.accountsFile());
    Tables before = Tables.of(store);
    try (ProductChanges changes = ProductChanges.open(store, accounts)) {
      for (int i = 0; i < CHANGES; i++) {
        changes.change(i, "Changed " + i);
      }
    }
    Tables after = Tables.of(store);

    assertThat((double) before.of("users", "passwords") / SIZE.users()).isBetween(300.0, 1_500.0);
    assertThat((double) after.growth(before, "journal") / CHANGES).isBetween(200.0, 2_000.0);
    assertThat(after.of("no such table")).isZero();
  }
}
