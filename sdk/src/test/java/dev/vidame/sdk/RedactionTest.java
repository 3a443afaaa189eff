package dev.vidame.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  private static String shown(String body) {
    return Redaction.body(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"password\":\"x\"}|{\"password\":\"***\"}",
        "{\"PassWord\" : \"x\" , \"a\":1.50}|{\"PassWord\" : \"***\" , \"a\":1.50}",
        "{\"a\":[{\"b\":{\"Password\":\"x\"}}]}|{\"a\":[{\"b\":{\"Password\":\"***\"}}]}",
        "{\"password\":\"\\\"x\\u0041\\\\\"}|{\"password\":\"***\"}",
        "{\"p\\u0061ssword\":\"x\"}|{\"p\\u0061ssword\":\"***\"}",
        "{\"password\":\"\",\"b\":2}|{\"password\":\"***\",\"b\":2}",
        "{\"password\":12345,\"b\":2}|{\"password\":\"***\",\"b\":2}",
        "{\"password\":-1.5e3}|{\"password\":\"***\"}",
        "{\"password\":true}|{\"password\":\"***\"}",
        "{\"password\":{\"v\":[\"x\"]},\"b\":2}|{\"password\":\"***\",\"b\":2}",
        "{\"password\":[\"x\",{\"y\":\"z\"}]}|{\"password\":\"***\"}",
        "{\"password\":null}|{\"password\":null}",
        "{\"password\":\"x\",\"Password\":\"y\"}|{\"password\":\"***\",\"Password\":\"***\"}",
        "{\"passwords\":\"x\"}|{\"passwords\":\"x\"}",
        "{\"a\":\"password\"}|{\"a\":\"password\"}",
        "[1]|[1]",
        "plain text|plain text",
      })
  void passwordsAreHiddenAndAllElseStays(String body, String expected) {
    assertThat(shown(body)).isEqualTo(expected);
  }

  @Test
  void valuesBeyondTheParsersBufferAreHiddenWhole() {
    String padding = "é€😀".repeat(20_000);
    String secret = "s€cret😀".repeat(20_000);
    String body =
        "{\"a\":\"" + padding + "\",\"password\":\"" + secret + "\",\"b\":\"" + padding + "\"}";

    assertThat(shown(body))
        .isEqualTo("{\"a\":\"" + padding + "\",\"password\":\"***\",\"b\":\"" + padding + "\"}");
  }

  @Test
  void textThatMentionsAPasswordButIsNoJsonIsWithheld() {
    assertThat(shown("{\"password\":\"x"))
        .isEqualTo("(14 bytes that are not JSON and may hold a password)");
    assertThat(shown("Your PASSWORD is x")).doesNotContain("x");
  }

  @Test
  void byteOrderMarkIsCut() {
    assertThat(shown("\uFEFF{\"password\":\"x\"}")).isEqualTo("{\"password\":\"***\"}");
  }

  @Test
  void emptyBodyIsEmpty() {
    assertThat(shown("")).isEmpty();
  }
}
