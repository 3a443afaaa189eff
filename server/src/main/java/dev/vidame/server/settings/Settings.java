package dev.vidame.server.settings;

import dev.vidame.directory.PasswordHashing;
import dev.vidame.server.settings.Setting.Range;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a server. Immutable.
 *
 * <p>This class is also their table: a setting that does not stand here does not exist, and a name
 * that is not here is refused wherever it is written. {@code docs/configuration.md} lists them for
 * operators.
 */
public final class Settings {
  private static final int LARGEST_PORT = 65_535;

  private static final int MOST_PER_MINUTE = 60_000_000;

  private static final int MOST_HASH_MEMORY = 1 << 20;

  static final Setting<String> LISTEN_HOST =
      new Setting<>("listen.host", "127.0.0.1", "The address to listen at.", text -> text);

  static final Setting<Integer> LISTEN_PORT =
      Setting.number(
          "listen.port",
          8080,
          new Range(0, LARGEST_PORT),
          "The port to listen at; 0 takes any free one.");

  static final Setting<String> BASE_URL =
      new Setting<>(
          "listen.base-url",
          "",
          "The address that callers use, if it is not the one listened at; it is in every token.",
          text -> text.isEmpty() ? "" : Setting.baseUrl(text).toString());

  static final Setting<Boolean> REQUIRE_MFA =
      Setting.flag(
          "security.require-mfa",
          false,
          "Refuses tokens of agents who did not sign in with a second factor.");

  static final Setting<Boolean> PASSWORD_GRANT =
      Setting.flag(
          "auth.password-grant",
          false,
          "Lets applications exchange an agent's name and password for a token.");

  static final Setting<List<String>> AUDIENCES =
      new Setting<>(
          "auth.audiences",
          "https://api.partnercenter.microsoft.com,https://graph.windows.net,fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
          "Whom a token may be for, beside this server's own address, which it always may; commas between several.",
          Setting::names);

  static final Setting<Boolean> REJECT_LEGACY_AUDIENCE =
      Setting.flag(
          "auth.reject-legacy-audience",
          false,
          "Refuses tokens for the audience https://graph.windows.net, as the live service does.");

  static final Setting<Integer> TOKEN_SECONDS =
      Setting.number(
          "auth.token-lifetime-seconds",
          3600,
          new Range(60, 86_400),
          "How long an access token is good.");

  static final Setting<Boolean> PATCH_COLLECTION =
      Setting.flag(
          "compat.patch-collection",
          true,
          "Takes PATCH on a customer's users when the body has the account's id.");

  static final Setting<Boolean> ECHO_PASSWORD =
      Setting.flag(
          "compat.echo-password",
          false,
          "Shows the new password in the answer to a create or a reset, as the documents print it.");

  static final Setting<Integer> USER_CREATION_STATUS =
      Setting.number(
          "compat.create-user-status",
          201,
          new Range(200, 201),
          "The status of the answer to a create of an account: 201, or 200, as the documents print it.");

  static final Setting<String> CREATED_RELATIONSHIP =
      new Setting<>(
          "compat.create-customer-relationship",
          "reseller",
          "What the answer to a create calls the relationship: reseller, or none, as the documents print it.",
          text ->
              switch (text) {
                case "reseller", "none" -> text;
                default -> throw new IllegalArgumentException("must be reseller or none");
              });

  static final Setting<List<String>> DOMAIN_SUFFIXES =
      new Setting<>(
          "customers.domain-suffixes",
          "",
          "What the domains of new customers must end in, such as onmicrosoft.com; commas between"
              + " several. Anything goes where none is set.",
          Setting::domains);

  static final Setting<Boolean> DELETION_NEEDS_NO_LICENSES =
      Setting.flag(
          "customers.delete-requires-no-licenses",
          false,
          "Refuses to delete a sandbox customer while accounts of it hold licences.");

  static final Setting<Boolean> LENIENT_USAGE_LOCATION =
      new Setting<>(
          "validation.usage-location",
          "strict",
          "strict takes the listed countries; lenient takes any text of up to 64 characters.",
          text ->
              switch (text) {
                case "strict" -> false;
                case "lenient" -> true;
                default -> throw new IllegalArgumentException("must be strict or lenient");
              });

  static final Setting<Boolean> BAN_LIST =
      Setting.flag(
          "validation.password-ban-list",
          true,
          "Refuses common passwords and those that contain the account's name.");

  static final Setting<Integer> RETENTION_DAYS =
      Setting.number(
          "users.retention-days",
          30,
          new Range(1, 3650),
          "How long a deleted account can be restored.");

  static final Setting<Integer> USER_PAGE_SIZE =
      Setting.number(
          "users.default-page-size",
          500,
          new Range(1, 500),
          "How many accounts a page of a list has where nobody says.");

  static final Setting<Integer> HASHING_THREADS =
      Setting.number(
          "passwords.hashing-threads",
          Runtime.getRuntime().availableProcessors(),
          new Range(1, 256),
          "How many passwords are hashed at once; each takes the memory of the next setting.");

  static final Setting<Integer> HASH_MEMORY =
      Setting.number(
          "passwords.hash-memory-kibibytes",
          PasswordHashing.STANDARD_MEMORY_KIB,
          new Range(PasswordHashing.LEAST_MEMORY_KIB, MOST_HASH_MEMORY),
          "How much memory a password's hash takes, and with it how long; less than the default is"
              + " for tests, and only where listen.host is a loopback address.");

  static final Setting<Integer> PARTNER_LIMIT =
      Setting.number(
          "limits.partner-requests-per-minute",
          0,
          new Range(0, MOST_PER_MINUTE),
          "How many requests a minute a partner may make, tokens among them; a minute's worth may come at once. 0 sets no limit.");

  static final Setting<Integer> CUSTOMER_LIMIT =
      Setting.number(
          "limits.customer-requests-per-minute",
          0,
          new Range(0, MOST_PER_MINUTE),
          "How many of them may be about the same customer; 500 is what the live service allows. 0 sets no limit.");

  static final Setting<Integer> JAVA_CLIENT_HOLD =
      Setting.number(
          "limits.java-client-hold-milliseconds",
          1000,
          new Range(0, 60_000),
          "How long a 429 to the official Java client is held, because it asks again at once and without end; 0 holds none.");

  static final Setting<Integer> METRICS_PORT =
      Setting.number(
          "metrics.port",
          0,
          new Range(0, LARGEST_PORT),
          "Serves metrics to Prometheus at this port of the loopback address; 0 serves none.");

  static final Setting<Integer> GRACE_SECONDS =
      Setting.number(
          "shutdown.grace-seconds",
          20,
          new Range(0, 3600),
          "How long a stop waits for requests under way.");

  private static final List<Setting<?>> WITHOUT_PAGES =
      OperatingSettings.after(
          SecuritySettings.after(
              LISTEN_HOST,
              LISTEN_PORT,
              BASE_URL,
              REQUIRE_MFA,
              PASSWORD_GRANT,
              AUDIENCES,
              REJECT_LEGACY_AUDIENCE,
              TOKEN_SECONDS,
              PATCH_COLLECTION,
              ECHO_PASSWORD,
              USER_CREATION_STATUS,
              CREATED_RELATIONSHIP,
              DOMAIN_SUFFIXES,
              DELETION_NEEDS_NO_LICENSES,
              LENIENT_USAGE_LOCATION,
              BAN_LIST,
              RETENTION_DAYS,
              USER_PAGE_SIZE,
              HASHING_THREADS,
              HASH_MEMORY,
              PARTNER_LIMIT,
              CUSTOMER_LIMIT,
              JAVA_CLIENT_HOLD,
              METRICS_PORT,
              GRACE_SECONDS));

  static final List<Setting<?>> ALL = DashboardSettings.after(WITHOUT_PAGES);

  private final Map<Setting<?>, Object> values;

  private Settings(Map<Setting<?>, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** What is written where others can read it, and must not be. */
  static List<String> exposed(String name, Source source) {
    List<String> problems = new ArrayList<>();
    problems.addAll(SecuritySettings.exposed(Map.of(name, source)));
    problems.addAll(StoreSettings.exposed(Map.of(name, source)));
    return problems;
  }

  /**
   * Reads every setting from where it was written last.
   *
   * @param unread what was found wrong before the values were looked at
   * @throws SettingsException with everything that a server cannot start with
   */
  static Settings of(Map<String, Source> written, List<String> unread) {
    List<String> problems = new ArrayList<>(unread);
    Map<Setting<?>, Object> values = new HashMap<>();
    for (Setting<?> setting : ALL) {
      Source source = written.getOrDefault(setting.name(), new Source("", setting.defaultText()));
      try {
        values.put(setting, setting.parser().apply(source.text()));
      } catch (IllegalArgumentException e) {
        problems.add(source.place() + ": " + setting.name() + " " + e.getMessage());
      }
    }
    if (problems.isEmpty()) {
      Settings settings = new Settings(values);
      problems.addAll(settings.store().problems());
      problems.addAll(
          ListenRules.problems(
              settings.get(LISTEN_HOST), settings.baseUrl().isPresent(), settings.security()));
      problems.addAll(
          HashRules.problems(
              settings.get(LISTEN_HOST), settings.hashing(), Runtime.getRuntime().maxMemory()));
      if (problems.isEmpty()) {
        return settings;
      }
    }
    throw new SettingsException(problems);
  }

  @SuppressWarnings("unchecked") // a setting's value has come out of its own parser
  <T> T get(Setting<T> setting) {
    return (T) Objects.requireNonNull(values.get(setting));
  }

  /** How the server guards itself. */
  public SecuritySettings security() {
    return new SecuritySettings(this);
  }

  /** How the server is watched, and how its store works. */
  public OperatingSettings operating() {
    return new OperatingSettings(this);
  }

  /** The pages for agents. */
  public DashboardSettings dashboard() {
    return new DashboardSettings(this);
  }

  /** Where the store is. */
  public StoreSettings store() {
    return new StoreSettings(this);
  }

  /** Where to listen; port 0 takes any free one. */
  public InetSocketAddress listenAddress() {
    return new InetSocketAddress(get(LISTEN_HOST), get(LISTEN_PORT));
  }

  /** The address that callers use, if it is not the one listened at. Without a slash at its end. */
  public Optional<URI> baseUrl() {
    return Optional.of(get(BASE_URL)).filter(text -> !text.isEmpty()).map(URI::create);
  }

  /** Whether agents must have signed in with a second factor. */
  public boolean requiresMfa() {
    return get(REQUIRE_MFA);
  }

  /** Whether the password grant is offered. */
  public boolean offersPasswordGrant() {
    return get(PASSWORD_GRANT);
  }

  /** Whom a token may be for, beside the server's own address. */
  public List<String> audiences() {
    return get(AUDIENCES);
  }

  /** Whether the old audience is refused. */
  public boolean rejectsLegacyAudience() {
    return get(REJECT_LEGACY_AUDIENCE);
  }

  /** How long an access token is good. */
  public Duration tokenLifetime() {
    return Duration.ofSeconds(get(TOKEN_SECONDS));
  }

  /** Whether PATCH on the collection is taken. */
  public boolean patchesCollection() {
    return get(PATCH_COLLECTION);
  }

  /** Whether new passwords are shown in answers. */
  public boolean echoesPasswords() {
    return get(ECHO_PASSWORD);
  }

  /** The status of the answer to a create of an account. */
  public int userCreationStatus() {
    return get(USER_CREATION_STATUS);
  }

  /** What the answer to a create calls the relationship. */
  public String relationshipAfterCreation() {
    return get(CREATED_RELATIONSHIP);
  }

  /** What the domains of new customers must end in, lower case; empty for anything. */
  public List<String> domainSuffixes() {
    return get(DOMAIN_SUFFIXES);
  }

  /** Whether a customer is kept while accounts of it hold licences. */
  public boolean deletionNeedsNoLicenses() {
    return get(DELETION_NEEDS_NO_LICENSES);
  }

  /** Whether any text is taken as usage location. */
  public boolean takesAnyUsageLocation() {
    return get(LENIENT_USAGE_LOCATION);
  }

  /** Whether weak passwords are refused by a list. */
  public boolean hasPasswordBanList() {
    return get(BAN_LIST);
  }

  /** How long a deleted account can be restored. */
  public Duration userRetention() {
    return Duration.ofDays(get(RETENTION_DAYS));
  }

  /** How many accounts a page of a list has where nobody says. */
  public int userPageSize() {
    return get(USER_PAGE_SIZE);
  }

  /** How passwords are hashed. */
  public PasswordHashing hashing() {
    return new PasswordHashing(get(HASHING_THREADS), get(HASH_MEMORY));
  }

  /** How many requests a minute a partner may make; 0 for any number. */
  public int partnerRequestsPerMinute() {
    return get(PARTNER_LIMIT);
  }

  /** How many of them may be about the same customer; 0 for any number. */
  public int customerRequestsPerMinute() {
    return get(CUSTOMER_LIMIT);
  }

  /** How long the official Java client waits for the refusal of a request that came too soon. */
  public Duration javaClientHold() {
    return Duration.ofMillis(get(JAVA_CLIENT_HOLD));
  }

  /** The port of the metrics, if they are served. */
  public Optional<Integer> metricsPort() {
    return Optional.of(get(METRICS_PORT)).filter(port -> port > 0);
  }

  /** How long a stop waits for requests under way. */
  public Duration shutdownGrace() {
    return Duration.ofSeconds(get(GRACE_SECONDS));
  }
}
