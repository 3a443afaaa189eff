package dev.vidame.server.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.customers.Bodies;
import dev.vidame.server.customers.Bodies.Sandbox;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TestTokens;
import dev.vidame.server.licenses.Seats;
import dev.vidame.wire.CustomerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that somebody must have done before each refusal can be met, and who meets it. */
final class ErrorWorld {
  private static final int SANDBOX_LIMIT = 75;
  private static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  private static final String ROLE = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
  private static final String ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
  private static final Pattern REPEATED = Pattern.compile("\\{(\\d+) x}");

  private final TestServer server;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> tokens = new HashMap<>();

  ErrorWorld(TestServer server) {
    this.server = server;
    names.put("cid", Tenancy.CUSTOMER.toString());
    names.put("uid", Tenancy.USER.toString());
    names.put("other", Tenancy.OTHER_CUSTOMER.toString());
    names.put("other-uid", Tenancy.OTHER_USER.toString());
    names.put("none", NOBODY);
    names.put("domain", Tenancy.DOMAIN);
    names.put("role", ROLE);
    names.put("admin-role", ADMINISTRATOR);
    lapse();
    makeTokens();
    makeAccounts();
    makeLicenses();
    makeCustomers();
  }

  /** An account whose time to be restored is over; the clock moves for it before anything else. */
  private void lapse() {
    String id = create("lapsed", "");
    asAdmin(RawRequest.of("DELETE", USERS + "/" + id), 204);
    server.clock().advance(Duration.ofDays(30));
  }

  private void makeTokens() {
    TestTokens issued = server.tokens();
    tokens.put("admin", issued.of(Role.ADMIN_AGENT));
    tokens.put("helpdesk", issued.of(Role.HELPDESK_AGENT));
    tokens.put("sales", issued.of(Role.SALES_AGENT));
    tokens.put("billing-admin", issued.of(Role.BILLING_ADMIN));
    tokens.put("app-only", issued.appOnly());
    tokens.put("malformed", "word");
    tokens.put("other-audience", issued.forAudience("https://other.example"));
    tokens.put("expired", changed("exp", 1_000_000_000L));
    tokens.put("other-issuer", changed("iss", "https://issuer.example/"));
    tokens.put("unknown-agent", changed("oid", NOBODY));
    tokens.put("unknown-partner", ofUnknownPartner());
  }

  private String changed(String claim, Object value) {
    Map<String, Object> claims = TestTokens.claims(token("admin"));
    claims.put(claim, value);
    return signed(claims);
  }

  private String ofUnknownPartner() {
    Map<String, Object> claims = TestTokens.claims(token("admin"));
    claims.replaceAll((claim, value) ->
        value instanceof String text ? text.replace(Tenancy.PARTNER.toString(), NOBODY) : value);
    return signed(claims);
  }

  private String signed(Map<String, Object> claims) {
    return server.tokens().signed(claims, server.tokens().signingKey());
  }

  private void makeAccounts() {
    String boss = create("boss", ",\"immutableId\":\"the boss\"");
    asAdmin(
        RawRequest.of(
                "POST",
                "/v1/customers/"
                    + Tenancy.CUSTOMER
                    + "/directoryroles/"
                    + ADMINISTRATOR
                    + "/usermembers")
            .body("{\"id\":\"" + boss + "\"}"),
        201);
    asAdmin(RawRequest.of("DELETE", USERS + "/" + create("deleted", "")), 204);
    asAdmin(RawRequest.of("DELETE", USERS + "/" + create("robbed", "")), 204);
    create("robber", ",\"userPrincipalName\":\"robbed@" + Tenancy.DOMAIN + "\"");
    UUID used = UUID.randomUUID();
    names.put("used-id", used.toString());
    asAdmin(RawRequest.patch(USERS + "/" + boss, "{\"displayName\":\"Boss\"}").id(used), 200);
  }

  private String create(String name, String more) {
    String body =
        "{\"userPrincipalName\":\"%s@%s\",\"displayName\":\"%s\",\"passwordProfile\":{\"password\":\"abCD123*\"}%s}"
            .formatted(name, Tenancy.DOMAIN, name, more);
    String id = asAdmin(RawRequest.of("POST", USERS).body(body), 201).json().get("id").text();
    names.put(name, id);
    return id;
  }

  private void makeLicenses() {
    Seats.define(server);
    Seats.define(server, Seats.TENANT_WIDE, "TENANT", "For the whole tenant", 1);
    names.put("ems", Seats.EMS);
    names.put("visio", Seats.VISIO);
    names.put("game", Seats.GAME);
    names.put("tenant-wide", Seats.TENANT_WIDE);
    create("seated", ",\"usageLocation\":\"FR\"");
    asAdmin(RawRequest.patch(USERS + "/" + Tenancy.USER, "{\"usageLocation\":\"FR\"}"), 200);
    asAdmin(
        RawRequest.of("POST", USERS + "/" + names.get("seated") + "/licenseupdates")
            .body("{\"licensesToAssign\":[{\"skuId\":\"" + Seats.VISIO + "\"}]}"),
        201);
  }

  private void makeCustomers() {
    Sandbox sandbox = Sandbox.of(server);
    tokens.put("sandbox", sandbox.admin());
    RawAnswer created = server.send(Bodies.create(Bodies.newDomain()).token(sandbox.admin()));
    server.send(RawRequest.of("DELETE", Bodies.path(created)).token(sandbox.admin()));
    names.put("gone", created.json().get("id").text());

    RawAnswer ended = asAdmin(Bodies.create(Bodies.newDomain()), 201);
    asAdmin(RawRequest.patch(Bodies.path(ended), "{\"relationshipToPartner\":\"none\"}"), 200);
    names.put("ended", ended.json().get("id").text());

    Sandbox full = Sandbox.of(server);
    tokens.put("full-sandbox", full.admin());
    for (int i = 0; i < SANDBOX_LIMIT; i++) {
      addCustomer(full);
    }
    asAdmin(
        RawRequest.of("POST", "/v1/customers/" + Tenancy.CUSTOMER + "/verifieddomain")
            .body(
                """
                {"VerifiedDomainName":"federated.example","Domain":{\
                "AuthenticationType":"Federated","Capability":"Email","Name":"federated.example",\
                "Status":"Verified"},"DomainFederationSettings":{}}\
                """),
        201);
  }

  private void addCustomer(Sandbox sandbox) {
    UUID id = UUID.randomUUID();
    Fingerprint unique = new Fingerprint(id.getMostSignificantBits(), id.getLeastSignificantBits());
    server
        .tenancy()
        .directory()
        .customers()
        .create(
            new NewCustomer(new CustomerId(id), "Customer", Bodies.newDomain()),
            new ChangeRequest(Actor.operator(sandbox.id()), id, id, unique, unique));
  }

  private RawAnswer asAdmin(RawRequest request, int status) {
    RawAnswer answer = server.send(request.token(server.tokens().of(Role.ADMIN_AGENT)));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    return answer;
  }

  /** The request as this caller sends it. */
  RawRequest as(String caller, RawRequest request) {
    return caller.equals("nobody") ? request : request.token(token(caller));
  }

  private String token(String caller) {
    String token = tokens.get(caller);
    if (token == null) {
      throw new AssertionError("Nobody is called " + caller);
    }
    return token;
  }

  /** The text with what its braces stand for. */
  String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    Matcher repeated = REPEATED.matcher(filled);
    return repeated.replaceAll(match -> "x".repeat(Integer.parseInt(match.group(1))));
  }
}
