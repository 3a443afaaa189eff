package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say which service is meant, and as whom. A mixin of every command that asks one. */
public final class ClientOptions {
  /** The environment's name of the profile. */
  public static final String PROFILE_VARIABLE = "VIDAME_PROFILE";

  /** The environment's name of the address. */
  public static final String ENDPOINT_VARIABLE = "VIDAME_ENDPOINT";

  /** A token of somebody else's making, in place of a profile's sign-in. */
  public static final String TOKEN_VARIABLE = "VIDAME_ACCESS_TOKEN";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Which sign-in to use (VIDAME_PROFILE, or else the one that vidame profiles use chose).")
  private @Nullable String profile;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Another address of the service than the profile's (VIDAME_ENDPOINT).")
  private @Nullable String endpoint;

  @Option(
      names = "--allow-plain-http",
      description = "Sends tokens without TLS to a host that is not this one.")
  private boolean allowsPlainHttp;

  /**
   * The service. Nothing is sent yet.
   *
   * @throws CommandException where there is no such profile, or it cannot be used
   */
  public Service open() {
    Surroundings around = Surroundings.of(Objects.requireNonNull(command));
    Map<String, String> environment = around.environment();
    String token = environment.get(TOKEN_VARIABLE);
    ProfileStore store = ProfileStore.of(environment);
    if (profile == null && token != null && !token.isBlank()) {
      return service(
          Endpoints.parse(requiredEndpoint(environment)),
          PartnerCredential.fixed(token.strip()),
          null,
          allowsPlainHttp);
    }
    Profile used = store.load(store.choose(profile, environment.get(PROFILE_VARIABLE)));
    String other = endpoint(environment);
    return service(
        other == null ? used.endpoint() : Endpoints.parse(other),
        new StoredCredential(used, store, around.clock()),
        used.customer(),
        allowsPlainHttp || used.allowsPlainHttp());
  }

  private @Nullable String endpoint(Map<String, String> environment) {
    return endpoint == null ? environment.get(ENDPOINT_VARIABLE) : endpoint;
  }

  private String requiredEndpoint(Map<String, String> environment) {
    String given = endpoint(environment);
    if (given == null) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          TOKEN_VARIABLE
              + " is set, but not for which service. Name it with --endpoint or "
              + ENDPOINT_VARIABLE
              + ", or choose a --profile.");
    }
    return given;
  }

  private static Service service(
      URI endpoint,
      PartnerCredential credential,
      @Nullable String customer,
      boolean allowsPlainHttp) {
    PartnerClient.Builder builder =
        PartnerClient.builder()
            .endpoint(endpoint)
            .credential(credential)
            .applicationName("vidame command line");
    if (allowsPlainHttp) {
      builder.allowPlainHttp();
    }
    return new Service(
        Endpoints.usable(builder::build), endpoint, ServiceKind.at(endpoint), credential, customer);
  }
}
