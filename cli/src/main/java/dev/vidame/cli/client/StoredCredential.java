package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.AccessToken;
import dev.vidame.sdk.AuthenticationException;
import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.sdk.RefreshTokenStore;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a profile. The last access token is kept beside the refresh token, so that a script
 * of a thousand commands signs in once; and one process at a time exchanges the refresh token, which
 * is good for one exchange only. Thread-safe.
 */
final class StoredCredential implements PartnerCredential {
  private static final Duration SPARE = Duration.ofSeconds(120);

  private final Profile profile;
  private final ProfileStore store;
  private final Clock clock;
  private @Nullable OAuthCredential fetching;
  private @Nullable AccessToken last;

  StoredCredential(Profile profile, ProfileStore store, Clock clock) {
    this.profile = profile;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public synchronized AccessToken token() {
    AccessToken known = last;
    if (known != null && isGood(known)) {
      return known;
    }
    AccessToken token = kept().orElseGet(this::fetchAlone);
    last = token;
    return token;
  }

  @Override
  public synchronized void invalidate(AccessToken refused) {
    if (fetching != null) {
      fetching.invalidate(refused);
    }
    last = null;
    if (kept().filter(refused::equals).isPresent()) {
      PrivateFiles.delete(store.accessToken(profile.name()));
    }
  }

  private boolean isGood(AccessToken token) {
    Instant end = token.expiresAt();
    return end != null && clock.instant().plus(SPARE).isBefore(end);
  }

  private Optional<AccessToken> kept() {
    return PrivateFiles.read(store.accessToken(profile.name()))
        .flatMap(StoredCredential::read)
        .filter(this::isGood);
  }

  /** What another version wrote counts as nothing: a new token can be had. */
  private static Optional<AccessToken> read(String text) {
    try {
      JsonBody body = JsonBody.parse(text.getBytes(StandardCharsets.UTF_8));
      return body.text("token")
          .flatMap(
              token ->
                  body.text("expiresAt").map(end -> new AccessToken(token, Instant.parse(end))));
    } catch (WireFormatException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private AccessToken fetchAlone() {
    Path lock = store.lock(profile.name());
    PrivateFiles.createFolder(PrivateFiles.folderOf(lock));
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      // Another process may have fetched one while this one waited.
      return held.isValid() ? kept().orElseGet(this::fetch) : fetch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AccessToken fetch() {
    AccessToken token;
    try {
      token = credential().token();
    } catch (AuthenticationException e) {
      if ("invalid_grant".equals(e.oauthError())) {
        throw signedOut("The sign-in of the profile " + profile.name() + " has ended.", e);
      }
      throw e;
    }
    if (token.expiresAt() != null) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("token", token.value());
      members.put("expiresAt", token.expiresAt());
      PrivateFiles.write(
          store.accessToken(profile.name()),
          new String(JsonBody.write(members), StandardCharsets.UTF_8) + "\n");
    }
    return token;
  }

  private OAuthCredential credential() {
    OAuthCredential known = fetching;
    if (known == null) {
      known = Endpoints.usable(this::build);
      fetching = known;
    }
    return known;
  }

  private OAuthCredential build() {
    OAuthCredential.Builder builder =
        OAuthCredential.builder()
            .tokenEndpoint(profile.tokenEndpoint())
            .clientId(profile.clientId())
            .clock(clock);
    store.secret(profile.name()).ifPresent(builder::clientSecret);
    if (profile.certificate() != null) {
      builder.clientCertificate(PemFile.read(Path.of(profile.certificate())));
    }
    return switch (profile.grant()) {
      case PERSON -> builder.refreshToken(refreshTokens()).build();
      case SECRET -> {
        if (store.secret(profile.name()).isEmpty()) {
          throw signedOut("The profile " + profile.name() + " has no secret.", null);
        }
        yield builder.clientCredentials().build();
      }
      case CERTIFICATE -> builder.clientCredentials().build();
    };
  }

  private RefreshTokenStore refreshTokens() {
    Path file = store.refreshToken(profile.name());
    if (PrivateFiles.read(file).filter(token -> !token.isEmpty()).isEmpty()) {
      throw signedOut("Nobody is signed in to the profile " + profile.name() + ".", null);
    }
    return RefreshTokenStore.inFile(file);
  }

  private CommandException signedOut(String what, @Nullable Throwable cause) {
    String text = what + " Sign in again: vidame login --profile " + profile.name();
    return cause == null
        ? new CommandException(ExitCode.NOT_ALLOWED, text)
        : new CommandException(ExitCode.NOT_ALLOWED, text, cause);
  }

  /** Names the profile, never a token. */
  @Override
  public String toString() {
    return "StoredCredential[" + profile.name() + "]";
  }
}
