package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.directory.journal.Entry;
import dev.vidame.harness.Until;
import dev.vidame.sdk.ChangeCursor;
import dev.vidame.sdk.ChangeFollower;
import dev.vidame.sdk.ChangesQuery;
import dev.vidame.sdk.FollowedChange;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.wire.Change;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers over one PostgreSQL, of which one is killed under load, again and again. */
class TwoServersTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final int KILLS = Boolean.getBoolean("vidame.long") ? 40 : 4;
  private static final int WRITERS = 8;

  @TempDir private Path folder;
  private EmbeddedPostgres postgres;
  private String url;

  /** Each request by its id, with the account's name that it asks for. All were acknowledged. */
  private final Map<UUID, String> acknowledged = new ConcurrentHashMap<>();

  @BeforeEach
  void open() throws IOException, SQLException {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setDataDirectory(folder.resolve("postgres"))
            .start();
    url = postgres.getJdbcUrl("postgres", "postgres");
    assertSyncs();
  }

  /** A kill of the servers would not tell whether the database's commits are on the disk. */
  private void assertSyncs() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit")) {
        try (ResultSet rows = statement.executeQuery("show " + setting)) {
          rows.next();
          assertThat(rows.getString(1)).as(setting).isEqualTo("on");
        }
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    postgres.close();
  }

  private Directory directory() throws SQLException {
    return Directory.open(PostgresOptions.standard(url), Directory.Options.standard());
  }

  private ServerProcess server() throws IOException {
    return ServerProcess.start(
        folder.resolve("unused"), "--set", "store.url=" + url, "--set", "store.user=postgres");
  }

  @Test
  void killingOneLosesNothingAndDoublesNothing() throws Exception {
    System.out.println("vidame.seed=" + SEED);
    Random random = new Random(SEED);
    List<UserId> users;
    try (Directory directory = directory()) {
      users = Tenants.fill(directory, WRITERS);
    }
    try (ServerProcess lasting = server()) {
      for (int round = 1; round <= KILLS; round++) {
        try (ServerProcess dying = server()) {
          killUnderLoad(lasting, dying, users, round, 20 + random.nextInt(100));
        }
      }
    }
    checkStore();
  }

  /** What one server commits, the other tells those who wait for it there. */
  @Test
  void changeAtOneIsToldByTheOther() throws Exception {
    UserId user;
    try (Directory directory = directory()) {
      user = Tenants.fill(directory, 1).getFirst();
    }
    try (ServerProcess one = server();
        ServerProcess other = server();
        ChangeFollower follower =
            Tenants.client(one.address())
                .customers()
                .byId(Tenants.CUSTOMER)
                .changes()
                .follow(ChangesQuery.since(ChangeCursor.BEGINNING))) {
      follower.next();
      follower.next(); // all that there is
      PartnerClient writer = Tenants.client(other.address());
      for (int i = 0; i < 20; i++) {
        String name = "Told " + i;
        long start = System.nanoTime();
        Thread writing =
            Thread.ofVirtual().start(() -> send(writer, user, UUID.randomUUID(), name));

        FollowedChange next = follower.next();

        assertThat(next.change().fields()).extracting(Change.Field::after).contains(name);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        writing.join();
      }
    }
  }

  private void killUnderLoad(
      ServerProcess lasting, ServerProcess dying, List<UserId> users, int round, int wanted)
      throws InterruptedException {
    PartnerClient first = Tenants.client(dying.address());
    PartnerClient second = Tenants.client(lasting.address());
    AtomicInteger done = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      UserId user = users.get(writer);
      boolean isAtDying = writer % 2 == 0;
      writers.add(
          Thread.ofPlatform()
              .start(() -> write(isAtDying ? first : second, second, user, round, wanted, done)));
    }
    Until.met(() -> done.get() >= wanted);
    dying.kill();
    for (Thread writer : writers) {
      writer.join();
    }
  }

  /** What one server did not answer is asked of the other, under the same id. */
  private void write(
      PartnerClient client,
      PartnerClient other,
      UserId user,
      int round,
      int wanted,
      AtomicInteger done) {
    PartnerClient own = client;
    for (int i = 0; done.get() < 3 * wanted; i++) {
      UUID id = UUID.randomUUID();
      String name = round + "." + i + "." + user;
      try {
        send(own, user, id, name);
      } catch (PartnerException e) {
        own = other;
        send(own, user, id, name);
      }
      acknowledged.put(id, name);
      done.incrementAndGet();
    }
  }

  private static void send(PartnerClient client, UserId user, UUID id, String name) {
    client
        .customers()
        .byId(Tenants.CUSTOMER)
        .users()
        .byId(user)
        .patchWithResponse(
            CustomerUserUpdate.builder().displayName(name).build(),
            RequestOptions.none().withRequestId(id));
  }

  private void checkStore() throws SQLException {
    try (Directory directory = directory()) {
      assertThat(directory.verifyJournal(Tenants.CUSTOMER).fault()).isEmpty();
      List<Entry> rows = directory.journal(Tenants.CUSTOMER, WRITERS + 1L, Integer.MAX_VALUE);
      Map<UUID, String> done = new HashMap<>();
      for (Entry row : rows) {
        String after = Objects.requireNonNull(row.changes().getFirst().after());
        assertThat(done.put(row.request().requestId(), after))
            .as("a request's second row")
            .isNull();
      }
      assertThat(done).isEqualTo(acknowledged);
      assertThat(acknowledged).hasSizeGreaterThan(20 * KILLS);
    }
  }
}
