package dev.vidame.server.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds settings in a file, then in the environment, then among the flags; the last one wins. */
public final class SettingsLoader {
  private static final String PREFIX = "VIDAME_";

  private SettingsLoader() {}

  /**
   * Reads the settings.
   *
   * @param file a Java properties file in UTF-8, or empty for none
   * @param environment the process's variables; those that are named like a group of settings must
   *     name one
   * @param flags setting names and values from the command line
   * @throws SettingsException when the file cannot be read, a name is unknown, or a value is not
   *     allowed
   */
  public static Settings load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    List<String> problems = new ArrayList<>();
    Map<String, Source> written = new HashMap<>();
    file.ifPresent(path -> addFile(path, written, problems));
    addEnvironment(environment, written, problems);
    addAll("command line", flags, written, problems);
    return Settings.of(written, problems);
  }

  private static void addFile(Path file, Map<String, Source> written, List<String> problems) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(file + ": cannot be read as a properties file in UTF-8: " + e.getMessage());
      return;
    }
    Map<String, String> entries = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> entries.put(name, properties.getProperty(name)));
    addAll(file.toString(), entries, written, problems);
  }

  private static void addEnvironment(
      Map<String, String> environment, Map<String, Source> written, List<String> problems) {
    Map<String, String> names =
        Settings.ALL.stream().collect(Collectors.toMap(Setting::variable, Setting::name));
    for (String variable : new TreeSet<>(environment.keySet())) {
      String name = names.get(variable);
      if (name != null) {
        written.put(
            name, Source.ofVariable(variable, String.valueOf(environment.get(variable)).strip()));
      } else if (isInAGroup(variable)) {
        problems.add("environment variable " + variable + ": there is no such setting");
      }
    }
  }

  /**
   * A misspelt setting must not be taken for none; other programs' variables are not ours to judge.
   */
  private static boolean isInAGroup(String variable) {
    return Settings.ALL.stream()
        .map(setting -> setting.name().substring(0, setting.name().indexOf('.')))
        .anyMatch(group -> variable.startsWith(PREFIX + group.toUpperCase(Locale.ROOT) + "_"));
  }

  private static void addAll(
      String place,
      Map<String, String> entries,
      Map<String, Source> written,
      List<String> problems) {
    for (String name : new TreeSet<>(entries.keySet())) {
      if (Settings.ALL.stream().noneMatch(setting -> setting.name().equals(name))) {
        problems.add(place + ": there is no setting " + name);
      } else {
        Source source = new Source(place, String.valueOf(entries.get(name)).strip());
        problems.addAll(Settings.exposed(name, source)); // also where something else wins over it
        written.put(name, source);
      }
    }
  }
}
