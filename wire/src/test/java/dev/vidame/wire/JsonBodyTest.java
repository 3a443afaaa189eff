package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonBodyTest {
  private static JsonBody body(String json) {
    return JsonBody.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static WireFormatException refusal(String json, Consumer<JsonBody> accessor) {
    return catchThrowableOfType(WireFormatException.class, () -> accessor.accept(body(json)));
  }

  @Test
  void membersAreReadTolerantly() {
    JsonBody body =
        body(
            "{NAME:'x',isOn:\"TRUE\",count:'7',many:[\"a\",\"b\"],inner:{a:1},all:[{b:true}],"
                + "none:null,}");

    assertThat(body.text("name")).contains("x");
    assertThat(body.bool("ison")).contains(true);
    assertThat(body.number("count")).contains(7L);
    assertThat(body.texts("many")).contains(List.of("a", "b"));
    assertThat(body.object("inner").number("a")).contains(1L);
    assertThat(body.objects("all").get(0).bool("b")).contains(true);
    assertThat(body.text("none")).isEmpty();
    assertThat(body.object("none").names()).isEmpty();
    assertThat(body.objects("none")).isEmpty();
    assertThat(body.names())
        .containsExactlyInAnyOrder("name", "ison", "count", "many", "inner", "all");
  }

  @Test
  void scalarIsATextWhateverItsType() {
    JsonBody body = body("{\"a\":\"x\",\"b\":1.50,\"c\":false,\"d\":[\"x\"],\"e\":{},\"f\":null}");

    assertThat(body.scalar("A")).contains("x");
    assertThat(body.scalar("b")).contains("1.50");
    assertThat(body.scalar("c")).contains("false");
    assertThat(body.scalar("d")).isEmpty();
    assertThat(body.scalar("e")).isEmpty();
    assertThat(body.scalar("f")).isEmpty();
  }

  @Test
  void whatPeopleReadIsAText() {
    JsonBody body = body("{\"a\":\"x\",\"b\":1.50,\"c\":false,\"d\":[\"x\",2],\"e\":{}}");

    assertThat(List.of(body.shown("a"), body.shown("b"), body.shown("c"), body.shown("d")))
        .containsExactly("x", "1.50", "false", "x 2");
    assertThat(body.shown("e")).isEmpty();
    assertThat(body.shown("f")).isEmpty();
  }

  /** Each accessor, and the values of which it makes what, or the refusal that it makes of them. */
  private static Stream<Arguments> accessors() {
    return Stream.concat(accessorsOfOneValue(), accessorsOfMany());
  }

  private static Stream<Arguments> accessorsOfOneValue() {
    return Stream.of(
        reads(JsonBody::text, "'x'", Optional.of("x")),
        reads(JsonBody::text, "''", Optional.of("")),
        reads(JsonBody::text, "null", Optional.empty()),
        refuses(JsonBody::text, "The value must be a text.", "7", "[]", "{}", "true"),
        reads(JsonBody::bool, "true", Optional.of(true)),
        reads(JsonBody::bool, "false", Optional.of(false)),
        reads(JsonBody::bool, "'True'", Optional.of(true)),
        reads(JsonBody::bool, "'FALSE'", Optional.of(false)),
        reads(JsonBody::bool, "null", Optional.empty()),
        refuses(JsonBody::bool, "The value must be true or false.", "7", "[]", "{}", "'yes'", "''"),
        reads(JsonBody::number, "7", Optional.of(7L)),
        reads(JsonBody::number, "'-7'", Optional.of(-7L)),
        reads(JsonBody::number, "-999999999999999999", Optional.of(-999_999_999_999_999_999L)),
        reads(JsonBody::number, "null", Optional.empty()),
        refuses(
            JsonBody::number,
            "The value must be a whole number.",
            "1.5",
            "1e3",
            "1000000000000000000",
            "'x'",
            "''",
            "true",
            "[]",
            "[7]",
            "{}"));
  }

  private static Stream<Arguments> accessorsOfMany() {
    return Stream.of(
        reads(JsonBody::texts, "['a','b']", Optional.of(List.of("a", "b"))),
        reads(JsonBody::texts, "[]", Optional.of(List.of())),
        reads(JsonBody::texts, "null", Optional.empty()),
        refuses(JsonBody::texts, "The value must be a list.", "'a'", "7", "{}", "false"),
        refuses(JsonBody::texts, "The value must be a list of texts.", "[7]", "['a',{}]", "[[]]"),
        reads((body, name) -> body.object(name).names(), "{B:1,c:null}", Set.of("b")),
        reads((body, name) -> body.object(name).names(), "null", Set.of()),
        refuses(JsonBody::object, "The value must be an object.", "'a'", "7", "[]", "true"),
        reads((body, name) -> body.objects(name).size(), "[{},{a:1}]", 2),
        reads((body, name) -> body.objects(name).size(), "null", 0),
        refuses(JsonBody::objects, "The value must be a list.", "'a'", "7", "{}", "true"),
        refuses(
            JsonBody::objects, "The value must be a list of objects.", "[7]", "[{},'a']", "[[]]"));
  }

  private static Arguments reads(
      BiFunction<JsonBody, String, ?> accessor, String value, Object expected) {
    return Arguments.of(accessor, List.of(value), expected, null);
  }

  private static Arguments refuses(
      BiFunction<JsonBody, String, ?> accessor, String message, String... values) {
    return Arguments.of(accessor, List.of(values), null, message);
  }

  @ParameterizedTest
  @MethodSource("accessors")
  void eachAccessorReadsItsOwnAndRefusesAllElse(
      BiFunction<JsonBody, String, ?> accessor,
      List<String> values,
      @Nullable Object expected,
      @Nullable String message) {
    for (String value : values) {
      String json = "{NAME:" + value + "}";
      if (message == null) {
        assertThat(accessor.apply(body(json), "Name")).as(json).isEqualTo(expected);
      } else {
        Bodies.assertRefused(
            json,
            bytes -> accessor.apply(JsonBody.parse(bytes), "Name"),
            WireFormatException.Kind.INVALID_PROPERTY,
            "Name",
            message);
      }
    }
  }

  @Test
  void whatIsWrittenIsExact() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("text", "x");
    members.put("number", 7);
    members.put("truth", true);
    members.put("list", Arrays.asList("a", null, Map.of("b", 1)));
    members.put("when", Instant.EPOCH);
    members.put("nothing", null);

    assertThat(new String(JsonBody.write(members), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"text\":\"x\",\"number\":7,\"truth\":true,\"list\":[\"a\",{\"b\":1}],"
                + "\"when\":\"1970-01-01T00:00:00Z\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|productSku.id|The value is required and must not be empty.",
        "{productSku:5}|productSku|The value must be an object.",
        "{productSku:{id:5}}|productSku.id|The value must be a text.",
        "{productSku:{id:'x'}}|productSku.name|The value is required and must not be empty.",
        "{productSku:{id:'x',name:'x'}}|productSku.skuPartNumber|The value is required and must not be empty.",
        "{productSku:{@,targetType:5}}|productSku.targetType|The value must be a text.",
        "{productSku:{@,licenseGroupId:5}}|productSku.licenseGroupId|The value must be a text.",
        "{productSku:{@},activeUnits:'x'}|activeUnits|The value must be a whole number.",
        "{productSku:{@},warningUnits:1.5}|warningUnits|The value must be a whole number.",
        "{productSku:{@},suspendedUnits:{}}|suspendedUnits|The value must be a whole number.",
        "{productSku:{@},servicePlans:{}}|servicePlans|The value must be a list.",
        "{productSku:{@},servicePlans:[5]}|servicePlans|The value must be a list of objects.",
        "{productSku:{@},servicePlans:[{}]}|servicePlans.0.id|The value is required and must not be empty.",
        "{productSku:{@},servicePlans:[{#},{id:'x'}]}|servicePlans.1.id|The value must be a GUID.",
        "{productSku:{@},servicePlans:[{#,displayName:null,DISPLAYNAME:5}]}|servicePlans.0.displayName|The value must be a text.",
        "{productSku:{@},servicePlans:[{#,targetType:5}]}|servicePlans.0.targetType|The value must be a text.",
        "{productSku:{@},servicePlans:[{id:'00000000-0000-0000-0000-000000000001'}]}|servicePlans.0.displayName|The value is required and must not be empty.",
        "{productSku:{@},servicePlans:[{id:'00000000-0000-0000-0000-000000000001',displayName:'x'}]}|servicePlans.0.serviceName|The value is required and must not be empty.",
        "{productSku:{@},capabilityStatus:5}|capabilityStatus|The value must be a text."
      })
  void productThatIsNotWholeIsRefusedByTheNameOfItsMember(
      String json, String property, String message) {
    Bodies.assertRefused(
        product(json),
        JsonBodyTest::definition,
        WireFormatException.Kind.INVALID_PROPERTY,
        property,
        message);
  }

  private static String product(String json) {
    return json.replace("@", "id:'x',name:'N',skuPartNumber:'P'")
        .replace("#", "id:'00000000-0000-0000-0000-000000000001',displayName:'D',serviceName:'S'");
  }

  private static SubscribedSku definition(byte[] json) {
    return SkuDefinition.read(JsonBody.parse(json), Optional.empty());
  }

  @Test
  void productOfAnUnknownGroupIsRefused() {
    WireFormatException refusal =
        Bodies.assertRefused(
            product("{productSku:{@,licenseGroupId:'group9'}}"),
            JsonBodyTest::definition,
            WireFormatException.Kind.UNKNOWN_ENUM,
            "productSku.licenseGroupId",
            "Unable to parse enum: group9");

    assertThat(refusal.template()).isEqualTo("Unable to parse enum: %s");
    assertThat(refusal.arguments()).containsExactly("group9");
  }

  @Test
  void leastProductIsForUsersAndEnabledAndHasNoUnits() {
    assertThat(definition(Bodies.bytes(product("{PRODUCTSKU:{@},servicePlans:[{#}]}"))))
        .isEqualTo(
            new SubscribedSku(
                new ProductSku("x", "N", "P", "User", LicenseGroup.GROUP1),
                new SubscribedSku.Units(0, 0, 0, 0),
                List.of(new ServicePlan(new UUID(0, 1), "D", "S", "User")),
                "Enabled"));
  }

  @Test
  void unitsThatAreNotNamedStayAsTheyAreAndNoneIsConsumed() {
    SubscribedSku.Units before = new SubscribedSku.Units(1, 2, 3, 4);

    assertThat(SkuDefinition.units(body("{}"), before))
        .isEqualTo(new SubscribedSku.Units(1, 2, 3, 0));
    assertThat(SkuDefinition.units(body("{activeUnits:5,consumedUnits:9}"), before))
        .isEqualTo(new SubscribedSku.Units(5, 2, 3, 0));
    assertThat(SkuDefinition.units(body("{warningUnits:'6',suspendedUnits:0}"), before))
        .isEqualTo(new SubscribedSku.Units(1, 6, 0, 0));
  }

  @Test
  void unitsThatNoIntHoldsAreStillTooLargeOrTooSmall() {
    assertThat(
            SkuDefinition.units(
                body(
                    "{activeUnits:999999999999,warningUnits:-999999999999,"
                        + "suspendedUnits:2147483647}"),
                new SubscribedSku.Units(0, 0, 0, 0)))
        .isEqualTo(new SubscribedSku.Units(Integer.MAX_VALUE, -1, Integer.MAX_VALUE, 0));
  }

  @Test
  void productThatWasShownIsReadBack() {
    SubscribedSku shown =
        new SubscribedSku(
            new ProductSku("CFQ7/1", "Name", "PART", "User", LicenseGroup.GROUP2),
            new SubscribedSku.Units(5, 1, 2, 0),
            List.of(new ServicePlan(new UUID(1, 1), "Plan", "PLAN", "Tenant")),
            "Warning");

    assertThat(SkuDefinition.read(JsonBody.parse(shown.toJson()), Optional.of("cfq7/1")))
        .isEqualTo(
            new SubscribedSku(
                new ProductSku("cfq7/1", "Name", "PART", "User", LicenseGroup.GROUP2),
                shown.units(),
                shown.plans(),
                "Warning"));
    assertThat(
            refusal(
                    new String(shown.toJson(), StandardCharsets.UTF_8),
                    body -> SkuDefinition.read(body, Optional.of("other")))
                .property())
        .isEqualTo("productSku.id");
  }
}
