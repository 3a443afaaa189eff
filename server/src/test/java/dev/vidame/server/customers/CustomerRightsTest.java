package dev.vidame.server.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what to customers, and what one partner learns of another's: nothing. */
class CustomerRightsTest {
  @RegisterExtension static final Served served = new Served();

  private static final UUID ID = UUID.fromString("b1317092-f087-471e-a637-f66523b2b94c");
  private static final String UNKNOWN = "0e5ad6a3-33b4-4a38-8a5e-4b3a7dcb4a4a";
  private static final String DOMAIN_BODY =
      "{\"verifiedDomainName\":\"n.example\",\"domain\":{\"authenticationType\":\"managed\"}}";

  /** Every route on a customer, with bodies that are right and bodies that are not. */
  static Stream<String> linesOnACustomer() {
    return Stream.of(
        "GET ",
        "DELETE ",
        "DELETE  {",
        "PATCH  {\"relationshipToPartner\":\"none\"}",
        "PATCH  {\"relationshipToPartner\":\"reseller\"}",
        "PATCH  {\"id\":\"" + Tenancy.OTHER_CUSTOMER + "\",\"relationshipToPartner\":\"none\"}",
        "PATCH  {",
        "GET /profiles/company",
        "GET /profiles/billing",
        "PUT /profiles/billing {}",
        "PUT /profiles/billing {",
        "PUT /profiles/billing " + Bodies.billing(),
        "POST /verifieddomain " + DOMAIN_BODY,
        "POST /verifieddomain {",
        "GET /qualification",
        "PUT /qualification {}",
        "GET /subscriptions",
        "GET /orders",
        "POST /orders {}",
        "GET /usagesummary");
  }

  @ParameterizedTest
  @MethodSource("linesOnACustomer")
  void foreignCustomerLooksLikeOneThatDoesNotExist(String line) {
    RawAnswer foreign = send(line, Tenancy.OTHER_CUSTOMER.toString());
    RawAnswer unknown = send(line, UNKNOWN);

    assertThat(foreign.outcome()).isEqualTo("403/20002");
    assertThat(seen(foreign)).isEqualTo(seen(unknown));
    assertThat(foreign.json().get("description").text())
        .isEqualTo("No relationship between caller and account.");
  }

  @ParameterizedTest
  @MethodSource("linesOnACustomer")
  void customerThatIsNoGuidIsRefused(String line) {
    assertThat(send(line, "not-a-guid").outcome()).isEqualTo("400/2000");
  }

  private static RawAnswer send(String line, String customer) {
    String[] parts = line.split(" ", 3);
    return served
        .server()
        .sendAsAdmin(
            RawRequest.of(parts[0], "/v1/customers/" + customer + parts[1])
                .id(ID)
                .header("MS-CorrelationId", ID.toString())
                .body(parts.length > 2 ? parts[2] : ""));
  }

  /** Everything in an answer but its time. */
  private static String seen(RawAnswer answer) {
    return answer.toString().replaceAll("(?m)^Date: .*$", "");
  }

  /** Wire-spec §0.5; a role that suffices gets as far as the request's own faults. */
  @ParameterizedTest
  @CsvSource({
    "ADMIN_AGENT,           200, 400, 403/600006, 400, 200, 200, 400, 400, 200, 501",
    "HELPDESK_AGENT,        200, -,   -,          -,   200, 200, -,   -,   200, 501",
    "SALES_AGENT,           200, 400, -,          400, 200, 200, 400, -,   200, 501",
    "USER_MANAGEMENT_ADMIN, -,   -,   -,          -,   -,   -,   -,   -,   403, -",
    "BILLING_ADMIN,         -,   -,   -,          -,   -,   -,   -,   -,   403, -"
  })
  @SuppressWarnings("TooManyParameters") // one column for each operation
  void roleDecides(
      Role role,
      String get,
      String create,
      String delete,
      String leave,
      String company,
      String billing,
      String replace,
      String addDomain,
      String checkDomain,
      String other) {
    String token = served.server().tokens().of(role);
    String path = "/v1/customers/" + Tenancy.CUSTOMER;

    assertThat(outcome(token, RawRequest.get(path))).isEqualTo(orWeak(get));
    assertThat(outcome(token, RawRequest.of("POST", "/v1/customers").body("{}")))
        .startsWith(orWeak(create));
    assertThat(outcome(token, RawRequest.of("DELETE", path))).isEqualTo(orWeak(delete));
    assertThat(outcome(token, RawRequest.patch(path, "{}"))).startsWith(orWeak(leave));
    assertThat(outcome(token, RawRequest.get(path + "/profiles/company")))
        .isEqualTo(orWeak(company));
    assertThat(outcome(token, RawRequest.get(path + "/profiles/billing")))
        .isEqualTo(orWeak(billing));
    assertThat(outcome(token, RawRequest.of("PUT", path + "/profiles/billing").body("{}")))
        .startsWith(orWeak(replace));
    assertThat(outcome(token, RawRequest.of("POST", path + "/verifieddomain").body("{}")))
        .startsWith(orWeak(addDomain));
    assertThat(status(token, RawRequest.of("HEAD", "/v1/domains/" + Tenancy.DOMAIN)))
        .isEqualTo(checkDomain);
    assertThat(outcome(token, RawRequest.get(path + "/subscriptions"))).startsWith(orWeak(other));
  }

  private static String orWeak(String expected) {
    return expected.equals("-") ? "403/900150" : expected;
  }

  private static String outcome(String token, RawRequest request) {
    return served.server().sendWhateverComes(request.token(token)).outcome();
  }

  private static String status(String token, RawRequest request) {
    return Integer.toString(served.server().sendWhateverComes(request.token(token)).status());
  }

  /** Wire-spec §0.4. */
  @Test
  void applicationOnItsOwnMayDoWhatIsOpenToIt() {
    String token = served.server().tokens().appOnly();
    String path = "/v1/customers/" + Tenancy.CUSTOMER;

    assertThat(outcome(token, RawRequest.get(path))).isEqualTo("200");
    assertThat(outcome(token, RawRequest.of("DELETE", path))).isEqualTo("403/600006");
    assertThat(outcome(token, RawRequest.get(path + "/profiles/billing"))).isEqualTo("200");
    assertThat(outcome(token, RawRequest.of("PUT", path + "/profiles/billing").body("{}")))
        .isEqualTo("400/3000");
    assertThat(outcome(token, RawRequest.of("POST", path + "/verifieddomain").body("{}")))
        .isEqualTo("400/3000");
    assertThat(outcome(token, RawRequest.get("/v1/domains/" + Tenancy.DOMAIN))).isEqualTo("200");
    assertThat(outcome(token, RawRequest.patch(path, "{}"))).isEqualTo("403/2032");
    assertThat(outcome(token, RawRequest.get(path + "/profiles/company"))).isEqualTo("403/2032");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/profiles/company", "/profiles/billing", "/users"})
  void headIsTakenOnDomainsOnly(String route) {
    RawAnswer answer =
        served
            .server()
            .sendAsAdmin(RawRequest.of("HEAD", "/v1/customers/" + Tenancy.CUSTOMER + route));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void domainIsTakenWhosoeverHasIt() {
    TestServer server = served.server();
    for (String method : new String[] {"HEAD", "GET"}) {
      assertThat(check(method, Tenancy.DOMAIN.toUpperCase(Locale.ROOT))).isEqualTo(200);
      assertThat(check(method, "other.example")).isEqualTo(200);
      assertThat(check(method, "free.example")).isEqualTo(404);
      assertThat(check(method, "not%20a%20domain!")).isEqualTo(404);
    }
    RawAnswer stranger = server.send(RawRequest.of("HEAD", "/v1/domains/other.example"));
    assertThat(stranger.status()).isEqualTo(401);
    RawAnswer wrong = server.sendAsAdmin(RawRequest.of("POST", "/v1/domains/x.example").body("{}"));
    assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD");
  }

  private static int check(String method, String domain) {
    RawAnswer answer = served.server().sendAsAdmin(RawRequest.of(method, "/v1/domains/" + domain));
    assertThat(answer.body()).isEmpty();
    return answer.status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/customers/relationshiprequests",
        "GET /v1/countryvalidationrules/US",
        "GET /v1/profiles/support",
        "GET /v1/agreements",
        "GET /v1/customers/CUSTOMER/qualification",
        "PUT /v1/customers/CUSTOMER/qualification",
        "GET /v1/customers/CUSTOMER/orders/x",
        "PATCH /v1/customers/CUSTOMER/subscriptions/x"
      })
  void whatIsNotOfferedSaysSo(String line) {
    String[] parts = line.replace("CUSTOMER", Tenancy.CUSTOMER.toString()).split(" ", 2);
    String token = served.server().tokens().admin();

    assertThat(outcome(token, RawRequest.of(parts[0], parts[1]).body("{}"))).isEqualTo("501/0");
    assertThat(served.server().send(RawRequest.of(parts[0], parts[1])).outcome())
        .isEqualTo("401/800001");
  }

  @Test
  void customerWithoutAProfileIsShownWithWhatIsKnown() {
    RawAnswer answer = send("GET ", Tenancy.CUSTOMER.toString());

    assertThat(answer.json().get("companyProfile").has("address")).isFalse();
    assertThat(answer.json().get("billingProfile").get("companyName").text()).isEqualTo("Customer");
    assertThat(answer.json().get("billingProfile").has("defaultAddress")).isFalse();
  }
}
