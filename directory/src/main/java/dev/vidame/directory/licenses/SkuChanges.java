package dev.vidame.directory.licenses;

import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.FieldChanges;
import dev.vidame.wire.SubscribedSku;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How what a customer subscribes to of a product differs from what it was, for the journal. */
final class SkuChanges {
  private SkuChanges() {}

  static List<FieldChange> of(@Nullable SubscribedSku before, SubscribedSku after) {
    FieldChanges changes = new FieldChanges();
    String frame = "sku:" + after.product().id() + ".";
    add(changes, frame + "name", before, after, sku -> sku.product().name());
    add(changes, frame + "skuPartNumber", before, after, sku -> sku.product().skuPartNumber());
    add(changes, frame + "targetType", before, after, sku -> sku.product().targetType());
    add(changes, frame + "licenseGroup", before, after, sku -> sku.product().licenseGroup().wire());
    add(changes, frame + "capabilityStatus", before, after, SubscribedSku::capabilityStatus);
    add(changes, frame + "activeUnits", before, after, sku -> sku.units().active());
    add(changes, frame + "warningUnits", before, after, sku -> sku.units().warning());
    add(changes, frame + "suspendedUnits", before, after, sku -> sku.units().suspended());
    add(changes, frame + "servicePlans", before, after, SkuChanges::plans);
    return changes.list();
  }

  @SuppressWarnings("TooManyParameters") // a line of the table above
  private static void add(
      FieldChanges changes,
      String field,
      @Nullable SubscribedSku before,
      SubscribedSku after,
      Function<SubscribedSku, Object> value) {
    changes.add(field, before == null ? null : value.apply(before), value.apply(after));
  }

  private static String plans(SubscribedSku sku) {
    return sku.plans().stream().map(plan -> plan.id().toString()).collect(Collectors.joining(","));
  }
}
