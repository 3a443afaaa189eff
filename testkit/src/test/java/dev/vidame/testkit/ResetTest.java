package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.server.seed.FoundingDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ResetTest {
  private static final String CUSTOMER = "/v1/customers/" + FoundingDocument.CUSTOMER;
  private static final String USERS = CUSTOMER + "/users";
  private static final String USER = USERS + "/" + FoundingDocument.USER;

  private Vidame vidame;
  private Http http;

  @BeforeEach
  void start() {
    vidame = Vidame.start();
    http = new Http(vidame);
  }

  @AfterEach
  void stop() {
    http.close();
    vidame.close();
  }

  @Test
  void afterAResetEveryAnswerIsThatOfAFreshStart() {
    List<String> fresh = everything(vidame);
    changeEverything();
    assertThat(everything(vidame)).isNotEqualTo(fresh);

    vidame.reset();

    assertThat(everything(vidame)).isEqualTo(fresh);
    try (Vidame other = Vidame.start()) {
      assertThat(everything(other)).as("of another server").isEqualTo(fresh);
    }
  }

  /**
   * All that can be read, but for what a server has alone: its address, in tokens and documents.
   */
  private static List<String> everything(Vidame vidame) {
    List<String> answers = new ArrayList<>();
    try (Http http = new Http(vidame)) {
      for (String path :
          List.of(
              "/v1/customers",
              CUSTOMER,
              CUSTOMER + "/profiles/company",
              CUSTOMER + "/profiles/billing",
              CUSTOMER + "/subscribedskus",
              CUSTOMER + "/directoryroles",
              CUSTOMER + "/directoryroles/62e90394-69f5-4237-9190-012177145e10/usermembers",
              USERS,
              USERS
                  + "?filter={\"Field\":\"UserState\",\"Value\":\"Inactive\",\"Operator\":\"equals\"}",
              USER,
              USER + "/licenses",
              USER + "/directoryroles",
              "/v1/auditrecords?startDate=2025-12-01")) {
        HttpResponse<String> answer =
            http.getAsAdmin(path.replace("{", "%7B").replace("}", "%7D").replace("\"", "%22"));
        answers.add(
            path
                + " "
                + answer.statusCode()
                + " "
                + answer.headers().firstValue("ETag").orElse("")
                + " "
                + answer.body());
      }
      answers.add(http.get("/.well-known/jwks.json").body());
    }
    return answers;
  }

  private void changeEverything() {
    SeededSku sku = vidame.sku().name("Further product").plan("Part").create();
    vidame.user().name("further").usageLocation("FR").license(sku).create();
    vidame.user().name("gone").deleted().create();
    vidame.user().name("admin2").directoryRole("Company Administrator").create();
    vidame.customer().companyName("Further customer").create();
    vidame.partner().name("Further partner").create();
    assertThat(http.sendAsAdmin("PATCH", USER, "{\"displayName\":\"Changed\"}").statusCode())
        .isEqualTo(200);
    vidame.clock().advance(Duration.ofDays(400));
  }

  @Test
  void acknowledgedRequestsAreForgotten() {
    String id = UUID.randomUUID().toString();
    String body = "{\"displayName\":\"Once\"}";
    http.sendAsAdmin("PATCH", USER, body, "MS-RequestId", id);
    assertThat(isReplay(http.sendAsAdmin("PATCH", USER, body, "MS-RequestId", id))).isTrue();

    vidame.reset();

    assertThat(isReplay(http.sendAsAdmin("PATCH", USER, body, "MS-RequestId", id))).isFalse();
    assertThat(
            http.sendAsAdmin("PATCH", USER, "{\"displayName\":\"Other\"}", "MS-RequestId", id)
                .statusCode())
        .as("known again since the reset")
        .isEqualTo(409);
  }

  private static boolean isReplay(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("MS-Replayed").isPresent();
  }

  /** What the server keeps in memory of who may do what is of the state that it belonged to. */
  @Test
  void rightsThatWereGivenAreGone() {
    SeededPartner partner = vidame.partner().create();
    SeededCustomer customer = partner.customer().create();
    String authorization = partner.appUser().authorization();
    String path = "/v1/customers/" + customer.id();
    assertThat(http.get(path, "Authorization", authorization).statusCode()).isEqualTo(200);

    vidame.reset();

    assertThat(http.get(path, "Authorization", authorization).statusCode()).isEqualTo(403);
  }

  @Test
  void refreshTokensAndWaitsForGuessersAreGone() {
    SeededPartner partner = vidame.foundingPartner();
    String path = "/" + partner.id() + "/oauth2/token";
    String form =
        "grant_type=password&client_id=%s&client_secret=%s&username=%s&password="
            .formatted(partner.applicationId(), partner.applicationSecret(), partner.agentName());
    String answer = http.send("POST", path, form + partner.agentPassword()).body();
    String refreshToken = answer.replaceAll("(?s).*\"refresh_token\":\"([^\"]+)\".*", "$1");
    for (int i = 0; i < 12; i++) {
      http.send("POST", path, form + "wrong");
    }
    assertThat(http.send("POST", path, form + partner.agentPassword()).statusCode())
        .as("too many guesses")
        .isNotEqualTo(200);

    vidame.reset();

    String again =
        "grant_type=refresh_token&client_id=%s&client_secret=%s&refresh_token=%s"
            .formatted(partner.applicationId(), partner.applicationSecret(), refreshToken);
    assertThat(http.send("POST", path, again).body()).contains("invalid_grant");
    assertThat(http.send("POST", path, form + partner.agentPassword()).statusCode()).isEqualTo(200);
  }

  @Test
  void idsOfWhatATestMakesAreTheSameAfterAReset() {
    SeededUser first = vidame.user().create();
    vidame.reset();

    SeededUser second = vidame.user().create();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.userPrincipalName()).isEqualTo(first.userPrincipalName());
  }

  @Test
  void snapshotsAreReturnedToAsOftenAsWanted() {
    SeededUser kept = vidame.user().create();
    vidame.clock().advance(Duration.ofDays(3));
    Snapshot withAccount = vidame.snapshot();
    vidame.reset();
    assertThat(http.getAsAdmin(kept.path()).statusCode()).isEqualTo(404);

    for (int i = 0; i < 2; i++) {
      vidame.restore(withAccount);
      assertThat(http.getAsAdmin(kept.path()).statusCode()).isEqualTo(200);
      SeededUser later = vidame.user().create();
      assertThat(later.id()).isNotEqualTo(kept.id());
      assertThat(http.sendAsAdmin("DELETE", kept.path(), "").statusCode()).isEqualTo(204);
    }

    vidame.restore(withAccount);
    assertThat(http.getAsAdmin(kept.path()).body()).contains("\"state\":\"active\"");
  }

  /** Who asks while the state changes is answered, by the one server or by the other. */
  @Test
  void requestsBesideAResetAreAnswered() throws InterruptedException {
    AtomicInteger answered = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(2);
    List<String> wrong = new ArrayList<>();
    String token = vidame.appUser().authorization();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                begun.countDown();
                while (answered.get() < 60) {
                  HttpResponse<String> answer = http.get(USER, "Authorization", token);
                  answered.incrementAndGet();
                  if (answer.statusCode() != 200) {
                    synchronized (wrong) {
                      wrong.add(answer.statusCode() + answer.body());
                    }
                  }
                }
              }));
    }
    begun.await();
    while (answered.get() < 60) {
      vidame.reset();
    }
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void snapshotOfAnotherServerIsRefused() {
    try (Vidame other = Vidame.start()) {
      assertThatThrownBy(() -> vidame.restore(other.snapshot()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another server");
    }
    assertThat(http.getAsAdmin(USER).statusCode()).isEqualTo(200);
  }

  @Test
  void restoreThatFailsLeavesTheServerAsItWas() throws IOException {
    SeededUser user = vidame.user().create();
    Snapshot lost = vidame.snapshot();
    Files.delete(lost.file());

    assertThatThrownBy(() -> vidame.restore(lost)).isInstanceOf(UncheckedIOException.class);

    assertThat(http.getAsAdmin(user.path()).statusCode()).isEqualTo(200);
  }

  @Test
  void settingsThatAreTheKitsOwnAreRefused() {
    for (String name : List.of("listen.port", "data.folder", "metrics.port", "tls.key-file")) {
      assertThatThrownBy(() -> Vidame.builder().setting(name, "1")).hasMessageContaining(name);
    }
    assertThatThrownBy(() -> Vidame.builder().setting("users.retention-days", "x").start())
        .hasMessageContaining("users.retention-days");
  }

  @Test
  void nothingIsLeftOfAServerThatWasClosed() throws IOException {
    Vidame other = Vidame.start();
    Path store = other.snapshot().file();
    assertThat(store).exists();
    other.reset();

    other.close();

    assertThat(store.getParent()).doesNotExist();
    assertThatThrownBy(
            () -> new Socket(other.baseUri().getHost(), other.baseUri().getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void addressStaysTheSame() {
    var before = vidame.baseUri();
    vidame.reset();
    assertThat(vidame.baseUri()).isEqualTo(before);
  }
}
