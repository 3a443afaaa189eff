package dev.vidame.server.settings;

import dev.vidame.directory.PostgresOptions;
import dev.vidame.server.settings.Setting.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the store is: a part of {@link Settings}, and of their table. Immutable. */
public final class StoreSettings {
  private static final String SCHEME = "jdbc:postgresql:";
  private static final Pattern PASSWORD_IN_URL = Pattern.compile("[?&]password=|//[^/@]*:[^/@]*@");

  static final Setting<Path> DATA_FOLDER =
      new Setting<>(
          "data.folder",
          "vidame-data",
          "The folder of the store, made if needed; where store.url is set, of files that the dashboard is given and nothing else.",
          Setting::path);

  static final Setting<String> URL =
      new Setting<>(
          "store.url",
          "",
          "A PostgreSQL to keep the store in instead, such as jdbc:postgresql://host/database?sslmode=verify-full; several"
              + " servers can share it.",
          StoreSettings::url);

  static final Setting<String> REPLICA_URL =
      new Setting<>(
          "store.replica-url",
          "",
          "A read-only copy that follows that PostgreSQL. Requests that say ConsistencyLevel: eventual read from it.",
          StoreSettings::url);

  static final Setting<String> USER =
      new Setting<>("store.user", "", "Who signs in at that PostgreSQL.", text -> text);

  static final Setting<String> PASSWORD =
      new Setting<>(
          "store.password",
          "",
          "With what; taken from the environment only, which others cannot read.",
          text -> text);

  static final Setting<String> PASSWORD_FILE =
      new Setting<>(
          "store.password-file", "", "A file with nothing but that password.", text -> text);

  static final Setting<Integer> CONNECTIONS =
      Setting.number(
          "store.connections",
          16,
          new Range(2, 1000),
          "How many connections there are to PostgreSQL at most; half of them are for changes.");

  static final Setting<Integer> STATEMENT_SECONDS =
      Setting.number(
          "store.statement-timeout-seconds",
          30,
          new Range(1, 3600),
          "How long PostgreSQL may take for one statement.");

  static final Setting<Integer> LOCK_SECONDS =
      Setting.number(
          "store.lock-timeout-seconds",
          10,
          new Range(1, 3600),
          "How long a change waits for another server that changes the same customer, before it is answered with 503.");

  static final Setting<Boolean> ROW_SECURITY =
      Setting.flag(
          "store.row-level-security",
          false,
          "Whether PostgreSQL itself keeps partners apart, too: a request sees and changes no rows but its partner's. Needs a role"
              + " that owns the tables and is no superuser.");

  /** The table. */
  static final List<Setting<?>> OWN =
      List.of(
          DATA_FOLDER,
          URL,
          REPLICA_URL,
          USER,
          PASSWORD,
          PASSWORD_FILE,
          CONNECTIONS,
          STATEMENT_SECONDS,
          LOCK_SECONDS,
          ROW_SECURITY);

  private final Settings all;

  StoreSettings(Settings all) {
    this.all = all;
  }

  private static String url(String text) {
    if (!text.isEmpty() && !text.startsWith(SCHEME)) {
      throw new IllegalArgumentException("must begin with " + SCHEME);
    }
    if (PASSWORD_IN_URL.matcher(text).find()) {
      throw new IllegalArgumentException(
          "must not hold a password, which others could read: set VIDAME_STORE_PASSWORD in the environment, or"
              + " store.password-file");
    }
    return text;
  }

  /** What is written where others can read it, and must not be. */
  static List<String> exposed(Map<String, Source> written) {
    Source source = written.get(PASSWORD.name());
    return source == null || source.isFromEnvironment()
        ? List.of()
        : List.of(
            source.place()
                + ": store.password is taken from the environment only, as VIDAME_STORE_PASSWORD; or put it into a file"
                + " and set store.password-file");
  }

  /** What does not go together. */
  List<String> problems() {
    return !all.get(PASSWORD).isEmpty() && !all.get(PASSWORD_FILE).isEmpty()
        ? List.of("store.password and store.password-file are two passwords: set one")
        : List.of();
  }

  /** The folder of the store, where it is in a file. */
  public Path folder() {
    return all.get(DATA_FOLDER);
  }

  /**
   * The PostgreSQL that the store is in; empty where it is in a file.
   *
   * @throws IOException when the file of the password cannot be read
   */
  public Optional<PostgresOptions> postgres() throws IOException {
    String url = all.get(URL);
    return url.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PostgresOptions(
                url,
                all.get(REPLICA_URL),
                all.get(USER),
                password(),
                all.get(CONNECTIONS),
                Duration.ofSeconds(all.get(STATEMENT_SECONDS)),
                Duration.ofSeconds(all.get(LOCK_SECONDS)),
                all.get(ROW_SECURITY)));
  }

  private String password() throws IOException {
    String file = all.get(PASSWORD_FILE);
    return file.isEmpty() ? all.get(PASSWORD) : Files.readString(Path.of(file)).strip();
  }

  /** Whether other servers may have the same store open. */
  public boolean isShared() {
    return !all.get(URL).isEmpty();
  }

  /** Where the store is, to be shown. */
  public String place() {
    String url = all.get(URL);
    return url.isEmpty() ? folder().toAbsolutePath().toString() : url.replaceFirst("\\?.*", "");
  }
}
