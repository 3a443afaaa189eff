package dev.vidame.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vidame admin customers}. */
@Command(
    name = "customers",
    mixinStandardHelpOptions = true,
    description = "The customers that a partner may act on.",
    footer = {
      "",
      "Examples:",
      "  vidame admin customers list --partner PARTNER",
      "  vidame admin customers add --partner PARTNER eebd1b55-5360-4438-a11d-5c06918c3014",
      "  vidame admin customers remove --partner PARTNER eebd1b55-5360-4438-a11d-5c06918c3014"
    })
final class CustomerCommands extends Group {
  private static final String[] SHOWN = {"id", "companyName", "domain", "since"};

  private static String path(OfPartner of, String customer) {
    return AdminClient.path("partners", of.partner(), "customers", customer);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the partner's customers.")
  int list(@Mixin Connection connection, @Mixin OfPartner of) {
    return with(
        connection,
        (client, output) ->
            output.list(client, AdminClient.path("partners", of.partner(), "customers"), SHOWN));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one of the partner's customers.")
  int show(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "CUSTOMER", description = "The customer's id.") String customer) {
    return with(connection, (client, output) -> output.item(client.get(path(of, customer)), SHOWN));
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Lets the partner act on a customer that there is.")
  int add(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "CUSTOMER", description = "The customer's id.") String customer) {
    return with(
        connection,
        (client, output) -> output.item(client.send("PUT", path(of, customer), null), SHOWN));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Ends what the partner may do to a customer, which stays.")
  int remove(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "CUSTOMER", description = "The customer's id.") String customer) {
    return with(
        connection,
        (client, output) -> {
          client.delete(path(of, customer));
          output.done("The partner may not act on the customer any more.");
        });
  }
}
