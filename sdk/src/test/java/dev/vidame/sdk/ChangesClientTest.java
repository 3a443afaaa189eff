package dev.vidame.sdk;

import static dev.vidame.sdk.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vidame.wire.Change;
import dev.vidame.wire.ChangePage;
import dev.vidame.wire.CustomerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A customer's changes, followed through failures, to an end. */
@Timeout(60)
class ChangesClientTest {
  private static final CustomerId CUSTOMER = new CustomerId(new UUID(1, 1));

  private final TestTime time = new TestTime();

  private ChangesClient changes(ScriptedServer server) {
    return Bench.client(server, time).build().customers().byId(CUSTOMER).changes();
  }

  /** A page with rows from one to another, and the cursor behind them. */
  private static String page(long first, long last, boolean hasMore) {
    List<ChangePage.Item> items =
        LongStream.rangeClosed(first, last)
            .mapToObj(seq -> new ChangePage.Item(change(seq), "c" + seq))
            .toList();
    return new String(new ChangePage(items, "c" + last, hasMore).toJson(), StandardCharsets.UTF_8);
  }

  private static Change change(long seq) {
    String hash = "00".repeat(32);
    String key = "00".repeat(16);
    return new Change(
        CUSTOMER,
        seq,
        Instant.EPOCH,
        "user.update",
        new UUID(2, 2),
        new Change.Actor(new UUID(3, 1), null, new UUID(3, 3)),
        new UUID(4, 1),
        new UUID(4, 2),
        List.of(),
        false,
        new Change.Integrity(hash, key, key, key, hash, hash));
  }

  @Test
  void streamGoesFromPageToPageToTheEnd() {
    try (ScriptedServer server =
        ScriptedServer.playing(
            answer(200, page(1, 2, true)),
            answer(200, page(3, 4, true)),
            answer(200, page(5, 5, false)))) {
      List<FollowedChange> all =
          changes(server).stream(ChangesQuery.since(ChangeCursor.BEGINNING).withPageSize(2))
              .toList();

      assertThat(all).extracting(next -> next.change().seq()).containsExactly(1L, 2L, 3L, 4L, 5L);
      assertThat(all).extracting(next -> next.cursor().value()).endsWith("c4", "c5");
      assertThat(server.received())
          .extracting(ScriptedServer.Received::target)
          .containsExactly(
              "/v1/customers/" + CUSTOMER + "/changes?size=2",
              "/v1/customers/" + CUSTOMER + "/changes?since=c2&size=2",
              "/v1/customers/" + CUSTOMER + "/changes?since=c4&size=2");
    }
  }

  @Test
  void nothingIsSentBeforeTheFirstIsAskedFor() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, page(1, 1, false)))) {
      ChangesClient changes = changes(server);
      changes.stream(ChangesQuery.since(ChangeCursor.NOW));
      changes.follow(ChangesQuery.since(ChangeCursor.NOW)).close();

      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void followerGoesOnThroughWhatPasses() {
    try (ScriptedServer server =
            ScriptedServer.playing(
                answer(200, page(1, 1, false)),
                answer(503, "{\"code\":800003,\"description\":\"Down\"}"),
                answer(503, "{\"code\":800003,\"description\":\"Down\"}"),
                answer(503, "{\"code\":800003,\"description\":\"Down\"}"),
                answer(503, "{\"code\":800003,\"description\":\"Down\"}"),
                ScriptedServer.drop(),
                answer(429, "{\"statusCode\":429,\"message\":\"Later\"}", "Retry-After: 1"),
                answer(200, page(2, 1, false)),
                answer(200, page(2, 2, false)));
        ChangeFollower follower =
            changes(server).follow(ChangesQuery.since(ChangeCursor.BEGINNING))) {
      assertThat(follower.next().change().seq()).isEqualTo(1);
      assertThat(follower.cursor()).isEqualTo(new ChangeCursor("c1"));
      assertThat(follower.next().change().seq()).isEqualTo(2);
      assertThat(follower.cursor()).isEqualTo(new ChangeCursor("c2"));

      assertThat(server.received())
          .filteredOn(request -> !request.target().contains("wait=25"))
          .isEmpty();
      assertThat(server.received().stream().skip(1))
          .allSatisfy(request -> assertThat(request.target()).contains("since=c1"));
      assertThat(time.sleeps()).isNotEmpty();
    }
  }

  @Test
  void followerEndsWhereNoRepetitionHelps() {
    for (int status : new int[] {400, 401, 403, 404, 501}) {
      try (ScriptedServer server =
              ScriptedServer.playing(answer(status, "{\"code\":1,\"description\":\"No\"}"));
          ChangeFollower follower = changes(server).follow(ChangesQuery.since(ChangeCursor.NOW))) {
        assertThatExceptionOfType(PartnerException.class).isThrownBy(follower::hasNext);
      }
    }
  }

  @Test
  void closeEndsAWaitingThreadAndLeavesItUninterrupted() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedServer[] self = new ScriptedServer[1];
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          asked.countDown();
          return self[0].silence();
        })) {
      self[0] = server;
      ChangeFollower follower = changes(server).follow(ChangesQuery.since(ChangeCursor.NOW));
      List<Boolean> seen = new ArrayList<>();
      Thread reader =
          new Thread(() -> {
            seen.add(follower.hasNext());
            seen.add(Thread.currentThread().isInterrupted());
          });
      reader.start();
      asked.await();

      follower.close();
      reader.join();

      assertThat(seen).containsExactly(false, false);
      assertThat(follower.hasNext()).isFalse();
    }
  }

  @Test
  void interruptionEndsTheFollowingAndStays() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedServer[] self = new ScriptedServer[1];
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          asked.countDown();
          return self[0].silence();
        })) {
      self[0] = server;
      List<Boolean> seen = new ArrayList<>();
      Thread reader =
          new Thread(() -> {
            changes(server).follow(ChangesQuery.since(ChangeCursor.NOW), next -> seen.add(false));
            seen.add(Thread.currentThread().isInterrupted());
          });
      reader.start();
      asked.await();

      reader.interrupt();
      reader.join();

      assertThat(seen).containsExactly(true);
    }
  }

  @Test
  void waitNeverOutlastsHalfOfTheTimeout() {
    try (ScriptedServer server = ScriptedServer.playing(answer(200, page(1, 1, false)))) {
      Bench.client(server, time)
          .requestTimeout(Duration.ofSeconds(10))
          .build()
          .customers()
          .byId(CUSTOMER)
          .changes()
          .page(ChangesQuery.since(ChangeCursor.NOW).withWait(Duration.ofSeconds(60)));

      assertThat(server.received().get(0).target()).endsWith("?since=now&wait=5");
    }
  }

  @Test
  void badQueriesAreRefused() {
    ChangesQuery query = ChangesQuery.since(ChangeCursor.NOW);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> query.withPageSize(0));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> query.withPageSize(1001));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> query.withWait(Duration.ofSeconds(61)));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> query.withWait(Duration.ofSeconds(-1)));
  }

  @Test
  void revertIsSentWhereVidameHasIt() {
    String json =
        "{\"user\":{\"displayName\":\"Ada\"},\"toSeq\":7,\"changes\":[{\"field\":\"displayName\","
            + "\"after\":\"Ada\"}],\"isPreview\":true}";
    try (ScriptedServer server = ScriptedServer.playing(answer(200, json))) {
      UserClient user =
          Bench.client(server, time)
              .build()
              .customers()
              .byId(CUSTOMER)
              .users()
              .byId("ada@x.example");

      assertThat(user.previewRevert(Revert.toSeq(7).withRename("b@x.example")).toSeq())
          .isEqualTo(7);
      assertThat(user.revert(Revert.toTime(Instant.EPOCH)).changes())
          .containsExactly(new Change.Field("displayName", null, "Ada"));

      assertThat(server.received())
          .extracting(request -> request.target() + " " + request.body())
          .containsExactly(
              "/vidame/v1/customers/"
                  + CUSTOMER
                  + "/users/ada%40x.example/revert?preview=true {\"toSeq\":7,\"rename\":\"b@x.example\"}",
              "/vidame/v1/customers/"
                  + CUSTOMER
                  + "/users/ada%40x.example/revert {\"toTime\":\"1970-01-01T00:00:00Z\"}");
    }
  }
}
