package dev.vidame.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The public API is that of the file {@code api.txt}. Whoever means to change it runs this test
 * with {@code -Dvidame.accept-api=true} and tells the users in the changelog.
 */
class PublicApiTest {
  private static final Path ACCEPTED = Path.of("api.txt");

  private static List<Class<?>> classes() throws IOException, URISyntaxException {
    Path root =
        Path.of(PartnerClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve("dev/vidame/sdk"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          classes.add(load("dev.vidame.sdk." + name.substring(0, name.length() - 6)));
        }
      }
    }
    return classes;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PartnerClient.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void publicApiIsTheAcceptedOne() throws IOException, URISyntaxException {
    String api = new PublicApi(classes()).text();

    if (Boolean.getBoolean("vidame.accept-api")) {
      Files.writeString(ACCEPTED, api);
    }

    assertThat(api.lines())
        .as("the public API; accept a change with -Dvidame.accept-api=true")
        .containsExactlyElementsOf(Files.readAllLines(ACCEPTED));
  }

  @Test
  void everyPublicTypeIsClosedToStrangersOrMeantForThem() throws Exception {
    List<String> open = new ArrayList<>();
    for (Class<?> type : classes()) {
      int modifiers = type.getModifiers();
      boolean isOpen =
          Modifier.isPublic(modifiers) && !Modifier.isFinal(modifiers) && !type.isSealed();
      if (isOpen) {
        open.add(type.getSimpleName());
      }
    }

    assertThat(open)
        .containsExactlyInAnyOrder("ExchangeObserver", "PartnerCredential", "RefreshTokenStore");
    assertThat(PartnerClient.class.getModule().isNamed()).isTrue();
    assertThat(PartnerClient.class.getModule().isAnnotationPresent(NullMarked.class)).isTrue();
  }
}
