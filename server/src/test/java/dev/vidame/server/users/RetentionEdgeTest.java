package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.licenses.Seats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delete, restore, purge: a millisecond before the time is over, at its end, and after it. */
class RetentionEdgeTest {
  private static final String CUSTOMER = "/v1/customers/" + Tenancy.CUSTOMER;
  private static final String USERS = CUSTOMER + "/users";
  private static final String MEMBERS =
      CUSTOMER + "/directoryroles/88d8e3e3-8f55-4a1e-953a-9b9898b8876b/usermembers";
  private static final String RESTORE =
      "{\"State\":\"active\",\"Attributes\":{\"ObjectType\":\"CustomerUser\"}}";
  private static final String DELETED =
      "?filter={\"Field\":\"UserState\",\"Value\":\"Inactive\",\"Operator\":\"equals\"}";

  private final TestServer server;
  private final Purge purge;
  private String user = "";

  RetentionEdgeTest(@TempDir Path folder) {
    server = TestServer.start(folder);
    purge =
        Purge.start(
            server.server().directory().users(),
            server.server().directory().leases(),
            UUID::randomUUID);
  }

  /** An account with a role and the only licence of a product is deleted. */
  @BeforeEach
  void delete() {
    Seats.define(server);
    user = Seats.located(server, server.tenancy().newUser()).toString();
    assertThat(send("POST", MEMBERS, "{\"id\":\"" + user + "\"}").status()).isEqualTo(201);
    String wish = "{\"licensesToAssign\":[{\"skuId\":\"" + Seats.VISIO + "\"}]}";
    assertThat(send("POST", USERS + "/" + user + "/licenseupdates", wish).status()).isEqualTo(201);
    assertThat(consumed()).isEqualTo(1);
    assertThat(send("DELETE", USERS + "/" + user, "").status()).isEqualTo(204);
    assertThat(consumed()).isZero();
  }

  @AfterEach
  void stop() {
    assertThat(server.server().directory().verifyJournal(Tenancy.CUSTOMER).isIntact()).isTrue();
    purge.close();
    server.close();
  }

  private RawAnswer send(String method, String path, String body) {
    String token = server.tokens().of(Role.ADMIN_AGENT);
    return server.send(RawRequest.of(method, path).body(body).token(token));
  }

  private int consumed() {
    return send("GET", CUSTOMER + "/subscribedskus", "").json().get("items").items().stream()
        .filter(sku -> sku.get("productSku").get("id").text().equals(Seats.VISIO))
        .map(sku -> sku.get("consumedUnits").number())
        .findFirst()
        .orElseThrow();
  }

  private int count(String path) {
    JsonNode list = send("GET", path, "").json();
    return list.get("totalCount").number();
  }

  private void moveTo(int millis) {
    server.clock().advance(Duration.ofDays(30).plusMillis(millis));
  }

  private void requireBack() {
    assertThat(send("GET", USERS + "/" + user, "").json().get("state").text()).isEqualTo("active");
    assertThat(consumed()).isEqualTo(1);
    assertThat(count(MEMBERS)).isEqualTo(1);
    assertThat(count(USERS + DELETED)).isZero();
  }

  private void requireGone() {
    for (String path : new String[] {"", "/licenses", "/directoryroles"}) {
      assertThat(send("GET", USERS + "/" + user + path, "").outcome()).isEqualTo("404/60002");
    }
    assertThat(send("DELETE", USERS + "/" + user, "").outcome()).isEqualTo("404/60002");
    assertThat(consumed()).isZero();
    assertThat(count(MEMBERS)).isZero();
    assertThat(count(USERS + DELETED)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-1, 200, 0", "0, 404/60002, 1", "1, 404/60002, 1"})
  void restoreThenPurge(int millis, String restored, int purged) {
    moveTo(millis);

    assertThat(send("PATCH", USERS + "/" + user, RESTORE).outcome()).isEqualTo(restored);

    assertThat(purge.run()).isEqualTo(purged);
    server.clock().advance(Duration.ofMillis(2));
    assertThat(purge.run()).isZero();
    if (purged == 0) {
      requireBack();
    } else {
      requireGone();
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 200", "0, 1, 404/60002", "1, 1, 404/60002"})
  void purgeThenRestore(int millis, int purged, String restored) {
    moveTo(millis);
    assertThat(count(USERS + DELETED)).isEqualTo(1 - purged);

    assertThat(purge.run()).isEqualTo(purged);

    assertThat(send("PATCH", USERS + "/" + user, RESTORE).outcome()).isEqualTo(restored);
    if (purged == 0) {
      requireBack();
    } else {
      requireGone();
    }
  }

  /** A restored account that is deleted again has its whole time before it. */
  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 1", "1, 1"})
  void secondDeletionBeginsAnew(int millis, int purged) {
    moveTo(-1);
    assertThat(send("PATCH", USERS + "/" + user, RESTORE).status()).isEqualTo(200);
    assertThat(send("DELETE", USERS + "/" + user, "").status()).isEqualTo(204);

    server.clock().advance(Duration.ofMillis(1));
    assertThat(purge.run()).isZero();
    moveTo(millis - 1);

    assertThat(purge.run()).isEqualTo(purged);
    assertThat(send("GET", USERS + "/" + user, "").status()).isEqualTo(purged == 0 ? 200 : 404);
  }
}
