package dev.vidame.cli.admin;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin roles}. */
@Command(
    name = "roles",
    mixinStandardHelpOptions = true,
    description = {
      "What an agent may do to one customer, until it ends.",
      "",
      "Roles: user_administrator, directory_writers, directory_readers, global_reader,",
      "privileged_authentication_administrator, privileged_role_administrator, license_administrator."
    },
    footer = {
      "",
      "Examples:",
      "  vidame admin roles list --partner PARTNER AGENT",
      "  vidame admin roles give --partner PARTNER --customer CUSTOMER AGENT user_administrator --until 2026-12-31",
      "  vidame admin roles take --partner PARTNER --customer CUSTOMER AGENT user_administrator"
    })
final class RoleCommands extends Group {
  private static final String[] SHOWN = {
    "id",
    "roles.user_administrator",
    "roles.directory_writers",
    "roles.directory_readers",
    "roles.global_reader",
    "roles.privileged_authentication_administrator",
    "roles.privileged_role_administrator",
    "roles.license_administrator"
  };

  private static String path(OfPartner of, String agent) {
    return AdminClient.path("partners", of.partner(), "agents", agent, "customers");
  }

  private static String path(OfPartner of, String agent, String customer, String role) {
    return AdminClient.path(
        "partners", of.partner(), "agents", agent, "customers", customer, "roles", role);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the customers on which the agent has roles, with their ends.")
  int list(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String agent) {
    return with(connection, (client, output) -> output.list(client, path(of, agent), SHOWN));
  }

  @Command(
      name = "give",
      mixinStandardHelpOptions = true,
      description = "Gives the agent a role on a customer, or another end to one that it has.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int give(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--customer",
              required = true,
              paramLabel = "ID",
              description = "Which customer, by its id.")
          String customer,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String agent,
      @Parameters(paramLabel = "ROLE", description = "The role, such as helpdesk_agent.")
          String role,
      @Option(
              names = "--until",
              required = true,
              paramLabel = "TIME",
              description = "As 2026-12-31T12:00:00Z, or a day, which means its beginning.")
          String end) {
    return with(
        connection,
        (client, output) ->
            output.item(
                client.send("PUT", path(of, agent, customer, role), Map.of("endsAt", end)), SHOWN));
  }

  @Command(
      name = "take",
      mixinStandardHelpOptions = true,
      description = "Takes a role on a customer from the agent.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int take(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--customer",
              required = true,
              paramLabel = "ID",
              description = "Which customer, by its id.")
          String customer,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String agent,
      @Parameters(paramLabel = "ROLE", description = "The role, such as helpdesk_agent.")
          String role) {
    return with(
        connection,
        (client, output) -> {
          client.delete(path(of, agent, customer, role));
          output.done("The agent does not have the role on the customer any more.");
        });
  }
}
