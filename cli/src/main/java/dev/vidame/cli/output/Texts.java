package dev.vidame.cli.output;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Values as texts of one cell. */
final class Texts {
  private Texts() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> members ->
          members.entrySet().stream()
              .map(member -> member.getKey() + "=" + of(member.getValue()))
              .collect(Collectors.joining(" "));
      case Iterable<?> items ->
          StreamSupport.stream(items.spliterator(), false)
              .map(Texts::of)
              .collect(Collectors.joining(" "));
      default -> value.toString();
    };
  }
}
