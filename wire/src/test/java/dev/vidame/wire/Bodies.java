package dev.vidame.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.wire.WireFormatException.Kind;
import java.util.function.Function;

/** Bodies of tests as texts, and how they are refused. */
final class Bodies {
  private Bodies() {}

  static byte[] bytes(String body) {
    return body.getBytes(UTF_8);
  }

  static String text(byte[] body) {
    return new String(body, UTF_8);
  }

  /** Asserts that the body is refused with exactly this, and returns it for more. */
  static WireFormatException assertRefused(
      String body, Function<byte[], ?> reader, Kind kind, String property, String message) {
    WireFormatException refusal =
        catchThrowableOfType(WireFormatException.class, () -> reader.apply(bytes(body)));

    assertThat(refusal).as(body).isNotNull();
    assertThat(refusal).as(body).hasMessage(message);
    assertThat(refusal.kind()).as(body).isEqualTo(kind);
    assertThat(refusal.property()).as(body).isEqualTo(property);
    assertThat(refusal.template().formatted(refusal.arguments().toArray()))
        .as(body)
        .isEqualTo(message);
    return refusal;
  }
}
