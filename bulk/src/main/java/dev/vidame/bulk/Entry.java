package dev.vidame.bulk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a row ended, as the run's journal keeps it. Immutable; never holds a password.
 *
 * @param row of the source
 * @param result how
 * @param id of an account that the row made, else null
 * @param version the account's after the change, or null where nobody told it
 * @param field to which the cause belongs, or null
 * @param cause for people, or null where nothing went wrong
 */
public record Entry(
    long row,
    Result result,
    @Nullable UserId id,
    @Nullable String version,
    @Nullable String field,
    @Nullable String cause) {

  static Entry failure(long row, Result result, @Nullable String field, String cause) {
    return new Entry(row, result, null, null, field, cause);
  }

  byte[] toJson() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("row", row);
    members.put("result", result.text());
    members.put("id", id);
    members.put("version", version);
    members.put("field", field);
    members.put("cause", cause);
    return JsonBody.write(members);
  }

  /** Throws {@link java.util.NoSuchElementException} where something is missing. */
  static Entry of(JsonBody body) {
    return new Entry(
        body.number("row").orElseThrow(),
        body.text("result").flatMap(Result::of).orElseThrow(),
        body.text("id").map(UserId::of).orElse(null),
        body.text("version").orElse(null),
        body.text("field").orElse(null),
        body.text("cause").orElse(null));
  }
}
