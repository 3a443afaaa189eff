package dev.vidame.sdk;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Retry-After} header in both its forms. */
final class RetryAfter {
  /** Beyond any patience, and far from overflow. */
  private static final Duration FOREVER = Duration.ofDays(36500);

  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /**
   * The time to wait. A date is measured against the answer's own {@code Date}, because the two
   * clocks may differ; against the given clock when the answer has none.
   *
   * @return null when the header is absent or says nothing that can be understood
   */
  static @Nullable Duration read(@Nullable String header, @Nullable String date, Clock clock) {
    if (header == null || header.isBlank()) {
      return null;
    }
    String text = header.trim();
    if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return text.length() > MAX_DIGITS ? FOREVER : Duration.ofSeconds(Long.parseLong(text));
    }
    Instant until = httpDate(text);
    if (until == null) {
      return null;
    }
    Instant answered = date == null ? null : httpDate(date.trim());
    Duration wait = Duration.between(answered == null ? clock.instant() : answered, until);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static @Nullable Instant httpDate(String text) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
