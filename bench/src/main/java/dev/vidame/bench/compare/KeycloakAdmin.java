package dev.vidame.bench.compare;

import dev.vidame.bench.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Arranges a realm full of users in a Keycloak over its administrators' API. */
final class KeycloakAdmin {
  static final String ADMINISTRATOR = "administrator";
  static final String PASSWORD = "Measured-Beside-Vidame-1";
  static final String USERS = "/admin/realms/bench/users";

  private static final String REALM = "/admin/realms/bench";
  private static final String CLIENT_ID = "bench";
  private static final String SECRET = "f0e1d2c3b4a5968778695a4b3c2d1e0f";
  private static final int AT_ONCE = 500;
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);
  private static final List<String> ROLES = List.of("manage-users", "view-users", "query-users");

  /** Nobody signs in as a user, so all share one hash of the right length. */
  private static final String CREDENTIAL =
      "{\"type\":\"password\",\"secretData\":\"{\\\"value\\\":\\\"%s=\\\",\\\"salt\\\":\\\"%s==\\\"}\","
              .formatted("A".repeat(43), "A".repeat(22))
          + "\"credentialData\":\"{\\\"hashIterations\\\":5,\\\"algorithm\\\":\\\"argon2\\\"}\"}";

  private final URI server;

  KeycloakAdmin(URI server) {
    this.server = server;
  }

  /** Makes the realm, and a client that may manage its users. */
  void createRealm() throws IOException {
    post(
        "/admin/realms",
        """
        {"realm":"bench","enabled":true,"sslRequired":"none","accessTokenLifespan":7200}\
        """);
    post(
        REALM + "/clients",
        """
        {"clientId":"%s","secret":"%s","publicClient":false,"serviceAccountsEnabled":true,\
        "standardFlowEnabled":false}\
        """
            .formatted(CLIENT_ID, SECRET));
    String client = Json.text(get(REALM + "/clients?clientId=" + CLIENT_ID), "id");
    String account = Json.text(get(REALM + "/clients/" + client + "/service-account-user"), "id");
    String management = Json.text(get(REALM + "/clients?clientId=realm-management"), "id");
    List<String> roles = new ArrayList<>();
    for (String role : ROLES) {
      roles.add(get(REALM + "/clients/" + management + "/roles/" + role));
    }
    post(
        USERS + "/" + account + "/role-mappings/clients/" + management,
        "[" + String.join(",", roles) + "]");
  }

  /** Makes users with these ids. */
  void takeIn(List<String> ids) throws IOException {
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      StringBuilder users = new StringBuilder();
      for (int i = from; i < Math.min(ids.size(), from + AT_ONCE); i++) {
        users.append(users.isEmpty() ? "" : ",").append(user(i, ids.get(i)));
      }
      post(REALM + "/partialImport", "{\"ifResourceExists\":\"FAIL\",\"users\":[" + users + "]}");
    }
  }

  private static String user(int number, String id) {
    return """
    {"id":"%1$s","username":"user%2$07d","email":"user%2$07d@bench.example","enabled":true,\
    "firstName":"First %2$07d","lastName":"Last name %2$07d","credentials":[%3$s]}\
    """
        .formatted(id, number, CREDENTIAL);
  }

  /** A token of the client, good for two hours. */
  String clientToken() {
    try {
      return token(
          "bench",
          "grant_type=client_credentials&client_id=" + CLIENT_ID + "&client_secret=" + SECRET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String administratorToken() throws IOException {
    return token(
        "master",
        "grant_type=password&client_id=admin-cli&username=%s&password=%s"
            .formatted(ADMINISTRATOR, PASSWORD));
  }

  private String token(String realm, String form) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                server.resolve("/realms/" + realm + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    return Json.text(exchange(request), "access_token");
  }

  private String get(String path) throws IOException {
    return exchange(administer(path).GET());
  }

  private void post(String path, String body) throws IOException {
    exchange(
        administer(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder administer(String path) throws IOException {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Authorization", "Bearer " + administratorToken());
  }

  private static String exchange(HttpRequest.Builder builder) throws IOException {
    HttpRequest request = builder.timeout(LONGEST_ANSWER).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new BenchException(
            "%s %s was answered with %d: %s"
                .formatted(
                    request.method(), request.uri(), response.statusCode(), response.body()));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted", e);
    }
  }
}
