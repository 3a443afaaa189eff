package dev.vidame.server.settings;

import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.server.http.Forwarders;
import dev.vidame.server.http.MassCaps;
import dev.vidame.server.limits.RefusedTokens;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.secrets.KeySeal;
import dev.vidame.server.settings.Setting.Range;
import dev.vidame.server.tls.TlsFiles;
import dev.vidame.server.tokens.IssueLimit;
import dev.vidame.server.tokens.Tokens;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How a server guards itself: a part of {@link Settings}, and of their table. Immutable. */
public final class SecuritySettings {
  static final Setting<Boolean> ALLOW_PLAIN_HTTP =
      Setting.flag(
          "security.allow-plain-http",
          false,
          "Listens without TLS at an address that others can reach; only behind a proxy that has TLS.");

  static final Setting<String> TLS_CERTIFICATE =
      file(
          "tls.certificate-file",
          "The certificate in PEM, followed by those that vouch for it; with it the server speaks TLS.");

  static final Setting<String> TLS_KEY =
      file("tls.key-file", "The private key of the certificate in PEM, without a password.");

  static final Setting<String> TLS_PKCS12 =
      file(
          "tls.pkcs12-file", "The certificate and its key in one file, instead of the two in PEM.");

  static final Setting<String> TLS_PASSWORD =
      file("tls.password-file", "A file with nothing but the password of tls.pkcs12-file.");

  static final Setting<Integer> TLS_RELOAD_SECONDS =
      Setting.number(
          "tls.reload-seconds",
          30,
          new Range(1, 86_400),
          "How often to look whether those files have changed; a changed certificate is shown without a restart.");

  static final Setting<List<String>> TRUSTED_FORWARDERS =
      new Setting<>(
          "listen.trusted-forwarders",
          "",
          "The proxies whose X-Forwarded-For is believed, such as 10.1.2.3 or 10.2.0.0/16; commas between several.",
          SecuritySettings::networks);

  static final Setting<Integer> LOCK_AFTER =
      Setting.number(
          "auth.lock-after-failures",
          10,
          new Range(0, 1000),
          "After how many failed sign-ins in a row there is a wait, which doubles with each further one; 0 for never.");

  static final Setting<Integer> LONGEST_LOCK =
      Setting.number(
          "auth.longest-lock-minutes", 15, new Range(1, 1440), "How long that wait is at most.");

  static final Setting<Integer> ADDRESS_FAILURES =
      Setting.number(
          "auth.address-failures-per-minute",
          60,
          new Range(0, 1_000_000),
          "How many sign-ins a minute may fail from one address; 0 sets no limit.");

  static final Setting<Integer> REFUSED_TOKENS =
      Setting.number(
          "auth.address-refused-tokens-per-minute",
          600,
          new Range(0, 1_000_000),
          "How many made-up access tokens a minute are looked at from one address; 0 sets no limit.");

  static final Setting<Boolean> ASSERTIONS_ONCE =
      Setting.flag(
          "auth.assertions-once",
          false,
          "Takes what an application signs to prove itself only once, which libraries that send the same for ten minutes do not bear.");

  static final Setting<Boolean> NONCE_INSTEAD_OF_PKCE =
      Setting.flag(
          "auth.nonce-instead-of-pkce",
          false,
          "Lets applications with a secret or a key that ask for code id_token with a nonce leave PKCE out; older libraries cannot do it.");

  static final Setting<Integer> SIGNING_KEY_DAYS =
      Setting.number(
          "auth.signing-key-max-age-days",
          90,
          new Range(0, 3_650),
          "After how many days the server exchanges the key that signs tokens by itself; 0 for never.");

  static final Setting<Integer> RESETS =
      Setting.number(
          "limits.partner-password-resets-per-minute",
          0,
          new Range(0, 1_000_000),
          "How many accounts' passwords a partner may set a minute, once they exist; 0 sets no limit.");

  static final Setting<Integer> DELETIONS =
      Setting.number(
          "limits.partner-deletions-per-minute",
          0,
          new Range(0, 1_000_000),
          "How many accounts a partner may delete a minute; 0 sets no limit.");

  static final Setting<Integer> RESTORATIONS =
      Setting.number(
          "limits.partner-restorations-per-minute",
          0,
          new Range(0, 1_000_000),
          "How many deleted accounts a partner may restore a minute; 0 sets no limit.");

  static final Setting<Integer> MASS_CHANGES =
      Setting.number(
          "limits.mass-change-warning-per-minute",
          100,
          new Range(0, 1_000_000),
          "How many resets, deletions or restorations of a partner a minute are nothing unusual; more are marked in the journal and warned of. 0 marks none.");

  static final Setting<String> SECRETS_KEY_FILE =
      file(
          "secrets.key-file",
          "A file with 32 bytes in Base64, which signing keys and second factors are encrypted with in the store.");

  static final Setting<String> SECRETS_KEY =
      file(
          "secrets.key",
          "The same 32 bytes themselves; taken from the environment only, which others cannot read.");

  static final Setting<PasswordStandard> PASSWORD_STANDARD =
      new Setting<>(
          "validation.password-profile",
          "compatible",
          "compatible takes 8 to 256 characters of three kinds; nist takes 15 to 256 of any kind that are not easily guessed. A partner can have another.",
          text ->
              switch (text) {
                case "compatible" -> PasswordStandard.COMPATIBLE;
                case "nist" -> PasswordStandard.NIST;
                default -> throw new IllegalArgumentException("must be compatible or nist");
              });

  private static final List<Setting<?>> OWN =
      List.of(
          ALLOW_PLAIN_HTTP,
          TLS_CERTIFICATE,
          TLS_KEY,
          TLS_PKCS12,
          TLS_PASSWORD,
          TLS_RELOAD_SECONDS,
          TRUSTED_FORWARDERS,
          LOCK_AFTER,
          LONGEST_LOCK,
          ADDRESS_FAILURES,
          REFUSED_TOKENS,
          ASSERTIONS_ONCE,
          NONCE_INSTEAD_OF_PKCE,
          SIGNING_KEY_DAYS,
          RESETS,
          DELETIONS,
          RESTORATIONS,
          MASS_CHANGES,
          SECRETS_KEY_FILE,
          SECRETS_KEY,
          PASSWORD_STANDARD);

  private final Settings all;

  SecuritySettings(Settings all) {
    this.all = all;
  }

  /** The table: those of the store, other settings, then these. */
  static List<Setting<?>> after(Setting<?>... others) {
    return Stream.of(StoreSettings.OWN.stream(), Stream.of(others), OWN.stream())
        .flatMap(settings -> settings)
        .toList();
  }

  private static Setting<String> file(String name, String description) {
    return new Setting<>(name, "", description, text -> text);
  }

  private static List<String> networks(String text) {
    List<String> networks = Setting.names(text);
    try {
      Forwarders.of(networks);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be addresses or networks, such as 10.2.0.0/16, with commas between them", e);
    }
    return networks;
  }

  /** What is written where others can read it, and must not be. */
  static List<String> exposed(Map<String, Source> written) {
    Source source = written.get(SECRETS_KEY.name());
    return source == null || source.isFromEnvironment()
        ? List.of()
        : List.of(
            source.place()
                + ": secrets.key is taken from the environment only, as VIDAME_SECRETS_KEY; or put it into a file and set"
                + " secrets.key-file");
  }

  /** What does not go together. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (has(SECRETS_KEY) && has(SECRETS_KEY_FILE)) {
      problems.add("secrets.key and secrets.key-file are two keys: set one");
    }
    if (has(TLS_CERTIFICATE) != has(TLS_KEY)) {
      problems.add("tls.certificate-file and tls.key-file go together: set both, or neither");
    }
    if (has(TLS_PKCS12) != has(TLS_PASSWORD)) {
      problems.add("tls.pkcs12-file and tls.password-file go together: set both, or neither");
    }
    if (has(TLS_CERTIFICATE) && has(TLS_PKCS12)) {
      problems.add("tls.certificate-file and tls.pkcs12-file are two certificates: set one");
    }
    return problems;
  }

  private boolean has(Setting<String> file) {
    return !all.get(file).isEmpty();
  }

  private Path path(Setting<String> file) {
    return Path.of(all.get(file));
  }

  /** Whether others may reach the server without TLS. */
  boolean allowsPlainHttp() {
    return all.get(ALLOW_PLAIN_HTTP);
  }

  /** Where the server's certificate is; empty where it speaks plain HTTP. */
  public Optional<TlsFiles> tls() {
    if (has(TLS_CERTIFICATE)) {
      return Optional.of(new TlsFiles.Pem(path(TLS_CERTIFICATE), path(TLS_KEY)));
    }
    return has(TLS_PKCS12)
        ? Optional.of(new TlsFiles.Pkcs12(path(TLS_PKCS12), path(TLS_PASSWORD)))
        : Optional.empty();
  }

  /** How often to look whether the certificate has changed. */
  public Duration tlsReload() {
    return Duration.ofSeconds(all.get(TLS_RELOAD_SECONDS));
  }

  /** What is borne of those who fail to sign in. */
  public SignInGuard.Rules signIns() {
    return new SignInGuard.Rules(
        all.get(LOCK_AFTER), Duration.ofMinutes(all.get(LONGEST_LOCK)), all.get(ADDRESS_FAILURES));
  }

  /**
   * What keeps others from tokens.
   *
   * @param signIns is told of those that fail
   * @param limit how many tokens each partner may have
   * @throws dev.vidame.server.secrets.KeySealException when there is a key for the signing keys
   *     that is none
   */
  public Tokens.Defences tokenDefences(
      SignInGuard.Listener signIns, IssueLimit limit, Clock clock) {
    return new Tokens.Defences(
        new SignInGuard(signIns(), signIns, clock), seal(), all.get(ASSERTIONS_ONCE), limit);
  }

  /** How many made-up access tokens of an address are looked at. */
  public RefusedTokens refusedTokens(Clock clock) {
    return RefusedTokens.of(all.get(REFUSED_TOKENS), clock);
  }

  /** Whether applications with a secret or a key may have a nonce instead of PKCE. */
  public boolean takesNonceInsteadOfPkce() {
    return all.get(NONCE_INSTEAD_OF_PKCE);
  }

  /** At what age the key that signs tokens is exchanged; zero for never. */
  public Duration signingKeyAge() {
    return Duration.ofDays(all.get(SIGNING_KEY_DAYS));
  }

  /**
   * What secrets are sealed with in the store.
   *
   * @throws dev.vidame.server.secrets.KeySealException when it is no key
   */
  public KeySeal seal() {
    if (has(SECRETS_KEY_FILE)) {
      return KeySeal.ofFile(path(SECRETS_KEY_FILE));
    }
    return has(SECRETS_KEY) ? KeySeal.of(all.get(SECRETS_KEY)) : KeySeal.none();
  }

  /** Which passwords are good. */
  public PasswordStandard passwordStandard() {
    return all.get(PASSWORD_STANDARD);
  }

  /** What a partner may do within a minute that hurts in great numbers. */
  public MassCaps.PerMinute massChanges() {
    return new MassCaps.PerMinute(
        all.get(RESETS), all.get(DELETIONS), all.get(RESTORATIONS), all.get(MASS_CHANGES));
  }

  /** The proxies that are believed. */
  public Forwarders trustedForwarders() {
    return Forwarders.of(all.get(TRUSTED_FORWARDERS));
  }
}
