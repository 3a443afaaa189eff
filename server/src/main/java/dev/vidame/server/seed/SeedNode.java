package dev.vidame.server.seed;

import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * An object of a seed that knows where in the file it stands. A fault of a member is told with the
 * member's place. Immutable.
 */
final class SeedNode {
  private static final int LONGEST_TEXT = 256;

  private final JsonBody body;
  private final String pointer;

  private SeedNode(JsonBody body, String pointer) {
    this.body = body;
    this.pointer = pointer;
  }

  static SeedNode root(byte[] json) {
    try {
      return new SeedNode(JsonBody.parse(json), "");
    } catch (WireFormatException e) {
      throw new SeedFault("", said(e));
    }
  }

  private static String said(WireFormatException e) {
    return e.template().formatted(e.arguments().toArray());
  }

  SeedFault fault(String member, String reason) {
    return new SeedFault(member.isEmpty() ? pointer : pointer + "/" + member, reason);
  }

  /** Whether there is such a member. */
  boolean has(String member) {
    return body.names().contains(member.toLowerCase(Locale.ROOT));
  }

  /** A misspelt name would otherwise be a value that nobody misses. */
  void allowOnly(String... members) {
    Set<String> unknown = new HashSet<>(body.names());
    for (String member : members) {
      unknown.remove(member.toLowerCase(Locale.ROOT));
    }
    if (!unknown.isEmpty()) {
      String first = unknown.stream().sorted().findFirst().orElseThrow();
      throw fault(first, "There is no such member; there are: " + String.join(", ", members) + ".");
    }
  }

  private <T> T read(String member, Function<JsonBody, T> accessor) {
    try {
      return accessor.apply(body);
    } catch (WireFormatException e) {
      throw fault(e.property().isEmpty() ? member : e.property().replace('.', '/'), said(e));
    }
  }

  Optional<String> text(String member) {
    Optional<String> text = read(member, it -> it.text(member));
    text.ifPresent(it -> check(member, it));
    return text;
  }

  private void check(String member, String text) {
    if (text.isBlank()) {
      throw fault(member, "The value is required and must not be empty.");
    }
    if (text.length() > LONGEST_TEXT) {
      throw fault(member, "The value is longer than " + LONGEST_TEXT + " characters.");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw fault(member, "The value holds a control character.");
    }
  }

  String requiredText(String member) {
    return text(member).orElseThrow(() -> fault(member, "The value is required."));
  }

  UUID requiredGuid(String member) {
    return Guid.parse(requiredText(member))
        .orElseThrow(() -> fault(member, "The value must be a GUID."));
  }

  boolean bool(String member, boolean otherwise) {
    return read(member, it -> it.bool(member)).orElse(otherwise);
  }

  Optional<Instant> instant(String member) {
    return text(member)
        .map(text -> {
          try {
            return OffsetDateTime.parse(text).toInstant();
          } catch (DateTimeParseException e) {
            throw fault(member, "The value must be an ISO 8601 date with its zone.");
          }
        });
  }

  List<String> texts(String member) {
    return read(member, it -> it.texts(member)).orElse(List.of());
  }

  List<SeedNode> objects(String member) {
    List<JsonBody> bodies = read(member, it -> it.objects(member));
    List<SeedNode> nodes = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      nodes.add(new SeedNode(bodies.get(i), pointer + "/" + member + "/" + i));
    }
    return nodes;
  }

  /** Reads the whole object in a way of its own. */
  <T> T whole(Function<JsonBody, T> reader) {
    return read("", reader);
  }
}
