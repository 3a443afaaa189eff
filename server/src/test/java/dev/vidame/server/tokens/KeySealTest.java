package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.SigningKeys.StoredKey;
import dev.vidame.server.StartException;
import dev.vidame.server.VidameServer;
import dev.vidame.server.secrets.KeySeal;
import dev.vidame.server.secrets.KeySealException;
import dev.vidame.server.settings.SettingsException;
import dev.vidame.server.settings.SettingsLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that sign tokens, as they are in the store. */
final class KeySealTest {
  private static final String KEY = base64("an example of a key of 32 bytes.");
  private static final String OTHER = base64("another example, also 32 bytes..");
  private static final String SECRET = "{\"d\":\"private\"}";

  @TempDir private Path folder;

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatIsSealedIsOpenedWithTheSameKey() {
    String sealed = KeySeal.of(KEY).seal("kid", SECRET);

    assertThat(sealed).doesNotContain("private");
    assertThat(KeySeal.of(KEY + "\n").open("kid", sealed)).isEqualTo(SECRET);
    assertThat(KeySeal.of(KEY).seal("kid", sealed)).isEqualTo(sealed);
    assertThat(KeySeal.of(KEY).seal("kid", SECRET)).isNotEqualTo(sealed);
    assertThat(KeySeal.none().seal("kid", SECRET)).isEqualTo(SECRET);
  }

  @Test
  void noOtherKeyAndNoneOpensIt() {
    String sealed = KeySeal.of(KEY).seal("kid", SECRET);

    assertThatThrownBy(() -> KeySeal.of(OTHER).open("kid", sealed))
        .isInstanceOf(KeySealException.class)
        .hasMessageContaining("another key");
    assertThatThrownBy(() -> KeySeal.none().open("kid", sealed))
        .isInstanceOf(KeySealException.class)
        .hasMessageContaining("Set secrets.key-file");
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String sealed = KeySeal.of(KEY).seal("kid", SECRET);

    for (int at = "sealed-1.".length(); at < sealed.length() - 3; at++) {
      char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
      String changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
      assertThatThrownBy(() -> KeySeal.of(KEY).open("kid", changed))
          .isInstanceOf(KeySealException.class);
    }
    for (int end = "sealed-1.".length(); end < sealed.length() - 2; end++) {
      String cut = sealed.substring(0, end);
      assertThatThrownBy(() -> KeySeal.of(KEY).open("kid", cut))
          .isInstanceOf(KeySealException.class);
    }
  }

  @Test
  void twoKeysCannotBeExchanged() {
    String sealed = KeySeal.of(KEY).seal("kid", SECRET);

    assertThatThrownBy(() -> KeySeal.of(KEY).open("other", sealed))
        .isInstanceOf(KeySealException.class)
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "!!! no Base64 !!!", "c2l4dGVlbiBieXRlcyE="})
  void whatIsNoKeyIsNotQuoted(String text) {
    assertThatThrownBy(() -> KeySeal.of(text))
        .isInstanceOf(KeySealException.class)
        .hasMessageContaining("openssl rand -base64 32")
        .hasNoCause()
        .matches(e -> text.isEmpty() || !String.valueOf(e.getMessage()).contains(text));
  }

  /**
   * Started without a key, then with one: the same keys, and nothing of them left in the folder.
   */
  @Test
  void aStoreBecomesSealedAndStaysSo() throws Exception {
    String jwks;
    String secret;
    try (VidameServer server = start(Map.of(), Map.of())) {
      StoredKey stored = keys(server).getFirst();
      secret = stored.jwk().replaceFirst(".*\"d\":\"([^\"]{40}).*", "$1");
      jwks = stored.id();
    }
    assertThat(secret).hasSize(40);
    assertThat(holders(secret)).isNotEmpty();
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");

    try (VidameServer server = start(Map.of("secrets.key-file", file.toString()), Map.of())) {
      assertThat(keys(server)).extracting(StoredKey::id).containsExactly(jwks);
      assertThat(keys(server).getFirst().jwk()).startsWith("sealed-1.");
    }

    assertThat(holders(secret)).isEmpty();
    try (VidameServer server = start(Map.of(), Map.of("VIDAME_SECRETS_KEY", KEY))) {
      assertThat(keys(server)).extracting(StoredKey::id).containsExactly(jwks);
    }
    assertThatThrownBy(() -> start(Map.of(), Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("Set secrets.key-file");
    assertThatThrownBy(() -> start(Map.of(), Map.of("VIDAME_SECRETS_KEY", OTHER)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("another key");
    assertThatThrownBy(() -> start(Map.of("secrets.key-file", "no such file"), Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("secrets.key-file");
  }

  @Test
  void theNextKeyIsSealedTooAndOpensAfterARestart() throws Exception {
    Map<String, String> environment = Map.of("VIDAME_SECRETS_KEY", KEY);
    String next;
    try (VidameServer server = start(Map.of(), environment)) {
      SigningKeyRing ring =
          SigningKeyRing.open(
              server.directory().signingKeys(),
              Duration.ofHours(1),
              Clock.systemUTC(),
              KeySeal.of(KEY));
      ChangeRequest change =
          ChangeRequest.once(Actor.operator(new PartnerId(UUID.randomUUID())), UUID.randomUUID());
      next = ring.rotate(server.directory().keyRotation(), change).orElseThrow().value().key().id();
      assertThat(keys(server)).hasSize(2).allMatch(key -> key.jwk().startsWith("sealed-1."));
    }

    assertThat(holders("\"d\":")).isEmpty();
    try (VidameServer server = start(Map.of(), environment)) {
      assertThat(keys(server).getFirst().id()).isEqualTo(next);
    }
  }

  /** Other users of a machine see what a process was started with. */
  @Test
  void theKeyIsNotTakenFromTheCommandLineOrAFileOfSettings() throws IOException {
    Path settings = Files.writeString(folder.resolve("settings"), "secrets.key=" + KEY);

    assertThatThrownBy(
            () -> SettingsLoader.load(Optional.empty(), Map.of(), Map.of("secrets.key", KEY)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("environment only")
        .hasMessageNotContaining(KEY);
    assertThatThrownBy(() -> SettingsLoader.load(Optional.of(settings), Map.of(), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("environment only");
  }

  private static List<StoredKey> keys(VidameServer server) {
    return server
        .directory()
        .signingKeys()
        .loadOrCreate(() -> {
          throw new AssertionError("The server has made a key");
        });
  }

  private VidameServer start(Map<String, String> settings, Map<String, String> environment)
      throws StartException {
    Map<String, String> flags = new java.util.HashMap<>(settings);
    flags.put("data.folder", folder.resolve("data").toString());
    flags.put("listen.port", "0");
    return VidameServer.start(
        SettingsLoader.load(Optional.empty(), environment, flags), Clock.systemUTC());
  }

  private List<Path> holders(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, secret)).toList();
    }
  }

  private static boolean holds(Path file, String secret) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
