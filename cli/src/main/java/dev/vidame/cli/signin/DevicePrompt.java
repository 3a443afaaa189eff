package dev.vidame.cli.signin;

import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.cli.terminal.Visible;
import dev.vidame.sdk.DeviceCode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows a person where to enter which code, and that this waits: on a terminal with the time that
 * is left, drawn anew each second; elsewhere with one line. Closing it ends that, and so does
 * Ctrl-C.
 */
final class DevicePrompt implements Consumer<DeviceCode>, AutoCloseable {
  private static final int LINE = 60;

  private final PrintWriter err;
  private final Surroundings around;
  private final CountDownLatch end = new CountDownLatch(1);
  private @Nullable Thread drawing;
  private @Nullable Thread hook;

  DevicePrompt(PrintWriter err, Surroundings around) {
    this.err = err;
    this.around = around;
  }

  @Override
  public void accept(DeviceCode code) {
    err.println("To sign in, open this address in a browser, here or on another device:");
    err.println();
    err.println("    " + Visible.text(code.verificationUri().toString()));
    err.println();
    err.println("and enter the code   " + Visible.text(code.userCode()));
    err.println();
    Instant until = code.expiresAt();
    hook = Thread.ofPlatform().name("vidame-interrupted").unstarted(this::interrupted);
    Runtime.getRuntime().addShutdownHook(hook);
    if (around.terminal().isError()) {
      drawing = Thread.ofVirtual().start(() -> draw(until));
    } else {
      err.println("Waiting until " + until.truncatedTo(ChronoUnit.SECONDS) + " (Ctrl-C ends it).");
    }
    err.flush();
  }

  private void draw(Instant until) {
    try {
      do {
        Duration left = Duration.between(around.clock().instant(), until);
        show(
            String.format(
                Locale.ROOT,
                "Waiting for that, %d:%02d left (Ctrl-C ends it)",
                Math.max(0, left.toMinutes()),
                Math.max(0, left.toSecondsPart())));
      } while (!end.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(String text) {
    err.print("\r" + text + " ".repeat(Math.max(0, LINE - text.length())));
    err.flush();
  }

  /** The process ends with 130 by itself; the person is told that nothing has come of it. */
  private void interrupted() {
    end.countDown();
    err.println();
    err.println("vidame: Interrupted. Nobody was signed in; what was kept before still is.");
    err.flush();
  }

  @Override
  public void close() {
    end.countDown();
    Thread drawer = drawing;
    if (drawer != null) {
      join(drawer);
      show("");
      err.print("\r");
      err.flush();
    }
    Thread registered = hook;
    if (registered != null) {
      unregister(registered);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unregister(Thread registered) {
    try {
      Runtime.getRuntime().removeShutdownHook(registered);
    } catch (IllegalStateException e) {
      // The process ends; then it is the hook that speaks.
      System.getLogger(DevicePrompt.class.getName())
          .log(System.Logger.Level.DEBUG, "The process is ending", e);
    }
  }
}
