package dev.vidame.cli.bulk;

import dev.vidame.cli.terminal.ProgressLine;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks after a run: shows how far it is, and ends it where somebody presses Ctrl-C. The process
 * then lives until the run has written down what was under way.
 */
final class Watch implements AutoCloseable {
  private static final long LONGEST_END_SECONDS = 90;

  private final ProgressLine line;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread hook;

  Watch(PrintWriter err, boolean isTerminal, Runnable stop) {
    this.line = new ProgressLine(err, isTerminal, System::nanoTime);
    this.hook =
        Thread.ofPlatform()
            .unstarted(() -> {
              stop.run();
              awaitEnd();
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void awaitEnd() {
    try {
      var _ = end.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void at(String step, long done, long total) {
    line.at(step, done, total);
  }

  /** Ends the bar, so that what is said next begins a line. */
  void endLine() {
    line.end();
  }

  /** Nothing more will be said. */
  @Override
  public void close() {
    end.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and waited for this.
    }
  }
}
