package dev.vidame.cli.customers;

import dev.vidame.cli.client.ClientOptions;
import dev.vidame.cli.client.CommandGroup;
import dev.vidame.cli.client.CustomerNames;
import dev.vidame.cli.client.CustomerOption;
import dev.vidame.cli.client.Service;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.cli.output.LimitOption;
import dev.vidame.cli.output.OutputOptions;
import dev.vidame.cli.output.Shape;
import dev.vidame.sdk.Customer;
import dev.vidame.sdk.CustomerFilter;
import dev.vidame.sdk.CustomerQuery;
import dev.vidame.sdk.CustomerSku;
import dev.vidame.wire.LicenseGroup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame customers}. */
@Command(
    name = "customers",
    mixinStandardHelpOptions = true,
    description = "The partner's customers.",
    footer = {
      "",
      "Examples:",
      "  vidame customers list",
      "  vidame customers get contoso.example",
      "  vidame customers skus --customer contoso.example"
    })
public final class CustomersCommand extends CommandGroup {
  private static final Shape<Customer> SHAPE =
      Shape.<Customer>builder()
          .inTable("companyName", each -> each.companyProfile().companyName())
          .inTable("domain", each -> each.companyProfile().domain())
          .inTable(
              "relationshipToPartner",
              each ->
                  each.relationshipToPartner() == null
                      ? null
                      : each.relationshipToPartner().value())
          .inTable("id", Customer::id)
          .more("allowDelegatedAccess", Customer::allowDelegatedAccess)
          .more("customDomains", Customer::customDomains)
          .more("associatedPartnerId", Customer::associatedPartnerId)
          .more("commerceId", Customer::commerceId)
          .build();

  private static final Shape<CustomerSku> SKUS =
      Shape.<CustomerSku>builder()
          .inTable("partNumber", each -> each.sku().partNumber())
          .inTable("name", each -> each.sku().name())
          .inTable("available", each -> each.units().available())
          .inTable("total", each -> each.units().total())
          .inTable("consumed", each -> each.units().consumed())
          .inTable("capabilityStatus", CustomerSku::capabilityStatus)
          .inTable("id", each -> each.sku().id())
          .more("licenseGroup", each -> each.sku().licenseGroup())
          .more(
              "plans",
              each ->
                  each.plans().stream().map(plan -> String.valueOf(plan.serviceName())).toList())
          .build();

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the customers. The service takes one of the two conditions.",
      footer = {
        "",
        "Examples:",
        "  vidame customers list",
        "  vidame customers list --name-starts-with Con --limit 10",
        "  vidame customers list -o jsonl | jq -r .id"
      })
  @SuppressWarnings("TooManyParameters") // the options of the command
  int list(
      @Mixin ClientOptions client,
      @Mixin OutputOptions output,
      @Option(
              names = "--name-starts-with",
              paramLabel = "TEXT",
              description = "Only those whose company name begins so.")
          @Nullable String name,
      @Option(
              names = "--domain-starts-with",
              paramLabel = "TEXT",
              description = "Only those whose domain begins so.")
          @Nullable String domain,
      @Mixin LimitOption limit) {
    if (name != null && domain != null) {
      throw new CommandException(
          ExitCode.USAGE, "Choose one of --name-starts-with and --domain-starts-with.");
    }
    CustomerQuery query = CustomerQuery.all().withPageSize(limit.pageSize());
    if (name != null) {
      query = query.withFilter(CustomerFilter.companyNameStartsWith(name));
    } else if (domain != null) {
      query = query.withFilter(CustomerFilter.domainStartsWith(domain));
    }
    output.open().list(SHAPE, client.open().client().customers().list(query), limit.limit());
    return 0;
  }

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Shows a customer.",
      footer = {
        "",
        "Examples:",
        "  vidame customers get contoso.example",
        "  vidame customers get eebd1b55-5360-4438-a11d-5c06918c3014 -o json"
      })
  int get(
      @Mixin ClientOptions client,
      @Mixin OutputOptions output,
      @Parameters(
              paramLabel = "CUSTOMER",
              description = "The id, the domain or the exact company name.")
          String name) {
    Service service = client.open();
    output
        .open()
        .item(SHAPE, service.client().customers().byId(CustomerNames.resolve(service, name)).get());
    return 0;
  }

  @Command(
      name = "skus",
      mixinStandardHelpOptions = true,
      description =
          "Lists the products that a customer subscribes to, and how many licences are left.",
      footer = {"", "Examples:", "  vidame customers skus --customer contoso.example"})
  int skus(
      @Mixin ClientOptions client, @Mixin CustomerOption customer, @Mixin OutputOptions output) {
    Service service = client.open();
    output
        .open()
        .list(
            SKUS,
            service
                .client()
                .customers()
                .byId(customer.resolve(service))
                .subscribedSkus(LicenseGroup.values()));
    return 0;
  }
}
