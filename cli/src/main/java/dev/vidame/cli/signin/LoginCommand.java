package dev.vidame.cli.signin;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.Grant;
import dev.vidame.cli.client.Profile;
import dev.vidame.cli.client.ProfileStore;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame login}: gets what later commands sign in with, and keeps it in a profile. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = {
      "Signs in to a service and keeps that as a profile, which later commands use.",
      "",
      "Unless told otherwise a person signs in with a browser, which may be on another device: an address and a code",
      "are shown, and this waits. Where the profile is there already, vidame login [--profile NAME] signs in again.",
      "Secrets are never taken from the command line, which every process of the machine can see. What is kept is in",
      "files that only you can read (vidame profiles list says where); vidame logout deletes them."
    },
    footer = {
      "",
      "Examples:",
      "  vidame login --endpoint https://vidame.example --tenant contoso.example --client-id 3f0e...",
      "  vidame login --cloud public --tenant contoso.onmicrosoft.com --client-id 3f0e... --profile live",
      "  vidame login                                     again, with the profile that is used",
      "  vidame login --endpoint https://vidame.example --tenant contoso.example --client-id 3f0e... \\",
      "      --client-secret-file secret.txt --profile reports       an application, for reading",
      "  vidame login --emulator                          vidame serve --emulator on this machine"
    })
public final class LoginCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "What to call it (VIDAME_PROFILE, or else by the service's host; without a service, the one in use).")
  private @Nullable String profileName;

  @Mixin private final SignInPlace place = new SignInPlace();
  @Mixin private final SignInWay way = new SignInWay();

  @Override
  public Integer call() {
    way.check();
    if (way.isGiven() && place.isEmulator()) {
      throw new CommandException(
          ExitCode.USAGE, "--emulator brings its own credentials; leave the others out.");
    }
    CommandSpec command = Objects.requireNonNull(spec);
    Surroundings around = Surroundings.of(command);
    ProfileStore store = ProfileStore.of(around.environment());
    String name = name(store, around);
    Profile before = store.has(name) ? store.load(name) : null;
    Grant grant = grant(before);
    Profile profile = place.profile(name, grant, certificate(grant, before), before);
    boolean isAgain = before != null && !place.isGiven();
    PrintWriter err = command.commandLine().getErr();
    new SignIn(profile, store, around, err)
        .run(way, way.secret(around).or(() -> isAgain ? store.secret(name) : Optional.empty()));
    err.println("Signed in to " + profile.endpoint() + ", as the profile " + name + ".");
    err.flush();
    return 0;
  }

  private String name(ProfileStore store, Surroundings around) {
    String variable = around.environment().getOrDefault(ClientOptions.PROFILE_VARIABLE, "");
    if (profileName != null) {
      return profileName;
    }
    if (!variable.isBlank()) {
      return variable.strip();
    }
    return place.isGiven() ? place.usualName() : store.current().orElseGet(place::usualName);
  }

  /** Signing in again does what was done before. */
  private Grant grant(@Nullable Profile before) {
    if (place.isEmulator()) {
      return Grant.EMULATOR;
    }
    if (way.isApplicationAlone()) {
      return way.hasCertificate() ? Grant.CERTIFICATE : Grant.SECRET;
    }
    return way.isGiven() || place.isGiven() || before == null ? Grant.PERSON : before.grant();
  }

  private @Nullable String certificate(Grant grant, @Nullable Profile before) {
    if (grant != Grant.CERTIFICATE) {
      return null;
    }
    return way.certificate()
        .map(Path::toString)
        .orElseGet(() -> before == null ? null : before.certificate());
  }
}
