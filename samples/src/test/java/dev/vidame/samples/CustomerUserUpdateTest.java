package dev.vidame.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerUserUpdateTest {
  private static final String CUSTOMER = "eebd1b55-5360-4438-a11d-5c06918c3014";
  private static final String USER = "4b10bf41-ab11-40e3-8c53-cd67849b50de";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private volatile String account =
      "{\"id\":\"" + USER + "\",\"userPrincipalName\":\"old@contoso.example\"}";
  private HttpServer server = unstarted();

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Serves one account, and a token for whoever asks. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(exchange.getRequestMethod() + " " + path + " " + body);
      String answer =
          path.endsWith("/token") ? "{\"access_token\":\"t\",\"expires_in\":3600}" : account;
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(
          path.contains(CUSTOMER) || path.endsWith("/token") ? 200 : 404, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private CustomerUser update() {
    PartnerClient partner =
        PartnerClient.builder().endpoint(uri()).credential(PartnerCredential.fixed("t")).build();
    UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    return new CustomerUserUpdate(() -> id)
        .update(partner, CustomerId.of(CUSTOMER), UserId.of(USER));
  }

  private int main(Map<String, String> environment) {
    return CustomerUserUpdate.main(
        environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "VIDAME_ENDPOINT",
            uri().toString(),
            "VIDAME_CUSTOMER",
            CUSTOMER,
            "VIDAME_USER",
            USER,
            "VIDAME_TOKEN",
            "t"));
  }

  @Test
  void accountIsReadAndThenPatchedInItsDomain() {
    CustomerUser updated = update();

    assertThat(updated.id()).isEqualTo(UserId.of(USER));
    String path = "/v1/customers/" + CUSTOMER + "/users/" + USER;
    assertThat(requests)
        .containsExactly(
            "GET " + path + " ",
            "PATCH "
                + path
                + " {\"usageLocation\":\"US\","
                + "\"userPrincipalName\":\"0123456789abcdef0123456789abcdef@contoso.example\","
                + "\"firstName\":\"FirstNameChange\",\"lastName\":\"LastNameChange\","
                + "\"displayName\":\"DisplayNameChange\",\"passwordProfile\":"
                + "{\"password\":\"testPw@!122B\",\"forceChangePassword\":true},"
                + "\"attributes\":{\"objectType\":\"CustomerUser\"}}");
  }

  @Test
  void accountWithoutADomainIsNotPatched() {
    account = "{\"id\":\"" + USER + "\",\"userPrincipalName\":\"old@\"}";

    assertThatIllegalStateException().isThrownBy(this::update);
    assertThat(requests).hasSize(1);
  }

  @Test
  void mainPrintsTheAccount() {
    int code = main(settings());

    assertThat(code).isZero();
    assertThat(out.toString(UTF_8)).contains(USER).contains("old@contoso.example");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void mainSignsInWhenItHasNoToken() {
    Map<String, String> settings = settings();
    settings.remove("VIDAME_TOKEN");
    settings.put("VIDAME_PARTNER", "partner.example");
    settings.put("VIDAME_CLIENT_ID", "app");
    settings.put("VIDAME_USERNAME", "agent@partner.example");
    settings.put("VIDAME_PASSWORD", "secret");

    int code = main(settings);

    assertThat(code).isZero();
    assertThat(requests.get(0))
        .startsWith("POST /partner.example/oauth2/v2.0/token ")
        .contains("grant_type=password");
  }

  @Test
  void mainPrefersARefreshToken() {
    Map<String, String> settings = settings();
    settings.remove("VIDAME_TOKEN");
    settings.put("VIDAME_AUTHORITY", uri() + "/login");
    settings.put("VIDAME_PARTNER", "partner.example");
    settings.put("VIDAME_CLIENT_ID", "app");
    settings.put("VIDAME_CLIENT_SECRET", "s");
    settings.put("VIDAME_REFRESH_TOKEN", "r");

    int code = main(settings);

    assertThat(code).isZero();
    assertThat(requests.get(0))
        .startsWith("POST /login/partner.example/oauth2/v2.0/token ")
        .contains("client_secret=s")
        .contains("refresh_token=r");
  }

  @Test
  void mainWithoutSettingsExplainsItself() {
    int code = main(Map.of());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("VIDAME_ENDPOINT is not set.")
        .contains("VIDAME_REFRESH_TOKEN");
    assertThat(requests).isEmpty();
  }

  @Test
  void mainWithAWrongIdExplainsItself() {
    Map<String, String> settings = settings();
    settings.put("VIDAME_USER", "grace");

    int code = main(settings);

    assertThat(code).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("Not a GUID: grace");
  }

  @Test
  void mainTellsWhatTheServiceRefused() {
    Map<String, String> settings = settings();
    settings.put("VIDAME_CUSTOMER", USER);
    account = "{\"code\":60002,\"description\":\"User object Id is not found\"}";

    int code = main(settings);

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("HTTP 404, code 60002: User object Id is not found")
        .doesNotContain("VIDAME_ENDPOINT");
  }
}
