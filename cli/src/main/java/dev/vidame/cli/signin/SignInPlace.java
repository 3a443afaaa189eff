package dev.vidame.cli.signin;

import dev.vidame.cli.client.EmulatorCredentials;
import dev.vidame.cli.client.Endpoints;
import dev.vidame.cli.client.Grant;
import dev.vidame.cli.client.Profile;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.MicrosoftCloud;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where to sign in. A mixin. */
final class SignInPlace {
  private static final String USUAL_NAME = "default";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The service's address, such as https://vidame.example.")
  private @Nullable String endpoint;

  @Option(
      names = "--cloud",
      paramLabel = "CLOUD",
      description = "Microsoft's Partner Center: public or china.")
  private @Nullable MicrosoftCloud cloud;

  @Option(
      names = "--emulator",
      description =
          "vidame serve --emulator, with the credentials that everybody knows; at 127.0.0.1:8080 unless --endpoint.")
  private boolean isEmulator;

  @Option(
      names = {"--authority", "--issuer"},
      paramLabel = "URL",
      description =
          "Where tokens come from, if not from the service itself (or Microsoft, with --cloud).")
  private @Nullable String authority;

  @Option(
      names = "--tenant",
      paramLabel = "PARTNER",
      description = "The partner: its id or one of its domains.")
  private @Nullable String tenant;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description =
          "The application that signs in; partners register it, for devices as a public one.")
  private @Nullable String clientId;

  @Option(
      names = {"-c", "--customer"},
      paramLabel = "CUSTOMER",
      description =
          "Which customer later commands are about, unless told: id, domain or company name.")
  private @Nullable String customer;

  @Option(
      names = "--allow-plain-http",
      description = "Sends secrets without TLS to a host that is not this one.")
  private boolean allowsPlainHttp;

  boolean isEmulator() {
    return isEmulator;
  }

  /** Whether it names a place at all. */
  boolean isGiven() {
    return endpoint != null || cloud != null || isEmulator;
  }

  /** What the profile is called where nobody says so. */
  String usualName() {
    if (isEmulator) {
      return "emulator";
    }
    if (cloud != null) {
      return cloud == MicrosoftCloud.PUBLIC
          ? "partner-center"
          : "partner-center-" + cloud.name().toLowerCase(Locale.ROOT);
    }
    String host = endpoint == null ? null : Endpoints.parse(endpoint).getHost();
    return host == null || !host.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}") ? USUAL_NAME : host;
  }

  /**
   * The profile that the options make, or make of another one.
   *
   * @param before the profile of that name; null where there is none
   * @throws CommandException where something is missing
   */
  Profile profile(
      String name, Grant grant, @Nullable String certificate, @Nullable Profile before) {
    if (cloud != null && (endpoint != null || isEmulator)) {
      throw new CommandException(
          ExitCode.USAGE, "Choose one of --endpoint, --cloud and --emulator.");
    }
    Profile known = known(before);
    URI where = where(known);
    return new Profile(
        name,
        where,
        authority(where, known),
        given("--tenant", tenant, known == null ? null : known.tenant()),
        given("--client-id", clientId, known == null ? null : known.clientId()),
        grant,
        resource(known),
        certificate,
        customer(before == null ? known : before),
        allowsPlainHttp || (known != null && known.allowsPlainHttp()));
  }

  /** What is known of a place that the options name no better; null where they name a new one. */
  private @Nullable Profile known(@Nullable Profile before) {
    if (isEmulator) {
      return EmulatorCredentials.profile();
    }
    return isGiven() ? null : before;
  }

  private @Nullable String resource(@Nullable Profile known) {
    if (cloud != null) {
      return cloud.endpoint().toString();
    }
    return known == null ? null : known.resource();
  }

  private @Nullable String customer(@Nullable Profile source) {
    if (customer != null) {
      return customer;
    }
    return source == null ? null : source.customer();
  }

  private URI where(@Nullable Profile known) {
    if (cloud != null) {
      return cloud.endpoint();
    }
    if (endpoint != null) {
      return Endpoints.parse(endpoint);
    }
    if (known == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "Sign in where? Give --endpoint URL, --cloud public or --emulator; vidame login --help has examples.");
    }
    return known.endpoint();
  }

  private URI authority(URI where, @Nullable Profile known) {
    if (authority != null) {
      return Endpoints.parse(authority);
    }
    if (cloud != null) {
      return cloud == MicrosoftCloud.CHINA
          ? URI.create("https://login.chinacloudapi.cn")
          : URI.create("https://login.microsoftonline.com");
    }
    return known == null || endpoint != null ? withoutVersion(where) : known.authority();
  }

  /** Tokens are beside the API, not below its version. */
  private static URI withoutVersion(URI where) {
    return URI.create(where.toString().replaceFirst("(?i)/v1/?$", ""));
  }

  private static String given(String option, @Nullable String value, @Nullable String before) {
    String known = value == null ? before : value;
    if (known == null) {
      throw new CommandException(
          ExitCode.USAGE, "Give " + option + " too; vidame login --help has examples.");
    }
    return known;
  }
}
