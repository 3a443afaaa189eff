package dev.vidame.cli.signin;

import dev.vidame.cli.client.Profile;
import dev.vidame.cli.client.ServiceKind;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells a service that a refresh token is to be good no more (RFC 7009), with all that came of it.
 */
final class Revocation {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int FIRST_FAILURE = 300;

  private Revocation() {}

  /** Whether the service takes tokens back; Microsoft's does not. */
  static boolean isOffered(Profile profile) {
    return ServiceKind.at(profile.endpoint()) == ServiceKind.VIDAME;
  }

  /**
   * Tells it.
   *
   * @throws CommandException where the service did not hear it or would not
   */
  static void of(Profile profile, String refreshToken, Optional<String> secret) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", refreshToken);
    form.put("token_type_hint", "refresh_token");
    form.put("client_id", profile.clientId());
    secret.ifPresent(text -> form.put("client_secret", text));
    URI uri =
        URI.create(
            profile.authority().toString().replaceAll("/+$", "")
                + "/"
                + encoded(profile.tenant())
                + "/oauth2/v2.0/revoke");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    form.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))))
            .build();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= FIRST_FAILURE) {
        throw notTold(profile, "it answered " + status);
      }
    } catch (IOException e) {
      throw notTold(profile, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notTold(profile, "it was interrupted");
    }
  }

  private static CommandException notTold(Profile profile, String why) {
    return new CommandException(
        ExitCode.UNAVAILABLE,
        "What was kept here is deleted, but the service could not be told ("
            + why
            + "), so a copy of it would still be good. An operator of "
            + profile.authority()
            + " can end all sign-ins of an agent.");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
