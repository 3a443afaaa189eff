package dev.vidame.directory.nice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NicePoolTest {
  /** Where {@code stat} has the niceness, counted from behind the thread's name. */
  private static final int NICENESS_FIELD = 16;

  private static final Runtime.Version TAKES_TURNS = Runtime.Version.parse("6.12");

  private final NicePool pool = new NicePool("test", 1, 1, Duration.ofSeconds(7));
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

  /** Linux takes the length of a turn from 6.12 on. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void turnsAreShort() throws Exception {
    assumeThat(Runtime.Version.parse(kernel())).isGreaterThanOrEqualTo(TAKES_TURNS);

    assertThat(pool.submit(NicePoolTest::turnNanos).get()).isEqualTo(400_000);
    assertThat(turnNanos()).isGreaterThan(400_000);
  }

  private static String kernel() {
    Matcher number =
        Pattern.compile("[1-9]\\d*\\.[1-9]\\d*").matcher(System.getProperty("os.version"));
    assumeThat(number.find()).isTrue();
    return number.group();
  }

  /** That of the calling thread, as the kernel has it. */
  private static long turnNanos() {
    Matcher slice = Pattern.compile("(?m)^se\\.slice +: +(\\d+)$").matcher(read("sched"));
    assumeThat(slice.find()).isTrue();
    return Long.parseLong(slice.group(1));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of("/proc/thread-self", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    assertThatThrownBy(() ->
            pool.compute(() -> {
              throw new IllegalStateException("broken");
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void lineIsBounded() throws Exception {
    CompletableFuture<String> first = pool.submit(gate::join);
    CompletableFuture<String> second = pool.submit(gate::join);

    assertThatExceptionOfType(DirectoryException.class)
        .isThrownBy(() -> pool.compute(gate::join))
        .extracting(DirectoryException::failure)
        .isEqualTo(new Failure.Overloaded(Duration.ofSeconds(7)));
    assertThat(pool.active()).isEqualTo(1);
    assertThat(pool.waiting()).isEqualTo(1);
    assertThat(pool.refused()).isEqualTo(1);

    gate.complete("open");
    assertThat(first.get()).isEqualTo("open");
    assertThat(second.get()).isEqualTo("open");
  }

  /** There was room for its work, which is done nevertheless. */
  @Test
  void whoIsInterruptedWhileWaitingWasNotRefused() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(DirectoryException.class)
        .isThrownBy(() -> pool.compute(gate::join))
        .withCauseInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).as("still told").isTrue();
    assertThat(pool.refused()).isZero();
  }

  @Test
  void poolThatNobodyUsesHasNoThreads() {
    try (NicePool used = new NicePool("used", 1, 1, Duration.ofSeconds(1));
        var _ = new NicePool("unused", 1, 1, Duration.ofSeconds(1))) {
      used.compute(() -> "done");

      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .contains("vidame-used-0", "vidame-used-wake")
          .noneMatch(name -> name.startsWith("vidame-unused-"));
    }
  }

  /** That of the calling thread, as the kernel has it. */
  private static int niceness() {
    String stat = read("stat");
    return Integer.parseInt(
        stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICENESS_FIELD]);
  }
}
