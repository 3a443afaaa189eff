package dev.vidame.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a long work has come: on a terminal as a bar with rate and time left that is drawn
 * over itself, elsewhere as a line for each step and one now and then. Used by one thread.
 */
public final class ProgressLine {
  private static final long BETWEEN_DRAWINGS = Duration.ofMillis(100).toNanos();
  private static final long BETWEEN_LINES = Duration.ofSeconds(5).toNanos();
  private static final int WIDTH = 24;
  private static final int LINE = 78;

  private final PrintWriter out;
  private final boolean isTerminal;
  private final LongSupplier nanos;

  private String step = "";
  private long total = -1;
  private long last;
  private long begun;
  private long doneAtBegin;
  private long shown;
  private boolean isDrawn;

  /**
   * Shows.
   *
   * @param nanos the time in nanoseconds from whenever
   */
  public ProgressLine(PrintWriter out, boolean isTerminal, LongSupplier nanos) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.nanos = nanos;
  }

  /** Shows on a terminal if this is one. */
  public static ProgressLine to(PrintWriter out) {
    return new ProgressLine(out, isTerminal(), System::nanoTime);
  }

  /** Where the JDK is told to have no console, there is none to ask. */
  @SuppressWarnings(
      "SystemConsoleNull") // it is null where jdk.console names a module that is not there
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * A part of a step is done.
   *
   * @param currentStep what is being done
   * @param done how much of it
   * @param currentTotal how much there is
   */
  public void at(String currentStep, long done, long currentTotal) {
    long now = nanos.getAsLong();
    if (currentTotal != total || done < last) {
      begun = now;
      doneAtBegin = done;
    }
    boolean isNew = !currentStep.equals(step);
    step = currentStep;
    total = currentTotal;
    last = done;
    if (isNew || now - shown >= (isTerminal ? BETWEEN_DRAWINGS : BETWEEN_LINES)) {
      shown = now;
      show(now);
    }
  }

  private void show(long now) {
    int percent = total <= 0 ? 100 : (int) (last * 100.0 / total);
    double seconds = (now - begun) / 1e9;
    double rate = seconds < 0.5 ? 0 : (last - doneAtBegin) / seconds;
    String text = String.format(Locale.ROOT, "%3d %%  %s", percent, step);
    if (rate >= 1) {
      long left = (long) ((total - last) / rate);
      text +=
          String.format(Locale.ROOT, "  %,d/s  %d:%02d left", (long) rate, left / 60, left % 60);
    }
    if (isTerminal) {
      int filled = WIDTH * percent / 100;
      String line = "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + text;
      out.print("\r" + line + " ".repeat(Math.max(0, LINE - line.length())));
      isDrawn = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Ends the bar's line, so that what follows begins a new one. */
  public void end() {
    if (isDrawn) {
      out.print("\r" + " ".repeat(LINE) + "\r");
      out.flush();
      isDrawn = false;
    }
  }
}
