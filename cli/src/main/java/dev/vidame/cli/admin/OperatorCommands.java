package dev.vidame.cli.admin;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin operators}. */
@Command(
    name = "operators",
    mixinStandardHelpOptions = true,
    description = "Who may use these commands.",
    footer = {
      "",
      "Examples:",
      "  vidame admin operators list",
      "  vidame admin operators add --name 'Night shift'    prints the new secret once",
      "  vidame admin operators remove 6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4"
    })
final class OperatorCommands extends Group {
  private static final String OPERATORS = "operators";
  private static final String[] SHOWN = {"id", "name", "createdAt"};

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the operators.")
  int list(@Mixin Connection connection) {
    return with(
        connection, (client, output) -> output.list(client, AdminClient.path(OPERATORS), SHOWN));
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an operator.")
  int show(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID", description = "The operator's id.") String id) {
    return with(
        connection,
        (client, output) -> output.item(client.get(AdminClient.path(OPERATORS, id)), SHOWN));
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds an operator and prints its secret, once.")
  int add(
      @Mixin Connection connection,
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What people call it.")
          String name) {
    return with(
        connection,
        (client, output) ->
            output.item(
                client.send("POST", AdminClient.path(OPERATORS), Map.of("name", name)), SHOWN));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes an operator, but never the last.")
  int remove(
      @Mixin Connection connection,
      @Parameters(paramLabel = "ID", description = "The operator's id.") String id) {
    return with(
        connection,
        (client, output) -> {
          client.delete(AdminClient.path(OPERATORS, id));
          output.done("The operator is gone, and its secret with it.");
        });
  }
}
