package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Entry;
import dev.vidame.harness.Until;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.wire.CustomerUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills runs in the middle, and the server, too; every row is changed once, and undone once. */
class BulkKillTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final boolean IS_LONG = Boolean.getBoolean("vidame.long");
  private static final int ROWS = IS_LONG ? 10_000 : 1_200;
  private static final int KILLS = IS_LONG ? 5 : 2;
  private static final int UNDO_KILLS = IS_LONG ? 5 : 1;

  /**
   * So many rows set a password, too: a second time, that is a change, while fields that have their
   * values already are none.
   */
  private static final int WITH_PASSWORD = 20;

  private static final int SERVER_KILLS = IS_LONG ? 2 : 1;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);

  @Test
  void everyRowIsChangedOnceAndUndoneOnce() throws Exception {
    System.out.println("vidame.seed=" + SEED);
    Path data = Files.createDirectory(folder.resolve("data"));
    var _ = Tenants.fill(data, 0);
    Tenants.addMany(data, ROWS);
    Path source = source();
    Path plan = folder.resolve("people.csv.plan");
    int port = freePort();
    Map<String, String> before;
    String token;
    ServerProcess server = serve(data, port);
    try {
      before = accounts(server.address());
      token = Tenants.credential(server.address()).token().value();
      assertThat(run(server.address(), token, "plan", source.toString())).isZero();
      assertThat(accounts(server.address())).isEqualTo(before);
      server = killAgainAndAgain(server, data, port, token, plan, "apply", "resume");
      assertThat(run(server.address(), token, "resume", plan.toString())).isZero();
      assertThat(accounts(server.address()).values()).allMatch(text -> text.contains("\"New "));
    } finally {
      server.kill();
    }
    assertChangedOnce(data, 1);
    server = serve(data, port);
    try {
      server = killAgainAndAgain(server, data, port, token, plan, "undo", "undo");
      // Passwords cannot be brought back, and are said to be so.
      assertThat(undo(server.address(), token, plan)).isEqualTo(1);
      assertThat(accounts(server.address())).isEqualTo(before);
    } finally {
      server.kill();
    }
    assertChangedOnce(data, 2);
  }

  /** Each run is killed after a random number of rows; some servers with it. */
  private ServerProcess killAgainAndAgain(
      ServerProcess running,
      Path data,
      int port,
      String token,
      Path plan,
      String first,
      String again)
      throws IOException, InterruptedException {
    ServerProcess server = running;
    Path journal = Path.of(plan + (first.equals("undo") ? ".undo" : ".run"));
    int serverKills = SERVER_KILLS;
    int kills = first.equals("undo") ? UNDO_KILLS : KILLS;
    for (int kill = 1; kill <= kills; kill++) {
      long rows = (long) ROWS * kill / (kills + 1) + random.nextInt(ROWS / (2 * kills + 2));
      try (BulkProcess run =
          BulkProcess.start(
              folder,
              server.address(),
              token,
              kill == 1 ? first : again,
              plan.toString(),
              "--rate",
              "3000")) {
        Until.met(() -> lines(journal) >= rows || !run.isAlive());
        assertThat(run.isAlive()).as("it ended by itself: " + run.out() + run.err()).isTrue();
        if (serverKills-- > 0) {
          server.kill();
          server = serve(data, port);
        }
        run.kill();
      }
    }
    return server;
  }

  private static long lines(Path journal) throws IOException {
    if (!Files.exists(journal)) {
      return 0;
    }
    // A line is about this long; where exactly the run ends is a matter of chance.
    return Files.size(journal) / 60;
  }

  private int run(URI server, String token, String... arguments)
      throws IOException, InterruptedException {
    try (BulkProcess run = BulkProcess.start(folder, server, token, arguments)) {
      int code = run.await();
      return code == 0 ? 0 : fail(run.out() + run.err());
    }
  }

  private int undo(URI server, String token, Path plan) throws IOException, InterruptedException {
    try (BulkProcess run = BulkProcess.start(folder, server, token, "undo", plan.toString())) {
      int code = run.await();
      assertThat(run.out()).contains((ROWS / WITH_PASSWORD) + " undone in part");
      return code;
    }
  }

  private Path source() throws IOException {
    StringBuilder text =
        new StringBuilder("userPrincipalName,displayName,firstName,lastName,password\n");
    for (int i = 1; i <= ROWS; i++) {
      text.append("many").append(i).append('@').append(Tenants.DOMAIN);
      text.append(",New ").append(i).append(",!clear,Last ").append(i).append(',');
      text.append(i % WITH_PASSWORD == 0 ? "Correct-Horse-77" : "").append('\n');
    }
    return Files.writeString(folder.resolve("people.csv"), text);
  }

  private static ServerProcess serve(Path data, int port) throws IOException {
    return ServerProcess.startWith(
        "serve",
        "--data",
        data.toString(),
        "--port",
        Integer.toString(port),
        "--set",
        "auth.password-grant=true");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What the API says of every account, to the byte. */
  private static Map<String, String> accounts(URI server) {
    PartnerClient client = Tenants.client(server);
    Map<String, String> texts = new TreeMap<>();
    try (Stream<CustomerUser> all =
        client.customers().byId(Tenants.CUSTOMER).users().list().stream()) {
      all.forEach(user ->
          texts.put(String.valueOf(user.id()), new String(user.toJson(), StandardCharsets.UTF_8)));
    }
    return texts;
  }

  private static void assertChangedOnce(Path data, int times) throws SQLException {
    try (Directory directory = Tenants.open(data)) {
      assertThat(directory.verifyJournal(Tenants.CUSTOMER).fault()).isEmpty();
      List<Entry> rows = directory.journal(Tenants.CUSTOMER, 1, Integer.MAX_VALUE);
      Map<UUID, Integer> changes = new HashMap<>();
      rows.forEach(row -> changes.merge(row.subject(), 1, Integer::sum));
      assertThat(changes).hasSize(ROWS);
      assertThat(changes.values()).allMatch(count -> count == times);
    }
  }
}
