package dev.vidame.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The store alone, in a process of its own that works when it is told to and waits in between. */
public final class StoreOnly implements AutoCloseable {
  static final String LINE_FORMAT =
      "store answers=%d rate=%.1f p50=%.3f p99=%.3f slowest=%.3f rss=%.1f";

  private static final Pattern LINE =
      Pattern.compile(
          "store answers=(\\d+) rate=([0-9.]+) p50=([0-9.]+) p99=([0-9.]+) slowest=([0-9.]+)"
              + " rss=([0-9.]+)");

  private final Process process;
  private final Writer orders;
  private final BufferedReader results;
  private double peakMegabytes;

  private StoreOnly(Process process) {
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.results =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts it over a store that is its own. */
  static StoreOnly start(RunScope scope, Path store, Path accounts, int writers)
      throws IOException {
    return start(scope, "--store=" + store, accounts, writers);
  }

  /**
   * Starts it over a store on PostgreSQL, which others may have open but must not change while it
   * is pushed. There it runs the statements of the product's own change of an account.
   */
  public static StoreOnly startOn(RunScope scope, SeededStore store, int writers)
      throws IOException {
    return start(scope, "--url=" + store.url(), store.accountsFile(), writers);
  }

  private static StoreOnly start(RunScope scope, String store, Path accounts, int writers)
      throws IOException {
    return new StoreOnly(
        scope.start(
            new ProcessBuilder(
                    ServerProcess.ownCommand(
                        "store-only", store, "--accounts=" + accounts, "--writers=" + writers))
                .redirectErrorStream(true)));
  }

  /** Pushes for so long. */
  public Rate run(int seconds) throws IOException {
    orders.write(seconds + "\n");
    orders.flush();
    StringBuilder said = new StringBuilder();
    for (String text = results.readLine(); text != null; text = results.readLine()) {
      Matcher line = LINE.matcher(text);
      if (line.matches()) {
        peakMegabytes = Double.parseDouble(line.group(6));
        return new Rate(
            Long.parseLong(line.group(1)),
            Double.parseDouble(line.group(2)),
            Double.parseDouble(line.group(3)),
            Double.parseDouble(line.group(4)),
            Double.parseDouble(line.group(5)));
      }
      said.append(text).append(System.lineSeparator());
    }
    throw new BenchException("The store alone gave no result but said: " + said);
  }

  /** The most memory that was resident at once, in megabytes. */
  double peakMegabytes() {
    return peakMegabytes;
  }

  @Override
  public void close() {
    RunScope.stop(process);
  }
}
