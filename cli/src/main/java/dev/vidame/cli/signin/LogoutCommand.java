package dev.vidame.cli.signin;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.Grant;
import dev.vidame.cli.client.PrivateFiles;
import dev.vidame.cli.client.Profile;
import dev.vidame.cli.client.ProfileStore;
import dev.vidame.cli.terminal.Surroundings;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vidame logout}. */
@Command(
    name = "logout",
    mixinStandardHelpOptions = true,
    description = {
      "Signs out of a profile: deletes its secrets here, and has the service end what it gave.",
      "The profile stays, so that vidame login signs in again; vidame profiles remove deletes it."
    },
    footer = {"", "Examples:", "  vidame logout", "  vidame logout --profile live"})
public final class LogoutCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Of which profile (VIDAME_PROFILE, or else the one in use).")
  private @Nullable String profileName;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec);
    Surroundings around = Surroundings.of(command);
    ProfileStore store = ProfileStore.of(around.environment());
    String name =
        store.choose(profileName, around.environment().get(ClientOptions.PROFILE_VARIABLE));
    signOut(store.load(name), store);
    PrintWriter err = command.commandLine().getErr();
    err.println("Signed out of the profile " + name + ".");
    err.flush();
    return 0;
  }

  /** The files go first: whatever the service says, nothing is left here. */
  static void signOut(Profile profile, ProfileStore store) {
    Optional<String> token =
        PrivateFiles.readAnyway(store.refreshToken(profile.name())).filter(text -> !text.isEmpty());
    Optional<String> secret = store.secretAnyway(profile.name());
    store.signOut(profile.name());
    if (profile.grant() == Grant.PERSON && token.isPresent() && Revocation.isOffered(profile)) {
      Revocation.of(profile, token.get(), secret);
    }
  }
}
