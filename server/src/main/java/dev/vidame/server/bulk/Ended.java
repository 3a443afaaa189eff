package dev.vidame.server.bulk;

import dev.vidame.bulk.StopReason;
import dev.vidame.wire.JsonBody;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the last task of a run ended. Immutable.
 *
 * @param task which
 * @param isComplete whether to its end
 * @param stopped why not; null where it is, or where the file is not right
 * @param cause more about that, for people, in English
 */
record Ended(Task task, boolean isComplete, @Nullable StopReason stopped, String cause) {

  static Ended completely(Task task) {
    return new Ended(task, true, null, "");
  }

  /** What holds while a task is under way, and is believed if nothing else is written any more. */
  static Ended notYet(Task task) {
    return new Ended(task, false, StopReason.INTERRUPTED, "");
  }

  byte[] toJson() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("task", task.text());
    members.put("complete", isComplete);
    members.put("stopped", stopped == null ? null : stopped.name());
    members.put("cause", cause);
    return JsonBody.write(members);
  }

  static Ended of(JsonBody body) {
    String reason = body.text("stopped").orElse("");
    return new Ended(
        body.text("task").flatMap(Task::of).orElseThrow(),
        body.bool("complete").orElse(false),
        Arrays.stream(StopReason.values())
            .filter(each -> each.name().equals(reason))
            .findFirst()
            .orElse(null),
        body.text("cause").orElse(""));
  }
}
