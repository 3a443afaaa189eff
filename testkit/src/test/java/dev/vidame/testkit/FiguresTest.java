package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.vidame.server.seed.FoundingDocument;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Notices when a start or a reset has become something else than it was. {@code bench/run testkit}
 * holds the kit to its figures (start 1 s, reset 50 ms, 100 tests 10 s); here it is the processor
 * time of a JVM in which nothing ran before, which hardly depends on what else the machine does,
 * with much room.
 */
final class FiguresTest {
  private static final long MOST_START_MILLIS = 5_000;
  private static final long MOST_RESET_MILLIS = 250;
  private static final long MOST_TESTS_MILLIS = 20_000;

  private static final int TESTS = 100;
  private static final long NANOS_PER_MILLI = 1_000_000;

  @Test
  void startAndResetAndAHundredTestsTakeLittleOfTheProcessor() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Suite.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    long[] millis = Arrays.stream(said.split(" ", -1)).mapToLong(Long::parseLong).toArray();

    assertThat(millis[0]).as("the start").isLessThan(MOST_START_MILLIS);
    assertThat(millis[1]).as("a reset").isLessThan(MOST_RESET_MILLIS);
    assertThat(millis[2]).as("all of it").isLessThan(MOST_TESTS_MILLIS);
  }

  /** Tests of one call each, with a reset before each. */
  static final class Suite {
    private static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Suite() {}

    public static void main(String[] arguments) {
      long start;
      long[] resets = new long[TESTS];
      try (Vidame vidame = Vidame.start()) {
        start = processorMillis();
        var user =
            vidame
                .client()
                .customers()
                .byId(FoundingDocument.CUSTOMER)
                .users()
                .byId(FoundingDocument.USER);
        for (int i = 0; i < TESTS; i++) {
          long before = processorMillis();
          vidame.reset();
          resets[i] = processorMillis() - before;
          assertThat(user.get().id()).isEqualTo(FoundingDocument.USER);
        }
      }
      Arrays.sort(resets);
      System.out.println(start + " " + resets[TESTS / 2] + " " + processorMillis());
    }

    private static long processorMillis() {
      return SYSTEM.getProcessCpuTime() / NANOS_PER_MILLI;
    }
  }
}
