package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.seed.FoundingDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What {@code bench/run testkit} holds to its figures (start 1 s, reset 50 ms, 100 tests 10 s),
 * with room for a machine that does other things beside.
 */
final class FiguresTest {
  private static final int ROOM = 4;
  private static final int RESETS = 21;
  private static final int TESTS = 100;

  @Test
  void firstStartOfAJvmIsShort() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FirstStart.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(process.waitFor()).isZero();
    assertThat(Duration.ofMillis(Long.parseLong(said))).isLessThan(Duration.ofSeconds(ROOM));
  }

  /** A JVM in which nothing ran before. */
  static final class FirstStart {
    private FirstStart() {}

    public static void main(String[] arguments) {
      long before = System.nanoTime();
      try (Vidame vidame = Vidame.start()) {
        var _ = vidame.baseUri();
        System.out.println((System.nanoTime() - before) / 1_000_000);
      }
    }
  }

  @Test
  void resetIsShort() {
    try (Vidame vidame = Vidame.start()) {
      long[] nanos = new long[RESETS];
      for (int i = 0; i < RESETS; i++) {
        long before = System.nanoTime();
        vidame.reset();
        nanos[i] = System.nanoTime() - before;
      }
      Arrays.sort(nanos);

      assertThat(Duration.ofNanos(nanos[RESETS / 2])).isLessThan(Duration.ofMillis(50 * ROOM));
    }
  }

  @Test
  void hundredTestsOfOneCallEachAreShort() {
    long before = System.nanoTime();
    try (Vidame vidame = Vidame.start()) {
      var user =
          vidame
              .client()
              .customers()
              .byId(FoundingDocument.CUSTOMER)
              .users()
              .byId(FoundingDocument.USER);
      for (int i = 0; i < TESTS; i++) {
        vidame.reset();
        assertThat(user.get().id()).isEqualTo(FoundingDocument.USER);
      }
    }

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isLessThan(Duration.ofSeconds(10 * ROOM));
  }
}
