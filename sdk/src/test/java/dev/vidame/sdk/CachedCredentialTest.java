package dev.vidame.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachedCredentialTest {
  private static final int CALLERS = 16;

  private final TestTime time = new TestTime();
  private final AtomicInteger fetched = new AtomicInteger();

  private AccessToken fetch(Duration life) {
    return new AccessToken("t" + fetched.incrementAndGet(), time.instant().plus(life));
  }

  private CachedCredential living(Duration life) {
    return new CachedCredential(() -> fetch(life), time);
  }

  @Test
  void tokenIsKeptUntilTwoMinutesBeforeItsEnd() {
    CachedCredential credential = living(Duration.ofHours(1));

    credential.token();
    time.pass(Duration.ofMinutes(58).minusMillis(1));
    AccessToken before = credential.token();
    time.pass(Duration.ofMillis(1));
    AccessToken after = credential.token();

    assertThat(before.value()).isEqualTo("t1");
    assertThat(after.value()).isEqualTo("t2");
  }

  @Test
  void shortTokenIsKeptForHalfItsLife() {
    CachedCredential credential = living(Duration.ofMinutes(1));

    credential.token();
    time.pass(Duration.ofSeconds(29));
    AccessToken before = credential.token();
    time.pass(Duration.ofSeconds(1));
    AccessToken after = credential.token();

    assertThat(before.value()).isEqualTo("t1");
    assertThat(after.value()).isEqualTo("t2");
  }

  @Test
  void tokenWithoutKnownEndIsKeptUntilItIsRefused() {
    CachedCredential credential =
        new CachedCredential(() -> new AccessToken("t" + fetched.incrementAndGet(), null), time);

    AccessToken first = credential.token();
    time.pass(Duration.ofDays(1000));
    AccessToken same = credential.token();
    credential.invalidate(same);
    AccessToken next = credential.token();

    assertThat(same).isEqualTo(first);
    assertThat(next.value()).isEqualTo("t2");
  }

  @Test
  void refusalOfAnOldTokenKeepsTheNewOne() {
    CachedCredential credential = living(Duration.ofHours(1));
    AccessToken old = credential.token();
    credential.invalidate(old);
    AccessToken current = credential.token();

    credential.invalidate(old);

    assertThat(credential.token()).isEqualTo(current);
    assertThat(fetched).hasValue(2);
  }

  @Test
  void manyCallersWithoutATokenCauseOneFetch() throws Exception {
    CountDownLatch fetching = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CachedCredential credential =
        new CachedCredential(
            () -> {
              fetching.countDown();
              awaitQuietly(release);
              return fetch(Duration.ofHours(1));
            },
            time);

    List<String> tokens =
        concurrently(
            () -> credential.token().value(),
            () -> {
              awaitQuietly(fetching);
              release.countDown();
            });

    assertThat(tokens).hasSize(CALLERS).containsOnly("t1");
    assertThat(fetched).hasValue(1);
  }

  @Test
  void manyCallersThatAreRefusedTogetherCauseOneFetch() throws Exception {
    CachedCredential credential = living(Duration.ofHours(1));
    AccessToken old = credential.token();

    List<String> tokens =
        concurrently(
            () -> {
              credential.invalidate(old);
              return credential.token().value();
            },
            () -> {});

    assertThat(tokens).hasSize(CALLERS).containsOnly("t2");
    assertThat(fetched).hasValue(2);
  }

  @Test
  void callersUseTheOldTokenWhileOneRenewsAhead() throws Exception {
    CountDownLatch renewing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CachedCredential credential =
        new CachedCredential(
            () -> {
              if (fetched.get() == 1) {
                renewing.countDown();
                awaitQuietly(release);
              }
              return fetch(Duration.ofHours(1));
            },
            time);
    credential.token();
    time.pass(Duration.ofMinutes(59));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<AccessToken> renewer = executor.submit(credential::token);
      renewing.await();

      AccessToken meanwhile = credential.token();
      release.countDown();

      assertThat(meanwhile.value()).isEqualTo("t1");
      assertThat(renewer.get().value()).isEqualTo("t2");
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void failureToRenewAheadIsNoFailureAndIsNotTriedOnEveryCall() {
    AtomicInteger tries = new AtomicInteger();
    PartnerException down = new PartnerException(Failure.withoutAnswer("down"), null);
    CachedCredential credential =
        new CachedCredential(
            () -> {
              if (tries.incrementAndGet() > 1) {
                throw down;
              }
              return fetch(Duration.ofHours(1));
            },
            time);
    credential.token();
    time.pass(Duration.ofMinutes(59));

    AccessToken first = credential.token();
    AccessToken second = credential.token();
    int triesWithinThePause = tries.get();
    time.pass(Duration.ofSeconds(10));
    AccessToken third = credential.token();
    time.pass(Duration.ofMinutes(1));

    assertThat(List.of(first, second, third)).extracting(AccessToken::value).containsOnly("t1");
    assertThat(triesWithinThePause).isEqualTo(2);
    assertThat(tries).hasValue(3);
    assertThatThrownBy(credential::token).isSameAs(down);
  }

  @Test
  void waitingForATokenCanBeInterrupted() throws InterruptedException {
    CountDownLatch fetching = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CachedCredential credential =
        new CachedCredential(
            () -> {
              fetching.countDown();
              awaitQuietly(release);
              return fetch(Duration.ofHours(1));
            },
            time);
    Thread fetcher = new Thread(credential::token);
    fetcher.start();
    fetching.await();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread waiter =
        new Thread(() -> {
          try {
            credential.token();
          } catch (PartnerException e) {
            thrown.set(e);
            flag.set(Thread.currentThread().isInterrupted());
          }
        });
    waiter.start();

    waiter.interrupt();
    waiter.join();
    release.countDown();
    fetcher.join();

    assertThat(thrown.get()).hasCauseInstanceOf(InterruptedException.class);
    assertThat(flag.get()).isTrue();
  }

  private static List<String> concurrently(Supplier<String> work, Runnable meanwhile)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
    try {
      CountDownLatch gate = new CountDownLatch(1);
      List<Future<String>> running = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        running.add(
            executor.submit(() -> {
              gate.await();
              return work.get();
            }));
      }
      gate.countDown();
      meanwhile.run();
      List<String> results = new ArrayList<>();
      for (Future<String> result : running) {
        results.add(result.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
