package dev.vidame.server.dashboard;

import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.journal.Tally;
import dev.vidame.server.texts.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How often what was done on which day, as days are where the reader is.
 *
 * @param first the first day
 * @param kinds what was done at all
 * @param wholeSince from when on everything is counted; null where it is on all days
 */
record ChangesByDay(LocalDate first, List<Kind> kinds, @Nullable Instant wholeSince) {
  /** So many days, today the last. */
  static final int DAYS = 30;

  private static final int COLUMN = 10;
  private static final int GAP = 2;
  private static final int HEIGHT = 40;
  private static final int LEAST = 2;

  ChangesByDay {
    kinds = List.copyOf(kinds);
  }

  /**
   * Changes of one kind.
   *
   * @param name what people call it
   * @param days how many on each day
   */
  record Kind(Text name, List<Long> days) {
    Kind {
      days = List.copyOf(days);
    }

    long total() {
      return days.stream().mapToLong(Long::longValue).sum();
    }

    long most() {
      return days.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** What is drawn: one for each day on which there was anything. */
    List<Column> columns() {
      List<Column> columns = new ArrayList<>();
      for (int day = 0; day < days.size(); day++) {
        long changes = days.get(day);
        if (changes > 0) {
          int height = (int) Math.max(LEAST, HEIGHT * changes / most());
          columns.add(
              new Column(
                  day, changes, day * COLUMN + GAP / 2, COLUMN - GAP, HEIGHT - height, height));
        }
      }
      return columns;
    }
  }

  /**
   * A day as it is drawn.
   *
   * @param day which, counted from the first
   * @param changes how many
   * @param x where it begins from the left
   * @param width how wide it is
   * @param y where it begins from above
   * @param height how high it is
   */
  @SuppressWarnings("TooManyParameters") // a rectangle, and what it says
  record Column(int day, long changes, int x, int width, int y, int height) {}

  /** When the first of the days began. */
  static Instant start(ZoneId zone, Instant now) {
    return first(zone, now).atStartOfDay(zone).toInstant();
  }

  private static LocalDate first(ZoneId zone, Instant now) {
    return LocalDate.ofInstant(now, zone).minusDays(DAYS - 1L);
  }

  /** The days of what was counted; what partners are not told is left out. */
  static ChangesByDay of(Tally.Counted counted, ZoneId zone, Instant now) {
    LocalDate first = first(zone, now);
    Map<Operation, long[]> byOperation = new EnumMap<>(Operation.class);
    for (Tally.Count count : counted.counts()) {
      long day = first.until(LocalDate.ofInstant(count.slot(), zone), ChronoUnit.DAYS);
      if (day >= 0 && day < DAYS) {
        byOperation.computeIfAbsent(count.operation(), any -> new long[DAYS])[(int) day] +=
            count.changes();
      }
    }
    List<Kind> kinds = new ArrayList<>();
    byOperation.forEach((operation, days) -> kind(operation, days).ifPresent(kinds::add));
    return new ChangesByDay(first, kinds, counted.wholeSince());
  }

  private static Optional<Kind> kind(Operation operation, long[] days) {
    return RecordTexts.done(operation)
        .map(name -> new Kind(name, Arrays.stream(days).boxed().toList()));
  }

  LocalDate last() {
    return date(DAYS - 1);
  }

  LocalDate date(int day) {
    return first.plusDays(day);
  }

  long total() {
    return kinds.stream().mapToLong(Kind::total).sum();
  }

  /** The days on which there was anything, the newest first. */
  List<Integer> busyDays() {
    return IntStream.range(0, DAYS)
        .map(day -> DAYS - 1 - day)
        .filter(day -> kinds.stream().anyMatch(kind -> kind.days().get(day) > 0))
        .boxed()
        .toList();
  }

  /** How wide and high the drawing of a kind is. */
  static String box() {
    return "0 0 " + DAYS * COLUMN + " " + (HEIGHT + 1);
  }
}
