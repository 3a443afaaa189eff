package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.UserId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that was asked for before shows whatever was done since. */
class RememberedPagesTest {
  @RegisterExtension static final Served served = new Served();

  private static final String LIST = "/v1/customers/" + Tenancy.CUSTOMER + "/users?size=500";
  private static final int READERS = 4;
  private static final int CHANGES = Boolean.getBoolean("vidame.long") ? 3_000 : 200;

  private UserId user;
  private String path;

  @BeforeEach
  void accountThatWasListed() {
    user = served.server().tenancy().newUser();
    path = TestServer.path(Tenancy.CUSTOMER, user);
    assertThat(listed()).isPresent();
    assertThat(listed()).isPresent();
  }

  @Test
  void eachKindOfChangeIsInTheNextAnswer() {
    assertThat(send(RawRequest.patch(path, "{\"displayName\":\"Second\"}"))).isEqualTo("200");
    assertThat(listed()).map(item -> item.get("displayName").text()).contains("Second");

    assertThat(send(RawRequest.of("DELETE", path))).isEqualTo("204");
    assertThat(listed()).isEmpty();

    assertThat(send(RawRequest.patch(path, "{\"state\":\"active\"}"))).isEqualTo("200");
    assertThat(listed()).map(item -> item.get("displayName").text()).contains("Second");

    UserId another = served.server().tenancy().newUser();
    assertThat(listed(another)).isPresent();
  }

  @Test
  void repeatedAnswersDifferInNothingButTheirTokens() {
    RawAnswer first = list();

    assertThat(list().json().get("items")).hasToString(first.json().get("items").toString());
    assertThat(list().json().get("links").get("self"))
        .hasToString(first.json().get("links").get("self").toString());
  }

  @Test
  void changeThatWasAcknowledgedIsListedToEverybodyWhoAsksAfterwards()
      throws InterruptedException, ExecutionException {
    AtomicInteger acknowledged = new AtomicInteger(-1);

    List<Integer> looks =
        Together.run(
            READERS + 1, task -> task == 0 ? () -> change(acknowledged) : () -> look(acknowledged));

    assertThat(looks.getFirst()).isEqualTo(CHANGES);
    assertThat(looks.subList(1, looks.size())).allMatch(count -> count > 0);
  }

  private int change(AtomicInteger acknowledged) {
    for (int i = 0; i < CHANGES; i++) {
      assertThat(send(RawRequest.patch(path, "{\"displayName\":\"" + i + "\"}"))).isEqualTo("200");
      acknowledged.set(i);
    }
    return CHANGES;
  }

  private int look(AtomicInteger acknowledged) {
    int looks = 0;
    int before;
    do {
      before = acknowledged.get();
      String name = listed().orElseThrow().get("displayName").text();
      if (before >= 0) {
        assertThat(Integer.parseInt(name)).isGreaterThanOrEqualTo(before);
      }
      looks++;
    } while (before < CHANGES - 1);
    return looks;
  }

  private Optional<JsonNode> listed() {
    return listed(user);
  }

  private static Optional<JsonNode> listed(UserId user) {
    return list().json().get("items").items().stream()
        .filter(item -> item.get("id").text().equals(user.toString()))
        .findFirst();
  }

  private static RawAnswer list() {
    RawAnswer answer = served.server().sendAsAdmin(RawRequest.get(LIST));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private static String send(RawRequest request) {
    return served.server().sendAsAdmin(request).outcome();
  }
}
