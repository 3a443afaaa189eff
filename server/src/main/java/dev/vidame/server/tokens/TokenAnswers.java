package dev.vidame.server.tokens;

import dev.vidame.directory.partners.DeviceCodes;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Renders what the token endpoint answers. Thread-safe. */
final class TokenAnswers {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final Supplier<UUID> ids;

  TokenAnswers(Clock clock, Supplier<UUID> ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /** What an agent's sign-in gives beside the access token. */
  record UserTokens(String refreshToken, String idToken) {
    /** Never shows the tokens. */
    @Override
    public String toString() {
      return "UserTokens";
    }
  }

  /** It was done, and there is nothing to say about it. */
  static TokenAnswer empty() {
    return new TokenAnswer(200, FlatJson.write(Map.of()), null);
  }

  TokenAnswer granted(
      TokenVersion version, AccessToken token, String audience, @Nullable UserTokens user) {
    Map<String, Object> body =
        switch (version) {
          case V1 -> v1(token, audience);
          case V2 -> v2(token);
        };
    if (user != null) {
      body.put(
          "scope",
          switch (version) {
            case V1 -> TokenIssuer.USER_SCOPE;
            case V2 -> audience + "/" + TokenIssuer.USER_SCOPE;
          });
    }
    body.put("access_token", token.text());
    if (user != null) {
      body.put("refresh_token", user.refreshToken());
      body.put("id_token", user.idToken());
    }
    return new TokenAnswer(200, FlatJson.write(body), null);
  }

  /** A pair of codes, and where the person goes with one of them. */
  TokenAnswer device(DeviceCodes.Pair pair, String page, Language language) {
    String letters = pair.userCode();
    int half = letters.length() / 2;
    String code = letters.substring(0, half) + "-" + letters.substring(half);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", code);
    body.put("device_code", pair.deviceCode());
    body.put("verification_uri", page);
    body.put("expires_in", DeviceCodes.VALIDITY.toSeconds());
    body.put("interval", DeviceCodes.INTERVAL.toSeconds());
    body.put(
        "message",
        Text.of("To sign in, open %s in a browser and enter the code %s.", page, code)
            .in(language));
    return new TokenAnswer(200, FlatJson.write(body), null);
  }

  private static Map<String, Object> v1(AccessToken token, String audience) {
    String seconds = Long.toString(lifetime(token));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("token_type", "Bearer");
    body.put("expires_in", seconds);
    body.put("ext_expires_in", seconds);
    body.put("expires_on", Long.toString(token.expiresAt().getEpochSecond()));
    body.put("not_before", Long.toString(token.issuedAt().getEpochSecond()));
    body.put("resource", audience);
    return body;
  }

  private static Map<String, Object> v2(AccessToken token) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("token_type", "Bearer");
    body.put("expires_in", lifetime(token));
    body.put("ext_expires_in", lifetime(token));
    return body;
  }

  private static long lifetime(AccessToken token) {
    return ChronoUnit.SECONDS.between(token.issuedAt(), token.expiresAt());
  }

  /**
   * An error.
   *
   * @param text for people
   * @param request says in which language they read
   * @param retryAfter when to try again, or null when that would not help
   */
  TokenAnswer refused(
      TokenError error, Text text, TokenRequest request, @Nullable Duration retryAfter) {
    UUID correlationId = request.correlationId();
    String trace = ids.get().toString();
    String timestamp = TIMESTAMP.format(clock.instant());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", error.code());
    body.put(
        "error_description",
        "UAS-%05d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s"
            .formatted(
                error.number(), text.in(request.language()), trace, correlationId, timestamp));
    body.put("error_codes", List.of(error.number()));
    body.put("timestamp", timestamp);
    body.put("trace_id", trace);
    body.put("correlation_id", correlationId.toString());
    String suberror = error.suberror();
    if (suberror != null) {
      body.put("suberror", suberror);
    }
    return new TokenAnswer(error.status(), FlatJson.write(body), retryAfter);
  }
}
