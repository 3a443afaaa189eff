package dev.vidame.server.tokens;

import dev.vidame.server.tokens.Verification.Reason;
import dev.vidame.wire.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The members of a token's header or payload. Accessors refuse a member of another type. */
final class Claims {
  /** The last second of the year 9999: what comes later is no date. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private final Map<String, Object> members;

  private Claims(Map<String, Object> members) {
    this.members = members;
  }

  static Claims parse(byte[] json) throws TokenRefused {
    return new Claims(FlatJson.read(json).orElseThrow(() -> new TokenRefused(Reason.MALFORMED)));
  }

  Set<String> names() {
    return members.keySet();
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) throws TokenRefused {
    if (members.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new TokenRefused(Reason.MALFORMED);
  }

  String textOr(String name, String other) throws TokenRefused {
    return has(name) ? text(name) : other;
  }

  @Nullable String optionalText(String name) throws TokenRefused {
    return has(name) ? text(name) : null;
  }

  UUID guid(String name) throws TokenRefused {
    return Guid.parse(text(name)).orElseThrow(() -> new TokenRefused(Reason.MALFORMED));
  }

  Instant moment(String name) throws TokenRefused {
    if (members.get(name) instanceof Long second && second >= 0 && second <= LAST_SECOND) {
      return Instant.ofEpochSecond(second);
    }
    throw new TokenRefused(Reason.MALFORMED);
  }

  /** A list of texts; one text alone counts as a list, none as an empty one. */
  List<String> texts(String name) throws TokenRefused {
    return switch (members.get(name)) {
      case null -> List.of();
      case String text -> List.of(text);
      case List<?> items when items.stream().allMatch(String.class::isInstance) ->
          items.stream().map(String.class::cast).toList();
      default -> throw new TokenRefused(Reason.MALFORMED);
    };
  }
}
