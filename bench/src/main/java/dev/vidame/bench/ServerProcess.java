package dev.vidame.bench;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, and what the kernel knows about it. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 1_000_000;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTES_PER_KIB = 1024;

  private final Process process;
  private final int port;
  private final Path log;
  private final Duration start;
  private @Nullable Duration untilJava;

  private ServerProcess(Process process, Address address, Path log, long launched)
      throws IOException {
    this.process = process;
    this.port = address.port();
    this.log = log;
    this.start = awaitOk(address, launched);
  }

  /**
   * Where a server says that it is there.
   *
   * @param port the port that it was told to listen at
   * @param path what it answers with 200
   * @param within how long that may take
   */
  public record Address(int port, String path, Duration within) {
    /** For a server that starts soon. */
    public Address(int port, String path) {
      this(port, path, LIMIT);
    }
  }

  /** Launches a server and waits until it answers with 200. */
  public static ServerProcess launch(
      RunScope scope, Address address, List<String> command, Map<String, String> environment)
      throws IOException {
    Path log = scope.folder().resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.redirectInput(new File("/dev/null")).environment().putAll(environment);
    long launched = System.nanoTime();
    return new ServerProcess(scope.start(builder), address, log, launched);
  }

  /** A command of this program, in a JVM with the same settings as this one. */
  static List<String> ownCommand(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-jar");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A port that nobody listens at now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Duration awaitOk(Address address, long launched) throws IOException {
    while (System.nanoTime() - launched < address.within().toNanos()) {
      if (untilJava == null && isJava()) {
        untilJava = Duration.ofNanos(System.nanoTime() - launched);
      }
      if (isOk(address.path())) {
        return Duration.ofNanos(System.nanoTime() - launched);
      }
      if (!process.isAlive()) {
        throw new BenchException("The server ended: " + Files.readString(log));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    RunScope.stop(process); // whoever is measured next wants the processors
    throw new BenchException("The server did not answer within " + address.within());
  }

  /** A script that looks for Java and becomes it keeps its process, but not its program. */
  private boolean isJava() {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "exe"))
          .endsWith("java");
    } catch (IOException e) {
      return false; // it has just ended
    }
  }

  private boolean isOk(String path) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(OK.length);
      return Arrays.equals(answer, OK);
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  /** From the launch of the process to the first 200. */
  Duration start() {
    return start;
  }

  /** From the launch of the process to when it had become Java: the time of its launcher. */
  Duration untilJava() {
    if (untilJava == null) {
      throw new BenchException("The server was never seen to be Java");
    }
    return untilJava;
  }

  long pid() {
    return process.pid();
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The most memory that was resident at once so far, in megabytes. */
  double peakMegabytes() throws IOException {
    return memory(process.pid(), "VmHWM:");
  }

  /** The memory that is resident now, in megabytes. */
  double residentMegabytes() throws IOException {
    return memory(process.pid(), "VmRSS:");
  }

  /** One of the sizes in {@code /proc/PID/status}, in megabytes. */
  static double memory(long pid, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith(name)) {
        String kib = line.substring(name.length()).replace("kB", "").strip();
        return Long.parseLong(kib) * BYTES_PER_KIB / BYTES_PER_MEGABYTE;
      }
    }
    throw new BenchException("The kernel does not tell " + name);
  }

  /** Asks the server to stop and waits until it has. */
  @Override
  public void close() {
    RunScope.stop(process);
  }
}
