package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.operators.KeyRotation.Renewal;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SharedStore;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers over one PostgreSQL, and callers who come to the one with a token of the other. */
class TokensAtSeveralServersTest {
  private static final String KEYS = "/admin/v1/signingkeys";
  private static final String OURS = "/admin/v1/partners/" + Tenancy.PARTNER;
  private static final Duration AGE = Duration.ofDays(90);

  @TempDir private static Path folder;
  private static TestServer one;
  private static TestServer other;
  private static String operator = "";

  @BeforeAll
  static void start() {
    Map<String, String> store = SharedStore.postgres(folder);
    one = TestServer.start(folder, store);
    other = one.beside(folder, store);
    operator = String.valueOf(one.server().createFirstOperator().orElseThrow().secret());
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  /** Asked for at a server, and so signed by it. */
  private static String token(TestServer server) {
    return token(server, Role.ADMIN_AGENT);
  }

  private static String token(TestServer server, Role role) {
    String form =
        server.tokens().passwordForm().replace(name(server, Role.ADMIN_AGENT), name(server, role));
    return answered(server, form);
  }

  private static String name(TestServer server, Role role) {
    return server.tenancy().agent(role).userPrincipalName();
  }

  private static String answered(TestServer server, String form) {
    RawAnswer answer = server.send(server.tokens().request(form));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json().get("access_token").text();
  }

  private static String keyOf(String token) throws ParseException {
    return JWSObject.parse(token).getHeader().getKeyID();
  }

  private static String read(TestServer server, String token) {
    return server.send(RawRequest.get(TestServer.foundingPath()).token(token)).outcome();
  }

  private static RawAnswer atOne(String method, String path, String body) {
    RawAnswer answer = one.send(RawRequest.of(method, path).body(body).token(operator));
    assertThat(answer.status()).as(answer.toString()).isLessThan(300);
    return answer;
  }

  private static List<Entry> rotations() {
    return other.server().directory().journal(Ledger.SERVICE, 0, 100).stream()
        .filter(entry -> entry.operation().code().equals("service.rotate-signing-key"))
        .toList();
  }

  private static Tokens tokensOf(TestServer server) {
    return Tokens.open(
        server.server().directory(), one.server()::address, TokenSettings.standard(), one.clock());
  }

  @Test
  void tokenOfOneIsGoodAtTheOtherAlsoWithTheKeyThatWasExchangedThere() throws ParseException {
    String before = token(one);
    assertThat(read(other, before)).isEqualTo("200");

    String key = atOne("POST", KEYS, "").json().get("id").text();

    String after = token(one);
    assertThat(keyOf(before)).isNotEqualTo(key);
    assertThat(keyOf(after)).isEqualTo(key);
    assertThat(read(other, after)).isEqualTo("200");
    assertThat(read(other, before)).isEqualTo("200");
    String others = token(other);
    assertThat(keyOf(others)).as("the other one signs with it, too").isEqualTo(key);
    assertThat(read(one, others)).isEqualTo("200");
  }

  @Test
  void ofTwoServersThatLookAtOnceOneExchangesTheKey()
      throws InterruptedException, ExecutionException {
    List<Tokens> both = List.of(tokensOf(one), tokensOf(other));
    int before = rotations().size();
    for (int race = 1; race <= 2; race++) {
      one.clock().advance(AGE);

      List<Renewal> outcomes =
          Together.run(
              4,
              i ->
                  () -> {
                    try (KeyRenewal renewal =
                        new KeyRenewal(both.get(i % 2), AGE, UUID::randomUUID)) {
                      return renewal.run();
                    }
                  });

      assertThat(outcomes).filteredOn(Renewal.DONE::equals).hasSize(1);
      assertThat(outcomes).filteredOn(Renewal.NOT_DUE::equals).hasSize(3);
      assertThat(rotations()).hasSize(before + race);
      assertThat(both)
          .extracting(it -> it.keys().getFirst().key().id())
          .containsOnly(one.tokens().signingKey().getKeyID());
    }
  }

  @Test
  void agentWhoIsDisabledAtOneIsOutAtTheOther() {
    String token = token(one, Role.SALES_AGENT);
    assertThat(read(other, token)).isEqualTo("200");

    atOne(
        "PATCH",
        OURS + "/agents/" + one.tenancy().agent(Role.SALES_AGENT).id(),
        "{\"disabled\":true}");

    assertThat(read(other, token)).isEqualTo("403/2032");
  }

  @Test
  void applicationThatIsDisabledAtOneIsOutAtTheOther() {
    RawAnswer made = atOne("POST", OURS + "/applications", "{\"name\":\"Tool\"}");
    String id = made.json().get("id").text();
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(id, made.json().get("secret").text());
    RawRequest list = RawRequest.get("/v1/customers").token(answered(one, form));
    assertThat(other.send(list).outcome()).isEqualTo("200");

    atOne("PATCH", OURS + "/applications/" + id, "{\"disabled\":true}");

    assertThat(other.send(list).outcome()).isEqualTo("403/2032");
  }

  @Test
  void relationshipThatEndsAtOneHasEndedAtTheOther() {
    String form =
        one.tokens()
            .passwordForm()
            .replace(
                one.tenancy().confidential().id().toString(),
                one.tenancy().otherApplication().id().toString())
            .replace(name(one, Role.ADMIN_AGENT), one.tenancy().otherAdmin().userPrincipalName());
    RawAnswer answer =
        one.send(one.tokens().requestAt("/" + Tenancy.OTHER_PARTNER + "/oauth2/token", form));
    RawRequest read =
        RawRequest.get(TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER))
            .token(answer.json().get("access_token").text());
    assertThat(other.send(read).outcome()).isEqualTo("200");

    atOne(
        "DELETE",
        "/admin/v1/partners/" + Tenancy.OTHER_PARTNER + "/customers/" + Tenancy.OTHER_CUSTOMER,
        "");

    assertThat(other.send(read).outcome()).isEqualTo("403/20002");
  }

  @Test
  void roleOnACustomerEndsAtBothWhenItIsOverOrTakenAtOne() {
    String token = token(one, Role.BILLING_ADMIN);
    String role =
        "%s/agents/%s/customers/%s/roles/directory_readers"
            .formatted(OURS, one.tenancy().agent(Role.BILLING_ADMIN).id(), Tenancy.CUSTOMER);
    assertThat(read(other, token)).isEqualTo("403/900150");
    String end = "{\"endsAt\":\"" + one.clock().instant().plus(Duration.ofMinutes(30)) + "\"}";
    atOne("PUT", role, end);
    assertThat(read(other, token)).isEqualTo("200");

    atOne("DELETE", role, "");
    assertThat(read(other, token)).isEqualTo("403/900150");

    atOne("PUT", role, end);
    assertThat(read(other, token)).isEqualTo("200");
    one.clock().advance(Duration.ofMinutes(30));
    assertThat(read(other, token)).isEqualTo("403/900150");
  }
}
