package dev.vidame.wire;

import static dev.vidame.wire.Bodies.assertRefused;
import static dev.vidame.wire.Bodies.bytes;
import static dev.vidame.wire.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.Change.Field;
import dev.vidame.wire.WireFormatException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevertedUserTest {
  private static final RevertedUser REVERTED =
      new RevertedUser(
          CustomerUser.fromJson(bytes("{displayName:'D'}")),
          17,
          List.of(new Field("firstName", "A", null), new Field("role:x", null, "Helpdesk")),
          true);

  private static final String JSON =
      """
      {"user":{"displayName":"D","attributes":{"objectType":"CustomerUser"}},"toSeq":17,\
      "changes":[{"field":"firstName","before":"A"},{"field":"role:x","after":"Helpdesk"}],\
      "isPreview":true,"isPasswordKept":true,"attributes":{"objectType":"RevertedUser"}}\
      """;

  @Test
  void accountIsWrittenAndReadAsItWas() {
    assertThat(text(REVERTED.toJson())).isEqualTo(JSON);
    assertThat(RevertedUser.fromJson(bytes(JSON))).isEqualTo(REVERTED);
  }

  @Test
  void whatIsNotSaidIsNoChangeAndNoPreview() {
    assertThat(RevertedUser.fromJson(bytes("{USER:{DisplayName:'D'},ToSeq:'0'}")))
        .isEqualTo(new RevertedUser(REVERTED.user(), 0, List.of(), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{toSeq:17}|user|is missing.",
        "{user:'D',toSeq:17}|user|must be an object.",
        "{user:{displayName:5},toSeq:17}|displayName|must be a text.",
        "{user:{}}|toSeq|is missing.",
        "{user:{},toSeq:true}|toSeq|is missing.",
        "{user:{},toSeq:-1}|toSeq|must be a whole number.",
        "{user:{},toSeq:1.5}|toSeq|must be a whole number.",
        "{user:{},toSeq:''}|toSeq|must be a whole number.",
        "{user:{},toSeq:1234567890123456789}|toSeq|must be a whole number.",
        "{user:{},toSeq:17,changes:{}}|changes|must be a list of objects.",
        "{user:{},toSeq:17,changes:[{}]}|field|is missing.",
        "{user:{},toSeq:17,changes:[{field:'x',after:5}]}|after|must be a text.",
        "{user:{},toSeq:17,isPreview:'x'}|isPreview|must be true or false."
      })
  void brokenOneIsRefusedByTheNameOfItsMember(String body, String property, String message) {
    assertRefused(
        body,
        RevertedUser::fromJson,
        Kind.UNREADABLE,
        property,
        "The member " + property + " " + message);
  }

  @Test
  void largestPlaceIsRead() {
    assertThat(RevertedUser.fromJson(bytes("{user:{},toSeq:999999999999999999}")).toSeq())
        .isEqualTo(999_999_999_999_999_999L);
  }
}
