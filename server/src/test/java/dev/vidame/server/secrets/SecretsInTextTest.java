package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.server.VidameServer;
import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a record holds that is secret is not in its text, which may come into any log. */
class SecretsInTextTest {
  /** What components with a secret are called. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(secret|password|passwordHash|(?<!continuation)token|jwk|verifier|assertion)s?"
              + "|deviceCode|userCode|recoveryCodes?");

  private static final String MARK = "planted-in-a-record";

  private static final Map<Class<?>, Object> VALUES =
      Map.ofEntries(
          Map.entry(boolean.class, true),
          Map.entry(int.class, 1),
          Map.entry(long.class, 1L),
          Map.entry(double.class, 1.0),
          Map.entry(Boolean.class, true),
          Map.entry(Integer.class, 1),
          Map.entry(Long.class, 1L),
          Map.entry(String.class, "text"),
          Map.entry(UUID.class, new UUID(1, 1)),
          Map.entry(Instant.class, Instant.EPOCH),
          Map.entry(Duration.class, Duration.ofSeconds(1)),
          Map.entry(Optional.class, Optional.empty()),
          Map.entry(OptionalInt.class, OptionalInt.empty()),
          Map.entry(OptionalLong.class, OptionalLong.empty()),
          Map.entry(List.class, List.of()),
          Map.entry(Set.class, Set.of()),
          Map.entry(Map.class, Map.of()));

  /** A record that shows what it holds. */
  private record Open(String secret, List<String> recoveryCodes, String name) {}

  @Test
  void recordsShowNoSecrets() throws Exception {
    Map<String, Boolean> secrets = new TreeMap<>();
    for (Class<?> type : records()) {
      secrets.putAll(secretsOf(type));
    }

    assertThat(secrets).doesNotContainValue(true).hasSizeGreaterThan(20);
  }

  @Test
  void recordThatShowsThemIsSeen() throws Exception {
    assertThat(secretsOf(Open.class).values()).containsExactly(true, true);
  }

  /** The secret components of a record, and whether its text shows them. */
  private static Map<String, Boolean> secretsOf(Class<?> type) throws Exception {
    Map<String, Boolean> secrets = new TreeMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Object planted = planted(component);
      if (SECRET.matcher(component.getName()).matches() && planted != null) {
        String text = filled(type, Map.of(component.getName(), planted)).toString();
        secrets.put(type.getName() + "." + component.getName(), text.contains(MARK));
      }
    }
    return secrets;
  }

  private static Set<Class<?>> records() throws IOException, URISyntaxException {
    Set<Class<?>> records = new LinkedHashSet<>();
    for (Class<?> one : List.of(CustomerId.class, Directory.class, VidameServer.class)) {
      Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        records.addAll(records(place));
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
          records.addAll(records(jar.getPath("/")));
        }
      }
    }
    return records;
  }

  private static List<Class<?>> records(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.startsWith("dev") && file.endsWith(".class"))
          .<Class<?>>map(file -> named(file.replace('/', '.').replaceFirst("\\.class$", "")))
          .filter(Class::isRecord)
          .toList();
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, SecretsInTextTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mark as a value of the component; null where it holds no text. */
  private static @Nullable Object planted(RecordComponent secret) {
    if (secret.getType() == String.class) {
      return MARK;
    }
    if (!secret.getGenericType().getTypeName().contains("<java.lang.String>")) {
      return null;
    }
    return secret.getType() == Optional.class ? Optional.of(MARK) : List.of(MARK);
  }

  /** A record of whatever values, except for those that are given by their names. */
  private static Object filled(Class<?> type, Map<String, Object> given) throws Exception {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Object value = given.get(components[i].getName());
      values[i] = value == null ? any(types[i]) : value;
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static @Nullable Object any(Class<?> type) throws Exception {
    if (VALUES.containsKey(type)) {
      return VALUES.get(type);
    }
    if (type.isRecord()) {
      return filled(type, Map.of());
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return type.isArray() ? Array.newInstance(type.getComponentType(), 16) : null;
  }
}
