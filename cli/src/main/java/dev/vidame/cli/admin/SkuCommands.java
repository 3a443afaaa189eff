package dev.vidame.cli.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin skus}. */
@Command(
    name = "skus",
    mixinStandardHelpOptions = true,
    description = "What a customer subscribes to, and how many units of it.",
    footer = {
      "",
      "Examples:",
      "  C=eebd1b55-5360-4438-a11d-5c06918c3014",
      "  vidame admin skus define --customer $C efccb6f7-5641-4e0e-bd10-b4976e1bf68e --name 'Mobility E3' \\",
      "      --part-number EMS --active 25 --plan c1ec4a95-1f05-45b3-a911-aa3fa01094f5,INTUNE_A,Intune",
      "  vidame admin skus units --customer $C efccb6f7-5641-4e0e-bd10-b4976e1bf68e --active 30",
      "  vidame admin skus list --customer $C"
    })
final class SkuCommands extends Group {
  private static final int PLAN_PARTS = 3;

  private static final String[] SHOWN = {
    "productSku.id",
    "productSku.skuPartNumber",
    "productSku.name",
    "totalUnits",
    "consumedUnits",
    "availableUnits",
    "suspendedUnits"
  };

  private static String path(String customer, String sku) {
    return AdminClient.path("customers", customer, "skus", sku);
  }

  /** The option that says whose. */
  static final class OfCustomer {
    @Option(names = "--customer", required = true, paramLabel = "ID", description = "Whose.")
    private String customer = "";
  }

  /** The options that say how many. */
  static final class Units {
    @Option(names = "--active", paramLabel = "NUMBER", description = "Units that are paid for.")
    private @Nullable Integer active;

    @Option(
        names = "--warning",
        paramLabel = "NUMBER",
        description = "Units that are not paid for any more, and still usable.")
    private @Nullable Integer warning;

    @Option(
        names = "--suspended",
        paramLabel = "NUMBER",
        description = "Units that are no longer usable.")
    private @Nullable Integer suspended;

    private Map<String, @Nullable Object> body() {
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      body.put("activeUnits", active);
      body.put("warningUnits", warning);
      body.put("suspendedUnits", suspended);
      return body;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what the customer subscribes to.")
  int list(@Mixin Connection connection, @Mixin OfCustomer of) {
    return with(
        connection,
        (client, output) ->
            output.list(client, AdminClient.path("customers", of.customer, "skus"), SHOWN));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows what the customer subscribes to of a product.")
  int show(
      @Mixin Connection connection,
      @Mixin OfCustomer of,
      @Parameters(paramLabel = "SKU", description = "The product's id.") String sku) {
    return with(
        connection, (client, output) -> output.item(client.get(path(of.customer, sku)), SHOWN));
  }

  @Command(
      name = "define",
      mixinStandardHelpOptions = true,
      description = "Creates or replaces what the customer subscribes to of a product.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int define(
      @Mixin Connection connection,
      @Mixin OfCustomer of,
      @Mixin Units units,
      @Parameters(paramLabel = "SKU", description = "The product's id.") String sku,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What people call it.")
          String name,
      @Option(
              names = "--part-number",
              required = true,
              paramLabel = "TEXT",
              description = "The name for programs, such as EMS.")
          String partNumber,
      @Option(
              names = "--group",
              defaultValue = "group1",
              paramLabel = "GROUP",
              description = "group1 (the default) or group2.")
          String group,
      @Option(
              names = "--plan",
              paramLabel = "ID,SERVICE,NAME",
              description = "A part of the product. May be given more than once.")
          @Nullable List<String> plans) {
    Map<String, @Nullable Object> body = units.body();
    body.put(
        "productSku", Map.of("name", name, "skuPartNumber", partNumber, "licenseGroupId", group));
    body.put("servicePlans", plans(plans == null ? List.of() : plans));
    return with(
        connection,
        (client, output) -> output.item(client.send("PUT", path(of.customer, sku), body), SHOWN));
  }

  private static List<Map<String, String>> plans(List<String> texts) {
    List<Map<String, String>> plans = new ArrayList<>();
    for (String text : texts) {
      String[] parts = text.split(",", PLAN_PARTS);
      if (parts.length < PLAN_PARTS) {
        throw new AdminException(
            AdminException.REFUSED,
            "The plan "
                + text
                + " must have an id, a service name and a name, with commas between.");
      }
      plans.add(Map.of("id", parts[0], "serviceName", parts[1], "displayName", parts[2]));
    }
    return plans;
  }

  @Command(
      name = "units",
      mixinStandardHelpOptions = true,
      description = "Changes how many units there are; never below those in use.")
  int units(
      @Mixin Connection connection,
      @Mixin OfCustomer of,
      @Mixin Units units,
      @Parameters(paramLabel = "SKU", description = "The product's id.") String sku) {
    return with(
        connection,
        (client, output) ->
            output.item(client.send("PATCH", path(of.customer, sku), units.body()), SHOWN));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Ends what the customer subscribes to of a product that nobody holds.")
  int remove(
      @Mixin Connection connection,
      @Mixin OfCustomer of,
      @Parameters(paramLabel = "SKU", description = "The product's id.") String sku) {
    return with(
        connection,
        (client, output) -> {
          client.delete(path(of.customer, sku));
          output.done("The customer does not subscribe to the product any more.");
        });
  }
}
