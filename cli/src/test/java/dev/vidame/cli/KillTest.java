package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.users.UserRef;
import dev.vidame.harness.Until;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.PartnerResponse;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a server under load, again and again, and looks for what it had acknowledged. */
class KillTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final int KILLS = Boolean.getBoolean("vidame.long") ? 200 : 20;
  private static final int WRITERS = 8;

  @TempDir private Path folder;

  /**
   * What was asked of the server, by request id: the account, the new name, whether it was
   * acknowledged.
   */
  private final Map<UUID, Asked> asked = new ConcurrentHashMap<>();

  private record Asked(UserId user, String name, boolean isAcknowledged) {}

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    System.out.println("vidame.seed=" + SEED);
    Random random = new Random(SEED);
    List<UserId> users = Tenants.fill(folder, WRITERS * 2);

    for (int round = 1; round <= KILLS; round++) {
      try (ServerProcess server = ServerProcess.start(folder)) {
        repeatInDoubt(Tenants.client(server.address()));
        killUnderLoad(server, users, round, 20 + random.nextInt(300));
      }
      checkStore(users);
    }

    assertThat(asked.values().stream().filter(Asked::isAcknowledged).count())
        .isGreaterThan(20L * KILLS);
  }

  /** A client whose answer was lost sends its request again, under the same id. */
  private void repeatInDoubt(PartnerClient client) {
    asked.replaceAll((id, request) -> {
      if (!request.isAcknowledged()) {
        send(client, id, request);
      }
      return new Asked(request.user(), request.name(), true);
    });
  }

  private static PartnerResponse<CustomerUser> send(PartnerClient client, UUID id, Asked request) {
    return client
        .customers()
        .byId(Tenants.CUSTOMER)
        .users()
        .byId(request.user())
        .patchWithResponse(
            CustomerUserUpdate.builder()
                .displayName(request.name())
                .firstName("F " + request.name())
                .build(),
            RequestOptions.none().withRequestId(id));
  }

  private void killUnderLoad(ServerProcess server, List<UserId> users, int round, int wanted)
      throws InterruptedException {
    PartnerClient client = Tenants.client(server.address());
    AtomicInteger acknowledged = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int mine = writer;
      writers.add(
          Thread.ofPlatform()
              .start(
                  () -> write(client, users.subList(mine * 2, mine * 2 + 2), round, acknowledged)));
    }
    Until.met(() -> acknowledged.get() >= wanted);
    server.kill();
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private void write(
      PartnerClient client, List<UserId> mine, int round, AtomicInteger acknowledged) {
    for (int i = 0; true; i++) {
      UUID id = UUID.randomUUID();
      Asked request = new Asked(mine.get(i % mine.size()), round + "." + i, false);
      asked.put(id, request);
      try {
        send(client, id, request);
      } catch (PartnerException e) {
        return;
      }
      asked.put(id, new Asked(request.user(), request.name(), true));
      acknowledged.incrementAndGet();
    }
  }

  private void checkStore(List<UserId> users) throws SQLException {
    assertThat(integrity()).isEqualTo("ok");
    try (Directory directory = Tenants.open(folder)) {
      assertThat(directory.verifyJournal(Tenants.CUSTOMER).fault()).isEmpty();
      List<Entry> rows = directory.journal(Tenants.CUSTOMER, users.size() + 1L, Integer.MAX_VALUE);
      Map<UUID, Entry> byRequest = new HashMap<>();
      Map<UUID, String> lastName = new HashMap<>();
      for (Entry row : rows) {
        assertThat(byRequest.put(row.request().requestId(), row))
            .as("a request's second row")
            .isNull();
        lastName.put(row.subject(), nameAfter(row));
        assertThat(asked).containsKey(row.request().requestId());
      }
      asked.forEach((id, request) -> {
        if (request.isAcknowledged()) {
          assertThat(byRequest).as("the row of an acknowledged write").containsKey(id);
        }
      });
      lastName.forEach((id, name) -> assertHas(directory, new UserId(id), name));
    }
  }

  private static void assertHas(Directory directory, UserId id, String name) {
    var user = directory.users().get(Tenants.CUSTOMER, new UserRef.ById(id));
    assertThat(user.displayName()).isEqualTo(name);
    assertThat(user.firstName()).isEqualTo("F " + name);
  }

  private static String nameAfter(Entry row) {
    return row.changes().stream()
        .filter(change -> change.field().equals("displayName"))
        .map(FieldChange::after)
        .map(Objects::requireNonNull)
        .findFirst()
        .orElseThrow();
  }

  private String integrity() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vidame.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("pragma integrity_check")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
