package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.ACCOUNT;
import static dev.vidame.sdk.Bench.CUSTOMER;
import static dev.vidame.sdk.Bench.USER;
import static dev.vidame.sdk.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.wire.CustomerUser;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncPartnerTest {
  private final TestTime time = new TestTime();
  private final ExecutorService executor = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void resultAndFailureReachTheFuture() {
    try (ScriptedServer server =
        ScriptedServer.playing(answer(200, ACCOUNT), answer(404, "{\"code\":60002}"))) {
      AsyncPartner partner = Bench.client(server, time).build().async(executor);

      CustomerUser user = partner.call(client -> Bench.user(client).get()).join();
      assertThat(user.id()).isEqualTo(USER);
      assertThatThrownBy(() -> partner.call(client -> Bench.user(client).get()).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void cancellingInterruptsTheCall() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    ScriptedServer[] holder = new ScriptedServer[1];
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          arrived.countDown();
          return Objects.requireNonNull(holder[0]).silence();
        })) {
      holder[0] = server;
      AsyncPartner partner = Bench.client(server, time).build().async(executor);
      CompletableFuture<CustomerUser> future =
          partner.call(client -> {
            try {
              return client.customers().byId(CUSTOMER).users().byId(USER).get();
            } finally {
              ended.countDown();
            }
          });
      arrived.await();

      assertThat(future.cancel(true)).isTrue();

      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(future).isCancelled();
    }
  }
}
