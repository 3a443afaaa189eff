package dev.vidame.directory.partners;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The granular roles of an agent on one customer, each with its end. They say nothing of the time
 * that it is, so they can be kept.
 *
 * @param held each role once, in the order of the roles
 */
public record GranularRoles(List<Held> held) {
  private static final GranularRoles NONE = new GranularRoles(List.of());

  /**
   * A role for a time.
   *
   * @param role which
   * @param endsAt from when on it is no longer held, in microseconds
   */
  public record Held(GranularRole role, Instant endsAt) {
    /** Whether it still counts. */
    public boolean isHeldAt(Instant time) {
      return time.isBefore(endsAt);
    }
  }

  /** Puts them in order. */
  public GranularRoles {
    held = held.stream().sorted(Comparator.comparing(Held::role)).toList();
  }

  /** None at all. */
  public static GranularRoles none() {
    return NONE;
  }

  /** Those that count at a time. */
  public Set<GranularRole> at(Instant time) {
    return held.stream()
        .filter(role -> role.isHeldAt(time))
        .map(Held::role)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those of a text that a statement put together: {@code role@microseconds} with blanks. */
  static GranularRoles ofCodes(String codes) {
    return codes.isEmpty()
        ? NONE
        : new GranularRoles(
            Arrays.stream(codes.split(" ", -1)).map(GranularRoles::heldOfCode).toList());
  }

  private static Held heldOfCode(String code) {
    int at = code.indexOf('@');
    return new Held(
        GranularRole.of(code.substring(0, at))
            .orElseThrow(() -> new IllegalStateException("The store holds an unknown role")),
        Instant.EPOCH.plus(Long.parseLong(code.substring(at + 1)), ChronoUnit.MICROS));
  }
}
