package dev.vidame.directory.move;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.Directory;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.harness.Until;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of a store that is in use, and stores that are made of them. */
class BackupTest {
  @TempDir private Path folder;
  private Fixture fixture;
  private Path store;
  private Path backup;

  @BeforeEach
  void open() throws SQLException, IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    fixture = new Fixture(TestStore.ofFile(data));
    store = data.resolve("vidame.db");
    backup = folder.resolve("backup.db");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private MoveReport make() throws MoveException {
    return Backup.make(store, backup, true, Progress.NONE);
  }

  private Path restored() throws IOException {
    return Files.createDirectories(folder.resolve("restored")).resolve("vidame.db");
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void sql(Path file, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  @Test
  void restoredStoreIsAsItWas() throws Exception {
    fixture.update(Fixture.named("before"));
    MoveReport made = make();
    fixture.update(Fixture.named("after"));

    MoveReport report = Backup.restore(backup, restored(), true, Progress.NONE);

    assertThat(report).isEqualTo(made);
    assertThat(report.counts()).containsEntry("users", 1L).containsEntry("journal", 3L);
    try (Directory again = Directory.open(restored(), Directory.Options.standard())) {
      assertThat(again.users().get(CUSTOMER, Fixture.REF).displayName()).isEqualTo("before");
      assertThat(again.verifyJournal(CUSTOMER).isIntact()).isTrue();
      again
          .users()
          .update(
              CUSTOMER,
              Fixture.REF,
              Fixture.named("again"),
              new EntityTag.Any(),
              Fixture.request());
      assertThat(again.verifyJournal(CUSTOMER).verifiedUpTo()).isEqualTo(4);
    }
  }

  @Test
  @Timeout(120)
  void everythingAcknowledgedBeforeIsInABackupMadeMeanwhile() throws Exception {
    Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    AtomicBoolean goesOn = new AtomicBoolean(true);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      writers.add(
          Thread.ofPlatform()
              .start(() -> {
                while (goesOn.get()) {
                  ChangeRequest request = Fixture.request();
                  fixture.update(
                      Fixture.named("n" + request.requestId()), new EntityTag.Any(), request);
                  acknowledged.add(request.requestId());
                }
              }));
    }
    Until.met(() -> acknowledged.size() >= 200);
    Set<UUID> before = Set.copyOf(acknowledged);

    make();

    int after = acknowledged.size();
    goesOn.set(false);
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(after).as("changes made meanwhile").isGreaterThan(before.size());
    try (Directory again = Directory.open(backup, Directory.Options.standard())) {
      List<Entry> rows = again.journal(CUSTOMER, 0, Integer.MAX_VALUE);
      assertThat(rows.stream().map(row -> row.request().requestId()).toList())
          .doesNotHaveDuplicates()
          .containsAll(before);
      assertThat(again.verifyJournal(CUSTOMER).isIntact()).isTrue();
      assertThat(again.users().get(CUSTOMER, Fixture.REF).version())
          .isEqualTo(rows.getLast().seq());
    }
  }

  @Test
  void onlyItsOwnerCanReadIt() throws Exception {
    make();
    Backup.restore(backup, restored(), false, Progress.NONE);

    for (Path file : List.of(backup, restored())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(names()).containsExactly("backup.db", "data", "restored");
  }

  @Test
  void fileThatIsThereIsNotTouched() throws Exception {
    Files.writeString(backup, "something else");

    assertThatThrownBy(this::make)
        .isInstanceOfSatisfying(MoveException.class, e -> assertThat(e.isRefused()).isTrue())
        .hasMessageContaining("already");
    assertThat(backup).hasContent("something else");
    assertThat(names()).containsExactly("backup.db", "data");
  }

  /** Somebody else makes the file while the backup is made. */
  @Test
  void fileThatComesMeanwhileIsNotTouched() throws Exception {
    AtomicBoolean isMade = new AtomicBoolean();
    assertThatThrownBy(() ->
            Backup.make(
                store,
                backup,
                false,
                (step, done, total) -> {
                  if (isMade.compareAndSet(false, true)) {
                    write(backup);
                  }
                }))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("already");
    assertThat(backup).hasContent("something else");
    assertThat(names()).containsExactly("backup.db", "data");
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "something else");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void folderThatIsNotThereIsTold() {
    assertThatThrownBy(
            () -> Backup.make(store, folder.resolve("no/backup.db"), false, Progress.NONE))
        .isInstanceOfSatisfying(MoveException.class, e -> assertThat(e.isRefused()).isFalse());
    assertThatThrownBy(() -> Backup.make(folder.resolve("none.db"), backup, false, Progress.NONE))
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("no store");
    assertThat(backup).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into schema_history select installed_rank + 100, '99', description, type, script, checksum,"
            + " installed_by, installed_on, execution_time, success from schema_history where version = '2'",
        "drop table schema_history",
        "delete from journal where seq = 2",
        "update journal set seq = 9 where seq = 3",
        "update users set version = 100",
        "update journal_indexed set position = position + 1",
        "insert into journal_index (of_customer, of_seq, position) values (x'00', 1, 1)",
        "insert into journal_runs (run, of_customer, of_seq, position) values (1, x'00', 1, 1)"
      })
  void fileThatIsNoGoodStoreIsRefusedWithNothingLeft(String damage) throws Exception {
    fixture.update(Fixture.named("another row"));
    make();
    sql(backup, damage);

    assertRefused(false);
  }

  private void assertRefused(boolean isThorough) throws IOException {
    Path target = restored();
    assertThatThrownBy(() -> Backup.restore(backup, target, isThorough, Progress.NONE))
        .isInstanceOfSatisfying(MoveException.class, e -> assertThat(e.isRefused()).isTrue());
    try (Stream<Path> left = Files.list(target.resolveSibling(""))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void changeThatWasTamperedWithIsFoundByAThoroughCheck() throws Exception {
    make();
    sql(backup, "update journal set changes = '[]' where seq = 2");

    Backup.restore(backup, folder.resolve("quick.db"), false, Progress.NONE);
    assertRefused(true);
  }

  @Test
  void brokenPagesAreFound() throws Exception {
    make();
    try (RandomAccessFile file = new RandomAccessFile(backup.toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(new byte[64 * 1024]);
    }

    Path target = restored();
    assertThatThrownBy(() -> Backup.restore(backup, target, false, Progress.NONE))
        .isInstanceOf(MoveException.class);
    assertThat(target).doesNotExist();
  }

  @Test
  void fileThatIsNoDatabaseIsRefused() throws Exception {
    Files.writeString(backup, "something else");
    assertRefused(false);
    Files.write(backup, new byte[0]);
    assertRefused(false);
  }

  @Test
  void backupOfAnOlderVersionIsBroughtUpToDateByTheServer() throws Exception {
    make();
    sql(backup, "delete from schema_history where version = '16'");
    sql(backup, "drop view journal_waiting");
    sql(backup, "drop table journal_runs");
    sql(backup, "drop table journal_slices");

    Backup.restore(backup, restored(), true, Progress.NONE);

    try (Directory again = Directory.open(restored(), Directory.Options.standard())) {
      assertThat(again.verifyJournal(CUSTOMER).isIntact()).isTrue();
    }
  }

  @Test
  void progressIsTold() throws Exception {
    List<String> steps = new ArrayList<>();

    Backup.make(
        store,
        backup,
        true,
        (step, done, total) -> {
          assertThat(done).isBetween(0L, total);
          steps.add(step);
        });

    assertThat(steps).contains("Checking pages", "Checking journals");
  }
}
