package dev.vidame.bulk;

import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.UserId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a plan. Immutable; it never holds a password.
 *
 * @param row of the source, counted from 1, the header left out
 * @param line of the source
 * @param requestId under which it is sent
 * @param operation what is done
 * @param key the account as people know it
 * @param id the account, or null where it is made
 * @param version in which it was compared, or null where the service told none
 * @param before the values that change, as they were; one that was not there is not here
 * @param after the values that change, as they are to be; the empty text clears
 * @param password where a password comes from
 */
public record PlanRow(
    long row,
    long line,
    UUID requestId,
    Operation operation,
    String key,
    @Nullable UserId id,
    @Nullable String version,
    Map<Field, String> before,
    Map<Field, String> after,
    Password password) {

  /**
   * A password that the row sets.
   *
   * @param source where it comes from
   * @param forcesChange whether the owner must change it
   */
  public record Password(Source source, boolean forcesChange) {
    /** No password. */
    public static final Password NONE = new Password(Source.NONE, false);

    /** Where a password can come from. */
    public enum Source {
      /** There is none. */
      NONE("none"),
      /** The source has it. */
      GIVEN("given"),
      /** It is made of the plan's seed. */
      GENERATED("generated");

      private final String text;

      Source(String text) {
        this.text = text;
      }

      static Optional<Source> of(String text) {
        return Arrays.stream(values()).filter(source -> source.text.equals(text)).findFirst();
      }
    }

    boolean isThere() {
      return source != Source.NONE;
    }
  }

  byte[] toJson() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("row", row);
    members.put("line", line);
    members.put("requestId", requestId);
    members.put("operation", operation.text());
    members.put("key", key);
    members.put("id", id);
    members.put("version", version);
    members.put("before", before.isEmpty() ? null : texts(before));
    members.put("after", after.isEmpty() ? null : texts(after));
    if (password.isThere()) {
      members.put("password", password.source().text);
      members.put("forceChangePassword", password.forcesChange());
    }
    return JsonBody.write(members);
  }

  private static Map<String, String> texts(Map<Field, String> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((field, value) -> texts.put(field.wireName(), value));
    return texts;
  }

  static PlanRow of(JsonBody body) {
    return new PlanRow(
        body.number("row").orElseThrow(),
        body.number("line").orElseThrow(),
        body.text("requestId").flatMap(Guid::parse).orElseThrow(),
        body.text("operation").flatMap(Operation::of).orElseThrow(),
        body.text("key").orElseThrow(),
        body.text("id").map(UserId::of).orElse(null),
        body.text("version").orElse(null),
        values(body.object("before")),
        values(body.object("after")),
        new Password(
            body.text("password").flatMap(Password.Source::of).orElse(Password.Source.NONE),
            body.bool("forceChangePassword").orElse(false)));
  }

  private static Map<Field, String> values(JsonBody body) {
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      body.text(field.wireName()).ifPresent(value -> values.put(field, value));
    }
    return values;
  }
}
