package dev.vidame.wire;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Licences to assign to an account and to remove from it (wire-spec §5.4). Immutable.
 *
 * <p>Products are named by their id or their part number. GUIDs are in lower case; of what is named
 * twice in one list, the last wish counts.
 *
 * @param licensesToAssign what to assign
 * @param licensesToRemove the products whose licences to remove
 */
public record LicenseUpdate(List<Assignment> licensesToAssign, List<String> licensesToRemove) {
  private static final String ASSIGN = "licensesToAssign";
  private static final String REMOVE = "licensesToRemove";

  /**
   * A licence to assign.
   *
   * @param skuId the product
   * @param excludedPlans the product's parts to leave out
   */
  public record Assignment(String skuId, List<String> excludedPlans) {
    /** Spells GUIDs as they are stored and sent. */
    public Assignment {
      skuId = ProductSku.spelled(skuId.strip());
      excludedPlans =
          excludedPlans.stream().map(String::strip).map(ProductSku::spelled).distinct().toList();
    }
  }

  /** Leaves one of what is named twice. */
  public LicenseUpdate {
    Map<String, Assignment> assignments = new LinkedHashMap<>();
    licensesToAssign.forEach(assignment -> assignments.put(folded(assignment.skuId()), assignment));
    licensesToAssign = List.copyOf(assignments.values());
    Map<String, String> removals = new LinkedHashMap<>();
    licensesToRemove.forEach(
        sku -> removals.put(folded(sku.strip()), ProductSku.spelled(sku.strip())));
    licensesToRemove = List.copyOf(removals.values());
  }

  private static String folded(String sku) {
    return sku.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a request's body.
   *
   * @throws WireFormatException when it is not an object, a member has the wrong type, or a licence
   *     does not name its product
   */
  public static LicenseUpdate fromJson(byte[] json) {
    JsonObject in = Json.readObject(json);
    List<Assignment> assignments =
        in.objects(ASSIGN).stream().map(LicenseUpdate::assignment).toList();
    return new LicenseUpdate(assignments, in.texts(REMOVE));
  }

  private static Assignment assignment(JsonObject in) {
    String skuId = in.text("skuId");
    if (skuId == null || skuId.isBlank()) {
      throw new WireFormatException(
          WireFormatException.Kind.INVALID_PROPERTY,
          ASSIGN + ".skuId",
          "The value is required and must not be empty.");
    }
    return new Assignment(skuId, in.texts("excludedPlans"));
  }

  /**
   * The answer's JSON in UTF-8: what was asked for, without what was empty. There is never a
   * warning.
   */
  public byte[] toJson() {
    return Json.write(out -> {
      if (!licensesToAssign.isEmpty()) {
        out.writeArrayPropertyStart(ASSIGN);
        licensesToAssign.forEach(assignment -> write(out, assignment));
        out.writeEndArray();
      }
      texts(out, REMOVE, licensesToRemove);
      out.writeArrayPropertyStart("licenseWarnings");
      out.writeEndArray();
      Json.attributes(out, "LicenseUpdate");
    });
  }

  private static void write(JsonGenerator out, Assignment assignment) {
    out.writeStartObject();
    texts(out, "excludedPlans", assignment.excludedPlans());
    out.writeStringProperty("skuId", assignment.skuId());
    out.writeEndObject();
  }

  private static void texts(JsonGenerator out, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      out.writeArrayPropertyStart(name);
      texts.forEach(out::writeString);
      out.writeEndArray();
    }
  }
}
