package dev.vidame.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a run makes for itself: a folder and processes. All of it goes when the run ends, also by
 * Ctrl-C. Thread-safe.
 *
 * <p>The folder lies in the checkout's {@code bench/target} and not where temporary files do: that
 * may be memory, where a sync to disk costs nothing.
 */
public final class RunScope implements AutoCloseable {
  private static final int SECONDS_TO_STOP = 30;

  private final Path folder;
  private final Deque<Process> processes = new ArrayDeque<>();
  private final Thread atExit = Thread.ofPlatform().name("bench-stop").unstarted(this::cleanUp);

  private RunScope(Path folder) {
    this.folder = folder;
  }

  /** Makes a folder, and sees to it that it goes. */
  public static RunScope open() throws IOException {
    Path parent = Files.createDirectories(Bench.root().resolve("bench/target"));
    RunScope scope = new RunScope(Files.createTempDirectory(parent, "run-"));
    Runtime.getRuntime().addShutdownHook(scope.atExit);
    return scope;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** Starts a process that ends with the run at the latest. */
  public synchronized Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    processes.push(process);
    return process;
  }

  /** Asks a process to end, and makes it when it does not. */
  public static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void cleanUp() {
    while (!processes.isEmpty()) {
      stop(processes.pop());
    }
    try (Stream<Path> all = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      Bench.say("could not delete " + folder + ": " + e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    cleanUp();
  }
}
