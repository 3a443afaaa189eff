package dev.vidame.server.moments;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A moment or a day, in any of the forms that clients and documents use (wire-spec §6.1, §7.7).
 * Without a zone it is UTC.
 *
 * @param first the moment, or the day's first
 * @param last the moment, or the day's last microsecond
 */
public record Moment(Instant first, Instant last) {
  /*
   * A day of three digits is the day of the year: one client writes it so, by mistake, with a month before it that says
   * nothing. A plus sign that nobody encoded has become a blank.
   */
  private static final Pattern ISO =
      Pattern.compile(
          "(?<year>\\d{4}|[+-]\\d{4,9})-(?<month>\\d{1,2})-(?<day>\\d{1,3})"
              + "(?:[Tt ](?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})"
              + "(?:\\.(?<fraction>\\d{1,9}))?)?(?<zone>[Zz]|[+ -]\\d{2}(?::?\\d{2})?)?)?");

  private static final Pattern AMERICAN =
      Pattern.compile(
          "(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4})"
              + "(?: (?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?"
              + "(?: ?(?<half>[AaPp])[Mm])?)?");

  private static final int HALF_A_DAY = 12;
  private static final int DAY_OF_YEAR_DIGITS = 3;
  private static final int NANO_DIGITS = 9;
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant BEHIND_LAST = Instant.parse("+10000-01-01T00:00:00Z");
  private static final LocalTime LAST_OF_A_DAY = LocalTime.of(23, 59, 59, 999_999_000);

  /** Reads a moment of a year of four digits; empty where the text is none. */
  public static Optional<Moment> parse(String text) {
    Matcher american = AMERICAN.matcher(text.strip());
    return american.matches()
        ? read(american, Moment::american)
        : ofIso(text).filter(moment -> isOfFourDigits(moment.first()));
  }

  /**
   * As above, in the forms of ISO 8601 only, and of any year. What is read may be further away than
   * the store can tell.
   */
  public static Optional<Moment> ofIso(String text) {
    Matcher iso = ISO.matcher(text.strip());
    return iso.matches() ? read(iso, Moment::iso) : Optional.empty();
  }

  private static boolean isOfFourDigits(Instant moment) {
    return !moment.isBefore(FIRST) && moment.isBefore(BEHIND_LAST);
  }

  private static Optional<Moment> read(Matcher text, Function<Matcher, Moment> form) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Moment iso(Matcher text) {
    LocalDate date =
        text.group("day").length() == DAY_OF_YEAR_DIGITS
            ? LocalDate.ofYearDay(number(text.group("year")), number(text.group("day")))
            : date(text);
    if (text.group("hour") == null) {
      return day(date);
    }
    String fraction = text.group("fraction");
    int nanos =
        fraction == null ? 0 : number(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    LocalTime time =
        LocalTime.of(
            number(text.group("hour")),
            number(text.group("minute")),
            number(text.group("second")),
            nanos);
    return moment(date, time, zone(text.group("zone")));
  }

  private static Moment american(Matcher text) {
    if (text.group("hour") == null) {
      return day(date(text));
    }
    int hour = number(text.group("hour"));
    String half = text.group("half");
    if (half != null) {
      if (hour < 1 || hour > HALF_A_DAY) {
        throw new DateTimeException("No such hour of half a day: " + hour);
      }
      hour = hour % HALF_A_DAY + (half.equalsIgnoreCase("p") ? HALF_A_DAY : 0);
    }
    LocalTime time = LocalTime.of(hour, number(text.group("minute")), number(text.group("second")));
    return moment(date(text), time, ZoneOffset.UTC);
  }

  private static LocalDate date(Matcher text) {
    return LocalDate.of(
        number(text.group("year")), number(text.group("month")), number(text.group("day")));
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static ZoneOffset zone(@Nullable String text) {
    return text == null || text.equalsIgnoreCase("z")
        ? ZoneOffset.UTC
        : ZoneOffset.of(text.replace(' ', '+'));
  }

  private static Moment day(LocalDate date) {
    return new Moment(
        date.atStartOfDay(ZoneOffset.UTC).toInstant(),
        date.atTime(LAST_OF_A_DAY).toInstant(ZoneOffset.UTC));
  }

  private static Moment moment(LocalDate date, LocalTime time, ZoneOffset zone) {
    Instant instant = date.atTime(time).toInstant(zone);
    return new Moment(instant, instant);
  }
}
