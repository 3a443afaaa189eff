package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Secrets where somebody thought that they could go wrong: in bodies that are broken, in headers,
 * behind the token endpoint's grants. Used by one thread.
 */
final class PlantedByHand {
  private static final String USERS = Planting.USERS;
  private static final String TOKEN = "/" + Tenancy.PARTNER + "/oauth2/token";

  private final Planting planting;
  private final TestServer server;
  private final String operator;

  /**
   * Prepares.
   *
   * @param operator an operator's secret
   */
  PlantedByHand(Planting planting, String operator) {
    this.planting = planting;
    this.server = planting.server();
    this.operator = operator;
  }

  void plant() {
    inBodies();
    inPathsAndQueries();
    inHeaders();
    atTheTokenEndpoint();
    atSignInPages();
    atOperatorsRoutes();
  }

  private void inBodies() {
    String account = TestServer.foundingPath();
    UserId other = server.tenancy().newUser();
    send(RawRequest.patch(account, password(planting.plant())));
    send(RawRequest.patch(account + "/resetpassword", password(planting.plant())));
    send(
        RawRequest.of("POST", USERS)
            .body(
                "{\"userPrincipalName\":\"planted@"
                    + Tenancy.DOMAIN
                    + "\",\"displayName\":\"d\",\"firstName\":\"f\",\"lastName\":\"l\",\"usageLocation\":\"FR\","
                    + password(planting.plant()).substring(1)));
    for (String bad :
        List.of(
            "{\"usageLocation\":\"ZZ\"," + password(planting.plant()).substring(1),
            password(planting.plant()).toLowerCase(java.util.Locale.ROOT).replaceAll("[0-9-]", "x"),
            "{\"passwordProfile\":{\"password\":\"" + planting.plant() + "\u00e9\"}}",
            "{\"passwordProfile\":\"" + planting.plant() + "\"}",
            "{\"passwordProfile\":[\"" + planting.plant() + "\"]}",
            "{\"passwordProfile\":{\"password\":[\"" + planting.plant() + "\"]}}",
            "{\"passwordProfile\":{\"password\":\"" + planting.plant(),
            "{\"passwordProfile\":{\"password\":\"" + planting.plant() + "\\q\"}}",
            "{\"passwordProfile\":{\"password\":" + planting.plant() + "}}",
            "{\"passwordProfile\":{\"password\":\""
                + planting.plant()
                + "\",\"forceChangePassword\":\""
                + planting.plant()
                + "\"}}",
            planting.plant(),
            "\"" + planting.plant() + "\"",
            "{\"pwd\":\"" + planting.plant() + "\"}",
            "{\"usageLocation\":\"" + planting.plant() + "\"}",
            "{\"userPrincipalName\":\"" + planting.plant() + "\"}",
            "{\"state\":\"" + planting.plant() + "\"}",
            "{\"id\":\"" + planting.plant() + "\"}")) {
      send(RawRequest.patch(account, bad));
      send(RawRequest.patch(USERS, bad));
      send(RawRequest.of("POST", USERS).body(bad));
      send(RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, other), bad));
    }
  }

  private static String password(String text) {
    return "{\"passwordProfile\":{\"password\":\"" + text + "\",\"forceChangePassword\":true}}";
  }

  private void inPathsAndQueries() {
    for (String method : List.of("GET", "PATCH", "DELETE", "POST")) {
      for (String path :
          List.of(
              "/v1/customers/" + planting.plant(),
              "/v1/customers/" + planting.plant() + "/users",
              USERS + "/" + planting.plant(),
              USERS + "/" + planting.plant() + "/resetpassword",
              USERS + "/" + planting.plant() + "/licenseupdates",
              "/v1/customers/"
                  + Tenancy.CUSTOMER
                  + "/directoryroles/"
                  + planting.plant()
                  + "/usermembers",
              "/v1/" + planting.plant(),
              "/" + planting.plant())) {
        send(RawRequest.of(method, path).body("{}"));
      }
    }
    for (String query :
        List.of(
            "access_token=",
            "size=",
            "filter=",
            "filter=%7B%22Field%22%3A%22",
            "sortField=",
            "sortDirection=",
            "seekOperation=",
            "startDate=",
            "endDate=",
            "MS-ContinuationToken=",
            "api-version=",
            "x=%",
            "licenseGroupIds=")) {
      for (String path : List.of(USERS, "/v1/customers", "/v1/auditrecords")) {
        send(RawRequest.get(path + "?" + query + planting.plant()));
      }
    }
  }

  private void inHeaders() {
    for (String name :
        List.of(
            "If-Match",
            "If-None-Match",
            "MS-RequestId",
            "MS-CorrelationId",
            "MS-ContinuationToken",
            "Accept",
            "Content-Type",
            "MS-Contract-Version",
            "MS-PartnerCenter-Client",
            "X-Forwarded-For",
            "Cookie",
            "Expect",
            "Authorization",
            "X-Api-Key",
            "Accept-Language",
            "Content-Encoding",
            "Upgrade")) {
      send(RawRequest.patch(TestServer.foundingPath(), "{}").header(name, planting.plant()));
      send(RawRequest.get(USERS).header(name, planting.plant()));
    }
    for (String authorization :
        List.of(
            "Bearer " + planting.plant(),
            "Basic " + planting.plant(),
            planting.plant(),
            "Bearer a." + planting.plant() + ".b")) {
      planting.receive(
          RawRequest.patch(TestServer.foundingPath(), "{}").header("Authorization", authorization));
    }
  }

  private void atTheTokenEndpoint() {
    for (String field :
        List.of(
            "grant_type",
            "client_id",
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "username",
            "password",
            "resource",
            "scope",
            "refresh_token",
            "assertion",
            "otp",
            "code")) {
      String form =
          server.tokens().passwordForm().replaceFirst("(?<=^|&)" + field + "=[^&]*&?", "");
      planting.receive(server.tokens().request(form + "&" + field + "=" + planting.plant()));
    }
    String client = "client_id=" + server.tenancy().confidential().id();
    planting.receive(
        server
            .tokens()
            .request("grant_type=refresh_token&" + client + "&refresh_token=" + planting.plant()));
    planting.receive(server.tokens().request("grant_type=password&password=%" + planting.plant()));
    planting.receive(
        server
            .tokens()
            .requestAt(
                "/" + planting.plant() + "/oauth2/token", server.tokens().applicationForm()));
    planting.receive(
        server
            .tokens()
            .requestAt(
                TOKEN + "?client_secret=" + planting.plant(), "grant_type=" + planting.plant()));
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (server.tenancy().confidential().id() + ":" + planting.plant())
                    .getBytes(StandardCharsets.UTF_8));
    planting.receive(
        server
            .tokens()
            .request("grant_type=client_credentials")
            .header("Authorization", "Basic " + basic));
  }

  /** Behind forms that are good but for one field. */
  private void atSignInPages() {
    String portal = GivenSecrets.signInPage(GivenSecrets.portal(server).toString());
    for (String field :
        List.of("username", "password", "otp", "form_token", "decision", "sign_in", "x")) {
      Visitor browser = new Visitor(server, "en");
      boolean isEchoed = !PlantedForms.NEVER_SHOWN.contains(field);
      browser.listening((request, answer) -> planting.hear(request, answer, isEchoed));
      for (String page : List.of(portal, "/device")) {
        Map<String, String> fields = Visitor.hidden(browser.get(page).text());
        if (page.equals("/device")) {
          fields.put("user_code", server.tokens().deviceCodes().get("user_code").text());
          fields = Visitor.hidden(browser.post(page, fields).text());
        }
        fields.put("username", server.tenancy().agent(Role.SALES_AGENT).userPrincipalName());
        fields.put("password", Tenancy.AGENT_PASSWORD);
        fields.put("decision", "allow");
        fields.put(field, planting.plant());
        assertThat(browser.post(page, fields).status()).isIn(200, 303, 400, 403);
      }
    }
  }

  private void atOperatorsRoutes() {
    String agents = "/admin/v1/partners/" + Tenancy.PARTNER + "/agents";
    planting.receive(RawRequest.get(agents).token("vop_" + planting.plant()));
    String agent =
        "{\"userPrincipalName\":\"planted@partner.example\",\"displayName\":\"d\",\"roles\":[\"%s\"],\"password\":\"%s\"}";
    for (String body :
        List.of(
            agent.formatted("admin_agent", planting.plant()),
            agent.formatted(planting.plant(), planting.plant()),
            agent.formatted("admin_agent", "x\",\"y\":\"" + planting.plant()),
            "{\"password\":\"" + planting.plant())) {
      planting.receive(RawRequest.of("POST", agents).body(body).token(operator));
    }
    String factor = agents + "/" + server.tenancy().agent(Role.SALES_AGENT).id() + "/second-factor";
    planting.receive(
        RawRequest.of("POST", factor).body("{\"secret\":\"" + planting.plant()).token(operator));
    for (String body :
        List.of(
            "{\"code\":\"" + planting.plant() + "\"}",
            "{\"code\":[\"" + planting.plant() + "\"]}",
            "{\"code\":\"" + planting.plant())) {
      planting.receive(RawRequest.of("POST", factor + "/confirm").body(body).token(operator));
    }
    planting.receive(RawRequest.get(USERS).token(operator));
    planting.receive(RawRequest.get(agents).token(server.tokens().admin()));
  }

  private void send(RawRequest request) {
    boolean isAuthorized =
        request.headers().stream().noneMatch(header -> header.name().equals("Authorization"));
    planting.receive(isAuthorized ? request.token(server.tokens().admin()) : request);
  }
}
