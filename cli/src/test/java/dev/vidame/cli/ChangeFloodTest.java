package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Entry;
import dev.vidame.harness.Until;
import dev.vidame.wire.UserId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * More callers with changes at once than the server's memory holds, while another program keeps the
 * store from committing (docs/decisions/0053).
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "vidame.long", matches = "true")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangeFloodTest {
  private static final int CALLERS = 6_000;
  private static final int CHANGES_EACH = 3;
  private static final int USERS = 20;

  /** So many refusals show that no more may wait. */
  private static final int REFUSED_WHILE_LOCKED = 300;

  private static final Pattern REFUSED =
      Pattern.compile("(?m)^vidame_store_refused_changes_total ([0-9.E]+)$");

  /** What the launcher says that the program stays under. */
  private static final long MOST_MEBIBYTES = 320;

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

  @TempDir private Path folder;
  private List<UserId> users = List.of();
  private URI address = URI.create("http://unknown");
  private URI metrics = address;
  private String token = "";

  /** Each change that was answered with 200, by its request id. */
  private final Map<UUID, String> acknowledged = new ConcurrentHashMap<>();

  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void floodOfChangesIsRefusedInPartAndTakesNoMemory() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    users = Tenants.fill(data, USERS);
    Path log = folder.resolve("stderr");
    int port;
    try (ServerSocket probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }
    metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (ServerProcess server =
        ServerProcess.startAsLaunched(log, data, "--set", "metrics.port=" + port)) {
      address = server.address();
      token = Tenants.credential(address).token().value();

      flood(data);

      assertThat(server.isAlive()).isTrue();
      assertThat(server.peakMebibytes()).isLessThan(MOST_MEBIBYTES);
      assertThat(refused.get()).isGreaterThanOrEqualTo(REFUSED_WHILE_LOCKED);
      assertThat(acknowledged.size() + refused.get())
          .as("every change has its answer")
          .isEqualTo(CALLERS * CHANGES_EACH);
      call(0, 1); // and it serves as before
      assertThat(acknowledged.size() + refused.get()).isEqualTo(CALLERS * CHANGES_EACH + 1);
      var _ = server.stop();
    }
    assertThat(Files.readString(log)).doesNotContain("OutOfMemory");
    checkStore(data);
  }

  /** Returns once everybody has all answers. */
  private void flood(Path data) throws Exception {
    List<Future<Boolean>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + data.resolve("vidame.db"));
          Statement lock = other.createStatement()) {
        lock.execute("begin immediate");
        for (int i = 0; i < CALLERS; i++) {
          int caller = i;
          calls.add(callers.submit(() -> call(caller, CHANGES_EACH)));
        }
        Until.met(() -> refusedBecauseTooManyWait() >= REFUSED_WHILE_LOCKED);
      }
    }
    for (Future<Boolean> call : calls) {
      assertThat(call.get()).isTrue();
    }
  }

  private double refusedBecauseTooManyWait() throws IOException {
    try (InputStream in = metrics.toURL().openStream()) {
      Matcher found = REFUSED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
  }

  /** Some changes of one account, one after the other over one connection. */
  private boolean call(int caller, int changes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setSoTimeout(120_000);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 2_048);
      for (int i = 0; i < changes; i++) {
        UUID id = UUID.randomUUID();
        String name = caller + "." + i;
        socket.getOutputStream().write(request(users.get(caller % USERS), id, name));
        take(answer(in), id, name);
      }
    }
    return true;
  }

  private byte[] request(UserId user, UUID id, String name) {
    String body = "{\"displayName\":\"" + name + "\"}";
    return """
    PATCH /v1/customers/%s/users/%s HTTP/1.1\r
    Host: here\r
    Authorization: Bearer %s\r
    MS-RequestId: %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(Tenants.CUSTOMER, user, token, id, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void take(String head, UUID id, String name) {
    if (head.startsWith("HTTP/1.1 200 ")) {
      acknowledged.put(id, name);
    } else {
      assertThat(head).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nRetry-After: ");
      refused.incrementAndGet();
    }
  }

  /** The head of the next answer, whose body is read, too. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("No answer, but " + head);
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head);
    if (length.find()) {
      in.skipNBytes(Integer.parseInt(length.group(1)));
    }
    return head.toString();
  }

  private void checkStore(Path data) throws SQLException {
    try (Directory directory = Tenants.open(data)) {
      assertThat(directory.verifyJournal(Tenants.CUSTOMER).fault()).isEmpty();
      Map<UUID, String> done = new HashMap<>();
      for (Entry row : directory.journal(Tenants.CUSTOMER, USERS + 1L, Integer.MAX_VALUE)) {
        String after = Objects.requireNonNull(row.changes().getFirst().after());
        assertThat(done.put(row.request().requestId(), after))
            .as("a request's second row")
            .isNull();
      }
      assertThat(done).containsAllEntriesOf(acknowledged);
    }
  }
}
