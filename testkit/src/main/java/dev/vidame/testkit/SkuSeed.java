package dev.vidame.testkit;

import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A product to which a customer is to subscribe. Not thread-safe. */
public final class SkuSeed {
  private final Vidame vidame;
  private final SeededCustomer customer;
  private final List<ServicePlan> plans = new ArrayList<>();
  private String name = "Test product";
  private int units = 10;

  SkuSeed(Vidame vidame, SeededCustomer customer) {
    this.vidame = vidame;
    this.customer = customer;
  }

  /** Its name, of which its part number is made. */
  public SkuSeed name(String value) {
    name = value;
    return this;
  }

  /** How many licences there are; ten where not given. */
  public SkuSeed units(int value) {
    units = value;
    return this;
  }

  /** Adds a part that can be left out of a licence. */
  public SkuSeed plan(String planName) {
    plans.add(
        new ServicePlan(vidame.ids().next(), planName, partNumber(planName), ProductSku.FOR_USERS));
    return this;
  }

  private static String partNumber(String text) {
    return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  /**
   * Makes it.
   *
   * @throws IllegalArgumentException when the server's rules forbid it
   */
  public SeededSku create() {
    ProductSku product =
        new ProductSku(
            vidame.ids().next().toString(),
            name,
            partNumber(name),
            ProductSku.FOR_USERS,
            LicenseGroup.GROUP1);
    SubscribedSku sku =
        new SubscribedSku(product, new SubscribedSku.Units(units, 0, 0, 0), plans, "Enabled");
    vidame.change(
        customer.partner(),
        (directory, request) -> directory.skus().define(customer.id(), sku, request));
    return new SeededSku(
        product.id(),
        product.skuPartNumber(),
        plans.stream().map(plan -> plan.id().toString()).toList());
  }
}
