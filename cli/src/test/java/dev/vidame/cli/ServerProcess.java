package dev.vidame.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code vidame serve} as a process of its own, as an operator would start it. */
final class ServerProcess implements AutoCloseable {
  private static final String SERVING = "Serving at ";
  private static final List<String> FLAGS = Program.brief("-Xmx160m");

  private final Process process;
  private final BufferedReader out;
  private final String firstLine;

  private ServerProcess(Process process, BufferedReader out, String firstLine) {
    this.process = process;
    this.out = out;
    this.firstLine = firstLine;
  }

  /** Starts a server that gives tokens for passwords, with these arguments more. */
  static ServerProcess start(Path data, String... more) throws IOException {
    return startAsItIs(data, givingTokens(more));
  }

  /** Starts a server with these arguments and no others. */
  static ServerProcess startAsItIs(Path data, String... more) throws IOException {
    return started(launch(serving(data, more)));
  }

  /** The same, with what it says on stderr in a file. */
  static ServerProcess startLoggingTo(Path log, Path data, String... more) throws IOException {
    return started(command(serving(data, more)).redirectError(log.toFile()).start());
  }

  /** Starts a server that gives tokens for passwords, in a JVM with all that the launcher sets. */
  static ServerProcess startAsLaunched(Path log, Path data, String... more) throws IOException {
    return started(
        new ProcessBuilder(
                Program.command(Program.launcherFlags(), serving(data, givingTokens(more))))
            .redirectError(log.toFile())
            .start());
  }

  /**
   * The same as a command, for a server whose data are in the folder {@code data} where it runs.
   */
  static List<String> launchedHere() throws IOException {
    return Program.command(Program.launcherFlags(), serving(Path.of("data"), givingTokens()));
  }

  private static String[] givingTokens(String... more) {
    return Stream.concat(Stream.of("--set", "auth.password-grant=true"), Stream.of(more))
        .toArray(String[]::new);
  }

  private static String[] serving(Path data, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("serve", "--data", data.toString(), "--port", "0"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Starts the program with these arguments, which make it serve. */
  static ServerProcess startWith(String... arguments) throws IOException {
    return started(launch(arguments));
  }

  private static ServerProcess started(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith(SERVING)) {
      process.destroyForcibly();
      throw new IllegalStateException("The server did not start; it said: " + line);
    }
    return new ServerProcess(process, out, line);
  }

  /** Starts the program with these arguments. What it says on stderr goes to this test's. */
  static Process launch(String... arguments) throws IOException {
    return command(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Starts the program with these arguments. What it says on stderr is to be read. */
  static Process launchQuietly(String... arguments) throws IOException {
    return command(arguments).start();
  }

  private static ProcessBuilder command(String... arguments) {
    return new ProcessBuilder(Program.command(FLAGS, arguments));
  }

  /** What it said first. */
  String firstLine() {
    return firstLine;
  }

  URI address() {
    return URI.create(firstLine.substring(SERVING.length(), firstLine.indexOf(',')));
  }

  /** The names of the classes and interfaces that it has loaded. */
  List<String> loadedClasses() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process listing =
        new ProcessBuilder(
                jcmd.toString(), Long.toString(process.pid()), "VM.class_hierarchy", "-i")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceFirst("^[| -]*", "").replaceFirst("/.*", ""))
            .toList();
    if (listing.waitFor() != 0) {
      throw new IllegalStateException("The classes could not be listed: " + lines);
    }
    return lines;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The most memory that was resident at once, as Linux tells it. */
  long peakMebibytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  /** The next line that it says. */
  String readLine() throws IOException {
    return String.valueOf(out.readLine());
  }

  /** Ends the process as an operator does, and tells what it said that was not read before. */
  String stopAndRead() {
    // Process.destroy would close the stream that is to be read.
    process.toHandle().destroy();
    return out.lines().collect(Collectors.joining("\n"));
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends the process as an operator does, and tells its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
