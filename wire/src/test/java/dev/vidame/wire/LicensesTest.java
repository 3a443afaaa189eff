package dev.vidame.wire;

import static dev.vidame.wire.Bodies.assertRefused;
import static dev.vidame.wire.Bodies.bytes;
import static dev.vidame.wire.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.wire.LicenseUpdate.Assignment;
import dev.vidame.wire.SubscribedSku.Units;
import dev.vidame.wire.WireFormatException.Kind;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products and updates of licences (wire-spec §5). */
class LicensesTest {
  private static final String SKU = "f8a1db68-be16-40ed-86d5-cb42ce701560";
  private static final String LOUD = SKU.toUpperCase(Locale.ROOT);
  private static final String PLAN = "c1ec4a95-1f05-45b3-a911-aa3fa01094f5";

  private static LicenseUpdate read(String body) {
    return LicenseUpdate.fromJson(bytes(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // .NET, Java with the whole list twice, Node, and the documents' own spelling
        "{\"LicensesToAssign\":[{\"ExcludedPlans\":null,\"SkuId\":\""
            + SKU
            + "\"}],"
            + "\"LicensesToRemove\":null,\"LicenseWarnings\":null,"
            + "\"Attributes\":{\"ObjectType\":\"LicenseUpdate\"}}",
        "{\"attributes\":{\"objectType\":\"LicenseUpdate\"},"
            + "\"licensesToAssign\":[{\"skuId\":\""
            + SKU
            + "\",\"SkuId\":\""
            + SKU
            + "\"}],"
            + "\"LicensesToAssign\":[{\"skuId\":\""
            + SKU
            + "\",\"SkuId\":\""
            + SKU
            + "\"}]}",
        "{\"licensesToAssign\":[{\"excludedPlans\":null,\"skuId\":\""
            + SKU
            + "\"}],"
            + "\"licensesToRemove\":null}",
        "{\"licensestoAssign\":[{\"skuId\":\"" + SKU + "\"}]}"
      })
  void assignmentOfEveryClientIsOne(String body) {
    assertThat(read(body))
        .isEqualTo(new LicenseUpdate(List.of(new Assignment(SKU, List.of())), List.of()));
  }

  @Test
  void ofWhatIsNamedTwiceTheLastWishCounts() {
    LicenseUpdate update =
        read(
            "{licensesToAssign:[{skuId:'"
                + LOUD
                + "'},{skuId:' EMS '},"
                + "{skuId:' "
                + SKU
                + "',excludedPlans:['"
                + PLAN
                + "']},{skuId:'ems'}],"
                + "licensesToRemove:['CFQ7/1',' "
                + LOUD
                + " ','"
                + SKU
                + "','cfq7/1',null]}");

    assertThat(update.licensesToAssign())
        .containsExactly(new Assignment(SKU, List.of(PLAN)), new Assignment("ems", List.of()));
    assertThat(update.licensesToRemove()).containsExactly("cfq7/1", SKU);
  }

  @Test
  void excludedPlansAreSpelledAsTheyAreStoredAndNamedOnce() {
    Assignment assignment =
        new Assignment(
            LOUD, List.of(" " + PLAN.toUpperCase(Locale.ROOT), PLAN, "Other", " Other "));

    assertThat(assignment.skuId()).isEqualTo(SKU);
    assertThat(assignment.excludedPlans()).containsExactly(PLAN, "Other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{skuId:null}", "{skuId:''}", "{skuId:' '}", "{excludedPlans:['x']}"})
  void assignmentThatNamesNoProductIsRefused(String assignment) {
    assertRefused(
        "{licensesToAssign:[{skuId:'x'}," + assignment + "]}",
        LicenseUpdate::fromJson,
        Kind.INVALID_PROPERTY,
        "licensesToAssign.skuId",
        "The value is required and must not be empty.");
  }

  @Test
  void productsIdOfTheWrongTypeIsRefused() {
    assertRefused(
        "{licensesToAssign:[{skuId:5}]}",
        LicenseUpdate::fromJson,
        Kind.UNREADABLE,
        "skuId",
        "The member skuId must be a text.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|",
        "{licensesToAssign:[],licensesToRemove:[]}|",
        "{licensesToAssign:[{skuId:'A'}]}|\"licensesToAssign\":[{\"skuId\":\"A\"}],",
        "{licensesToAssign:[{skuId:'A',excludedPlans:['p','q']},{skuId:'B'}],licensesToRemove:['C','D']}"
            + "|\"licensesToAssign\":[{\"excludedPlans\":[\"p\",\"q\"],\"skuId\":\"A\"},{\"skuId\":\"B\"}],"
            + "\"licensesToRemove\":[\"C\",\"D\"],",
        "{licensesToRemove:['C']}|\"licensesToRemove\":[\"C\"],",
      })
  void answerHoldsWhatWasAskedFor(String body, String asked) {
    assertThat(text(read(body).toJson()))
        .isEqualTo(
            "{"
                + (asked == null ? "" : asked)
                + "\"licenseWarnings\":[],\"attributes\":{\"objectType\":\"LicenseUpdate\"}}");
  }

  @ParameterizedTest
  @CsvSource({"5, 0, 1, 5, 4", "5, 2, 1, 7, 6", "5, 2, 7, 7, 0", "5, 2, 8, 7, 0", "0, 0, 0, 0, 0"})
  void unitsAreCountedWithThoseThatAreStillUsable(
      int active, int warning, int consumed, int total, int available) {
    Units units = new Units(active, warning, 100, consumed);

    assertThat(units.total()).isEqualTo(total);
    assertThat(units.available()).isEqualTo(available);
  }

  @Test
  void onlyAProductsGuidIsSpelledAnew() {
    assertThat(new ProductSku(LOUD, "N", "EMS", "User", LicenseGroup.GROUP1).id()).isEqualTo(SKU);
    assertThat(new ProductSku("cfQ7/1", "N", "EMS", "User", LicenseGroup.GROUP1).id())
        .isEqualTo("cfQ7/1");
  }
}
