package dev.vidame.bulk;

import dev.vidame.wire.JsonBody;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much there is in a plan. Immutable.
 *
 * @param changes how many rows change something, by what they do
 * @param unchanged how many rows have nothing to change
 * @param bad how many rows were left out because something is wrong with them
 */
public record PlanCounts(Map<Operation, Long> changes, long unchanged, long bad) {

  /** Copies the numbers. */
  public PlanCounts {
    changes = Map.copyOf(changes);
  }

  /** How many rows change something. */
  public long total() {
    return changes.values().stream().mapToLong(Long::longValue).sum();
  }

  Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Operation operation : Operation.values()) {
      members.put(operation.text(), changes.get(operation));
    }
    members.put("unchanged", unchanged);
    members.put("bad", bad);
    return members;
  }

  static PlanCounts of(JsonBody body) {
    Map<Operation, Long> changes = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      body.number(operation.text()).ifPresent(count -> changes.put(operation, count));
    }
    return new PlanCounts(
        changes, body.number("unchanged").orElseThrow(), body.number("bad").orElseThrow());
  }
}
