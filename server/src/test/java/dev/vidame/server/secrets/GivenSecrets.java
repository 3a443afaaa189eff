package dev.vidame.server.secrets;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.dashboard.Runs;
import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets that are good: those that callers bring, and those that the server makes for them. */
final class GivenSecrets {
  private static final String AGENTS = "/admin/v1/partners/" + Tenancy.PARTNER + "/agents";
  private static final String APPLICATIONS =
      "/admin/v1/partners/" + Tenancy.PARTNER + "/applications";
  private static final String TOKEN = "/" + Tenancy.PARTNER + "/oauth2/v2.0/token";
  private static final String BACK = "https://portal.example/callback";

  private static final String BILLING =
      """
      {"firstName":"A","lastName":"B","email":"a@a.com","culture":"en-US","language":"en",\
      "companyName":"Given","defaultAddress":{"country":"US","city":"Redmond","state":"WA",\
      "addressLine1":"1 ms way","postalCode":"98052","firstName":"A","lastName":"B",\
      "phoneNumber":"1234567890"}}\
      """;

  /** The pair of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static final Pattern SHOWN =
      Pattern.compile("<code id=\"(?:shown-once|new-password)\">([^<]+)</code>");

  private final Planting planting;
  private final TestServer server;
  private final String operator;
  private final List<Given> given = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param operator an operator's secret
   */
  GivenSecrets(Planting planting, String operator) {
    this.planting = planting;
    this.server = planting.server();
    this.operator = operator;
  }

  /** Brings and has made one of each kind, and uses it. */
  List<Given> all() {
    brought("an operator's secret", operator);
    brought("an agent's password", Tenancy.AGENT_PASSWORD);
    brought("an application's secret", Tenancy.APPLICATION_SECRET);
    ofOperators();
    ofASecondFactor();
    ofAccounts();
    ofSignIns();
    ofADevice();
    ofABrowser();
    ofABulkRun();
    return given;
  }

  private void brought(String name, String secret) {
    given.add(new Given(name, secret, false));
  }

  private void made(String name, String secret) {
    given.add(new Given(name, secret, true));
  }

  private void made(String name, RawAnswer answer, String member) {
    made(name, text(answer, member));
  }

  private static String text(RawAnswer answer, String member) {
    assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    return answer.json().get(member).text();
  }

  private RawAnswer asOperator(String method, String path, String body) {
    return planting.receive(RawRequest.of(method, path).body(body).token(operator));
  }

  private RawAnswer asAdmin(String method, String path, String body) {
    return planting.receive(RawRequest.of(method, path).body(body).token(server.tokens().admin()));
  }

  private void ofOperators() {
    made(
        "another operator's secret",
        asOperator("POST", "/admin/v1/operators", "{\"name\":\"Another\"}"),
        "secret");
    RawAnswer application = asOperator("POST", APPLICATIONS, "{\"name\":\"Made\"}");
    made("a new application's secret", application, "secret");
    made(
        "another secret of an application",
        asOperator("POST", APPLICATIONS + "/" + text(application, "id") + "/secrets", ""),
        "secret");
    String first = "First-Secret-Of-One-1";
    RawAnswer agent =
        asOperator(
            "POST",
            AGENTS,
            "{\"userPrincipalName\":\"made@partner.example\",\"displayName\":\"d\",\"roles\":[],\"password\":\""
                + first
                + "\"}");
    brought("a new agent's password", first);
    String second = "Second-Secret-Of-One-2";
    RawAnswer reset =
        asOperator(
            "POST",
            AGENTS + "/" + text(agent, "id") + "/resetpassword",
            "{\"password\":\"" + second + "\"}");
    assertThat(reset.status()).as(reset.toString()).isLessThan(300);
    brought("an agent's other password", second);
  }

  private void ofASecondFactor() {
    String factor =
        AGENTS + "/" + server.tenancy().agent(Role.BILLING_ADMIN).id() + "/second-factor";
    RawAnswer enrolled = asOperator("POST", factor, "");
    made("what codes are made of", enrolled, "secret");
    List<String> codes = enrolled.json().get("recoveryCodes").texts();
    Authenticator hand = new Authenticator(text(enrolled, "secret"), codes, server.clock());
    RawAnswer confirmed =
        asOperator("POST", factor + "/confirm", "{\"code\":\"" + hand.code(-1) + "\"}");
    assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
    made("a recovery code", codes.getFirst());
    made("the last recovery code", codes.getLast());
    brought("a recovery code without its lines", codes.getFirst().replace("-", ""));
    RawAnswer others = asOperator("POST", factor + "/recovery-codes", "");
    made("another recovery code", others.json().get("recoveryCodes").texts().getFirst());
    planting.receive(
        server
            .tokens()
            .request(
                server
                        .tokens()
                        .passwordForm()
                        .replaceFirst(
                            "username=[^&]*",
                            "username="
                                + server.tenancy().agent(Role.BILLING_ADMIN).userPrincipalName())
                    + "&otp="
                    + others.json().get("recoveryCodes").texts().getFirst()));
  }

  private void ofAccounts() {
    RawAnswer customer =
        asAdmin(
            "POST",
            "/v1/customers",
            "{\"companyProfile\":{\"domain\":\"given.example\"},\"billingProfile\":"
                + BILLING
                + "}");
    assertThat(customer.status()).as(customer.toString()).isEqualTo(201);
    made(
        "a first administrator's password",
        customer.json().get("userCredentials").get("password").text());
    String password = "Secret-Of-An-Account-3";
    RawAnswer user =
        asAdmin(
            "POST",
            Planting.USERS,
            "{\"userPrincipalName\":\"given@"
                + Tenancy.DOMAIN
                + "\",\"displayName\":\"d\",\"firstName\":\"f\",\"lastName\":\"l\",\"usageLocation\":\"FR\",\"passwordProfile\":{\"password\":\""
                + password
                + "\",\"forceChangePassword\":false}}");
    assertThat(user.status()).as(user.toString()).isEqualTo(201);
    brought("an account's password", password);
  }

  private void tokens(String how, RawAnswer answer) {
    String access = text(answer, "access_token");
    made("the signature of a token " + how, access.substring(access.lastIndexOf('.') + 1));
    RawAnswer read = planting.receive(RawRequest.get("/v1/customers").token(access));
    assertThat(read.status()).as(read.toString()).isEqualTo(200);
    if (answer.json().has("refresh_token")) {
      made("a refresh token " + how, answer, "refresh_token");
    }
  }

  private RawAnswer form(String path, Map<String, String> fields) {
    return planting.receive(server.tokens().requestAt(path, Visitor.form(fields)));
  }

  private void ofSignIns() {
    RawAnswer byPassword =
        planting.receive(server.tokens().requestAt(TOKEN, server.tokens().passwordForm()));
    tokens("by password", byPassword);
    tokens(
        "by a refresh token",
        planting.receive(
            server
                .tokens()
                .requestAt(
                    TOKEN,
                    server.tokens().applicationForm().replace("client_credentials", "refresh_token")
                        + "&refresh_token="
                        + text(byPassword, "refresh_token"))));
    tokens(
        "of an application",
        planting.receive(server.tokens().requestAt(TOKEN, server.tokens().applicationForm())));
    tokens(
        "by exchange",
        planting.receive(
            server
                .tokens()
                .requestAt("/generatetoken", "grant_type=jwt_token")
                .token(server.tokens().admin())));
    brought(
        "the signature of a token that was exchanged",
        server.tokens().admin().substring(server.tokens().admin().lastIndexOf('.') + 1));
    tokens("by a code", byACode());
  }

  /** The application that people sign in to with their browsers. */
  static ApplicationId portal(TestServer server) {
    return server
        .server()
        .directory()
        .partners()
        .createApplication(
            new Application(new ApplicationId(UUID.randomUUID()), Tenancy.PARTNER, "Portal", false)
                .withRedirectUris(List.of(BACK)),
            null)
        .id();
  }

  /** The page where people sign in to an application. */
  static String signInPage(String application) {
    Map<String, String> wish = new LinkedHashMap<>();
    wish.put("client_id", application);
    wish.put("redirect_uri", BACK);
    wish.put("response_type", "code");
    wish.put("code_challenge", CHALLENGE);
    wish.put("code_challenge_method", "S256");
    wish.put("scope", "openid offline_access");
    return "/" + Tenancy.PARTNER + "/oauth2/v2.0/authorize?" + Visitor.form(wish);
  }

  private RawAnswer byACode() {
    String portal = portal(server).toString();
    String page = signInPage(portal);
    Visitor browser = browser();
    RawAnswer back = browser.post(page, filled(browser.get(page)));
    String code = inQuery(back.header("Location"), "code");
    made("a code of a sign-in", code);
    browser
        .cookies()
        .forEach((name, value) -> made("the cookie " + name + " of the sign-in's page", value));
    return form(
        TOKEN,
        Map.of(
            "grant_type", "authorization_code",
            "client_id", portal,
            "code", code,
            "redirect_uri", BACK,
            "code_verifier", VERIFIER));
  }

  private Visitor browser() {
    Visitor browser = new Visitor(server, "en");
    browser.listening((request, answer) -> planting.hear(request, answer, false));
    return browser;
  }

  private Map<String, String> filled(RawAnswer page) {
    Map<String, String> fields = Visitor.hidden(page.text());
    fields.put("username", server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName());
    fields.put("password", Tenancy.AGENT_PASSWORD);
    fields.put("decision", "allow");
    return fields;
  }

  private static String inQuery(String address, String name) {
    for (String pair : URI.create(address).getRawQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("There is no " + name + " in " + address);
  }

  private void ofADevice() {
    String client = server.tenancy().publicClient().id().toString();
    JsonNode codes = form("/common/oauth2/v2.0/devicecode", Map.of("client_id", client)).json();
    made("a device's code", codes.get("device_code").text());
    Visitor browser = browser();
    Map<String, String> entered = Visitor.hidden(browser.get("/device").text());
    entered.put("user_code", codes.get("user_code").text());
    RawAnswer done = browser.post("/device", filled(browser.post("/device", entered)));
    assertThat(done.text()).contains("You are signed in");
    tokens(
        "of a device",
        form(
            "/common/oauth2/v2.0/token",
            Map.of(
                "grant_type",
                "device_code",
                "client_id",
                client,
                "device_code",
                codes.get("device_code").text())));
  }

  /** What people are shown on pages, and what their browsers keep. */
  private void ofABrowser() {
    Visitor admin = browser();
    RawAnswer signedIn =
        admin.signIn(
            "/dashboard/customers", server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName());
    assertThat(signedIn.status()).as(signedIn.toString()).isEqualTo(303);
    admin
        .cookies()
        .forEach((name, value) -> made("the cookie " + name + " of the dashboard", value));
    String password =
        "/dashboard/customers/"
            + Tenancy.CUSTOMER
            + "/users/"
            + server.tenancy().newUser()
            + "/password";
    RawAnswer reset = admin.submit(password, password, Map.of());
    made("a password that a page shows", shownOnce(admin, reset));
    String applications = "/dashboard/applications/new";
    made(
        "an application's secret that a page shows",
        shownOnce(admin, admin.submit(applications, applications, Map.of("name", "Of a page"))));
  }

  private void ofABulkRun() {
    Visitor admin = browser();
    var _ =
        admin.signIn(
            "/dashboard/customers", server.tenancy().agent(Role.ADMIN_AGENT).userPrincipalName());
    String password = "Secret-Of-An-Upload-4";
    String run =
        Runs.planned(
            admin,
            "userPrincipalName,displayName,operation,password\ngiven-1@%s,N,create,%s\ngiven-2@%s,N,create,\n,,,%s\n"
                .formatted(Tenancy.DOMAIN, password, Tenancy.DOMAIN, password),
            Map.of("passwords", "on"));
    RawAnswer report = Runs.pressed(admin, run, "apply");
    String list = admin.submit(run, run + "/passwords", Map.of()).text().strip();
    assertThat(report.text()).contains("<dt>Done</dt><dd>2</dd>");
    brought("a password of an upload", password);
    made("a password of a bulk run", list.substring(list.lastIndexOf(',') + 1));
  }

  private static String shownOnce(Visitor visitor, RawAnswer answer) {
    RawAnswer page = answer.status() == 303 ? visitor.follow(answer) : answer;
    Matcher shown = SHOWN.matcher(page.text());
    assertThat(shown.find()).as(page.toString()).isTrue();
    return requireNonNull(shown.group(1));
  }
}
