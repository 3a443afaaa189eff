package dev.vidame.sdk;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which audit records to list, in pages of which size. Immutable: each {@code with} method answers
 * a changed copy.
 *
 * {@snippet :
 * AuditQuery lastWeek =
 *     AuditQuery.since(LocalDate.now(ZoneOffset.UTC).minusDays(7))
 *         .withFilter(AuditFilter.customer(customer));
 * List<AuditEntry> records = partner.auditRecords().list(lastWeek).toList();
 * }
 */
public final class AuditQuery {
  private final String start;
  private final @Nullable String end;
  private final @Nullable AuditFilter filter;
  private final @Nullable Integer size;

  private AuditQuery(
      String start, @Nullable String end, @Nullable AuditFilter filter, @Nullable Integer size) {
    this.start = start;
    this.end = end;
    this.filter = filter;
    this.size = size;
  }

  /** Records from the beginning of this day in UTC to now. Records are kept for 90 days. */
  public static AuditQuery since(LocalDate day) {
    return new AuditQuery(day.toString(), null, null, null);
  }

  /** Records from this time to now. Partner Center may look at its day only. */
  public static AuditQuery since(Instant time) {
    return new AuditQuery(time.toString(), null, null, null);
  }

  /** Records of this day in UTC at the latest, the whole day included. */
  public AuditQuery withEnd(LocalDate day) {
    return new AuditQuery(start, day.toString(), filter, size);
  }

  /** Records of this time at the latest. */
  public AuditQuery withEnd(Instant time) {
    return new AuditQuery(start, time.toString(), filter, size);
  }

  /** Only records that pass. */
  public AuditQuery withFilter(AuditFilter wanted) {
    return new AuditQuery(start, end, wanted, size);
  }

  /**
   * In pages of at most so many records; by default the service decides.
   *
   * @throws IllegalArgumentException when the number is not from 1 to 500
   */
  public AuditQuery withPageSize(int items) {
    return new AuditQuery(start, end, filter, QueryText.requireSize(items));
  }

  /** What stands behind the path. */
  @Override
  public String toString() {
    return new QueryText()
        .add("startDate", start)
        .add("endDate", end)
        .add("size", size)
        .add("filter", filter)
        .toString();
  }
}
