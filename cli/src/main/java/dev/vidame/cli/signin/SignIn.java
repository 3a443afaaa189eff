package dev.vidame.cli.signin;

import dev.vidame.cli.client.EmulatorCredentials;
import dev.vidame.cli.client.Endpoints;
import dev.vidame.cli.client.Grant;
import dev.vidame.cli.client.PemFile;
import dev.vidame.cli.client.Profile;
import dev.vidame.cli.client.ProfileStore;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.terminal.Surroundings;
import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.RefreshTokenStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Signs in once, and keeps what came of it. Nothing that was kept before is lost until it worked.
 */
final class SignIn {
  private final Profile profile;
  private final ProfileStore store;
  private final Surroundings around;
  private final PrintWriter err;
  private final RefreshTokenStore refreshToken = RefreshTokenStore.inMemory("");

  SignIn(Profile profile, ProfileStore store, Surroundings around, PrintWriter err) {
    this.profile = profile;
    this.store = store;
    this.around = around;
    this.err = err;
  }

  void run(SignInWay way, Optional<String> secret) {
    OAuthCredential.Builder builder =
        OAuthCredential.builder()
            .tokenEndpoint(Endpoints.usable(profile::tokenEndpoint))
            .clientId(profile.clientId())
            .clock(around.clock());
    secret.ifPresent(builder::clientSecret);
    try (DevicePrompt prompt = new DevicePrompt(err, around)) {
      switch (profile.grant()) {
        case PERSON -> person(builder, way, prompt);
        case SECRET -> builder.clientCredentials();
        case CERTIFICATE ->
            builder
                .clientCertificate(
                    PemFile.read(Path.of(Objects.requireNonNull(profile.certificate()))))
                .clientCredentials();
        case EMULATOR ->
            builder
                .clientSecret(EmulatorCredentials.CLIENT_SECRET)
                .userPassword(EmulatorCredentials.USERNAME, EmulatorCredentials.PASSWORD);
      }
      builder.build().token();
    }
    keep(secret);
  }

  private void person(OAuthCredential.Builder builder, SignInWay way, DevicePrompt prompt) {
    Optional<String> username = way.username();
    if (username.isPresent()) {
      builder.userPassword(username.get(), way.password(around), refreshToken);
    } else {
      builder.deviceCode(prompt, refreshToken);
    }
  }

  private void keep(Optional<String> secret) {
    if (profile.grant() == Grant.PERSON && refreshToken.load().isEmpty()) {
      throw new CommandException(
          ExitCode.REFUSED,
          "The service signed you in but gave nothing to stay signed in with (a refresh token). Allow the application"
              + " offline_access, or sign in with another.");
    }
    store.signOut(profile.name());
    store.save(profile);
    secret.ifPresent(text -> store.saveSecret(profile.name(), text));
    if (profile.grant() == Grant.PERSON) {
      RefreshTokenStore.inFile(store.refreshToken(profile.name())).save(refreshToken.load());
    }
    store.use(profile.name());
  }
}
