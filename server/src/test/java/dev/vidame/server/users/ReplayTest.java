package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same request id again (wire-spec §7.3). */
class ReplayTest {
  @RegisterExtension
  static final Served served = new Served(Map.of("compat.echo-password", "true"));

  private static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";

  @TempDir private Path folder;

  private final UserId user = served.server().tenancy().newUser();
  private final String path = TestServer.path(Tenancy.CUSTOMER, user);
  private final UUID id = UUID.randomUUID();

  private static long changes() {
    return served.server().tenancy().changes();
  }

  private static RawAnswer send(RawRequest request) {
    return served.server().sendAsAdmin(request);
  }

  private RawAnswer patch(String body) {
    return send(RawRequest.patch(path, body).id(id));
  }

  @Test
  void sameRequestAgainHasNoSecondEffectAndTheSameAnswer() {
    RawAnswer first = patch("{\"displayName\":\"Once\"}");
    long after = changes();

    RawAnswer second = patch("{\"displayName\":\"Once\"}");

    assertThat(first.isReplayed()).isFalse();
    assertThat(second.header("MS-Replayed")).isEqualTo("true");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(changes()).isEqualTo(after);
  }

  @Test
  void replayShowsTheAccountAsItWasThen() {
    RawAnswer first = patch("{\"displayName\":\"First\",\"firstName\":\"A\"}");
    send(RawRequest.patch(path, "{\"displayName\":\"Later\",\"firstName\":\"\"}"));

    RawAnswer replay = patch("{\"displayName\":\"First\",\"firstName\":\"A\"}");

    assertThat(replay.isReplayed()).isTrue();
    assertThat(replay.text()).isEqualTo(first.text());
    assertThat(send(RawRequest.get(path)).json().get("displayName").text()).isEqualTo("Later");
  }

  /** Clients send the state with everything else, and may name an account as it is called. */
  @Test
  void renameIsReplayedThoughNobodyIsCalledSoAnyMore() {
    String name = send(RawRequest.get(path)).json().get("userPrincipalName").text();
    RawRequest rename =
        RawRequest.patch(
                USERS + "/" + name,
                "{\"state\":\"active\",\"userPrincipalName\":\"renamed-" + name + "\"}")
            .id(id);
    RawAnswer first = send(rename);

    RawAnswer second = send(rename);

    assertThat(first.outcome()).isEqualTo("200");
    assertThat(second.isReplayed()).isTrue();
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void updateThatChangedNothingIsReplayedToo() {
    RawAnswer first = patch("{}");
    send(RawRequest.patch(path, "{\"displayName\":\"Later\"}"));

    RawAnswer replay = patch("{}");

    assertThat(replay.isReplayed()).isTrue();
    assertThat(replay.text()).isEqualTo(first.text());
  }

  @Test
  void createIsReplayedWithItsStatusAndId() {
    String body =
        "{\"userPrincipalName\":\"%s\",\"displayName\":\"New\",\"passwordProfile\":{\"password\":\"abCD123*\"}}"
            .formatted(id + "@" + Tenancy.DOMAIN);

    RawAnswer first = send(RawRequest.of("POST", USERS).id(id).body(body));
    RawAnswer replay = send(RawRequest.of("POST", USERS).id(id).body(body));

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.json().get("passwordProfile").get("password").text()).isEqualTo("abCD123*");
    assertThat(replay.status()).isEqualTo(201);
    assertThat(replay.isReplayed()).isTrue();
    assertThat(replay.json().get("id")).isEqualTo(first.json().get("id"));
    assertThat(replay.json().get("passwordProfile").has("password")).isFalse();
  }

  @Test
  void passwordIsNotShownAgain() {
    String body =
        "{\"passwordProfile\":{\"password\":\"Renew456*\",\"forceChangePassword\":false}}";

    RawAnswer first = patch(body);
    RawAnswer replay = patch(body);

    assertThat(first.text()).contains("Renew456*");
    assertThat(replay.isReplayed()).isTrue();
    assertThat(replay.text()).doesNotContain("Renew456*");
    assertThat(replay.json().get("passwordProfile").get("forceChangePassword").value())
        .isEqualTo(false);
  }

  @Test
  void otherBodyUnderTheSameIdIsRefused() {
    patch("{\"displayName\":\"One\"}");
    long after = changes();

    RawAnswer other = patch("{\"displayName\":\"Two\"}");

    assertThat(other.outcome()).isEqualTo("409/990003");
    assertThat(changes()).isEqualTo(after);
  }

  @Test
  void refusalIsNotRemembered() {
    assertThat(patch("{\"usageLocation\":\"XX\"}").outcome()).isEqualTo("400/3000");

    RawAnswer corrected = patch("{\"usageLocation\":\"FR\"}");

    assertThat(corrected.outcome()).isEqualTo("200");
    assertThat(corrected.isReplayed()).isFalse();
  }

  @Test
  void readIsNeverReplayed() {
    patch("{\"displayName\":\"One\"}");

    RawAnswer read = send(RawRequest.get(path).id(id));

    assertThat(read.isReplayed()).isFalse();
    assertThat(read.outcome()).isEqualTo("200");
  }

  @Test
  void sameIdOfAnotherCallerIsAnotherRequest() {
    RawRequest request = RawRequest.patch(path, "{\"displayName\":\"One\"}").id(id);
    send(request);

    RawAnswer other =
        served.server().send(request.token(served.server().tokens().adminThroughPublicClient()));

    assertThat(other.outcome()).isEqualTo("200");
    assertThat(other.isReplayed()).isFalse();
  }

  @Test
  void replayIsRefusedToWhoHasNoRight() {
    RawRequest request = RawRequest.patch(path, "{\"displayName\":\"One\"}").id(id);
    send(request);

    RawAnswer other =
        served.server().send(request.token(served.server().tokens().of(Role.SALES_AGENT)));

    assertThat(other.outcome()).isEqualTo("403/900150");
  }

  @Test
  void sameIdOnAnotherAccountIsAnotherRequest() {
    patch("{\"displayName\":\"One\"}");
    UserId other = served.server().tenancy().newUser();

    RawAnswer answer =
        send(
            RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, other), "{\"displayName\":\"One\"}")
                .id(id));

    assertThat(answer.isReplayed()).isFalse();
  }

  /** A client may spell the same address another way on its second try. */
  @Test
  void spellingOfTheAddressDoesNotMatter() {
    patch("{\"displayName\":\"One\"}");

    RawAnswer again =
        send(
            RawRequest.patch(
                    path.replace("/v1", "//V1").toUpperCase(Locale.ROOT) + "/?null=x",
                    "{\"displayName\":\"One\"}")
                .id(id));

    assertThat(again.isReplayed()).isTrue();
  }

  /** The name in the address is gone by then, and the password contains the new one. */
  @Test
  void renameByNameWithPasswordIsReplayed() {
    String byName = USERS + "/" + Tenancy.nameOf(user);
    String body =
        "{\"userPrincipalName\":\"r%s@%s\",\"passwordProfile\":{\"password\":\"Renew456*\"}}"
            .formatted(id, Tenancy.DOMAIN);

    RawAnswer first = send(RawRequest.patch(byName, body).id(id));
    RawAnswer replay = send(RawRequest.patch(byName, body).id(id));

    assertThat(first.outcome()).isEqualTo("200");
    assertThat(replay.outcome()).isEqualTo("200");
    assertThat(replay.isReplayed()).isTrue();
    assertThat(replay.text()).isEqualTo(first.text());
  }

  @Test
  void requestIsForgottenAfterADay() {
    try (TestServer other = TestServer.start(folder)) {
      RawRequest request =
          RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"One\"}").id(id);
      other.sendAsAdmin(request);
      other.clock().advance(Duration.ofHours(25));

      RawAnswer again = other.send(request.token(other.tokens().of(Role.ADMIN_AGENT)));

      assertThat(again.outcome()).isEqualTo("200");
      assertThat(again.isReplayed()).isFalse();
    }
  }

  @Test
  void sixteenAtOnceHaveOneEffect() throws InterruptedException, ExecutionException {
    long before = changes();

    List<RawAnswer> answers = Together.run(16, i -> () -> patch("{\"displayName\":\"Once only\"}"));

    assertThat(answers).extracting(RawAnswer::outcome).containsOnly("200");
    assertThat(answers).filteredOn(answer -> !answer.isReplayed()).hasSize(1);
    assertThat(answers.stream().map(RawAnswer::text).distinct()).hasSize(1);
    assertThat(changes()).isEqualTo(before + 1);
  }
}
