package dev.vidame.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.vidame.directory.PasswordHashing;
import dev.vidame.directory.PostgresOptions;
import dev.vidame.server.tokens.TokenSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
  private static final Pattern SECRET = Pattern.compile("(password|secret|key|token)s?$");
  private static final String GOOD_SECRET =
      Base64.getEncoder()
          .encodeToString("an example of a key of 32 bytes.".getBytes(StandardCharsets.US_ASCII));

  @TempDir private Path folder;

  private static Settings load(Map<String, String> environment, Map<String, String> flags) {
    return SettingsLoader.load(Optional.empty(), environment, flags);
  }

  private Settings loadFile(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("vidame.properties"), text);
    return SettingsLoader.load(Optional.of(file), Map.of(), Map.of());
  }

  private static List<String> problems(SettingsException e) {
    return e.problems();
  }

  @Test
  void defaultsStartAServerForThisMachineOnly() {
    Settings settings = load(Map.of(), Map.of());

    assertThat(settings.listenAddress().getAddress().isLoopbackAddress()).isTrue();
    assertThat(settings.listenAddress().getPort()).isEqualTo(8080);
    assertThat(settings.store().folder()).isEqualTo(Path.of("vidame-data"));
    assertThat(settings.baseUrl()).isEmpty();
    assertThat(settings.metricsPort()).isEmpty();
    assertThat(settings.offersPasswordGrant()).isFalse();
    assertThat(settings.security().takesNonceInsteadOfPkce()).isFalse();
    assertThat(settings.echoesPasswords()).isFalse();
    assertThat(settings.takesAnyUsageLocation()).isFalse();
    assertThat(settings.hasPasswordBanList()).isTrue();
    assertThat(settings.patchesCollection()).isTrue();
    assertThat(settings.requiresMfa()).isFalse();
    assertThat(settings.rejectsLegacyAudience()).isFalse();
    assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.userRetention()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.shutdownGrace()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.hashing()).isEqualTo(PasswordHashing.standard());
  }

  /** Each value is another one than the default, and than the others. */
  @Test
  void everythingThatIsSetOfADatabaseReachesIt() throws IOException {
    Settings settings =
        load(
            Map.of("VIDAME_STORE_PASSWORD", "secret"),
            Map.of(
                "store.url", "jdbc:postgresql://db.example/vidame",
                "store.replica-url", "jdbc:postgresql://copy.example/vidame",
                "store.user", "somebody",
                "store.connections", "6",
                "store.statement-timeout-seconds", "7",
                "store.lock-timeout-seconds", "3",
                "store.row-level-security", "true"));

    assertThat(settings.store().postgres())
        .contains(
            new PostgresOptions(
                "jdbc:postgresql://db.example/vidame",
                "jdbc:postgresql://copy.example/vidame",
                "somebody",
                "secret",
                6,
                Duration.ofSeconds(7),
                Duration.ofSeconds(3),
                true));
  }

  @Test
  void flagWinsOverEnvironmentAndEnvironmentOverFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("vidame.properties"),
            "listen.port=1\nusers.retention-days=1\nshutdown.grace-seconds=1\n");
    Map<String, String> environment =
        Map.of("VIDAME_LISTEN_PORT", "2", "VIDAME_USERS_RETENTION_DAYS", "2");

    Settings settings =
        SettingsLoader.load(Optional.of(file), environment, Map.of("listen.port", "3"));

    assertThat(settings.listenAddress().getPort()).isEqualTo(3);
    assertThat(settings.userRetention()).isEqualTo(Duration.ofDays(2));
    assertThat(settings.shutdownGrace()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void suffixesAreDomainsBetweenCommas() {
    assertThat(load(Map.of(), Map.of()).domainSuffixes()).isEmpty();
    assertThat(
            load(Map.of(), Map.of("customers.domain-suffixes", " .One.example ,two"))
                .domainSuffixes())
        .containsExactly("one.example", "two");
    for (String wrong : List.of(",", "a,,b", "a b", "-a", "a.", "a_b")) {
      assertThatThrownBy(() -> load(Map.of(), Map.of("customers.domain-suffixes", wrong)))
          .as(wrong)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("customers.domain-suffixes must be domains");
    }
  }

  @Test
  void audiencesAreNamesBetweenCommas() {
    String name = "auth.audiences";
    assertThat(Set.copyOf(load(Map.of(), Map.of()).audiences()))
        .isEqualTo(TokenSettings.standard().audiences());
    assertThat(load(Map.of(), Map.of(name, "")).audiences()).isEmpty();
    assertThat(load(Map.of(), Map.of(name, "https://a.example/ , urn:b")).audiences())
        .containsExactly("https://a.example", "urn:b");
    for (String wrong : List.of(",", "a,,b", "a b", "/", "a,")) {
      assertThatThrownBy(() -> load(Map.of(), Map.of(name, wrong)))
          .as(wrong)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("auth.audiences must be names");
    }
  }

  @Test
  void statusOfACreateIsOneOfTwo() {
    String name = "compat.create-user-status";
    assertThat(load(Map.of(), Map.of()).userCreationStatus()).isEqualTo(201);
    assertThat(load(Map.of(), Map.of(name, "200")).userCreationStatus()).isEqualTo(200);
    for (String wrong : List.of("202", "204", "199", "x")) {
      assertThatThrownBy(() -> load(Map.of(), Map.of(name, wrong)))
          .isInstanceOf(SettingsException.class);
    }
  }

  @Test
  void limitsAreNumbersAndOff() {
    Settings settings = load(Map.of(), Map.of());
    assertThat(settings.partnerRequestsPerMinute()).isZero();
    assertThat(settings.customerRequestsPerMinute()).isZero();
    assertThat(settings.javaClientHold()).isEqualTo(Duration.ofSeconds(1));
    for (String wrong : List.of("-1", "60000001", "many")) {
      assertThatThrownBy(() -> load(Map.of(), Map.of("limits.partner-requests-per-minute", wrong)))
          .isInstanceOf(SettingsException.class);
    }
  }

  @Test
  void relationshipAfterACreateIsOneOfTwo() {
    String name = "compat.create-customer-relationship";
    assertThat(load(Map.of(), Map.of()).relationshipAfterCreation()).isEqualTo("reseller");
    assertThat(load(Map.of(), Map.of(name, "none")).relationshipAfterCreation()).isEqualTo("none");
    assertThatThrownBy(() -> load(Map.of(), Map.of(name, "advisor")))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void blanksAroundAValueDoNotCount() throws IOException {
    assertThat(loadFile("listen.port =  9  \n").listenAddress().getPort()).isEqualTo(9);
    assertThat(load(Map.of("VIDAME_LISTEN_PORT", " 9 "), Map.of()).listenAddress().getPort())
        .isEqualTo(9);
    assertThat(load(Map.of(), Map.of("listen.port", " 9 ")).listenAddress().getPort()).isEqualTo(9);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    Path file =
        Files.writeString(folder.resolve("vidame.properties"), "listen.prot=1\nmetrics.port=x\n");
    Map<String, String> environment = Map.of("VIDAME_USERS_RETENTION", "2");
    Map<String, String> flags = Map.of("compat.echo-password", "yes", "listen.port", "70000");

    assertThatThrownBy(() -> SettingsLoader.load(Optional.of(file), environment, flags))
        .isInstanceOf(SettingsException.class)
        .extracting(e -> problems((SettingsException) e))
        .asInstanceOf(LIST)
        .containsExactlyInAnyOrder(
            file + ": there is no setting listen.prot",
            "environment variable VIDAME_USERS_RETENTION: there is no such setting",
            "command line: listen.port must be a whole number from 0 to 65535",
            "command line: compat.echo-password must be true or false",
            file + ": metrics.port must be a whole number from 0 to 65535");
  }

  @Test
  void variablesOfOtherProgramsAreNotOurs() {
    Settings settings =
        load(Map.of("VIDAME_HOME", "/x", "PATH", "/bin", "LISTEN_PORT", "1"), Map.of());

    assertThat(settings.listenAddress().getPort()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource({
    "listen.port, -1",
    "listen.port, 65536",
    "listen.port, 8080x",
    "listen.port, ''",
    "listen.port, 99999999999",
    "metrics.port, 1.5",
    "auth.token-lifetime-seconds, 59",
    "auth.token-lifetime-seconds, 86401",
    "users.retention-days, 0",
    "passwords.hashing-threads, 0",
    "passwords.hash-memory-kibibytes, 7",
    "passwords.hash-memory-kibibytes, 1048577",
    "shutdown.grace-seconds, -1",
    "security.require-mfa, 1",
    "security.require-mfa, ''",
    "validation.usage-location, Lenient",
    "listen.base-url, example.org",
    "listen.base-url, ftp://example.org",
    "listen.base-url, https://",
    "listen.base-url, https://example.org?x",
    "listen.base-url, ://"
  })
  void valueThatIsNotAllowedIsRefusedWithWhatIs(String name, String value) {
    assertThatThrownBy(() -> load(Map.of(), Map.of(name, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("command line: " + name + " must be ");
  }

  @Test
  void pathThatCannotBeIsRefused() {
    assertThatThrownBy(() -> load(Map.of(), Map.of("data.folder", "a\u0000b")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("command line: data.folder ");
  }

  @Test
  void finalSlashOfTheBaseUrlDoesNotCount() {
    assertThat(load(Map.of(), Map.of("listen.base-url", "https://x.example/v/")).baseUrl())
        .hasToString("Optional[https://x.example/v]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void plainHttpForOthersMustBeAskedFor(String host) throws UnknownHostException {
    Map<String, String> refused = Map.of("listen.host", host);
    Map<String, String> wanted =
        Map.of(
            "listen.host", host,
            "listen.base-url", "https://accounts.example",
            "security.allow-plain-http", "true");

    assertThatThrownBy(() -> load(Map.of(), refused))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("listen.host " + host)
        .hasMessageContaining("security.allow-plain-http=true");
    assertThat(load(Map.of(), wanted).listenAddress().getAddress())
        .isEqualTo(InetAddress.getByName(host));
  }

  @Test
  void tlsNeedsNoSwitch() {
    Map<String, String> settings =
        Map.of(
            "listen.host", "192.0.2.1",
            "tls.certificate-file", "chain.pem",
            "tls.key-file", "key.pem");

    assertThat(load(Map.of(), settings).security().tls()).isPresent();
  }

  @Test
  void halfACertificateIsRefused() {
    for (String name :
        List.of("tls.certificate-file", "tls.key-file", "tls.pkcs12-file", "tls.password-file")) {
      assertThatThrownBy(() -> load(Map.of(), Map.of(name, "file")))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("go together");
    }
  }

  @Test
  void twoCertificatesAreRefused() {
    Map<String, String> both =
        Map.of(
            "tls.certificate-file", "a",
            "tls.key-file", "b",
            "tls.pkcs12-file", "c",
            "tls.password-file", "d");

    assertThatThrownBy(() -> load(Map.of(), both)).hasMessageContaining("two certificates");
  }

  @Test
  void forwardersMustBeAddresses() {
    assertThatThrownBy(() -> load(Map.of(), Map.of("listen.trusted-forwarders", "proxy.example")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("addresses or networks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void everyAddressNeedsOneThatTokensCanName(String host) {
    Map<String, String> nameless = Map.of("listen.host", host, "security.allow-plain-http", "true");

    assertThatThrownBy(() -> load(Map.of(), nameless))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("listen.base-url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.9.9.9"})
  void loopbackNeedsNoSwitch(String host) {
    assertThat(load(Map.of(), Map.of("listen.host", host)).listenAddress().isUnresolved())
        .isFalse();
  }

  @Test
  void cheapHashesAreForTestsAtALoopbackAddress() {
    Map<String, String> here = Map.of("passwords.hash-memory-kibibytes", "8");
    Map<String, String> elsewhere =
        Map.of(
            "passwords.hash-memory-kibibytes", "19455",
            "listen.host", "192.0.2.1",
            "security.allow-plain-http", "true");

    assertThat(load(Map.of(), here).hashing().memoryKib()).isEqualTo(8);
    assertThatThrownBy(() -> load(Map.of(), elsewhere))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("passwords.hash-memory-kibibytes 19455 protects no password")
        .hasMessageContaining("19456");
  }

  @Test
  void hashesThatDoNotFitTheMemoryAreRefused() {
    PasswordHashing raised = new PasswordHashing(2, 65_536);
    long fits = 256L << 20;

    assertThat(HashRules.problems("192.0.2.1", raised, fits)).isEmpty();
    assertThat(HashRules.problems("192.0.2.1", raised, fits - 1))
        .singleElement(STRING)
        .contains("hash-memory-kibibytes 65536", "set 65535 or less", "-Xmx");
    assertThat(HashRules.problems("192.0.2.1", new PasswordHashing(64, 19_456), fits))
        .as("the minimum is never too much")
        .isEmpty();
  }

  @Test
  void hostThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> load(Map.of(), Map.of("listen.host", "no such host")))
        .isInstanceOf(SettingsException.class)
        .hasMessage("listen.host no such host is not an address of this machine");
  }

  /** All that is named like a secret, but for what is switched on and off. */
  static Stream<String> secrets() {
    return Settings.ALL.stream()
        .filter(setting -> SECRET.matcher(setting.name()).find())
        .filter(setting -> !setting.defaultText().equals("false"))
        .map(Setting::name);
  }

  @Test
  void secretsAreThese() {
    assertThat(secrets()).containsExactlyInAnyOrder("secrets.key", "store.password");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void secretIsTakenFromTheEnvironmentOnly(String name) throws IOException {
    String variable = "VIDAME_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
    Map<String, String> environment = Map.of(variable, GOOD_SECRET);
    Path file =
        Files.writeString(folder.resolve("vidame.properties"), name + "=" + GOOD_SECRET + "\n");

    assertThat(load(environment, Map.of())).isNotNull();
    for (Map<String, String> others : List.of(Map.<String, String>of(), environment)) {
      for (Refused refused :
          List.<Refused>of(
              () -> load(others, Map.of(name, GOOD_SECRET)),
              () -> SettingsLoader.load(Optional.of(file), others, Map.of()))) {
        assertThatThrownBy(refused::load)
            .isInstanceOf(SettingsException.class)
            .hasMessageContaining(name + " is taken from the environment only, as " + variable)
            .hasMessageContaining(name + "-file")
            .hasMessageNotContaining(GOOD_SECRET);
      }
    }
  }

  /** Settings that are not to be taken. */
  @FunctionalInterface
  private interface Refused {
    Settings load();
  }

  @ParameterizedTest
  @ValueSource(strings = {"store.url", "store.replica-url"})
  void passwordInAnAddressIsRefusedAndNotShown(String name) {
    for (String url :
        List.of(
            "jdbc:postgresql://host/db?password=" + GOOD_SECRET,
            "jdbc:postgresql://host/db?user=u&password=" + GOOD_SECRET,
            "jdbc:postgresql://u:" + GOOD_SECRET + "@host/db")) {
      String variable = "VIDAME_" + name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
      for (Refused refused :
          List.<Refused>of(
              () -> load(Map.of(), Map.of(name, url)),
              () -> load(Map.of(variable, url), Map.of()))) {
        assertThatThrownBy(refused::load)
            .isInstanceOf(SettingsException.class)
            .hasMessageContaining(name + " must not hold a password")
            .hasMessageNotContaining(GOOD_SECRET);
      }
    }
  }

  @Test
  void fileThatCannotBeReadIsNamed() throws IOException {
    Path missing = folder.resolve("missing");
    Path latin =
        Files.write(folder.resolve("latin"), "x=\u00E9".getBytes(StandardCharsets.ISO_8859_1));
    Path escape = Files.writeString(folder.resolve("escape"), "listen.port=\\u12\n");

    for (Path file : List.of(missing, latin, escape, folder)) {
      assertThatThrownBy(() -> SettingsLoader.load(Optional.of(file), Map.of(), Map.of()))
          .isInstanceOf(SettingsException.class)
          .hasMessageStartingWith(file + ": cannot be read as a properties file in UTF-8: ");
    }
  }
}
