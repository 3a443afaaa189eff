package dev.vidame.cli.users;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.sdk.CustomerClient;
import dev.vidame.sdk.CustomerSku;
import dev.vidame.sdk.Sku;
import dev.vidame.sdk.SkuId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.LicenseGroup;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The products that a customer subscribes to, by what people call them. */
final class Skus {
  /** Both: whoever names a product does not care in which group it is. */
  static final LicenseGroup[] GROUPS = LicenseGroup.values();

  private final List<CustomerSku> all;

  private Skus(List<CustomerSku> all) {
    this.all = all;
  }

  static Skus of(CustomerClient customer) {
    return new Skus(customer.subscribedSkus(GROUPS).toList());
  }

  /**
   * The id of the product with this id, part number or name. An id that the customer does not
   * subscribe to is left to the service to refuse.
   *
   * @throws CommandException where there is none such, or several
   */
  SkuId id(String text) {
    List<SkuId> found =
        matching(text.strip()).stream().map(CustomerSku::sku).<SkuId>mapMulti(Skus::id).toList();
    if (found.size() > 1) {
      throw new CommandException(
          ExitCode.USAGE,
          "Several products are called "
              + text
              + ". Give the id of one: "
              + found.stream().map(SkuId::value).collect(Collectors.joining(", ")));
    }
    if (found.isEmpty() && Guid.parse(text).isPresent()) {
      return new SkuId(text);
    }
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "The customer subscribes to no "
              + text
              + ". There are: "
              + all.stream()
                  .map(each -> String.valueOf(each.sku().partNumber()))
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return found.getFirst();
  }

  private static void id(Sku sku, Consumer<SkuId> ids) {
    SkuId id = sku.id();
    if (id != null) {
      ids.accept(id);
    }
  }

  private List<CustomerSku> matching(String name) {
    return all.stream().filter(each -> isCalled(each.sku(), name)).toList();
  }

  private static boolean isCalled(Sku sku, String name) {
    SkuId id = sku.id();
    return (id != null && name.equalsIgnoreCase(id.value()))
        || name.equalsIgnoreCase(sku.partNumber())
        || name.equalsIgnoreCase(sku.name());
  }

  /**
   * The ids of parts of one product.
   *
   * @throws CommandException where one of them is none of its parts, or there are several products
   */
  List<UUID> plans(List<String> skus, List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    if (skus.size() > 1) {
      throw new CommandException(
          ExitCode.USAGE, "--without is about one SKU. Assign them one by one.");
    }
    List<Sku.Plan> parts =
        matching(skus.getFirst().strip()).stream().flatMap(each -> each.plans().stream()).toList();
    return names.stream().map(name -> plan(parts, name.strip(), skus.getFirst())).toList();
  }

  private static UUID plan(List<Sku.Plan> parts, String name, String sku) {
    for (Sku.Plan part : parts) {
      UUID id = part.id();
      if (id != null && isCalled(part, id, name)) {
        return id;
      }
    }
    throw new CommandException(
        ExitCode.NOT_FOUND,
        sku
            + " has no part "
            + name
            + ". It has: "
            + parts.stream()
                .map(part -> String.valueOf(part.serviceName()))
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static boolean isCalled(Sku.Plan part, UUID id, String name) {
    return name.equalsIgnoreCase(id.toString())
        || name.equalsIgnoreCase(part.serviceName())
        || name.equalsIgnoreCase(part.displayName());
  }
}
