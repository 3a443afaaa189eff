package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.harness.Until;
import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  /** The founding document's customer and account. */
  static final Path EXAMPLE = Path.of("..", "docs", "examples", "founding-document.json");

  private static final int SIGTERM_EXIT = 143;

  @TempDir private Path folder;

  /**
   * Its jar is signed, and to check that takes a tenth of a second, as often as a server starts.
   */
  @Test
  void startLoadsNothingOfTheHashingLibrary() throws Exception {
    try (ServerProcess server = ServerProcess.startAsItIs(folder)) {
      assertThat(server.loadedClasses())
          .contains("dev.vidame.directory.passwords.PasswordHasher")
          .noneMatch(name -> name.startsWith("org.bouncycastle."));
    }
  }

  /** Whoever keeps the store in a file does not pay for the other kind. */
  @Test
  void startWithAFileLoadsNothingForPostgres() throws Exception {
    try (ServerProcess server = ServerProcess.startAsItIs(folder)) {
      assertThat(server.loadedClasses())
          .contains("dev.vidame.directory.storage.SqliteTransactions")
          .noneMatch(name -> name.startsWith("com.zaxxer.") || name.startsWith("org.postgresql."));
    }
  }

  /** What only some servers need must not make the start of all others longer. */
  @Test
  void startLoadsNothingThatWatches() throws Exception {
    try (ServerProcess server =
        ServerProcess.startAsItIs(folder, "--set", "metrics.port=" + freePort())) {
      assertThat(server.loadedClasses())
          .contains("dev.vidame.server.tracing.Tracing")
          .noneMatch(name -> name.startsWith("io.opentelemetry."))
          .noneMatch(name -> name.startsWith("io.prometheus.metrics.instrumentation."))
          .noneMatch(name -> name.equals("dev.vidame.server.logs.JsonLines"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void logIsForProgramsWhereTheOperatorSaysSo() throws Exception {
    Path log = folder.resolve("log");
    try (ServerProcess server =
        ServerProcess.startLoggingTo(log, folder.resolve("data"), "--set", "log.format=json")) {
      post(
          server,
          "/common/oauth2/token",
          "grant_type=client_credentials&client_id=%s&client_secret=guess"
              .formatted("95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11"));
      server.stop();
    }

    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.contains("Sign-in failed"))
        .singleElement()
        .asString()
        .matches(
            "\\{\"time\":\"[^\"]+Z\",\"level\":\"INFO\","
                + "\"logger\":\"dev.vidame.server.limits.SignInLog\",\"message\":\"Sign-in failed: [^\"]+\","
                + "\"operation\":\"token_v1\",\"requestId\":\"[0-9a-f-]{36}\",\"correlationId\":\"[0-9a-f-]{36}\"}");
  }

  @Test
  void stopUnderLoadLosesNoAcknowledgedWrite() throws Exception {
    List<UserId> users = Tenants.fill(folder, 8);
    AtomicInteger acknowledged = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(folder)) {
      PartnerClient client = Tenants.client(server.address());
      for (UserId user : users) {
        writers.add(Thread.ofPlatform().start(() -> write(client, user, acknowledged)));
      }
      Until.met(() -> acknowledged.get() >= 500);

      assertThat(server.stop()).isEqualTo(SIGTERM_EXIT);
    }

    for (Thread writer : writers) {
      writer.join();
    }
    try (Directory directory = Tenants.open(folder)) {
      // One row for the customer, one for each user, and one for each acknowledged write: the stop
      // answered every request that it had let in.
      assertThat(directory.verifyJournal(Tenants.CUSTOMER).verifiedUpTo())
          .isEqualTo(1 + users.size() + acknowledged.get());
    }
  }

  private static void write(PartnerClient client, UserId user, AtomicInteger acknowledged) {
    try {
      for (int i = 1; true; i++) {
        client
            .customers()
            .byId(Tenants.CUSTOMER)
            .users()
            .byId(user)
            .patch(CustomerUserUpdate.builder().displayName("n" + i).build());
        acknowledged.incrementAndGet();
      }
    } catch (PartnerException e) {
      // The server is gone, or told this writer that it is going.
    }
  }

  @Test
  void passwordsAreExchangedForTokensOnlyWhereTheOperatorSaysSo() throws Exception {
    String form = "grant_type=password&client_id=x&username=x&password=x";

    try (ServerProcess server = ServerProcess.startAsItIs(folder.resolve("off"))) {
      assertThat(post(server, "/common/oauth2/token", form)).contains("unsupported_grant_type");
      assertThat(get(server, "/common/v2.0/.well-known/openid-configuration"))
          .contains("\"authorization_code\"")
          .doesNotContain("\"password\"");
    }
    try (ServerProcess server = ServerProcess.start(folder.resolve("on"))) {
      assertThat(post(server, "/common/oauth2/token", form)).contains("invalid_client");
      assertThat(get(server, "/common/v2.0/.well-known/openid-configuration"))
          .contains("\"password\"");
    }
  }

  private static String post(ServerProcess server, String path, String form) throws Exception {
    return send(
        HttpRequest.newBuilder(server.address().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private static String get(ServerProcess server, String path) throws Exception {
    return send(HttpRequest.newBuilder(server.address().resolve(path)).build());
  }

  private static String send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void badSettingsAreAllNamedAndNothingStarts() throws Exception {
    Path file = folder.resolve("bad.properties");
    Files.writeString(
        file, "listen.port=70000\nusers.retention-days=soon\n", StandardCharsets.UTF_8);

    Process process = ServerProcess.launch("serve", "--config", file.toString());
    int exit = process.waitFor();

    assertThat(exit).isEqualTo(Vidame.EXIT_CONFIGURATION);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
  }

  @Test
  void folderInUseIsRefused() throws Exception {
    Tenants.fill(folder, 1);
    try (ServerProcess server = ServerProcess.start(folder)) {
      Process second = ServerProcess.launch("serve", "--data", folder.toString(), "--port", "0");

      assertThat(second.waitFor()).isEqualTo(Vidame.EXIT_UNAVAILABLE);
      assertThat(server.stop()).isEqualTo(SIGTERM_EXIT);
    }
  }

  @Test
  void firstStartShowsAnOperatorsSecretAndLaterOnesDoNot() throws Exception {
    String said;
    try (ServerProcess server = ServerProcess.start(folder)) {
      said = server.stopAndRead();
    }
    String again;
    try (ServerProcess server = ServerProcess.start(folder)) {
      again = server.stopAndRead();
    }

    Matcher secret = Pattern.compile("VIDAME_OPERATOR_SECRET=(vop_\\w+[\\w-]+)").matcher(said);
    assertThat(secret.find()).as(said).isTrue();
    assertThat(secret.results()).as("only once").isEmpty();
    assertThat(said).contains("shown only now");
    assertThat(again).isEmpty();
    try (Directory directory = Tenants.open(folder)) {
      assertThat(directory.operators().authenticate(secretOf(said))).isPresent();
    }
  }

  private static String secretOf(String said) {
    return said.replaceAll("(?s).*VIDAME_OPERATOR_SECRET=(\\S+).*", "$1");
  }

  @Test
  void lostSecretIsMadeUpForInTheStoreItself() throws Exception {
    Process process = ServerProcess.launch("new-operator", "--data", folder.toString());
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    try (Directory directory = Tenants.open(folder)) {
      assertThat(directory.operators().authenticate(secretOf(said))).isPresent();
    }
    try (ServerProcess server = ServerProcess.start(folder)) {
      Process meanwhile = ServerProcess.launch("new-operator", "--data", folder.toString());
      assertThat(meanwhile.waitFor()).isEqualTo(Vidame.EXIT_UNAVAILABLE);
      assertThat(server.stopAndRead()).isEmpty();
    }
  }

  @Test
  void seededServerDoesWhatTheFoundingDocumentAsksAndLoadsOnlyOnce() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, "--seed", EXAMPLE.toString())) {
      assertThat(server.readLine())
          .isEqualTo("Loaded 1 partners, 1 customers and 2 accounts from " + EXAMPLE + ".");
      CustomerUser updated =
          seededClient(server.address())
              .customers()
              .byId(Tenants.CUSTOMER)
              .users()
              .byId(UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de"))
              .patch(CustomerUserUpdate.builder().usageLocation("US").build());
      assertThat(updated.usageLocation()).isEqualTo("US");
      assertThat(updated.userPrincipalName()).isEqualTo("emailid@abcdefgh1234.ccsctp.net");
      assertThat(server.stopAndRead()).contains("VIDAME_OPERATOR_SECRET=vop_");
    }

    try (ServerProcess server = ServerProcess.start(folder, "--seed", EXAMPLE.toString())) {
      assertThat(server.stopAndRead())
          .isEqualTo("The store is not empty, so nothing was loaded from " + EXAMPLE + ".");
    }
  }

  private static PartnerClient seededClient(URI server) {
    return PartnerClient.builder()
        .endpoint(server)
        .credential(
            OAuthCredential.builder()
                .tokenEndpoint(
                    TokenEndpoint.ofPlainHttp(server, "6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4"))
                .clientId("d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53")
                .clientSecret("example-only-change-me-0123456789")
                .userPassword("admin@partner.example", "Example-Only-77")
                .build())
        .build();
  }

  @Test
  void badSeedStartsNoServer() throws Exception {
    Path file = folder.resolve("bad.json");
    Files.writeString(
        file, Files.readString(EXAMPLE).replace("\"FR\"", "\"ZZ\""), StandardCharsets.UTF_8);
    Path data = folder.resolve("data");

    Process process =
        ServerProcess.launch(
            "serve", "--data", data.toString(), "--port", "0", "--seed", file.toString());

    assertThat(process.waitFor()).isEqualTo(Vidame.EXIT_DATA);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    try (Directory directory = Tenants.open(data)) {
      assertThat(directory.isEmpty()).isTrue();
    }
  }
}
