package dev.vidame.directory.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NicePoolTest {
  /** Where {@code stat} has the niceness, counted from behind the thread's name. */
  private static final int NICENESS_FIELD = 16;

  private final NicePool pool = new NicePool(1, 1);
  private final CompletableFuture<String> gate = new CompletableFuture<>();

  @AfterEach
  void close() {
    gate.complete("open");
    pool.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void workersLetOthersGoFirst() throws Exception {
    int own = niceness();

    assertThat(pool.submit(NicePoolTest::niceness).get()).isEqualTo(NicePool.NICENESS);
    assertThat(niceness()).isEqualTo(own).isNotEqualTo(NicePool.NICENESS);
  }

  /** The threads that it makes for them would be as nice as itself. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whoWakesTheWaitingIsNotNice() throws Exception {
    CompletableFuture<Integer> waker = pool.submit(gate::join).thenApply(result -> niceness());

    gate.complete("open");

    assertThat(waker.get()).isEqualTo(niceness());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoWakesThoseWhoseWorkFailedIsNotNice() throws Exception {
    CompletableFuture<Integer> waker =
        pool.<Integer>submit(
                () -> {
                  throw new IllegalStateException(gate.join());
                })
            .exceptionally(problem -> niceness());

    gate.complete("broken");

    assertThat(waker.get()).isEqualTo(niceness());
  }

  @Test
  void whatWentWrongIsTold() {
    CompletableFuture<String> broken =
        pool.submit(() -> {
          throw new IllegalStateException("broken");
        });

    assertThatThrownBy(broken::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void lineIsBounded() throws Exception {
    CompletableFuture<String> first = pool.submit(gate::join);
    CompletableFuture<String> second = pool.submit(gate::join);

    assertThatThrownBy(() -> pool.submit(gate::join))
        .isInstanceOf(RejectedExecutionException.class);

    gate.complete("open");
    assertThat(first.get()).isEqualTo("open");
    assertThat(second.get()).isEqualTo("open");
  }

  /** That of the calling thread, as the kernel has it. */
  private static int niceness() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(
          stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICENESS_FIELD]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
