package dev.vidame.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a figure was measured on; without it, it means nothing.
 *
 * @param cores processors that this program may use
 * @param processor the processor's name
 * @param kernel the kernel's version
 * @param jdk Java's version and vendor
 * @param fileSystem the kind of file system that the store lay on
 * @param commit the checkout's commit, with a {@code +} where it was changed since
 */
public record Machine(
    int cores, String processor, String kernel, String jdk, String fileSystem, String commit) {

  /** This machine, for a store in this folder. */
  public static Machine here(Path folder) throws IOException {
    String changes = git("status", "--porcelain");
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        System.getProperty("os.version", "unknown"),
        Runtime.version() + " " + System.getProperty("java.vendor", ""),
        Files.getFileStore(folder).type(),
        git("rev-parse", "--short", "HEAD") + (changes.isEmpty() ? "" : "+"));
  }

  private static String processorName() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch", "unknown");
    }
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch", "unknown"));
  }

  /** What git says; a checkout without git is measured all the same. */
  private static String git(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "-C", Bench.root().toString());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.strip().isEmpty() && arguments[0].equals("rev-parse") ? "unknown" : said.strip();
  }

  @Override
  public String toString() {
    return "%d cores (%s), kernel %s, JDK %s, %s, commit %s"
        .formatted(cores, processor, kernel, jdk, fileSystem, commit);
  }
}
