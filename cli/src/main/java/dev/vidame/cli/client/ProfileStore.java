package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of one person, in files: {@code profiles/NAME.json} says what is not secret, {@code
 * NAME.refresh}, {@code NAME.secret} and {@code NAME.access} beside it hold what is, and {@code
 * current} names the profile that is used unless another is chosen. Several processes may use it.
 */
public final class ProfileStore {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String SUFFIX = ".json";
  private static final List<String> SECRETS = List.of(".refresh", ".secret", ".access", ".lock");

  private final Path folder;

  ProfileStore(Path folder) {
    this.folder = folder;
  }

  /** That of whoever runs this program. */
  public static ProfileStore of(Map<String, String> environment) {
    return new ProfileStore(
        ConfigFolder.of(
            environment,
            System.getProperty("os.name", ""),
            Path.of(System.getProperty("user.home", "."))));
  }

  /** Where the files are. */
  public Path folder() {
    return folder;
  }

  private Path profiles() {
    return folder.resolve("profiles");
  }

  private Path file(String name, String suffix) {
    if (!NAME.matcher(name).matches()) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "A profile cannot be called "
              + name
              + ". Use up to 64 letters, digits, full stops, hyphens and underscores.");
    }
    return profiles().resolve(name + suffix);
  }

  /** The names of all profiles, sorted. */
  public List<String> names() {
    if (!Files.isDirectory(profiles())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(profiles())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the profile that is used unless another is chosen. */
  public Optional<String> current() {
    try {
      return Optional.of(Files.readString(folder.resolve("current")).strip())
          .filter(name -> NAME.matcher(name).matches());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a profile the one that is used. */
  public void use(String name) {
    load(name);
    PrivateFiles.write(folder.resolve("current"), name + "\n");
  }

  /**
   * The name of the profile to use: the option's, the environment's, the current one, or the only
   * one.
   *
   * @throws CommandException where there is none of these
   */
  String choose(@Nullable String option, @Nullable String variable) {
    if (option != null) {
      return option;
    }
    if (variable != null && !variable.isBlank()) {
      return variable.strip();
    }
    List<String> all = names();
    Optional<String> current = current().filter(all::contains);
    if (current.isPresent()) {
      return current.get();
    }
    if (all.size() == 1) {
      return all.getFirst();
    }
    throw new CommandException(
        ExitCode.CONFIGURATION,
        all.isEmpty()
            ? "Nobody is signed in. Sign in: vidame login --help shows how; vidame login --emulator for a test."
            : "Which profile? Choose one of "
                + String.join(", ", all)
                + ": vidame profiles use NAME, or --profile NAME.");
  }

  /** Whether there is such a profile. */
  public boolean has(String name) {
    return Files.exists(file(name, SUFFIX));
  }

  /**
   * A profile.
   *
   * @throws CommandException where there is none, or its file is broken
   */
  public Profile load(String name) {
    Path file = file(name, SUFFIX);
    byte[] json;
    try {
      json = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitCode.CONFIGURATION, unknown(name), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProfileFile(name, file, parse(name, file, json)).profile();
  }

  private static JsonBody parse(String name, Path file, byte[] json) {
    try {
      return JsonBody.parse(json);
    } catch (WireFormatException e) {
      throw ProfileFile.broken(name, file, e.getMessage());
    }
  }

  private String unknown(String name) {
    List<String> all = names();
    return "There is no profile "
        + name
        + ". "
        + (all.isEmpty()
            ? "Sign in first: vidame login --help shows how."
            : "There are: " + String.join(", ", all) + ". Make another: vidame login --profile " + name);
  }

  /** Writes a profile, instead of one of its name. The first one becomes the current one. */
  public void save(Profile profile) {
    Path file = file(profile.name(), SUFFIX);
    PrivateFiles.createFolder(profiles());
    String lines =
        profile.members().entrySet().stream()
            .filter(member -> member.getValue() != null)
            .map(ProfileStore::line)
            .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    PrivateFiles.write(file, lines);
    if (current().isEmpty()) {
      use(profile.name());
    }
  }

  /** One member on a line of its own, because people read and mend these files. */
  private static String line(Map.Entry<String, @Nullable Object> member) {
    Map<String, @Nullable Object> alone = new LinkedHashMap<>();
    alone.put(member.getKey(), member.getValue());
    String json = new String(JsonBody.write(alone), StandardCharsets.UTF_8);
    return "  " + json.substring(1, json.length() - 1);
  }

  /** Deletes a profile with its secrets. */
  public void remove(String name) {
    signOut(name);
    PrivateFiles.delete(file(name, SUFFIX));
    if (current().filter(name::equals).isPresent()) {
      PrivateFiles.delete(folder.resolve("current"));
    }
  }

  /** Deletes the secrets of a profile. */
  public void signOut(String name) {
    SECRETS.forEach(suffix -> PrivateFiles.delete(file(name, suffix)));
  }

  /** Where the refresh token of a profile is, for the SDK, which keeps it. */
  public Path refreshToken(String name) {
    return file(name, ".refresh");
  }

  /** Where the last access token of a profile is. */
  Path accessToken(String name) {
    return file(name, ".access");
  }

  /** What processes lock that exchange a profile's refresh token. */
  Path lock(String name) {
    return file(name, ".lock");
  }

  /** The application's secret of a profile. */
  public Optional<String> secret(String name) {
    return PrivateFiles.read(file(name, ".secret"));
  }

  /** Keeps the application's secret of a profile. */
  public void saveSecret(String name, String secret) {
    PrivateFiles.createFolder(profiles());
    PrivateFiles.write(file(name, ".secret"), secret + "\n");
  }
}
