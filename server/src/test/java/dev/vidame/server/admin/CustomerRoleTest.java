package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.AGENTS;
import static dev.vidame.server.admin.Admin.NOBODY;
import static dev.vidame.server.admin.Admin.PARTNERS;
import static dev.vidame.server.harness.TestServer.foundingPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators let an agent do to one customer, who otherwise may do nothing. */
class CustomerRoleTest {
  @TempDir private Path folder;
  private Admin admin;
  private String agent = "";
  private String token = "";
  private Instant end = Instant.EPOCH;

  @BeforeEach
  void start() {
    admin = Admin.start(folder);
    agent = AGENTS + "/" + admin.server().tenancy().agent(Role.BILLING_ADMIN).id();
    token = admin.server().tokens().of(Role.BILLING_ADMIN);
    end = admin.server().clock().instant().plus(Duration.ofMinutes(30));
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private String role(String role) {
    return agent + "/customers/" + Tenancy.CUSTOMER + "/roles/" + role;
  }

  private RawAnswer give(String role) {
    return admin.send("PUT", role(role), "{\"endsAt\":\"" + end + "\"}");
  }

  private String rename() {
    return admin
        .server()
        .send(RawRequest.patch(foundingPath(), "{\"displayName\":\"New\"}").token(token))
        .outcome();
  }

  @Test
  void roleHoldsFromTheNextRequestOnUntilItsEnd() {
    assertThat(admin.read(token)).isEqualTo("403/900150");

    RawAnswer given = give("User_Administrator");

    assertThat(given.text())
        .isEqualTo(
            "{\"id\":\"%s\",\"roles\":{\"user_administrator\":\"%s\"}}"
                .formatted(Tenancy.CUSTOMER, end));
    assertThat(admin.read(token)).isEqualTo("200");
    assertThat(rename()).isEqualTo("200");

    admin.server().clock().advance(Duration.ofMinutes(30));

    assertThat(admin.read(token)).isEqualTo("403/900150");
    assertThat(rename()).isEqualTo("403/900150");
    assertThat(admin.send("GET", agent + "/customers/" + Tenancy.CUSTOMER).outcome())
        .isEqualTo("404/1000");
  }

  @Test
  void takenRoleIsGoneWithTheNextRequest() {
    give("directoryReaders");
    assertThat(admin.read(token)).isEqualTo("200");
    assertThat(rename()).isEqualTo("403/900150");

    assertThat(admin.send("DELETE", role("directory_readers")).status()).isEqualTo(204);

    assertThat(admin.read(token)).isEqualTo("403/900150");
    assertThat(admin.send("DELETE", role("directory_readers")).outcome()).isEqualTo("404/1000");
  }

  @Test
  void roleIsGoodOnItsCustomerOnly() {
    give("user_administrator");
    admin.send("PUT", Admin.RELATIONSHIPS + "/" + Tenancy.OTHER_CUSTOMER);
    RawRequest other =
        RawRequest.get("/v1/customers/" + Tenancy.OTHER_CUSTOMER + "/users").token(token);

    assertThat(admin.server().send(other).outcome()).isEqualTo("403/900150");
    assertThat(admin.list(token)).isEqualTo("403/900150");
  }

  @Test
  void rolesAreListedByCustomer() {
    give("license_administrator");
    give("user_administrator");

    String shown =
        "{\"id\":\"%s\",\"roles\":{\"user_administrator\":\"%s\",\"license_administrator\":\"%s\"}}"
            .formatted(Tenancy.CUSTOMER, end, end);
    assertThat(admin.send("GET", agent + "/customers").text())
        .isEqualTo("{\"totalCount\":1,\"items\":[" + shown + "]}");
    assertThat(admin.send("GET", agent + "/customers/" + Tenancy.CUSTOMER).text()).isEqualTo(shown);
  }

  @Test
  void repeatedRequestsAreOneChange() {
    long rows = admin.rows(Tenancy.CUSTOMER);
    RawRequest request =
        RawRequest.of("PUT", role("global_reader"))
            .id(UUID.randomUUID())
            .body("{\"endsAt\":\"" + end + "\"}");

    assertThat(admin.send(request).status()).isEqualTo(200);
    RawAnswer again = admin.send(request);

    assertThat(again.header("MS-Replayed")).isEqualTo("true");
    assertThat(admin.rows(Tenancy.CUSTOMER)).isEqualTo(rows + 1);
  }

  @Test
  void auditRecordsOfPartnersSayNothingOfIt() {
    RawRequest records = RawRequest.get("/v1/auditrecords");
    String before = admin.server().sendAsAdmin(records).text();

    give("global_reader");

    assertThat(before).contains("\"totalCount\":2");
    assertThat(admin.server().sendAsAdmin(records).text()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "global_reader | {} | 400/3000 | endsAt",
        "global_reader | {\"endsAt\":\"\"} | 400/3000 | endsAt",
        "global_reader | {\"endsAt\":7} | 400/3000 | endsAt",
        "global_reader | {\"endsAt\":\"soon\"} | 400/3000 | must be a date",
        "global_reader | {\"endsAt\":\"2026-13-01\"} | 400/3000 | must be a date",
        "global_reader | {\"endsAt\":\"2001-01-01\"} | 400/3000 | at most 730 days ahead",
        "global_reader | {\"endsAt\":\"+999999999-01-01T00:00:00Z\"} | 400/3000 | at most 730 days ahead",
        "king | {\"endsAt\":\"2027-01-01\"} | 400/900126 | king",
        "admin_agent | {\"endsAt\":\"2027-01-01\"} | 400/900126 | admin_agent",
        "global_reader | [] | 400/800002 | object",
        "global_reader | `` | 400/800002 | empty"
      })
  void badInputIsNamedAndChangesNothing(String role, String body, String outcome, String named) {
    long rows = admin.rows(Tenancy.CUSTOMER);

    RawAnswer answer = admin.send("PUT", role(role), body);

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.text()).contains(named);
    assertThat(admin.rows(Tenancy.CUSTOMER)).isEqualTo(rows);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    String body = "{\"endsAt\":\"" + end + "\"}";
    String tail = "/customers/" + Tenancy.CUSTOMER + "/roles/global_reader";
    String name = agent.substring(agent.lastIndexOf('/') + 1);
    String others = PARTNERS + "/" + Tenancy.OTHER_PARTNER + "/agents/" + name;
    for (String of :
        new String[] {AGENTS + "/" + NOBODY, AGENTS + "/no-guid", others, others + "x"}) {
      assertThat(admin.send("PUT", of + tail, body).outcome()).isEqualTo("404/1000");
      assertThat(admin.send("DELETE", of + tail).outcome()).isEqualTo("404/1000");
      assertThat(admin.send("GET", of + "/customers").outcome()).isEqualTo("404/1000");
    }
    for (String customer : new String[] {NOBODY, "x", Tenancy.OTHER_CUSTOMER.toString()}) {
      String path = agent + "/customers/" + customer;
      assertThat(admin.send("PUT", path + "/roles/global_reader", body).outcome())
          .isEqualTo("404/1000");
      assertThat(admin.send("GET", path).outcome()).isEqualTo("404/1000");
    }
  }
}
