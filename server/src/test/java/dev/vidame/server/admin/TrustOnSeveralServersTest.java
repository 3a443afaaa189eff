package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.TwoServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator says of identity providers at one server holds at the other with the next
 * request, though nothing else changes there.
 */
class TrustOnSeveralServersTest {
  private static final String AUDIENCE = "https://vidame.example";
  private static final String ISSUERS = OURS + "/issuers";
  private static final String REFUSED = "401/400";

  @TempDir private static Path folder;
  private static TwoServers servers;
  private static Admin admin;

  private Provider provider;
  private String issuer = "";
  private String token = "";

  @BeforeAll
  static void startServers() {
    servers = TwoServers.start(folder);
    admin = Admin.of(servers.one());
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void start() throws IOException {
    provider = new Provider();
    issuer = "https://login.example/" + UUID.randomUUID();
    token = token(AUDIENCE);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private String token(String audience) {
    return Provider.token(provider.key(), Provider.claims(servers.one(), issuer, audience));
  }

  private String trust(String audience) {
    RawAnswer answer =
        admin.send(
            "POST",
            ISSUERS,
            "{\"issuer\":\"%s\",\"audience\":\"%s\",\"jwksUrl\":\"%s\",\"agentClaim\":\"sub\"}"
                .formatted(issuer, audience, provider.keysUrl()));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return ISSUERS + "/" + answer.json().get("id").text();
  }

  private static String read(TestServer server, String token) {
    return server.send(RawRequest.get(TestServer.foundingPath()).token(token)).outcome();
  }

  private String atOther() {
    return read(servers.other(), token);
  }

  @Test
  void trustThatIsGivenAtOneHoldsAtTheOther() {
    assertThat(atOther()).isEqualTo(REFUSED);

    trust(AUDIENCE);

    assertThat(atOther()).isEqualTo("200");
    assertThat(read(servers.one(), token)).isEqualTo("200");
  }

  @Test
  void trustThatIsTakenAtOneEndsAtTheOther() {
    String trusted = trust(AUDIENCE);
    assertThat(atOther()).isEqualTo("200");

    assertThat(admin.send("DELETE", trusted).status()).isEqualTo(204);

    assertThat(atOther()).isEqualTo(REFUSED);
    assertThat(read(servers.one(), token)).isEqualTo(REFUSED);
  }

  /** Of two that have the name, the other one stays. */
  @Test
  void trustForOneOfTwoAudiencesEnds() {
    String trusted = trust(AUDIENCE);
    trust("another");
    assertThat(atOther()).isEqualTo("200");

    assertThat(admin.send("DELETE", trusted).status()).isEqualTo(204);

    assertThat(atOther()).isEqualTo(REFUSED);
    assertThat(read(servers.other(), token("another"))).isEqualTo("200");
  }

  @Test
  void issuersOfAPartnerThatIsDisabledAtOneAreNotAskedByTheOther() {
    trust(AUDIENCE);
    assertThat(atOther()).isEqualTo("200");

    admin.send("PATCH", OURS, "{\"disabled\":true}");
    assertThat(atOther()).isEqualTo(REFUSED);

    admin.send("PATCH", OURS, "{\"disabled\":false}");
    assertThat(atOther()).isEqualTo("200");
  }

  /** Who is trusted is asked each time, and their keys are not. */
  @Test
  void keysAreFetchedOnceForEachServer() {
    trust(AUDIENCE);

    for (int i = 0; i < 5; i++) {
      assertThat(atOther()).isEqualTo("200");
      assertThat(read(servers.one(), token)).isEqualTo("200");
    }

    assertThat(provider.fetches()).isEqualTo(2);
  }

  /** Trust that was renewed is not served by keys from before. */
  @Test
  void keysOfWhoIsTrustedNoMoreAreForgotten() {
    String trusted = trust(AUDIENCE);
    assertThat(atOther()).isEqualTo("200");
    admin.send("DELETE", trusted);
    assertThat(atOther()).isEqualTo(REFUSED);

    trust(AUDIENCE);

    assertThat(atOther()).isEqualTo("200");
    assertThat(provider.fetches()).isEqualTo(2);
  }
}
