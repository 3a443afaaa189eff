package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people type it. */
public sealed interface When {
  /** A whole day in UTC. */
  record Day(LocalDate day) implements When {}

  /** A moment. */
  record At(Instant time) implements When {}

  /**
   * Reads {@code 2026-01-31}, {@code 2026-01-31T08:00:00Z} (or with another offset), or how long
   * before now: {@code 30m}, {@code 24h}, {@code 7d}.
   *
   * @throws CommandException where it is none of these
   */
  static When parse(String text, Instant now) {
    Matcher ago = Ago.PATTERN.matcher(text.strip().toLowerCase(Locale.ROOT));
    try {
      if (ago.matches()) {
        return new At(now.minus(Ago.of(Long.parseLong(ago.group(1)), ago.group(2))));
      }
      return text.strip().length() == "2026-01-31".length()
          ? new Day(LocalDate.parse(text.strip()))
          : new At(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException e) {
      throw new CommandException(
          ExitCode.USAGE,
          text
              + " is no time. Give a day (2026-01-31), a time (2026-01-31T08:00:00Z) or how long ago (30m, 24h, 7d).",
          e);
    }
  }

  /** How long ago. */
  final class Ago {
    private static final Pattern PATTERN = Pattern.compile("(\\d{1,6})([mhd])");

    private Ago() {}

    private static Duration of(long count, String unit) {
      return switch (unit) {
        case "m" -> Duration.ofMinutes(count);
        case "h" -> Duration.ofHours(count);
        default -> Duration.ofDays(count);
      };
    }
  }
}
