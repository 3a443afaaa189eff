package dev.vidame.cli.help;

import java.util.Arrays;
import picocli.CommandLine.Model.ArgSpec;

/** Descriptions as help shows them. */
final class Descriptions {
  private static final String DEFAULT = "${DEFAULT-VALUE}";

  private Descriptions() {}

  /** Those of an option or parameter, with its default value in place. */
  static String[] of(ArgSpec argument) {
    return Arrays.stream(argument.description())
        .map(line -> line.replace(DEFAULT, String.valueOf(argument.defaultValue())))
        .toArray(String[]::new);
  }

  /** The first line that says something, without its full stop. */
  static String first(String[] lines) {
    return Arrays.stream(lines)
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("")
        .replaceFirst("\\.$", "");
  }
}
