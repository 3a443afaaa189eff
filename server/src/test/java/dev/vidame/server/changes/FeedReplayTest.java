package dev.vidame.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.ChangePage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several write whatever can be written, the server restarts in between, and somebody reads the
 * feed all the while: what that somebody knows in the end is what the routes show.
 */
@Timeout(3600)
class FeedReplayTest {
  private static final boolean IS_LONG = Boolean.getBoolean("vidame.long");
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final int CHANGES = IS_LONG ? 100_000 : 1_200;
  private static final int RESTARTS = IS_LONG ? 20 : 3;
  private static final int WRITERS = 4;
  private static final String CUSTOMER = "/v1/customers/" + Tenancy.CUSTOMER;
  private static final List<String> SKUS = List.of(Seats.EMS, Seats.VISIO, Seats.GAME);

  private static final List<DirectoryRole> ROLES = List.of(DirectoryRole.values());

  @TempDir private Path folder;
  private TestServer server;

  private final Rebuilt rebuilt = new Rebuilt();
  private String cursor = "";

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @Test
  void feedRebuildsWhatTheRoutesShow() throws Exception {
    System.out.println("vidame.seed=" + SEED);
    try {
      Seats.define(server);
      Random seeds = new Random(SEED);
      int round = 0;
      while (rebuilt.lastSeq() < CHANGES) {
        writeAndRead(seeds, CHANGES * ++round / (RESTARTS + 1));
        server = server.restart(folder);
        server.clock().advance(Duration.ofSeconds(1));
      }

      assertThat(rebuilt.lastSeq()).isEqualTo(server.tenancy().changes());
      assertThat(rebuilt.shown()).isEqualTo(shownByRoutes());
      assertThat(round).isGreaterThan(RESTARTS);
    } finally {
      server.close();
    }
  }

  private void writeAndRead(Random seeds, long wanted) throws Exception {
    AtomicBoolean isEnough = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(seeds.nextLong());
        writers.add(
            threads.submit(() -> {
              write(random, isEnough);
              return null;
            }));
      }
      Future<?> reader =
          threads.submit(() -> {
            readUpTo(wanted, isEnough);
            return null;
          });
      reader.get();
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    drain();
  }

  private void readUpTo(long wanted, AtomicBoolean isEnough) throws IOException {
    try (RawConnection connection = server.connect()) {
      while (rebuilt.lastSeq() < wanted) {
        RawAnswer answer =
            connection.exchange(
                RawRequest.get(Feed.PATH + "?wait=3&size=37&since=" + cursor)
                    .token(server.tokens().admin()));
        take(ChangePage.fromJson(answer.body()));
      }
    } finally {
      isEnough.set(true);
    }
  }

  private void drain() {
    boolean hasMore = true;
    while (hasMore) {
      ChangePage page = Feed.page(server, "?size=1000&since=" + cursor);
      take(page);
      hasMore = page.hasMore();
    }
  }

  private void take(ChangePage page) {
    page.items().forEach(item -> rebuilt.apply(item.change()));
    cursor = page.cursor();
  }

  private void write(Random random, AtomicBoolean isEnough) throws IOException {
    List<String> own = new ArrayList<>(List.of(Tenancy.USER.toString()));
    try (RawConnection connection = server.connect()) {
      while (!isEnough.get()) {
        RawRequest request = request(random, own).token(server.tokens().admin());
        RawAnswer answer = connection.exchange(request);
        assertThat(answer.status()).as(request.target() + " " + answer).isLessThan(500);
        if (answer.status() == 201 && request.target().endsWith("/users")) {
          own.add(answer.json().get("id").text());
        }
      }
    }
  }

  private RawRequest request(Random random, List<String> own) {
    String user = own.get(random.nextInt(own.size()));
    String path = CUSTOMER + "/users/" + user;
    int kind = random.nextInt(200);
    if (kind == 0 || own.size() == 1) {
      return RawRequest.of("POST", CUSTOMER + "/users").body(newAccount(random));
    }
    if (kind == 1) {
      return RawRequest.patch(path, "{\"passwordProfile\":{\"password\":\"Renew456*\"}}");
    }
    if (kind < 20) {
      return RawRequest.of("DELETE", path);
    }
    if (kind < 40) {
      return RawRequest.patch(path, "{\"state\":\"active\",\"usageLocation\":\"FR\"}");
    }
    if (kind < 75) {
      DirectoryRole role = ROLES.get(random.nextInt(ROLES.size()));
      String members = CUSTOMER + "/directoryroles/" + role.id() + "/usermembers";
      return random.nextBoolean()
          ? RawRequest.of("POST", members).body("{\"id\":\"" + user + "\"}")
          : RawRequest.of("DELETE", members + "/" + user);
    }
    if (kind < 115) {
      return RawRequest.of("POST", path + "/licenseupdates").body(licenses(random));
    }
    if (kind < 125) {
      return RawRequest.of("POST", "/vidame" + path + "/revert")
          .body("{\"toSeq\":" + (1 + random.nextInt(CHANGES)) + "}");
    }
    return RawRequest.patch(path, update(random));
  }

  private static String newAccount(Random random) {
    return """
    {"userPrincipalName":"n%d@%s","displayName":"New","usageLocation":"FR",
    "passwordProfile":{"password":"First456*"}}\
    """
        .formatted(random.nextLong() >>> 1, Tenancy.DOMAIN);
  }

  private static String licenses(Random random) {
    String sku = SKUS.get(random.nextInt(SKUS.size()));
    if (random.nextInt(3) == 0) {
      return "{\"licensesToRemove\":[\"" + sku + "\"]}";
    }
    String excluded = random.nextBoolean() ? "\"" + Seats.INTUNE + "\"" : "";
    return "{\"licensesToAssign\":[{\"skuId\":\"%s\",\"excludedPlans\":[%s]}]}"
        .formatted(sku, excluded);
  }

  private static String update(Random random) {
    String value = random.nextInt(4) == 0 ? "" : "V\u00e9 \\\"" + random.nextInt(1000);
    return switch (random.nextInt(5)) {
      case 0 -> "{\"firstName\":\"" + value + "\"}";
      case 1 -> "{\"lastName\":\"" + value + "\",\"phoneNumber\":\"" + random.nextInt(99) + "\"}";
      case 2 -> "{\"usageLocation\":\"" + List.of("FR", "DE", "US").get(random.nextInt(3)) + "\"}";
      case 3 -> "{\"userPrincipalName\":\"r" + random.nextInt(500) + "@" + Tenancy.DOMAIN + "\"}";
      default ->
          "{\"displayName\":\"D" + value + "\",\"immutableId\":\"" + random.nextInt(300) + "\"}";
    };
  }

  private Map<UUID, String> shownByRoutes() {
    Map<UUID, String> shown = new TreeMap<>();
    for (String state : List.of("Active", "Inactive")) {
      String next =
          "/users?size=500&filter=%7B%22Field%22:%22UserState%22,%22Value%22:%22"
              + state
              + "%22,%22Operator%22:%22equals%22%7D";
      String token = "";
      while (true) {
        RawRequest page =
            RawRequest.get(CUSTOMER + (token.isEmpty() ? next : "/users?seekOperation=Next"));
        JsonNode json =
            server
                .sendAsAdmin(token.isEmpty() ? page : page.header("MS-ContinuationToken", token))
                .json();
        for (JsonNode item : json.get("items").items()) {
          shown.put(UUID.fromString(item.get("id").text()), shown(item.get("id").text()));
        }
        if (!json.has("continuationToken")) {
          break;
        }
        token = json.get("continuationToken").text();
      }
    }
    return shown;
  }

  private String shown(String id) {
    String path = CUSTOMER + "/users/" + id;
    JsonNode account = server.sendAsAdmin(RawRequest.get(path)).json();
    Map<String, String> properties = new TreeMap<>();
    for (String name :
        List.of(
            "usageLocation",
            "userPrincipalName",
            "firstName",
            "lastName",
            "displayName",
            "immutableId",
            "phoneNumber",
            "softDeletionTime")) {
      if (account.has(name)) {
        properties.put(name, account.get(name).text());
      }
    }
    assertThat(account.get("state").text())
        .isEqualTo(properties.containsKey("softDeletionTime") ? "inactive" : "active");
    return properties + " " + roles(path) + " " + licenses(path);
  }

  private SortedSet<String> roles(String path) {
    SortedSet<String> roles = new TreeSet<>();
    server
        .sendAsAdmin(RawRequest.get(path + "/directoryroles"))
        .json()
        .get("items")
        .items()
        .forEach(role -> roles.add(role.get("id").text()));
    return roles;
  }

  private Map<String, String> licenses(String path) {
    Map<String, String> licenses = new TreeMap<>();
    for (JsonNode license :
        server
            .sendAsAdmin(RawRequest.get(path + "/licenses?licenseGroupIds=group1,group2"))
            .json()
            .get("items")
            .items()) {
      SortedSet<String> excluded = new TreeSet<>();
      for (JsonNode plan : license.get("servicePlans").items()) {
        if (plan.get("capabilityStatus").text().equals("Disabled")) {
          excluded.add(plan.get("id").text());
        }
      }
      licenses.put(license.get("productSku").get("id").text(), String.join(",", excluded));
    }
    return licenses;
  }
}
