package dev.vidame.cli.users;

import dev.vidame.cli.client.CommandGroup;
import dev.vidame.cli.output.Output;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.cli.output.Shape;
import dev.vidame.sdk.LicenseChange;
import dev.vidame.sdk.Sku;
import dev.vidame.sdk.UserLicense;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame users licenses}. */
@Command(
    name = "licenses",
    aliases = "licences",
    mixinStandardHelpOptions = true,
    description = {
      "The licences of an account.",
      "A licence is named by its product's id, part number (EMS) or name; vidame customers skus lists them."
    },
    footer = {
      "",
      "Examples:",
      "  vidame users licenses list ada@contoso.example",
      "  vidame users licenses assign ada@contoso.example EMS",
      "  vidame users licenses remove ada@contoso.example EMS"
    })
final class UsersLicensesCommand extends CommandGroup {
  private static final String USER = "The sign-in name or the id.";
  private static final String SKU = "The product's id, part number or name.";

  private static final Shape<UserLicense> SHAPE =
      Shape.<UserLicense>builder()
          .inTable("partNumber", license -> license.sku().partNumber())
          .inTable("name", license -> license.sku().name())
          .inTable("id", license -> license.sku().id())
          .inTable(
              "plans",
              license ->
                  license.plans().stream()
                      .map(Sku.Plan::serviceName)
                      .filter(Objects::nonNull)
                      .toList())
          .more("licenseGroup", license -> license.sku().licenseGroup())
          .build();

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the licences of an account, with the parts that it may use.",
      footer = {"", "Examples:", "  vidame users licenses list ada@contoso.example -o csv"})
  int list(
      @Mixin OfCustomer of,
      @Mixin OutputOptions output,
      @Parameters(paramLabel = "USER", description = USER) String user) {
    output.open().list(SHAPE, of.names().active(user).licenses(Skus.GROUPS));
    return 0;
  }

  @Command(
      name = "assign",
      mixinStandardHelpOptions = true,
      description =
          "Assigns licences, all of them or none. A licence that is held already gets the parts anew.",
      footer = {
        "",
        "Examples:",
        "  vidame users licenses assign ada@contoso.example EMS",
        "  vidame users licenses assign ada@contoso.example EMS --without RMS_S_PREMIUM"
      })
  @SuppressWarnings("TooManyParameters") // the options of the command
  int assign(
      @Mixin OfCustomer of,
      @Mixin OutputOptions output,
      @Parameters(index = "0", paramLabel = "USER", description = USER) String user,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "SKU", description = SKU)
          List<String> skus,
      @Option(
              names = "--without",
              paramLabel = "PLAN",
              description = "Leaves out this part of the product, its name or id; for one SKU.")
          @Nullable List<String> without) {
    Skus known = Skus.of(of.customer());
    List<UUID> excluded = known.plans(skus, without == null ? List.of() : without);
    LicenseChange.Builder change = LicenseChange.builder();
    skus.forEach(sku -> change.assign(known.id(sku), excluded));
    change(of, user, change.build(), output.open());
    return 0;
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes licences, all of them or none.",
      footer = {"", "Examples:", "  vidame users licenses remove ada@contoso.example EMS"})
  int remove(
      @Mixin OfCustomer of,
      @Mixin OutputOptions output,
      @Parameters(index = "0", paramLabel = "USER", description = USER) String user,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "SKU", description = SKU)
          List<String> skus) {
    Skus known = Skus.of(of.customer());
    LicenseChange.Builder change = LicenseChange.builder();
    skus.forEach(sku -> change.remove(known.id(sku)));
    change(of, user, change.build(), output.open());
    return 0;
  }

  private static void change(OfCustomer of, String user, LicenseChange change, Output output) {
    var client = of.names().active(user);
    client
        .updateLicenses(change)
        .forEach(
            warning -> output.say("Note: " + warning.message() + " " + warning.servicePlans()));
    output.list(SHAPE, client.licenses(Skus.GROUPS));
  }
}
