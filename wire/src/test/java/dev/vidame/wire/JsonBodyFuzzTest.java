package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.harness.Corpus;
import dev.vidame.wire.Json.JsonNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A JSON object of any shape is refused, or can be written and read again as it was. */
final class JsonBodyFuzzTest {
  /** A character of one byte may be written as an escape of six. */
  private static final int LONGEST_ESCAPE = 6;

  private static final List<BiFunction<JsonBody, String, ?>> ACCESSORS =
      List.of(
          JsonBody::text,
          JsonBody::scalar,
          JsonBody::bool,
          JsonBody::shown,
          JsonBody::number,
          JsonBody::texts,
          JsonBody::object,
          JsonBody::objects);

  public static void fuzzerTestOneInput(byte[] input) {
    JsonBody body;
    try {
      body = JsonBody.parse(input);
    } catch (WireFormatException e) {
      assertThat(e.parameter()).isEmpty();
      return;
    }

    for (String name : body.names()) {
      for (BiFunction<JsonBody, String, ?> accessor : ACCESSORS) {
        try {
          assertThat(accessor.apply(body, name)).isNotNull();
        } catch (WireFormatException e) {
          assertThat(e.property()).isEqualTo(name);
        }
      }
    }
    Map<String, Object> members = members(body.members());
    byte[] written = JsonBody.write(members);
    assertThat(written).hasSizeLessThanOrEqualTo(2 + LONGEST_ESCAPE * input.length);
    assertThat(members(JsonBody.parse(written).members())).isEqualTo(members);
  }

  private static Map<String, Object> members(JsonObject object) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name : object.names()) {
      members.put(name, value(Objects.requireNonNull(object.value(name))));
    }
    return members;
  }

  private static Object value(Object value) {
    if (value instanceof JsonObject object) {
      return members(object);
    }
    if (value instanceof List<?> items) {
      return items.stream().map(JsonBodyFuzzTest::value).toList();
    }
    return value instanceof JsonNumber number ? number.text() : value;
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void holdsForTheCorpus(byte[] input) {
    fuzzerTestOneInput(input);
  }
}
