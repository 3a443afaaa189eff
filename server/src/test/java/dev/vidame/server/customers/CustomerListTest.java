package dev.vidame.server.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerListTest {
  private static final String LIST = "/v1/customers";
  private static final int MORE = 20;

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    for (int i = 0; i < MORE; i++) {
      UUID id = new UUID(5, i);
      server
          .server()
          .directory()
          .customers()
          .create(
              new NewCustomer(
                  new CustomerId(id),
                  (i % 2 == 0 ? "Contoso " : "Élan ") + i,
                  "d" + i + ".example"),
              new ChangeRequest(
                  Actor.operator(Tenancy.PARTNER),
                  id,
                  id,
                  new Fingerprint(5, i),
                  new Fingerprint(0, 0)));
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private RawAnswer list(String query) {
    return server.sendAsAdmin(RawRequest.get(LIST + query));
  }

  private static List<String> names(RawAnswer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<JsonNode> items = answer.json().get("items").items();
    assertThat(answer.json().get("totalCount").number()).isEqualTo(items.size());
    return items.stream()
        .map(item -> item.get("companyProfile").get("companyName").text())
        .toList();
  }

  private static String filter(String field, String operator, String value) {
    return "?size=0&filter="
        + URLEncoder.encode(
            "{\"Field\":\"%s\",\"Value\":\"%s\",\"Operator\":\"%s\"}"
                .formatted(field, value, operator),
            StandardCharsets.UTF_8);
  }

  @Test
  void itemHasTheMembersOfAListedCustomerInTheirOrder() {
    String id = Tenancy.CUSTOMER.toString();

    RawAnswer answer = list(filter("Domain", "equals", Tenancy.DOMAIN));

    assertThat(answer.text())
        .startsWith(
            ("{\"totalCount\":1,\"items\":[{\"id\":\"ID\",\"companyProfile\":{\"tenantId\":\"ID\","
                    + "\"domain\":\"DOMAIN\",\"companyName\":\"Customer\",\"links\":{\"self\":{\"uri\":"
                    + "\"/customers/ID/profiles/company\",\"method\":\"GET\",\"headers\":[]}},"
                    + "\"attributes\":{\"objectType\":\"CustomerCompanyProfile\"}},"
                    + "\"relationshipToPartner\":\"reseller\",\"links\":{\"self\":{\"uri\":"
                    + "\"/customers/ID\",\"method\":\"GET\",\"headers\":[]}},"
                    + "\"attributes\":{\"objectType\":\"Customer\"}}],")
                .replace("ID", id)
                .replace("DOMAIN", Tenancy.DOMAIN));
  }

  @ParameterizedTest
  @CsvSource({
    "CompanyName,       starts_with, contoso,   10",
    "DisplayName,       StartsWith,  CONTOSO 1, 5",
    "companyname,       equals,      élan 1,    1",
    "Domain,            starts_with, D1,        11",
    "DefaultDomainName, Equals,      d1.example, 1",
    "CompanyName,       starts_with, ontoso,    0",
    "IndirectReseller,  equals,      123456,    0",
    "IndirectCloudSolutionProvider, equals, 123456, 0"
  })
  void prefixOrValueMatchesInAnyCase(String field, String operator, String value, int count) {
    assertThat(names(list(filter(field, operator, value)))).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource({
    "CompanyName, substring,  x, 400/2000",
    "CompanyName, not_equals, x, 400/2000",
    "Password,    equals,     x, 400/3000",
    "CompanyName, resembles,  x, 400/800002"
  })
  void otherSearchIsRefused(String field, String operator, String value, String outcome) {
    assertThat(list(filter(field, operator, value)).outcome()).isEqualTo(outcome);
  }

  @Test
  void compoundSearchIsRefusedWithTheTextOfTheService() {
    String part = "{\"Field\":\"Domain\",\"Value\":\"d\",\"Operator\":\"equals\"}";
    String both =
        "{\"LeftFilter\":%s,\"RightFilter\":%s,\"Operator\":\"and\"}".formatted(part, part);

    RawAnswer answer = list("?filter=" + URLEncoder.encode(both, StandardCharsets.UTF_8));

    assertThat(answer.outcome()).isEqualTo("400/2000");
    assertThat(answer.json().get("description").text())
        .isEqualTo("Customer search only allows starts with and equals operation.");
    assertThat(answer.json().get("source").text()).isEqualTo("PartnerApiServiceControllers");
  }

  @ParameterizedTest
  @CsvSource({"''", "&sortField=CompanyName&sortDirection=descending", "&sortField=Unknown"})
  void pagesHoldEachCustomerOnce(String order) {
    RawAnswer page = list("?size=6" + order);
    List<String> all = new ArrayList<>(names(page));
    while (page.json().has("continuationToken")) {
      String token = page.json().get("continuationToken").text();
      page =
          server.sendAsAdmin(
              RawRequest.get("/v1//customers?size=6&seekOperation=Next")
                  .header("MS-ContinuationToken", token));
      all.addAll(names(page));
    }

    assertThat(all).hasSize(MORE + 1).doesNotHaveDuplicates();
    assertThat(all).containsExactlyInAnyOrderElementsOf(names(list("")));
  }

  @Test
  void partnerSeesItsOwnCustomersOnlyAndATokenIsItsOwn() {
    String token = list("?size=2").json().get("continuationToken").text();
    RawRequest next =
        RawRequest.get(LIST + "?seekOperation=Next").header("MS-ContinuationToken", token);
    RawAnswer others = server.send(RawRequest.get(LIST).token(server.tokens().otherAdmin()));

    assertThat(others.json().get("items").items().getFirst().get("id").text())
        .isEqualTo(Tenancy.OTHER_CUSTOMER.toString());
    assertThat(names(others)).hasSize(1);
    assertThat(server.send(next.token(server.tokens().otherAdmin())).outcome())
        .isEqualTo("400/3000");
  }

  @Test
  void applicationOnItsOwnMayList() {
    RawRequest request = RawRequest.get(LIST).token(server.tokens().appOnly());

    assertThat(names(server.send(request))).hasSize(MORE + 1);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void rolesThatSufficeList(Role role) {
    RawAnswer answer = server.send(RawRequest.get(LIST).token(server.tokens().of(role)));

    boolean suffices =
        role == Role.ADMIN_AGENT || role == Role.HELPDESK_AGENT || role == Role.SALES_AGENT;
    assertThat(answer.outcome()).isEqualTo(suffices ? "200" : "403/900150");
  }

  @Test
  void otherMethodIsRefusedWithThoseThatAreThere() {
    RawAnswer answer = server.sendAsAdmin(RawRequest.of("PUT", LIST).body("{}"));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, POST");
    assertThat(server.send(RawRequest.get(LIST)).outcome()).isEqualTo("401/800001");
  }
}
