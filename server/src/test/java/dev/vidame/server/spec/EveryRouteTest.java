package dev.vidame.server.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.customers.Bodies;
import dev.vidame.server.customers.Bodies.Sandbox;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds on each route that the server describes, so that no new one is forgotten: who may not
 * be told anything is told nothing, whatever else is wrong with the request.
 */
class EveryRouteTest {
  @RegisterExtension static final Served served = new Served();

  private static final UUID ID = UUID.randomUUID();
  private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

  private static final List<String> BODIES =
      List.of("", "{}", "{", "[]", "{\"id\":\"x\",\"state\":\"x\"}", "x".repeat(300_000));

  /** What stands for the path's names behind the customer's. */
  private static final List<String> NAMES =
      List.of(Tenancy.OTHER_USER.toString(), UNKNOWN, "not-a-guid", "somebody@other.example");

  private static String former = "";
  private static String gone = "";

  @BeforeAll
  static void deleteACustomer() {
    Sandbox sandbox = Sandbox.of(served.server());
    former = sandbox.admin();
    RawAnswer created = served.server().send(Bodies.create(Bodies.newDomain()).token(former));
    gone = created.json().get("id").text();
    served.server().send(RawRequest.of("DELETE", Bodies.path(created)).token(former));
  }

  private static Stream<String> lines() {
    TestServer server = served.server();
    JsonNode document = server.send(RawRequest.get("/openapi.json")).json();
    return document.get("paths").members().entrySet().stream()
        .filter(path -> path.getKey().matches("(/vidame)?/v1/.*"))
        .flatMap(EveryRouteTest::lines);
  }

  private static Stream<String> lines(Map.Entry<String, JsonNode> path) {
    return path.getValue().members().keySet().stream()
        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey());
  }

  static Stream<String> onCustomers() {
    return lines().filter(line -> line.contains("/{customer}"));
  }

  static Stream<String> onV1() {
    return lines();
  }

  private static RawRequest request(String line, String customer, String name, String body) {
    String[] parts = line.split(" ", 2);
    String path = parts[1].replace("{customer}", customer).replaceAll("\\{[a-z]+}", name);
    return RawRequest.of(parts[0], path)
        .id(ID)
        .header("MS-CorrelationId", ID.toString())
        .body(parts[0].equals("GET") || parts[0].equals("HEAD") ? "" : body);
  }

  /** Everything in an answer but its time. */
  private static String seen(RawAnswer answer) {
    return answer.toString().replaceAll("(?m)^Date: .*$", "");
  }

  @ParameterizedTest
  @MethodSource("onCustomers")
  void foreignCustomerLooksLikeOneThatNeverWas(String line) {
    for (String body : BODIES) {
      for (String name : body.length() < 100 ? NAMES : NAMES.subList(0, 1)) {
        RawAnswer foreign =
            served
                .server()
                .sendAsAdmin(request(line, Tenancy.OTHER_CUSTOMER.toString(), name, body));
        RawAnswer unknown = served.server().sendAsAdmin(request(line, UNKNOWN, name, body));

        assertThat(foreign.outcome()).as(foreign.toString()).isEqualTo("403/20002");
        assertThat(seen(foreign)).isEqualTo(seen(unknown));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("onCustomers")
  void deletedCustomerIsGoneForItsPartner(String line) {
    for (String body : BODIES) {
      RawRequest request = request(line, gone, "x", body);

      assertThat(served.server().send(request.token(former)).outcome()).isEqualTo("404/60003");
      assertThat(served.server().sendAsAdmin(request).outcome()).isEqualTo("403/20002");
    }
  }

  @ParameterizedTest
  @MethodSource("onV1")
  void nobodyGetsIn(String line) {
    for (String body : BODIES) {
      RawRequest request = request(line, Tenancy.CUSTOMER.toString(), "x", body);

      assertThat(served.server().send(request).status()).isEqualTo(401);
      assertThat(served.server().send(request.token("word")).status()).isEqualTo(401);
    }
  }

  @Test
  void thereAreRoutes() {
    assertThat(onCustomers().toList())
        .hasSizeGreaterThan(30)
        .contains(
            "PATCH /v1/customers/{customer}/users/{user}",
            "POST /vidame/v1/customers/{customer}/users/{user}/revert");
  }
}
