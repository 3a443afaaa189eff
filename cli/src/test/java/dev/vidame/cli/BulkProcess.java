package dev.vidame.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code vidame bulk} as a process of its own. */
final class BulkProcess implements AutoCloseable {
  private static final int MINUTES = 5;
  private static final List<String> FLAGS = Program.brief("-Xmx64m");

  private final Process process;
  private final Path out;
  private final Path err;

  private BulkProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it.
   *
   * @param folder for what it says
   */
  static BulkProcess start(Path folder, URI server, String token, String... arguments)
      throws IOException {
    Path out = Files.createTempFile(folder, "bulk", ".out");
    Path err = Files.createTempFile(folder, "bulk", ".err");
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    environment(builder, server, token);
    return new BulkProcess(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  static void environment(ProcessBuilder builder, URI server, String token) {
    builder.environment().put("VIDAME_ACCESS_TOKEN", token);
    builder.environment().put("VIDAME_ENDPOINT", server.toString());
    builder.environment().put("VIDAME_CUSTOMER", Tenants.CUSTOMER.toString());
  }

  /** What ignores the signal of Ctrl-C, such as a job in a shell's background, passes that on. */
  static final List<String> HEARING_CTRL_C =
      System.getProperty("os.name").equals("Linux")
          ? List.of("env", "--default-signal=INT")
          : List.of();

  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(HEARING_CTRL_C);
    command.addAll(Program.command(FLAGS, "bulk"));
    command.addAll(List.of(arguments));
    return command;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    var _ = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Its exit code. */
  int await() throws InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("It did not end; it said: " + out() + err());
    }
    return process.exitValue();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
