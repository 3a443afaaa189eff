package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Licences to assign to an account and to remove from it, all of them or none. Immutable.
 *
 * {@snippet :
 * LicenseChange change =
 *     LicenseChange.builder().assign(newSku, List.of(unwantedPart)).remove(oldSku).build();
 * List<LicenseWarning> warnings = user.updateLicenses(change);
 * }
 */
public final class LicenseChange {
  private final Map<SkuId, Set<UUID>> assigned;
  private final Set<SkuId> removed;

  private LicenseChange(Builder builder) {
    this.assigned = new LinkedHashMap<>(builder.assigned);
    this.removed = new LinkedHashSet<>(builder.removed);
  }

  /** A builder that changes nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  byte[] toJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    if (!assigned.isEmpty()) {
      members.put(
          "licensesToAssign", assigned.entrySet().stream().map(LicenseChange::assignment).toList());
    }
    if (!removed.isEmpty()) {
      members.put("licensesToRemove", List.copyOf(removed));
    }
    members.put("attributes", Map.of("objectType", "LicenseUpdate"));
    return JsonBody.write(members);
  }

  private static Map<String, Object> assignment(Map.Entry<SkuId, Set<UUID>> entry) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (!entry.getValue().isEmpty()) {
      members.put("excludedPlans", entry.getValue());
    }
    members.put("skuId", entry.getKey());
    return members;
  }

  /** The JSON that is sent. */
  @Override
  public String toString() {
    return Redaction.body(toJson());
  }

  /** Builds a change. Not thread-safe. */
  public static final class Builder {
    private final Map<SkuId, Set<UUID>> assigned = new LinkedHashMap<>();
    private final Set<SkuId> removed = new LinkedHashSet<>();

    private Builder() {}

    /** Assigns a licence with all parts of the product. */
    public Builder assign(SkuId sku) {
      return assign(sku, List.of());
    }

    /**
     * Assigns a licence without some parts of the product; of a licence that is held already, the
     * parts change.
     */
    public Builder assign(SkuId sku, Collection<UUID> excludedPlans) {
      assigned.put(sku, new LinkedHashSet<>(excludedPlans));
      return this;
    }

    /** Removes a licence. */
    public Builder remove(SkuId sku) {
      removed.add(sku);
      return this;
    }

    /**
     * The change.
     *
     * @throws IllegalStateException when there is none, or a licence is to be assigned and removed
     */
    public LicenseChange build() {
      if (assigned.isEmpty() && removed.isEmpty()) {
        throw new IllegalStateException("The builder still needs a licence to assign or to remove");
      }
      if (removed.stream().anyMatch(assigned::containsKey)) {
        throw new IllegalStateException("A licence cannot be assigned and removed at once");
      }
      return new LicenseChange(this);
    }
  }
}
