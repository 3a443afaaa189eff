package dev.vidame.cli.admin;

import dev.vidame.server.settings.Settings;
import dev.vidame.server.settings.SettingsException;
import dev.vidame.server.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of whoever opens a store: where it is, and where settings come from. */
public final class StoreOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "A properties file with settings.")
  private @Nullable Path config;

  @Option(
      names = {"-d", "--data"},
      paramLabel = "FOLDER",
      description = "The folder of the store (data.folder).")
  private @Nullable String data;

  /** Whether the command line names a folder. */
  public boolean hasFolder() {
    return data != null;
  }

  /**
   * The settings of the file, the environment, further flags and these options, lowest first.
   *
   * @throws SettingsException when one is not good
   */
  public Settings load(Map<String, String> furtherFlags) throws SettingsException {
    Map<String, String> flags = new HashMap<>(furtherFlags);
    if (data != null) {
      flags.put("data.folder", data);
    }
    return SettingsLoader.load(Optional.ofNullable(config), System.getenv(), flags);
  }
}
