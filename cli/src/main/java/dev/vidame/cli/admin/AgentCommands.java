package dev.vidame.cli.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin agents}. */
@Command(
    name = "agents",
    mixinStandardHelpOptions = true,
    description = {
      "The people who act for a partner.",
      "",
      "Roles: admin_agent, helpdesk_agent, sales_agent, user_management_admin, billing_admin.",
      "A password comes from VIDAME_AGENT_PASSWORD or from --password-file."
    },
    footer = {
      "",
      "Examples:",
      "  P=6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4",
      "  vidame admin agents add --partner $P --upn ada@contoso.example --name Ada --role admin_agent --password-file -",
      "  vidame admin agents change --partner $P AGENT --role helpdesk_agent --role sales_agent",
      "  vidame admin agents change --partner $P AGENT --disabled=true",
      "  vidame admin agents password --partner $P AGENT --password-file new-password"
    })
final class AgentCommands extends Group {
  static final String PASSWORD_VARIABLE = "VIDAME_AGENT_PASSWORD";

  private static final String[] SHOWN = {
    "id", "userPrincipalName", "displayName", "roles", "disabled"
  };

  private static String path(String partner) {
    return AdminClient.path("partners", partner, "agents");
  }

  private static String path(String partner, String id) {
    return AdminClient.path("partners", partner, "agents", id);
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the agents.")
  int list(@Mixin Connection connection, @Mixin OfPartner of) {
    return with(connection, (client, output) -> output.list(client, path(of.partner()), SHOWN));
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an agent.")
  int show(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String id) {
    return with(
        connection, (client, output) -> output.item(client.get(path(of.partner(), id)), SHOWN));
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds an agent.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int add(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--upn",
              required = true,
              paramLabel = "NAME@DOMAIN",
              description = "The sign-in name.")
          String userPrincipalName,
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "For people.")
          String displayName,
      @Option(names = "--role", paramLabel = "ROLE", description = "May be given more than once.")
          @Nullable List<String> roles,
      @Option(names = "--id", paramLabel = "ID", description = "A new one where it is absent.")
          @Nullable String id,
      @Option(names = "--password-file", paramLabel = "FILE", description = "- is standard input.")
          @Nullable String passwordFile) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("userPrincipalName", userPrincipalName);
    body.put("displayName", displayName);
    body.put("roles", roles);
    body.put("password", password(connection, passwordFile));
    return with(
        connection,
        (client, output) -> output.item(client.send("POST", path(of.partner()), body), SHOWN));
  }

  private String password(Connection connection, @Nullable String file) {
    if (connection.readsStandardInput() && "-".equals(file)) {
      throw new AdminException(
          AdminException.CONFIGURATION,
          "Both secrets cannot come from standard input. Put one into a file or the environment.");
    }
    return SecretText.read(file, PASSWORD_VARIABLE, "--password-file", environment());
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Changes what is given of an agent; roles that are given replace all.")
  @SuppressWarnings("TooManyParameters") // the options of the command
  int change(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String id,
      @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
          @Nullable String displayName,
      @Option(names = "--role", paramLabel = "ROLE", description = "May be given more than once.")
          @Nullable List<String> roles,
      @Option(names = "--no-roles", description = "Takes all roles.") boolean hasNoRoles,
      @Option(
              names = "--disabled",
              arity = "1",
              paramLabel = "true|false",
              description = "Whether it is shut out.")
          @Nullable Boolean isDisabled) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("displayName", displayName);
    body.put("roles", hasNoRoles ? List.of() : roles);
    body.put("disabled", isDisabled);
    return with(
        connection,
        (client, output) -> output.item(client.send("PATCH", path(of.partner(), id), body), SHOWN));
  }

  @Command(
      name = "password",
      mixinStandardHelpOptions = true,
      description = "Gives an agent another password.")
  int password(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String id,
      @Option(names = "--password-file", paramLabel = "FILE", description = "- is standard input.")
          @Nullable String passwordFile) {
    Map<String, String> body = Map.of("password", password(connection, passwordFile));
    return with(
        connection,
        (client, output) -> {
          client.send("POST", path(of.partner(), id) + "/resetpassword", body);
          output.done("The password is the new one; the agent has to sign in again.");
        });
  }

  @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes an agent.")
  int remove(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Parameters(paramLabel = "AGENT", description = "The agent's id.") String id) {
    return with(
        connection,
        (client, output) -> {
          client.delete(path(of.partner(), id));
          output.done("The agent is gone, and its tokens are good no more.");
        });
  }
}
