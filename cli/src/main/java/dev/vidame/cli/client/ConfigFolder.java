package dev.vidame.cli.client;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where this operating system wants a program to keep what belongs to one person. */
final class ConfigFolder {
  private static final String NAME = "vidame";

  private ConfigFolder() {}

  /**
   * The folder; it need not exist.
   *
   * @param system the name of the operating system, as Java says it
   * @param home the person's folder
   */
  static Path of(Map<String, String> environment, String system, Path home) {
    String os = system.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      String roaming = environment.get("APPDATA");
      return (roaming == null ? home.resolve("AppData/Roaming") : Path.of(roaming)).resolve(NAME);
    }
    if (os.startsWith("mac")) {
      return home.resolve("Library/Application Support").resolve(NAME);
    }
    String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
    // The rule of XDG: a path that is not absolute counts as none.
    return (base.startsWith("/") ? Path.of(base) : home.resolve(".config")).resolve(NAME);
  }
}
