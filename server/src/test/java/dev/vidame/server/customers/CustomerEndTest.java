package dev.vidame.server.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Operation;
import dev.vidame.server.customers.Bodies.Sandbox;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.CustomerId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletions, sandboxes, and relationships that end (wire-spec §2.4 and §2.5). */
class CustomerEndTest {
  @RegisterExtension static final Served served = new Served();

  private static final int CALLERS = 16;
  private static final int SANDBOX_LIMIT = 75;
  private static final String LEAVE = "{\"relationshipToPartner\":\"none\"}";

  private final TestServer server = served.server();
  private final String domain = Bodies.newDomain();
  private final UUID id = UUID.randomUUID();

  private RawAnswer as(Sandbox sandbox, RawRequest request) {
    return server.send(request.token(sandbox.admin()));
  }

  @Test
  void deletedCustomerIsGoneForItsPartnerAndUnknownToOthers() {
    Sandbox sandbox = Sandbox.of(server);
    String path = Bodies.path(as(sandbox, Bodies.create(domain)));

    RawAnswer deleted = as(sandbox, RawRequest.of("DELETE", path).id(id));

    assertThat(deleted.outcome()).isEqualTo("204");
    for (String route :
        List.of(
            "",
            "/profiles/company",
            "/profiles/billing",
            "/users",
            "/users/admin@" + domain,
            "/qualification")) {
      RawAnswer gone = as(sandbox, RawRequest.get(path + route));
      assertThat(gone.outcome()).as(route).isEqualTo("404/60003");
      assertThat(gone.json().get("description").text()).isEqualTo("Tenant not found");
      assertThat(server.sendAsAdmin(RawRequest.get(path + route)).outcome()).isEqualTo("403/20002");
    }
    assertThat(as(sandbox, RawRequest.of("DELETE", path)).outcome()).isEqualTo("404/60003");
    assertThat(as(sandbox, RawRequest.patch(path, LEAVE)).outcome()).isEqualTo("404/60003");
    assertThat(as(sandbox, RawRequest.patch(path + "/users/admin@" + domain, "{}")).outcome())
        .isEqualTo("404/60003");
    assertThat(as(sandbox, RawRequest.get("/v1/customers")).json().get("totalCount").number())
        .isZero();
  }

  @Test
  void deletionIsAnsweredAgainAndItsDomainsAreFree() {
    Sandbox sandbox = Sandbox.of(server);
    String path = Bodies.path(as(sandbox, Bodies.create(domain)));
    as(sandbox, RawRequest.of("DELETE", path).id(id));

    RawAnswer again = as(sandbox, RawRequest.of("DELETE", path).id(id));

    assertThat(again.outcome()).isEqualTo("204");
    assertThat(again.isReplayed()).isTrue();
    RawAnswer other = server.sendAsAdmin(Bodies.create(domain));
    assertThat(other.outcome()).isEqualTo("201");
    assertThat(Bodies.path(other)).isNotEqualTo(path);
    assertThat(server.sendAsAdmin(RawRequest.of("DELETE", path).id(id)).outcome())
        .isEqualTo("403/20002");
  }

  @Test
  void journalOutlivesTheCustomer() {
    Sandbox sandbox = Sandbox.of(server);
    RawAnswer created = as(sandbox, Bodies.create(domain).id(id));
    String path = Bodies.path(created);
    as(sandbox, RawRequest.of("DELETE", path));

    CustomerId customer = CustomerId.of(created.json().get("id").text());
    List<Entry> rows = server.server().directory().journal(customer, 0, 10);
    assertThat(rows).hasSize(4);
    assertThat(rows.getLast().operation()).isEqualTo(Operation.DELETE_CUSTOMER);
    assertThat(rows.getLast().changes()).isEmpty();
    assertThat(server.server().directory().verifyJournal(customer).isIntact()).isTrue();
    RawAnswer replay = as(sandbox, Bodies.create(domain).id(id));
    assertThat(replay.isReplayed()).isTrue();
    assertThat(Bodies.path(replay)).isEqualTo(path);
  }

  @Test
  void applicationOfASandboxMayDelete() {
    Sandbox sandbox = Sandbox.of(server);
    String path = Bodies.path(server.send(Bodies.create(domain).token(sandbox.appOnly())));

    RawRequest delete = RawRequest.of("DELETE", path).token(sandbox.appOnly());

    assertThat(server.send(delete).outcome()).isEqualTo("204");
    assertThat(server.send(delete).outcome()).isEqualTo("404/60003");
  }

  @Test
  void partnerThatDoesBusinessMayNotDelete() {
    RawAnswer answer =
        server.sendAsAdmin(RawRequest.of("DELETE", "/v1/customers/" + Tenancy.CUSTOMER));

    assertThat(answer.outcome()).isEqualTo("403/600006");
    assertThat(answer.json().get("description").text())
        .isEqualTo("The requested action is not allowed.");
    assertThat(server.sendAsAdmin(RawRequest.get(TestServer.foundingPath())).outcome())
        .isEqualTo("200");
  }

  @Test
  void oneOfManyDeletionsDeletes() throws InterruptedException, ExecutionException {
    Sandbox sandbox = Sandbox.of(server);
    String path = Bodies.path(as(sandbox, Bodies.create(domain)));

    List<RawAnswer> answers =
        Together.run(CALLERS, i -> () -> as(sandbox, RawRequest.of("DELETE", path)));

    assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 204)
        .extracting(RawAnswer::outcome)
        .containsOnly("404/60003");
  }

  /** Sixteen want the last three places. */
  @Test
  void sandboxHasNoMoreThanItsPlaces() throws InterruptedException, ExecutionException {
    Sandbox sandbox = Sandbox.of(server);
    int free = 3;
    String last = "";
    for (int i = 0; i < SANDBOX_LIMIT - free; i++) {
      last = Bodies.path(as(sandbox, Bodies.create(Bodies.newDomain())));
    }

    List<RawAnswer> answers =
        Together.run(CALLERS, i -> () -> as(sandbox, Bodies.create(Bodies.newDomain())));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(free);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .extracting(RawAnswer::outcome)
        .containsOnly("400/800018");
    assertThat(as(sandbox, RawRequest.of("DELETE", last)).outcome()).isEqualTo("204");
    assertThat(as(sandbox, Bodies.create(domain)).outcome()).isEqualTo("201");
    assertThat(as(sandbox, Bodies.create(Bodies.newDomain())).outcome()).isEqualTo("400/800018");
  }

  @Test
  void relationshipThatEndedIsNoneAtOnce() {
    String path = Bodies.path(server.sendAsAdmin(Bodies.create(domain)));
    assertThat(server.sendAsAdmin(RawRequest.get(path)).outcome()).isEqualTo("200");

    RawAnswer left = server.sendAsAdmin(RawRequest.patch(path, LEAVE).id(id));

    assertThat(left.text())
        .isEqualTo(
            "{\"relationshipToPartner\":\"none\",\"attributes\":{\"objectType\":\"Customer\"}}");
    for (String route : List.of("", "/profiles/billing", "/users", "/users/admin@" + domain)) {
      assertThat(server.sendAsAdmin(RawRequest.get(path + route)).outcome()).isEqualTo("403/20002");
    }
    RawAnswer again = server.sendAsAdmin(RawRequest.patch(path, LEAVE).id(id));
    assertThat(again.isReplayed()).isTrue();
    assertThat(again.text()).isEqualTo(left.text());
    assertThat(server.sendAsAdmin(RawRequest.patch(path, LEAVE)).outcome()).isEqualTo("403/20002");
    assertThat(server.sendAsAdmin(RawRequest.patch(path, "{}").id(id)).outcome())
        .isEqualTo("409/990003");
    assertThat(server.sendAsAdmin(Bodies.create(domain)).outcome()).isEqualTo("409/990002");
  }

  @Test
  void relationshipEndsOnce() throws InterruptedException, ExecutionException {
    RawAnswer created = server.sendAsAdmin(Bodies.create(domain));
    String path = Bodies.path(created);

    List<RawAnswer> answers =
        Together.run(CALLERS, i -> () -> server.sendAsAdmin(RawRequest.patch(path, LEAVE)));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .extracting(RawAnswer::outcome)
        .containsOnly("403/20002");
    CustomerId customer = CustomerId.of(created.json().get("id").text());
    List<Entry> rows = server.server().directory().journal(customer, 3, 10);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().changes().toString())
        .contains("relationshipToPartner", "reseller", "none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}|400/3000
          {"relationshipToPartner":null}|400/3000
          {"relationshipToPartner":""}|400/3000
          {"relationshipToPartner":"reseller"}|400/3000
          {"relationshipToPartner":"unheard-of"}|400/3000
          {"relationshipToPartner":"none","attributes":{"objectType":"CustomerUser"}}|400/3000
          {"relationshipToPartner":"none","id":"abc"}|400/900118
          {"relationshipToPartner":"none","id":""}|400/900118
          {"relationshipToPartner":"none","id":"4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04"}|400/900118
          {"relationshipToPartner":1}|400/800002
          []|400/800002
          {"relationshipToPartner":none}|400/800002
          """)
  void nothingButTheEndIsTaken(String body, String outcome) {
    String path = "/v1/customers/" + Tenancy.CUSTOMER;

    assertThat(server.sendAsAdmin(RawRequest.patch(path, body)).outcome()).isEqualTo(outcome);
    assertThat(server.sendAsAdmin(RawRequest.get(path)).outcome()).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "NONE", "none"})
  void endIsTakenInAnyCase(String none) {
    String path = Bodies.path(server.sendAsAdmin(Bodies.create(domain)));
    String body =
        "{\"RelationshipToPartner\":\"%s\",\"Id\":\"%s\"}"
            .formatted(none, path.substring(path.lastIndexOf('/') + 1));

    assertThat(server.sendAsAdmin(RawRequest.patch(path, body)).outcome()).isEqualTo("200");
  }
}
