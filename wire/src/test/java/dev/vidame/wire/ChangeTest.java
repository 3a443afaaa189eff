package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void changeIsAlwaysWrittenTheSame() {
    assertThat(Bodies.text(CHANGE.toJson()))
        .isEqualTo(
            """
            {"seq":17,"at":"2026-06-01T12:00:00.000001Z",\
            "customerId":"00000000-0000-0001-0000-000000000001","operation":"user.update",\
            "subject":"00000000-0000-0002-0000-000000000002",\
            "partnerId":"00000000-0000-0003-0000-000000000001",\
            "agentId":"00000000-0000-0003-0000-000000000002",\
            "applicationId":"00000000-0000-0003-0000-000000000003",\
            "requestId":"00000000-0000-0004-0000-000000000001",\
            "correlationId":"00000000-0000-0004-0000-000000000002",\
            "changes":[{"field":"displayName","before":"Before","after":"After \u00e9\\"\\n"},\
            {"field":"password"},{"field":"firstName","after":""}],\
            "integrity":{"previousHash":"HASH","key":"KEY","bodyHash":"KEY","salt":"KEY",\
            "payloadHash":"HASH","hash":"HASH"},"attributes":{"objectType":"Change"}}\
            """
                .replace("HASH", HASH)
                .replace("KEY", KEY));
  }

  @Test
  void pageIsWrittenWithThePlaceBehindEachChange() {
    String change = Bodies.text(CHANGE.toJson()).substring(1);
    ChangePage.Item item = new ChangePage.Item(CHANGE, "a");

    assertThat(Bodies.text(new ChangePage(List.of(item, item), "b", false).toJson()))
        .isEqualTo(
            "{\"items\":[{\"cursor\":\"a\","
                + change
                + ",{\"cursor\":\"a\","
                + change
                + "],\"cursor\":\"b\",\"hasMore\":false,"
                + "\"attributes\":{\"objectType\":\"ChangePage\"}}");
  }

  @Test
  void digitsAreReadInAnyCaseAndWrittenInLowerCase() {
    String loud =
        Bodies.text(CHANGE.toJson())
            .replace(HASH, HASH.toUpperCase(Locale.ROOT))
            .replace("\"" + KEY, "\"" + KEY.toUpperCase(Locale.ROOT));

    assertThat(Change.fromJson(Bodies.bytes(loud))).isEqualTo(CHANGE);
    assertThat(Change.Integrity.bytes("00ffA0")).containsExactly(0, 0xFF, 0xA0);
    assertThat(Change.Integrity.digits(new byte[] {0, (byte) 0xFF, (byte) 0xA0}))
        .isEqualTo("00ffa0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seq",
        "at",
        "customerId",
        "operation",
        "subject",
        "partnerId",
        "applicationId",
        "requestId",
        "correlationId",
        "field",
        "integrity",
        "previousHash",
        "key",
        "bodyHash",
        "payloadHash",
        "hash"
      })
  void changeWithoutOneOfItsMembersIsRefused(String name) {
    assertRefused("\"" + name + "\":", "\"other\":", name, "is missing.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"seq\":17|\"seq\":0|seq|must be a positive whole number.",
        "\"seq\":17|\"seq\":-1|seq|must be a positive whole number.",
        "\"seq\":17|\"seq\":1.0|seq|must be a positive whole number.",
        "\"seq\":17|\"seq\":\"x\"|seq|must be a positive whole number.",
        "\"seq\":17|\"seq\":1234567890123456789|seq|must be a positive whole number.",
        "\"seq\":17|\"seq\":true|seq|is missing.",
        "2026-06-01T|2026-13-01T|at|must be an ISO 8601 date with its zone.",
        "00.000001Z|00.0000011Z|at|must be a date in microseconds.",
        "2026-06-01T|+999999999-06-01T|at|must be a date in microseconds.",
        "2026-06-01T|-0001-06-01T|at|must be a date in microseconds.",
        "\"integrity\":|\"isErased\":true,\"integrity\":|isErased"
            + "|must be left out where there are changes or a salt.",
        "\"00000000-0000-0001|\"0|customerId|must be a GUID.",
        "00000000-0000-0002|00000000-0000-000g|subject|must be a GUID.",
        "0003-0000-000000000001|0003-000000000001|partnerId|must be a GUID.",
        "0003-0000-000000000002|0003-000000000002|agentId|must be a GUID.",
        "0003-0000-000000000003|0003-000000000003|applicationId|must be a GUID.",
        "0004-0000-000000000001|0004-000000000001|requestId|must be a GUID.",
        "0004-0000-000000000002|0004-000000000002|correlationId|must be a GUID.",
        "\"previousHash\":\"01|\"previousHash\":\"|previousHash|must be 64 hexadecimal digits.",
        "\"payloadHash\":\"01|\"payloadHash\":\"0101|payloadHash|must be 64 hexadecimal digits.",
        "\"hash\":\"01|\"hash\":\"|hash|must be 64 hexadecimal digits.",
        "\"hash\":\"01|\"hash\":\"0|hash|must be hexadecimal digits.",
        "\"hash\":\"01|\"hash\":\"0g|hash|must be hexadecimal digits.",
        "\"key\":\"01|\"key\":\"|key|must be 32 hexadecimal digits.",
        "\"bodyHash\":\"01|\"bodyHash\":\"|bodyHash|must be 32 hexadecimal digits.",
        "\"salt\":\"01|\"salt\":\"|salt|must be 32 hexadecimal digits.",
        "\"integrity\":{|\"integrity\":5,\"other\":{|integrity|must be an object.",
        "\"changes\":[|\"changes\":[5,|changes|must be a list of objects.",
        "\"before\":\"Before\"|\"before\":5|before|must be a text.",
        "\"integrity\"|\"isErased\":\"x\",\"integrity\"|isErased|must be true or false."
      })
  void brokenOneIsRefusedByTheNameOfItsMember(
      String right, String wrong, String property, String message) {
    assertRefused(right, wrong, property, message);
  }

  private static void assertRefused(String right, String wrong, String property, String message) {
    String json = Bodies.text(CHANGE.toJson());
    assertThat(json).contains(right);

    Bodies.assertRefused(
        json.replace(right, wrong),
        Change::fromJson,
        WireFormatException.Kind.UNREADABLE,
        property,
        "The member " + property + " " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{items:[],hasMore:true}", "{cursor:null}"})
  void pageWithoutThePlaceBehindItIsRefused(String page) {
    Bodies.assertRefused(
        page,
        ChangePage::fromJson,
        WireFormatException.Kind.UNREADABLE,
        "cursor",
        "The member cursor is missing.");
  }

  @Test
  void itemWithoutThePlaceBehindItIsRefused() {
    Bodies.assertRefused(
        "{cursor:'a',items:[" + Bodies.text(CHANGE.toJson()) + "]}",
        ChangePage::fromJson,
        WireFormatException.Kind.UNREADABLE,
        "cursor",
        "The member cursor is missing.");
  }

  @Test
  void pageThatDoesNotSayWhetherThereIsMoreIsTheLast() {
    assertThat(ChangePage.fromJson(Bodies.bytes("{CURSOR:'a'}")))
        .isEqualTo(new ChangePage(List.of(), "a", false));
  }
}
