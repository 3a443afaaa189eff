package dev.vidame.server.secrets;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.dashboard.Visitor;
import dev.vidame.server.harness.MovableClock;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SecretSearch;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.seed.SeedException;
import dev.vidame.server.settings.Settings;
import dev.vidame.server.settings.SettingsLoader;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in every input, also in wrong places, and then a search for them everywhere. */
final class PlantedSecretsTest {
  private static final String USERS = PlantedRoutes.USERS;
  private static final String TOKEN = "/" + Tenancy.PARTNER + "/oauth2/token";

  /** So many there are at least, also where not all is done in turn. */
  private static final int LEAST = 1_500;

  /** What is sealed in the store is sealed with it. */
  private static final String KEY =
      Base64.getEncoder()
          .encodeToString("an example of a key of 32 bytes.".getBytes(StandardCharsets.US_ASCII));

  @TempDir private Path folder;
  @TempDir private Path elsewhere;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private @Nullable Planting planting;

  private Planting planting() {
    return requireNonNull(planting);
  }

  private String plant() {
    return planting().plant();
  }

  @Test
  void noneIsFoundAgain() throws IOException {
    int metrics = freePort();
    Path key = Files.writeString(elsewhere.resolve("key"), KEY);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Map<String, String> places = new LinkedHashMap<>();
    List<Given> given = new ArrayList<>();
    try (var _ = listening(printed);
        TestServer server =
            TestServer.start(
                folder,
                Map.of(
                    "metrics.port",
                    Integer.toString(metrics),
                    "secrets.key-file",
                    key.toString(),
                    "auth.address-failures-per-minute",
                    "0"))) {
      planting = new Planting(server);
      String operator = server.server().createFirstOperator().orElseThrow().secret();
      given.addAll(new GivenSecrets(planting(), requireNonNull(operator)).all());
      new PlantedRoutes(planting(), requireNonNull(operator)).plant();
      inBodies(server);
      inPathsAndQueries(server);
      inHeaders(server);
      atTheTokenEndpoint(server);
      atSignInPages(server);
      atOperatorsRoutes(server, requireNonNull(operator));
      places.putAll(journals(server, requireNonNull(operator)));
      places.put("metrics", metrics(metrics));
    }
    places.put("log", String.join("\n", log));
    places.put("output", printed.toString(StandardCharsets.UTF_8));

    List<String> found = planting().found();
    SecretSearch search = SecretSearch.of(given.stream().map(Given::secret).toList());
    places.forEach((place, text) -> {
      planting().look(place, text);
      search.in(text).forEach(each -> found.add(place + ": " + each));
    });
    assertThat(places.get("log")).contains("Sign-in failed");
    assertThat(places.get("metrics")).contains("vidame_");
    planting().lookIntoAnswers(given);
    found.addAll(search.inFiles(folder));
    found.addAll(planting().inFiles(folder));
    assertThat(planting().planted()).isGreaterThan(LEAST);
    assertThat(found).isEmpty();
  }

  /** A file that fills a store brings passwords and secrets, too, some of them not good. */
  @Test
  void noneOfASeedIsFound() throws Exception {
    String good = "Planted-In-A-Seed-1";
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    List<String> told = new ArrayList<>();
    try (var _ = listening(printed)) {
      for (String bad : List.of("\"planted-in-a-seed\"", "[\"" + good + "\"]", "\"" + good)) {
        told.add(refused(seed(bad, "\"" + good + "-0123456789\"")));
        told.add(refused(seed("\"" + good + "\"", bad)));
      }
      Seed seed = Seed.read(seed("\"" + good + "\"", "\"" + good + "-0123456789\""));
      try (VidameServer server = VidameServer.start(settings(), new MovableClock(), seed)) {
        told.add(server.seeded().orElseThrow().message());
        assertThat(server.directory().partners().signIn("first@partner.example", good)).isPresent();
      }
    }

    SecretSearch search = SecretSearch.of(List.of("Planted-In-A-Seed"));
    assertThat(told).hasSize(7);
    assertThat(search.in(told + "\n" + log + "\n" + printed)).isEmpty();
    assertThat(search.inFiles(folder)).isEmpty();
  }

  private Settings settings() {
    Map<String, String> flags = new HashMap<>(SharedStore.settings(folder));
    flags.put("listen.port", "0");
    return SettingsLoader.load(Optional.empty(), Map.of(), flags);
  }

  /** A file with these as passwords and as an application's secret. */
  private Path seed(String password, String secret) throws IOException {
    return Files.writeString(
        elsewhere.resolve("seed.json"),
        """
        {"partners": [{"id": "%s", "name": "P",
          "agents": [{"id": "%s", "userPrincipalName": "first@partner.example", "displayName": "A",
                      "password": %s, "roles": ["admin_agent"]}],
          "applications": [{"id": "%s", "name": "B", "secret": %s}]}],
         "customers": [{"id": "%s", "companyName": "C", "domain": "seed.example", "partners": ["%s"],
          "users": [{"id": "%s", "userPrincipalName": "u@seed.example", "displayName": "U",
                     "password": %s}]}]}
        """
            .formatted(
                Tenancy.PARTNER,
                new UUID(1, 1),
                password,
                new UUID(1, 2),
                secret,
                Tenancy.CUSTOMER,
                Tenancy.PARTNER,
                Tenancy.USER,
                password));
  }

  /** Why a file is not taken. */
  private String refused(Path seed) throws StartException {
    try (VidameServer server =
        VidameServer.start(settings(), new MovableClock(), Seed.read(seed))) {
      throw new AssertionError("It was taken: " + server.seeded());
    } catch (SeedException e) {
      StringWriter told = new StringWriter();
      e.printStackTrace(new PrintWriter(told));
      return told.toString();
    }
  }

  /** Each journal as it is, and what the API shows of it. */
  private Map<String, String> journals(TestServer server, String operator) {
    Map<String, String> journals = new LinkedHashMap<>();
    List<CustomerId> tenants = new ArrayList<>(List.of(Ledger.SERVICE, Tenancy.CUSTOMER));
    RawRequest partners = RawRequest.get("/admin/v1/partners").token(operator);
    planting().receive(partners).json().get("items").items().stream()
        .map(partner -> CustomerId.of(partner.get("id").text()))
        .filter(partner -> !partner.value().equals(Tenancy.OTHER_PARTNER.value()))
        .forEach(tenants::add);
    for (CustomerId tenant : tenants) {
      StringBuilder rows = new StringBuilder();
      long seq = 0;
      List<Entry> part = server.server().directory().journal(tenant, seq, 500);
      while (!part.isEmpty()) {
        rows.append(part);
        seq = part.getLast().seq();
        part = server.server().directory().journal(tenant, seq, 500);
      }
      journals.put("journal of " + tenant, rows.toString());
    }
    journals.put("audit records", asAdmin(server, "/v1/auditrecords?size=500"));
    journals.put(
        "changes", asAdmin(server, "/v1/customers/" + Tenancy.CUSTOMER + "/changes?size=500"));
    return journals;
  }

  private String asAdmin(TestServer server, String path) {
    return planting().receive(RawRequest.get(path).token(server.tokens().admin())).text();
  }

  /** All that is logged and printed, for as long as it is open. */
  private Closing listening(ByteArrayOutputStream printed) {
    Handler handler = new Listening();
    Logger root = Logger.getLogger("");
    Logger own = Logger.getLogger("dev.vidame");
    PrintStream out = System.out;
    PrintStream err = System.err;
    root.addHandler(handler);
    own.setLevel(Level.ALL);
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    return () -> {
      System.setOut(out);
      System.setErr(err);
      own.setLevel(null);
      root.removeHandler(handler);
    };
  }

  /** What ends something. */
  @FunctionalInterface
  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  private void inBodies(TestServer server) {
    String account = TestServer.foundingPath();
    UserId other = server.tenancy().newUser();
    send(server, RawRequest.patch(account, password(plant())));
    send(server, RawRequest.patch(account + "/resetpassword", password(plant())));
    send(
        server,
        RawRequest.of("POST", USERS)
            .body(
                "{\"userPrincipalName\":\"planted@"
                    + Tenancy.DOMAIN
                    + "\",\"displayName\":\"d\",\"firstName\":\"f\",\"lastName\":\"l\",\"usageLocation\":\"FR\","
                    + password(plant()).substring(1)));
    for (String bad :
        List.of(
            "{\"usageLocation\":\"ZZ\"," + password(plant()).substring(1),
            password(plant()).toLowerCase(java.util.Locale.ROOT).replaceAll("[0-9-]", "x"),
            "{\"passwordProfile\":{\"password\":\"" + plant() + "\u00e9\"}}",
            "{\"passwordProfile\":\"" + plant() + "\"}",
            "{\"passwordProfile\":[\"" + plant() + "\"]}",
            "{\"passwordProfile\":{\"password\":[\"" + plant() + "\"]}}",
            "{\"passwordProfile\":{\"password\":\"" + plant(),
            "{\"passwordProfile\":{\"password\":\"" + plant() + "\\q\"}}",
            "{\"passwordProfile\":{\"password\":" + plant() + "}}",
            "{\"passwordProfile\":{\"password\":\""
                + plant()
                + "\",\"forceChangePassword\":\""
                + plant()
                + "\"}}",
            plant(),
            "\"" + plant() + "\"",
            "{\"pwd\":\"" + plant() + "\"}",
            "{\"usageLocation\":\"" + plant() + "\"}",
            "{\"userPrincipalName\":\"" + plant() + "\"}",
            "{\"state\":\"" + plant() + "\"}",
            "{\"id\":\"" + plant() + "\"}")) {
      send(server, RawRequest.patch(account, bad));
      send(server, RawRequest.patch(USERS, bad));
      send(server, RawRequest.of("POST", USERS).body(bad));
      send(server, RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, other), bad));
    }
  }

  private static String password(String text) {
    return "{\"passwordProfile\":{\"password\":\"" + text + "\",\"forceChangePassword\":true}}";
  }

  private void inPathsAndQueries(TestServer server) {
    for (String method : List.of("GET", "PATCH", "DELETE", "POST")) {
      for (String path :
          List.of(
              "/v1/customers/" + plant(),
              "/v1/customers/" + plant() + "/users",
              USERS + "/" + plant(),
              USERS + "/" + plant() + "/resetpassword",
              USERS + "/" + plant() + "/licenseupdates",
              "/v1/customers/" + Tenancy.CUSTOMER + "/directoryroles/" + plant() + "/usermembers",
              "/v1/" + plant(),
              "/" + plant())) {
        send(server, RawRequest.of(method, path).body("{}"));
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
        send(server, RawRequest.get(path + "?" + query + plant()));
      }
    }
  }

  private void inHeaders(TestServer server) {
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
      send(server, RawRequest.patch(TestServer.foundingPath(), "{}").header(name, plant()));
      send(server, RawRequest.get(USERS).header(name, plant()));
    }
    for (String authorization :
        List.of("Bearer " + plant(), "Basic " + plant(), plant(), "Bearer a." + plant() + ".b")) {
      receive(
          server,
          RawRequest.patch(TestServer.foundingPath(), "{}").header("Authorization", authorization));
    }
  }

  private void atTheTokenEndpoint(TestServer server) {
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
      receive(server, server.tokens().request(form + "&" + field + "=" + plant()));
    }
    String client = "client_id=" + server.tenancy().confidential().id();
    receive(
        server,
        server
            .tokens()
            .request("grant_type=refresh_token&" + client + "&refresh_token=" + plant()));
    receive(server, server.tokens().request("grant_type=password&password=%" + plant()));
    receive(
        server,
        server
            .tokens()
            .requestAt("/" + plant() + "/oauth2/token", server.tokens().applicationForm()));
    receive(
        server,
        server.tokens().requestAt(TOKEN + "?client_secret=" + plant(), "grant_type=" + plant()));
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (server.tenancy().confidential().id() + ":" + plant())
                    .getBytes(StandardCharsets.UTF_8));
    receive(
        server,
        server
            .tokens()
            .request("grant_type=client_credentials")
            .header("Authorization", "Basic " + basic));
  }

  /** Behind forms that are good but for one field. */
  private void atSignInPages(TestServer server) {
    String portal = GivenSecrets.signInPage(GivenSecrets.portal(server).toString());
    for (String field :
        List.of("username", "password", "otp", "form_token", "decision", "sign_in", "x")) {
      Visitor browser = new Visitor(server, "en");
      boolean isEchoed = !PlantedRoutes.NEVER_SHOWN.contains(field);
      browser.listening((request, answer) -> planting().hear(request, answer, isEchoed));
      for (String page : List.of(portal, "/device")) {
        Map<String, String> fields = Visitor.hidden(browser.get(page).text());
        if (page.equals("/device")) {
          fields.put("user_code", server.tokens().deviceCodes().get("user_code").text());
          fields = Visitor.hidden(browser.post(page, fields).text());
        }
        fields.put("username", server.tenancy().agent(Role.SALES_AGENT).userPrincipalName());
        fields.put("password", Tenancy.AGENT_PASSWORD);
        fields.put("decision", "allow");
        fields.put(field, plant());
        assertThat(browser.post(page, fields).status()).isIn(200, 303, 400, 403);
      }
    }
  }

  private void atOperatorsRoutes(TestServer server, String secret) {
    String agents = "/admin/v1/partners/" + Tenancy.PARTNER + "/agents";
    receive(server, RawRequest.get(agents).token("vop_" + plant()));
    String agent =
        "{\"userPrincipalName\":\"planted@partner.example\",\"displayName\":\"d\",\"roles\":[\"%s\"],\"password\":\"%s\"}";
    for (String body :
        List.of(
            agent.formatted("admin_agent", plant()),
            agent.formatted(plant(), plant()),
            agent.formatted("admin_agent", "x\",\"y\":\"" + plant()),
            "{\"password\":\"" + plant())) {
      receive(server, RawRequest.of("POST", agents).body(body).token(secret));
    }
    String factor = agents + "/" + server.tenancy().agent(Role.SALES_AGENT).id() + "/second-factor";
    receive(server, RawRequest.of("POST", factor).body("{\"secret\":\"" + plant()).token(secret));
    for (String body :
        List.of(
            "{\"code\":\"" + plant() + "\"}",
            "{\"code\":[\"" + plant() + "\"]}",
            "{\"code\":\"" + plant())) {
      receive(server, RawRequest.of("POST", factor + "/confirm").body(body).token(secret));
    }
    receive(server, RawRequest.get(USERS).token(secret));
    receive(server, RawRequest.get(agents).token(server.tokens().admin()));
  }

  private void send(TestServer server, RawRequest request) {
    boolean isAuthorized =
        request.headers().stream().noneMatch(header -> header.name().equals("Authorization"));
    receive(server, isAuthorized ? request.token(server.tokens().admin()) : request);
  }

  private void receive(TestServer server, RawRequest request) {
    assertThat(server).isSameAs(planting().server());
    planting().receive(request);
  }

  private static String metrics(int port) throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      return connection.exchange(RawRequest.get("/metrics")).text();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Keeps all that is logged, with the traces. */
  private final class Listening extends Handler {
    Listening() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      StringWriter text = new StringWriter();
      text.append(String.valueOf(record.getMessage()));
      text.append(Arrays.toString(record.getParameters())).append('\n');
      Throwable thrown = record.getThrown();
      if (thrown != null) {
        thrown.printStackTrace(new PrintWriter(text));
      }
      log.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
