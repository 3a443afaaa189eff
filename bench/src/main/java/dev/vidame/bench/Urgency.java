package dev.vidame.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a thread that measures go before all others. Who asks a server does so from another machine,
 * and here shares the processors with it; what it would wait for them would count as the server's
 * latency.
 */
final class Urgency {
  private static final Path SELF = Path.of("/proc/thread-self");
  private static final int SECONDS = 10;
  private static final AtomicBoolean IS_TOLD = new AtomicBoolean();

  private Urgency() {}

  /**
   * Asks the kernel for it, by {@code chrt}. What the thread starts is as urgent as everybody else
   * again. Where the kernel refuses, as it does to all but root, the thread stays as it is, and the
   * log says so once.
   */
  static void ofThisThread() {
    try {
      String thread = Files.readSymbolicLink(SELF).getFileName().toString();
      Process chrt =
          new ProcessBuilder(List.of("chrt", "--reset-on-fork", "--fifo", "--pid", "1", thread))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!chrt.waitFor(SECONDS, TimeUnit.SECONDS) || chrt.exitValue() != 0) {
        refused("the kernel refuses it to this user");
      }
    } catch (IOException e) {
      refused(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refused(String why) {
    if (!IS_TOLD.getAndSet(true)) {
      Bench.say("what measures waits for processors as all others do: " + why);
    }
  }
}
