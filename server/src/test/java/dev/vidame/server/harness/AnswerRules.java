package dev.vidame.server.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.Guid;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What holds for every answer to whatever request (wire-spec §7.2, §7.6, §7.7). */
final class AnswerRules {
  private static final int LONGEST_DESCRIPTION = 1024;
  private static final int NO_CONTENT = 204;

  /** The one exception's name that clients know (wire-spec §5.4). */
  private static final String DOCUMENTED_EXCEPTION = "LicenseQuotaExceededException";

  private AnswerRules() {}

  /** Checks an answer whose request is known. */
  static void check(RawRequest request, RawAnswer answer) {
    try {
      checkEcho(request, "MS-RequestId", answer);
      checkEcho(request, "MS-CorrelationId", answer);
      if (request.first("X-Locale").filter(AnswerRules::isPrintable).isPresent()) {
        assertThat(answer.first("X-Locale")).isEqualTo(request.first("X-Locale"));
      }
      if (request.method().equals("HEAD") || isWholeInItsStatus(request, answer)) {
        assertThat(answer.body()).isEmpty();
        checkHeaders(answer);
      } else {
        check(answer);
      }
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n\nin the answer\n\n" + answer, e);
    }
  }

  /** Whether a domain is taken is answered without a body (wire-spec §2.8). */
  private static boolean isWholeInItsStatus(RawRequest request, RawAnswer answer) {
    return request.target().startsWith("/v1/domains/")
        && request.method().equals("GET")
        && (answer.status() == 200 || answer.status() == 404);
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private static void checkEcho(RawRequest request, String name, RawAnswer answer) {
    Optional<String> sent = request.first(name).map(String::strip);
    if (sent.flatMap(Guid::parse).isPresent()) {
      assertThat(answer.header(name)).isEqualTo(sent.get().toLowerCase(Locale.ROOT));
    } else {
      assertThat(sent).isNotEqualTo(Optional.of(answer.header(name)));
    }
  }

  /** Checks an answer alone. */
  static void check(RawAnswer answer) {
    checkHeaders(answer);
    assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.body().length));
    if (answer.status() == NO_CONTENT) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    JsonNode json = answer.json();
    // The API's description says where requests may hold null.
    assertThat(json.holdsNull() && !json.has("openapi")).as("holds null").isFalse();
    if (answer.status() == 429 && !json.has("error_codes")) { // the token endpoint has OAuth's own
      checkRateLimit(answer);
    } else if (answer.status() >= 400 && !json.has("error") && !json.has("status")) {
      checkError(json);
    }
  }

  private static void checkHeaders(RawAnswer answer) {
    assertThat(Guid.parse(answer.header("MS-RequestId"))).isPresent();
    assertThat(Guid.parse(answer.header("MS-CorrelationId"))).isPresent();
    assertThat(answer.first("Content-Type"))
        .isEqualTo(
            answer.status() == NO_CONTENT
                ? Optional.empty()
                : Optional.of("application/json; charset=utf-8"));
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.first("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.first("Server")).isEmpty();
    assertThat(ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME))
        .isNotNull();
    assertThat(answer.status()).isNotIn(412, 417);
    switch (answer.status()) {
      case 401 ->
          assertThat(answer.all("WWW-Authenticate"))
              .isIn(
                  List.of(
                      "OAuth realm=urn:cpsvc:cpid:" + answer.header("MS-CorrelationId"),
                      "Bearer error=\"invalid_token\""),
                  List.of("Basic realm=\"token\""));
      case 405 -> assertThat(answer.header("Allow")).isNotEmpty();
      default -> {
        assertThat(answer.all("WWW-Authenticate")).isEmpty();
        assertThat(answer.all("Allow")).isEmpty();
      }
    }
    assertThat(answer.first("Retry-After").isPresent())
        .isEqualTo(answer.status() == 503 || answer.status() == 429);
  }

  /** Byte by byte, since clients know it so (wire-spec §7.4). */
  private static void checkRateLimit(RawAnswer answer) {
    String seconds = answer.header("Retry-After");
    assertThat(seconds).matches("[1-9][0-9]*");
    assertThat(answer.text())
        .isEqualTo(
            "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in "
                + seconds
                + " seconds.\" }");
  }

  private static void checkError(JsonNode error) {
    assertThat(error.members().keySet()).containsExactly("code", "description", "data", "source");
    assertThat(error.get("code").number()).isNotNegative();
    assertThat(error.get("description").text()).isNotBlank();
    assertThat(error.get("description").text().length()).isLessThanOrEqualTo(LONGEST_DESCRIPTION);
    assertThat(error.get("data").texts()).isNotNull();
    assertThat(error.get("source").text()).isNotBlank();
    assertThat(error.toString().replace(DOCUMENTED_EXCEPTION, ""))
        .doesNotContain("Exception", "dev.vidame", "java.", "<html");
  }
}
