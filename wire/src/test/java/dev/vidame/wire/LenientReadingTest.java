package dev.vidame.wire;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LenientReadingTest {
  private static FieldUpdate<String> displayName(String body) {
    return CustomerUserUpdate.fromJson(body.getBytes(UTF_8)).displayName();
  }

  private static void assertRefused(byte[] body) {
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> CustomerUserUpdate.fromJson(body))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(WireFormatException.Kind.UNREADABLE))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> CustomerUser.fromJson(body));
    assertThat(ErrorBody.fromJson(body)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{displayName:\"D\"}",
        "{'displayName':'D'}",
        "{\"displayName\":\"D\",}",
        "{\"displayName\":\"D\",\"a\":[1,2,],}",
        "{/* the name */\"displayName\":\"D\"// shown\n}",
        "\uFEFF{\"displayName\":\"D\"}",
        " \t\r\n{ \"displayName\" : \"D\" } \r\n",
        "{\"\\u0064isplayName\":\"\\u0044\"}",
      })
  void slipsOfTheDocumentsSamplesAreRead(String body) {
    assertThat(displayName(body)).isEqualTo(FieldUpdate.set("D"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "true",
        "5",
        "\"text\"",
        "[]",
        "[{\"displayName\":\"D\"}]",
        "{\"displayName\":Null}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":undefined}",
        "{\"a\":True}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":+5}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,,}",
        "{,}",
        "{\"a\":1",
        "{\"a\":\"open",
        "{\"a\":1}}",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1} trailing",
        "{\"a\":1},",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":1]",
        "<user/>"
      })
  void whatIsNoSingleObjectIsRefused(String body) {
    assertRefused(body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|The text is empty.",
        "` \n`|The text is empty.",
        "\uFEFF|The text is empty.",
        "[{}]|The text must be a JSON object.",
        "5|The text must be a JSON object.",
        "{} {}|There is more than one JSON value in the text.",
        "{a:1}5|There is more than one JSON value in the text.",
        "{a:Null}|The text is not JSON: line 1, column 4.",
        "`{a:1,\n b:}`|The text is not JSON: line 2, column 4.",
        "{a:'\\ud800'}|A text holds half of a surrogate pair.",
        "{a:'\\ude00'}|A text holds half of a surrogate pair.",
      })
  void refusalSaysWhatIsWrongAndWhere(String body, String message) {
    Bodies.assertRefused(
        body, CustomerUserUpdate::fromJson, WireFormatException.Kind.UNREADABLE, "", message);
  }

  @Test
  void refusalOfWhatIsTooMuchSaysSo() {
    for (String body :
        new String[] {
          "{a:".repeat(17), "{" + "n".repeat(200_000) + ":1}", "{a:" + "9".repeat(2000) + "}"
        }) {
      Bodies.assertRefused(
          body,
          CustomerUserUpdate::fromJson,
          WireFormatException.Kind.UNREADABLE,
          "",
          "The text is nested too deep, or holds a name or a value that is too long.");
    }
  }

  @Test
  void nullsOfAListAreLeftOut() {
    assertThat(
            LicenseUpdate.fromJson("{licensesToRemove:[null,'a',null,'b']}".getBytes(UTF_8))
                .licensesToRemove())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udc00",
        "\\ud800\\ud800",
        "\\udc00\\udc00",
        "\\udc00\\ud800",
        "a\\ud83dz"
      })
  void halfOfASurrogatePairIsRefused(String half) {
    assertRefused(("{\"displayName\":\"" + half + "\"}").getBytes(UTF_8));
    assertRefused(("{\"unknown\":[{\"x\":\"" + half + "\"}]}").getBytes(UTF_8));
  }

  @Test
  void wholeSurrogatePairIsRead() {
    assertThat(displayName("{\"displayName\":\"\\ud83d\\ude00\"}"))
        .isEqualTo(displayName("{\"displayName\":\"😀\"}"))
        .isEqualTo(FieldUpdate.set("😀"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // a continuation without a start
        "C3", // a start without a continuation
        "C080", // an overlong form
        "E08080", // an overlong form
        "EDA080", // half of a surrogate pair
        "EDA0BDEDB880", // a surrogate pair
        "F4908080", // beyond the last code point
        "FF"
      })
  void bytesThatAreNoUtf8AreRefused(String hex) {
    byte[] head = "{\"displayName\":\"a".getBytes(UTF_8);
    byte[] wrong = HexFormat.of().parseHex(hex);
    byte[] tail = "b\"}".getBytes(UTF_8);
    byte[] body = new byte[head.length + wrong.length + tail.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(wrong, 0, body, head.length, wrong.length);
    System.arraycopy(tail, 0, body, head.length + wrong.length, tail.length);

    assertRefused(body);
  }

  @Test
  void bytesThatAreNoUtf8AreCalledSo() {
    for (byte[] body :
        new byte[][] {{(byte) 0x80}, {(byte) 0xEF, (byte) 0xBB}, {'{', (byte) 0xFF, '}'}}) {
      assertThatExceptionOfType(WireFormatException.class)
          .isThrownBy(() -> CustomerUserUpdate.fromJson(body))
          .withMessage("The text is not UTF-8.");
    }
  }

  @Test
  void otherEncodingsAreNotTakenForText() {
    assertRefused("\uFEFF{\"displayName\":\"D\"}".getBytes(UTF_16LE));
    assertRefused("{\"displayName\":\"D\"}".getBytes(UTF_16LE));
    assertRefused("{\"displayName\":\"D\"}".getBytes(UTF_16BE));
  }

  @Test
  void sixteenLevelsAreReadAndSeventeenRefused() {
    String deep = "{\"a\":".repeat(15) + "{}" + "}".repeat(15);
    String tooDeep = "{\"a\":".repeat(16) + "{}" + "}".repeat(16);

    assertThat(CustomerUserUpdate.fromJson(deep.getBytes(UTF_8)).isEmpty()).isTrue();
    assertRefused(tooDeep.getBytes(UTF_8));
    assertRefused(("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}").getBytes(UTF_8));
  }

  @Test
  void millionLevelsAreRefusedWithoutHarm() {
    assertRefused("{\"a\":".repeat(1_000_000).getBytes(UTF_8));
    assertRefused("[".repeat(1_000_000).getBytes(UTF_8));
    assertRefused(("{\"a\":" + "[".repeat(1_000_000)).getBytes(UTF_8));
  }

  @Test
  void hugeNumbersAndNamesAreHarmless() {
    String digits = "9".repeat(500);
    String name = "n".repeat(40_000);

    assertThat(
            CustomerUserUpdate.fromJson(
                    ("{\"a\":" + digits + "e" + "9".repeat(9) + "}").getBytes(UTF_8))
                .isEmpty())
        .isTrue();
    assertThat(CustomerUserUpdate.fromJson(("{\"" + name + "\":1}").getBytes(UTF_8)).isEmpty())
        .isTrue();
    assertRefused(("{\"a\":" + "9".repeat(200_000) + "}").getBytes(UTF_8));
    assertRefused(("{\"" + "n".repeat(200_000) + "\":1}").getBytes(UTF_8));
  }
}
