package dev.vidame.server.tokens;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the JSON of tokens, and what is not. */
final class FlatJsonTest {
  @Test
  void textsNumbersAndListsOfThemAreRead() {
    assertThat(FlatJson.read("{\"a\":\"é\",\"b\":7,\"c\":[\"x\",8],\"d\":[]}".getBytes(UTF_8)))
        .contains(Map.of("a", "é", "b", 7L, "c", List.of("x", 8L), "d", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}{}",
        "{\"a\":\"\"",
        "{\"a\":\"1\",\"a\":\"2\"}",
        "{\"a\":\"1\",\"\\u0061\":\"1\"}",
        "{\"a\":null}",
        "{\"a\":true}",
        "{\"a\":1.5}",
        "{\"a\":99999999999999999999}",
        "{\"a\":{}}",
        "{\"a\":[[]]}",
      })
  void nothingElseIs(String json) {
    assertThat(FlatJson.read(json.getBytes(UTF_8))).isEmpty();
  }

  /** In ISO 8859-1, each character is the byte of its number. */
  @ParameterizedTest
  @ValueSource(strings = {"é", "\u00c1\u0081", "\u00ed\u00a0\u0080", "\u00e2\u0082"})
  void whatIsNoUtf8IsNotReplaced(String bytes) {
    assertThat(FlatJson.read(("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1))).isEmpty();
  }

  @Test
  void otherEncodingsAreNotGuessed() {
    assertThat(FlatJson.read("{\"a\":\"b\"}".getBytes(UTF_16))).isEmpty();
  }
}
