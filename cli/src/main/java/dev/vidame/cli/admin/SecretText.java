package dev.vidame.cli.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from where others cannot: a file, standard input or the environment, but never the
 * command line, which every process of the machine can see.
 */
final class SecretText {
  private static final String STANDARD_INPUT = "-";

  private SecretText() {}

  /**
   * A secret: of the file where one is named, else of the environment.
   *
   * @param file its name; {@code -} is standard input, null is none
   * @param variable the name in the environment
   * @param option what the command line calls the file
   */
  static String read(
      @Nullable String file, String variable, String option, Map<String, String> environment) {
    String text = file == null ? environment.get(variable) : content(file);
    if (text == null || text.isBlank()) {
      throw new AdminException(
          AdminException.CONFIGURATION,
          file == null
              ? "There is no secret. Set " + variable + ", or name a file with " + option + "."
              : "There is nothing in "
                  + (file.equals(STANDARD_INPUT) ? "standard input" : file)
                  + ".");
    }
    return text.strip();
  }

  private static String content(String file) {
    try {
      byte[] bytes =
          file.equals(STANDARD_INPUT)
              ? System.in.readAllBytes()
              : Files.readAllBytes(Path.of(file));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AdminException(
          AdminException.CONFIGURATION, "The file " + file + " cannot be read: " + e);
    }
  }
}
