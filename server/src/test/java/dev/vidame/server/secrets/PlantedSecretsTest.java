package dev.vidame.server.secrets;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SecretSearch;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in every input, also in wrong places, and then a search for them everywhere. */
final class PlantedSecretsTest {
  /** So many there are at least, also where not all is done in turn. */
  private static final int LEAST = 1_500;

  /** What is sealed in the store is sealed with it. */
  private static final String KEY =
      Base64.getEncoder()
          .encodeToString("an example of a key of 32 bytes.".getBytes(StandardCharsets.US_ASCII));

  @TempDir private Path folder;
  @TempDir private Path elsewhere;
  private @Nullable Planting planting;

  private Planting planting() {
    return requireNonNull(planting);
  }

  @Test
  void noneIsFoundAgain() throws IOException {
    int metrics = freePort();
    Path key = Files.writeString(elsewhere.resolve("key"), KEY);
    Overheard overheard = new Overheard();
    Map<String, String> places = new LinkedHashMap<>();
    List<Given> given = new ArrayList<>();
    try (overheard;
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
      new PlantedByHand(planting(), requireNonNull(operator)).plant();
      places.putAll(journals(server, requireNonNull(operator)));
      places.put("metrics", metrics(metrics));
    }
    places.put("log", overheard.log());
    places.put("output", overheard.printed());

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
}
