package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"7", "[]", "{}", "true"})
  void memberOfAnotherTypeIsRefusedByItsName(String value) {
    String json = "{\"name\":" + value + "}";

    WireFormatException refusal = refusal(json, body -> body.text("name"));

    assertThat(refusal.kind()).isEqualTo(WireFormatException.Kind.INVALID_PROPERTY);
    assertThat(refusal.property()).isEqualTo("name");
  }

  @Test
  void eachAccessorRefusesWhatIsNotItsOwn() {
    assertThat(refusal("{a:7}", body -> body.bool("a"))).hasMessageContaining("true or false");
    assertThat(refusal("{a:1.5}", body -> body.number("a"))).hasMessageContaining("whole number");
    assertThat(refusal("{a:'x'}", body -> body.number("a"))).hasMessageContaining("whole number");
    assertThat(refusal("{a:{}}", body -> body.texts("a"))).hasMessageContaining("a list");
    assertThat(refusal("{a:[1]}", body -> body.texts("a"))).hasMessageContaining("list of texts");
    assertThat(refusal("{a:[1]}", body -> body.objects("a")))
        .hasMessageContaining("list of objects");
    assertThat(refusal("{a:[]}", body -> body.object("a"))).hasMessageContaining("an object");
  }

  @Test
  void whatIsWrittenIsExact() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("text", "x");
    members.put("number", 7);
    members.put("truth", true);
    members.put("list", List.of("a", Map.of("b", 1)));
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
        "{} | productSku.id",
        "{productSku:{id:'x'}} | productSku.name",
        "{productSku:{id:'x',name:'x'}} | productSku.skuPartNumber",
        "{productSku:{id:'x',name:'x',skuPartNumber:'x',licenseGroupId:'group9'}} | productSku.licenseGroupId",
        "{productSku:{id:'x',name:'x',skuPartNumber:'x'},activeUnits:'x'} | activeUnits",
        "{productSku:{id:'x',name:'x',skuPartNumber:'x'},servicePlans:[{id:'x'}]} | servicePlans.0.id",
      })
  void productThatIsNotWholeIsRefusedByTheNameOfItsMember(String json, String property) {
    WireFormatException refusal = refusal(json, body -> SkuDefinition.read(body, Optional.empty()));

    assertThat(refusal.property()).isEqualTo(property);
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
