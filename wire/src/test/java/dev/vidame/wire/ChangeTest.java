package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTest {
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String KEY = "0123456789abcdef".repeat(2);

  private static final Change CHANGE =
      new Change(
          new CustomerId(new UUID(1, 1)),
          17,
          Instant.parse("2026-06-01T12:00:00.000001Z"),
          "user.update",
          new UUID(2, 2),
          new Change.Actor(new UUID(3, 1), new UUID(3, 2), new UUID(3, 3)),
          new UUID(4, 1),
          new UUID(4, 2),
          List.of(
              new Change.Field("displayName", "Before", "After \u00e9\"\n"),
              new Change.Field("password", null, null),
              new Change.Field("firstName", null, "")),
          false,
          new Change.Integrity(HASH, KEY, KEY, KEY, HASH, HASH));

  @Test
  void changeIsReadAsItWasWritten() {
    assertThat(Change.fromJson(CHANGE.toJson())).isEqualTo(CHANGE);
  }

  @Test
  void changeWithoutAnAgentOrFieldsIsReadAsItWasWritten() {
    Change erased =
        new Change(
            CHANGE.customer(),
            18,
            Instant.parse("2026-06-01T12:00:00Z"),
            "user.update",
            CHANGE.subject(),
            new Change.Actor(new UUID(3, 1), null, new UUID(3, 3)),
            CHANGE.requestId(),
            CHANGE.correlationId(),
            List.of(),
            true,
            new Change.Integrity(HASH, KEY, KEY, "", HASH, HASH));

    assertThat(Change.fromJson(erased.toJson())).isEqualTo(erased);
    assertThat(new String(erased.toJson(), StandardCharsets.UTF_8))
        .contains("\"isErased\":true")
        .doesNotContain("salt");
  }

  @Test
  void pageIsReadAsItWasWritten() {
    ChangePage page = new ChangePage(List.of(new ChangePage.Item(CHANGE, "abc")), "abc", true);

    assertThat(ChangePage.fromJson(page.toJson())).isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"seq\":17|\"seq\":0",
        "\"seq\":17|\"seq\":-1",
        "\"seq\":17|\"seq\":\"x\"",
        "\"seq\":17|\"sep\":17",
        "2026-06-01T|2026-13-01T",
        "00000000-0000-0002|00000000-0000-000g",
        "\"operation\":|\"operatiom\":",
        "\"field\":\"password\"|\"feld\":\"password\"",
        "\"hash\":\"01|\"hash\":\"0",
        "\"hash\":\"01|\"hash\":\"0g",
        "\"salt\":\"01|\"salt\":\"",
        "\"integrity\":{|\"integritx\":{"
      })
  void brokenOneIsRefused(String replacement) {
    String[] parts = replacement.split("\\|", 2);
    String json = new String(CHANGE.toJson(), StandardCharsets.UTF_8);
    assertThat(json).contains(parts[0]);

    assertThatThrownBy(() ->
            Change.fromJson(json.replace(parts[0], parts[1]).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WireFormatException.class);
  }
}
