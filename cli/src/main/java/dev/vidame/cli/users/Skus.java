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
import java.util.Optional;
import java.util.UUID;
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
    List<CustomerSku> found = matching(text);
    Optional<SkuId> id = found.stream().map(each -> each.sku().id()).findFirst();
    if (found.size() > 1) {
      throw new CommandException(
          ExitCode.USAGE,
          "Several products are called " + text + ". Give the id of one: " + ids(found));
    }
    if (id.isEmpty() && Guid.parse(text).isPresent()) {
      return new SkuId(text);
    }
    return id.orElseThrow(() ->
        new CommandException(
            ExitCode.NOT_FOUND,
            "The customer subscribes to no "
                + text
                + ". There are: "
                + all.stream()
                    .map(each -> String.valueOf(each.sku().partNumber()))
                    .collect(Collectors.joining(", "))
                + "."));
  }

  private List<CustomerSku> matching(String text) {
    String name = text.strip();
    return all.stream()
        .filter(each -> each.sku().id() != null)
        .filter(each ->
            name.equalsIgnoreCase(each.sku().id().value())
                || name.equalsIgnoreCase(each.sku().partNumber())
                || name.equalsIgnoreCase(each.sku().name()))
        .toList();
  }

  private static String ids(List<CustomerSku> found) {
    return found.stream().map(each -> String.valueOf(each.sku().id())).collect(Collectors.joining(", "));
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
      throw new CommandException(ExitCode.USAGE, "--without is about one SKU. Assign them one by one.");
    }
    List<Sku.Plan> parts =
        matching(skus.getFirst()).stream().flatMap(each -> each.plans().stream()).toList();
    return names.stream().map(name -> plan(parts, name.strip(), skus.getFirst())).toList();
  }

  private static UUID plan(List<Sku.Plan> parts, String name, String sku) {
    return parts.stream()
        .filter(part -> part.id() != null)
        .filter(part ->
            name.equalsIgnoreCase(part.id().toString())
                || name.equalsIgnoreCase(part.serviceName())
                || name.equalsIgnoreCase(part.displayName()))
        .map(Sku.Plan::id)
        .findFirst()
        .orElseThrow(() ->
            new CommandException(
                ExitCode.NOT_FOUND,
                sku
                    + " has no part "
                    + name
                    + ". It has: "
                    + parts.stream()
                        .map(part -> String.valueOf(part.serviceName()))
                        .collect(Collectors.joining(", "))
                    + "."));
  }
}
