package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program in a JVM of its own, as a command to start. */
final class Program {
  private Program() {}

  /** The JVM. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What a JVM is told whose work is over before the second compiler has paid for itself. */
  static List<String> brief(String... more) {
    return Stream.concat(
            Stream.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable"),
            Stream.of(more))
        .toList();
  }

  /** What the launcher tells a JVM. */
  static List<String> launcherFlags() throws IOException {
    Matcher array =
        Pattern.compile("^JAVA_FLAGS=\\((.*?)^\\)", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../vidame")));
    assertThat(array.find()).isTrue();
    return List.of(array.group(1).strip().split("\\s+"));
  }

  /**
   * A command.
   *
   * @param flags what the JVM is told
   * @param arguments what the program is told
   */
  static List<String> command(List<String> flags, String... arguments) {
    List<String> all = new ArrayList<>(flags);
    all.add(SharedClasses.get().flag());
    return commandWith(SharedClasses.get().classPath(), all, arguments);
  }

  /** As {@link #command}, with a class path and nothing more. */
  static List<String> commandWith(String classPath, List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(flags);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
    command.add("dev.vidame.cli.Vidame");
    command.addAll(List.of(arguments));
    return command;
  }
}
