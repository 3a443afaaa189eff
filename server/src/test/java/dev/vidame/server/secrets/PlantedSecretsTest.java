package dev.vidame.server.secrets;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.Authenticator;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in every input, also in wrong places, and then a search for them everywhere. */
final class PlantedSecretsTest {
  /** In every one of them, so that one search finds all. */
  private static final String MARK = "Planted-Secret-";

  private static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";
  private static final String TOKEN = "/" + Tenancy.PARTNER + "/oauth2/token";

  /** What clients know that quotes whoever sent it, to nobody else, and is written nowhere. */
  private static final Pattern QUOTES =
      Pattern.compile(
          "(Unable to parse enum: |cannot be sorted by |\"uri\":\"/[a-z]+\\?[A-Za-z]+=)"
              + MARK
              + "[0-9]+");

  @TempDir private Path folder;
  private int planted;

  private final List<String> found = new ArrayList<>();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();

  /** A new one, good enough to be an account's password. */
  private String plant() {
    return MARK + ++planted;
  }

  @Test
  void noneIsFoundAgain() throws IOException {
    int metrics = freePort();
    List<String> given;
    Handler handler = new Listening();
    Logger root = Logger.getLogger("");
    Logger own = Logger.getLogger("dev.vidame");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    root.addHandler(handler);
    own.setLevel(Level.ALL);
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (TestServer server =
        TestServer.start(folder, Map.of("metrics.port", Integer.toString(metrics)))) {
      inBodies(server);
      inPathsAndQueries(server);
      inHeaders(server);
      atTheTokenEndpoint(server);
      atOperatorsRoutes(server);
      given = given(server);
      look("audit records", server.sendAsAdmin(RawRequest.get("/v1/auditrecords?size=500")).text());
      look("journal", server.server().directory().journal(Tenancy.CUSTOMER, 1, 1000).toString());
      look("metrics", metrics(metrics));
    } finally {
      System.setOut(out);
      System.setErr(err);
      own.setLevel(null);
      root.removeHandler(handler);
    }
    look("log", String.join("\n", log));
    look("output", printed.toString(StandardCharsets.UTF_8));
    lookIntoFiles(given);

    assertThat(planted).isGreaterThan(60);
    assertThat(found).isEmpty();
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

  private void atOperatorsRoutes(TestServer server) {
    String secret = requireNonNull(server.server().createFirstOperator().orElseThrow().secret());
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

  /** Secrets that are good, of which the folder may have hashes only. */
  private List<String> given(TestServer server) {
    RawAnswer tokens = server.send(server.tokens().request(server.tokens().passwordForm()));
    String access = requireNonNull(tokens.json().get("access_token").text());
    Authenticator hand = Authenticator.enrol(server, server.tenancy().agent(Role.HELPDESK_AGENT));
    return List.of(
        hand.recoveryCodes().getFirst(),
        hand.recoveryCodes().getFirst().replace("-", ""),
        access.substring(access.lastIndexOf('.') + 1),
        requireNonNull(tokens.json().get("refresh_token").text()),
        "Correct-Horse-77",
        "aVeryLongSecretWithMuchChanceInIt");
  }

  private void send(TestServer server, RawRequest request) {
    boolean isAuthorized =
        request.headers().stream().noneMatch(header -> header.name().equals("Authorization"));
    receive(server, isAuthorized ? request.token(server.tokens().admin()) : request);
  }

  private void receive(TestServer server, RawRequest request) {
    try (RawConnection connection = server.connect()) {
      RawAnswer answer = connection.exchange(request);
      assertThat(answer.status()).as("%s", request).isNotEqualTo(500);
      look(
          request.method() + " " + request.target() + " " + answer.status(),
          QUOTES.matcher(answer.toString()).replaceAll(""));
    } catch (IOException e) {
      throw new AssertionError(request.toString(), e);
    }
  }

  private void look(String where, String text) {
    int at = text.indexOf(MARK);
    if (at >= 0) {
      found.add(
          where + ": " + text.substring(Math.max(0, at - 120), Math.min(at + 40, text.length())));
    }
  }

  private void lookIntoFiles(List<String> given) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        look(file.toString(), content);
        given.stream()
            .filter(content::contains)
            .forEach(secret -> found.add(file + ": a given secret"));
      }
    }
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
      text.append(String.valueOf(record.getMessage())).append('\n');
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
